"""Addresses of accessibility."""

from django.urls import path, re_path

from akademie.accessibility.views import office, public, statement

app_name = "accessibility"
WHAT = "(?P<what>pruefung|barriere)"
urlpatterns = [
    path("barriere-melden/", public.report_barrier, name="report_barrier"),
    path("barriere-melden/danke/", public.barrier_reported, name="barrier_reported"),
    path("geschaeftsstelle/barrieren/", office.barriers, name="barriers"),
    path("geschaeftsstelle/barrieren/<int:pk>/", office.barrier, name="barrier"),
    path("geschaeftsstelle/barrieren/<int:pk>/zustaendig/", office.see_to, name="see_to"),
    path("geschaeftsstelle/barrieren/<int:pk>/behoben/", office.note_fixed, name="note_fixed"),
    path("geschaeftsstelle/barrieren/<int:pk>/absender-loeschen/", office.forget_reporter, name="forget_reporter"),
    path("geschaeftsstelle/barrierefreiheit/", statement.statement, name="statement"),
    path("geschaeftsstelle/barrierefreiheit/bewerten/", statement.review, name="review"),
    re_path(rf"^geschaeftsstelle/barrierefreiheit/{WHAT}/$", statement.entry, name="new_entry"),
    re_path(rf"^geschaeftsstelle/barrierefreiheit/{WHAT}/(?P<pk>\d{{1,9}})/$", statement.entry, name="change_entry"),
    re_path(
        rf"^geschaeftsstelle/barrierefreiheit/{WHAT}/(?P<pk>\d{{1,9}})/loeschen/$", statement.take_out, name="take_out"
    ),
]
