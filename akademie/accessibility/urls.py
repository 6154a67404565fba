"""Addresses of accessibility."""

from django.urls import path

from akademie.accessibility.views import office, public

app_name = "accessibility"
urlpatterns = [
    path("barriere-melden/", public.report_barrier, name="report_barrier"),
    path("barriere-melden/danke/", public.barrier_reported, name="barrier_reported"),
    path("geschaeftsstelle/barrieren/", office.barriers, name="barriers"),
    path("geschaeftsstelle/barrieren/<int:pk>/", office.barrier, name="barrier"),
    path("geschaeftsstelle/barrieren/<int:pk>/zustaendig/", office.see_to, name="see_to"),
    path("geschaeftsstelle/barrieren/<int:pk>/behoben/", office.note_fixed, name="note_fixed"),
    path("geschaeftsstelle/barrieren/<int:pk>/absender-loeschen/", office.forget_reporter, name="forget_reporter"),
]
