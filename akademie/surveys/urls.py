"""Addresses of surveys."""

from django.urls import path, re_path

from akademie.surveys.views import host, office, public

app_name = "surveys"
NUMBER = r"(?P<slug>\d{3}-\d{3}-\d{3})"
urlpatterns = [
    re_path(rf"^befragungen/{NUMBER}/$", public.answer, name="answer"),
    re_path(rf"^befragungen/{NUMBER}/danke/$", public.thanks, name="thanks"),
    re_path(rf"^befragungen/{NUMBER}/aushang/$", public.poster, name="poster"),
    re_path(rf"^befragungen/{NUMBER}/ergebnis/$", host.results, name="results"),
    re_path(rf"^befragungen/{NUMBER}/ergebnis\.(?P<ending>csv|xlsx|codebuch)$", host.download, name="download"),
    re_path(rf"^befragungen/{NUMBER}/schliessen/$", host.close, name="close"),
    re_path(rf"^befragungen/{NUMBER}/veroeffentlichen/$", host.publish, name="publish"),
    path("geschaeftsstelle/befragungen/", office.surveys, name="surveys"),
]
