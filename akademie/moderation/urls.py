"""Addresses of moderation."""

from django.urls import path

from akademie.moderation.views import office, public

app_name = "moderation"
urlpatterns = [
    path("inhalt-melden/", public.report_content, name="report_content"),
    path("inhalt-melden/danke/", public.reported, name="reported"),
    path("geschaeftsstelle/meldungen/", office.reports, name="reports"),
    path("geschaeftsstelle/meldungen/<int:pk>/", office.report, name="report"),
    path("geschaeftsstelle/meldungen/<int:pk>/absender-loeschen/", office.forget_reporter, name="forget_reporter"),
]
