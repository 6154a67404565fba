"""Addresses of editing."""

from django.urls import path

from akademie.editing.views import approvals, office, public

app_name = "editing"
urlpatterns = [
    path("lesbarkeit/", public.readable, name="readable"),
    path("freigabe/<str:token>/", public.approve, name="approve"),
    path("geschaeftsstelle/freigaben/", approvals.approvals, name="approvals"),
    path("geschaeftsstelle/freigaben/zu/<slug:kind>/<str:object_pk>/", approvals.approvals_of, name="approvals_of"),
    path(
        "geschaeftsstelle/freigaben/zu/<slug:kind>/<str:object_pk>/veroeffentlichen/", approvals.publish_anyway,
        name="publish_anyway",
    ),
    path("geschaeftsstelle/freigaben/<int:pk>/fassung/", approvals.version, name="approval_version"),
    path("geschaeftsstelle/freigaben/<int:pk>/erinnern/", approvals.remind, name="remind"),
    path("geschaeftsstelle/freigaben/<int:pk>/noch-einmal/", approvals.ask_again, name="ask_again"),
    path("geschaeftsstelle/freigaben/<int:pk>/zurueckziehen/", approvals.withdraw, name="withdraw_approval"),
    path("geschaeftsstelle/aktualitaet/", office.upkeep, name="upkeep"),
    path("geschaeftsstelle/aktualitaet/zuteilen/", office.share, name="share"),
    path("geschaeftsstelle/aktualitaet/<int:pk>/", office.one_upkeep, name="one_upkeep"),
    path("geschaeftsstelle/aktualitaet/<int:pk>/zustaendig/", office.look_after, name="look_after"),
    path("geschaeftsstelle/aktualitaet/<int:pk>/stimmt-noch/", office.still_right, name="still_right"),
    path("geschaeftsstelle/aktualitaet/<int:pk>/aendern/", office.must_change, name="must_change"),
    path("geschaeftsstelle/aktualitaet/<int:pk>/archivieren/", office.archive, name="archive"),
    path("geschaeftsstelle/vertretung/", office.absences, name="absences"),
    path("geschaeftsstelle/vertretung/<int:pk>/beenden/", office.end_absence, name="end_absence"),
]  # fmt: skip
