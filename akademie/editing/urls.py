"""Addresses of editing."""

from django.urls import path

from akademie.editing.views import office, public

app_name = "editing"
urlpatterns = [
    path("lesbarkeit/", public.readable, name="readable"),
    path("geschaeftsstelle/aktualitaet/", office.upkeep, name="upkeep"),
    path("geschaeftsstelle/aktualitaet/zuteilen/", office.share, name="share"),
    path("geschaeftsstelle/aktualitaet/<int:pk>/", office.one_upkeep, name="one_upkeep"),
    path("geschaeftsstelle/aktualitaet/<int:pk>/zustaendig/", office.look_after, name="look_after"),
    path("geschaeftsstelle/aktualitaet/<int:pk>/stimmt-noch/", office.still_right, name="still_right"),
    path("geschaeftsstelle/aktualitaet/<int:pk>/aendern/", office.must_change, name="must_change"),
    path("geschaeftsstelle/aktualitaet/<int:pk>/archivieren/", office.archive, name="archive"),
    path("geschaeftsstelle/vertretung/", office.absences, name="absences"),
    path("geschaeftsstelle/vertretung/<int:pk>/beenden/", office.end_absence, name="end_absence"),
]
