"""Questions about reported barriers: who hears of them, what waits, until when."""

from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.urls import reverse

from akademie.accessibility.models import BarrierReport, BarrierReportQuerySet
from akademie.cms.models import AcademySettings
from akademie.cms.queries import office_addresses
from akademie.core.contributions import WAITING_SHOWN, Waiting
from akademie.editing.queries import substitutes

LISTS = {"offen": "Zu beantworten", "beheben": "Zu beheben", "behoben": "Behoben"}


def barrier_addresses() -> list[str]:
    """Return where reports of barriers go."""
    settings = AcademySettings.load()
    return [settings.accessibility_email] if settings.accessibility_email else office_addresses()


def enforcement_body() -> str:
    """Return whom the settings name for those who are not content with the answer; empty when they name nobody."""
    return str(AcademySettings.load().enforcement_body).strip()


def reports(which: str) -> BarrierReportQuerySet:
    """Return one of the `LISTS`; what waits for an answer has the oldest first, and so what is late before all."""
    rows = BarrierReport.objects.select_related("owner")
    if which == "offen":
        return rows.open().order_by("created_at", "pk")
    if which == "beheben":
        return rows.to_mend().order_by("answered_at", "pk")
    return rows.filter(answered_at__isnull=False, fixed_on__isnull=False).order_by("-fixed_on", "-pk")


def counts() -> dict[str, int]:
    """Return how many each of the `LISTS` has."""
    return {which: reports(which).count() for which in LISTS}


def described(keys: list[str]) -> dict[str, str]:
    """Return which pages reports are about, for the log."""
    rows = BarrierReport.objects.filter(pk__in=keys)
    return {str(one.pk): one.place for one in rows}


def addresses_of_reporters() -> QuerySet:
    """Return the addresses without an account to which the office still owes an answer, in small letters."""
    return BarrierReport.objects.open().filter(user=None).exclude(email="").values_list(Lower("email"))


def waiting_reports(user: Any) -> list[Waiting]:
    """Return the reports that wait for an answer, the oldest first; what is the person's own is never left out."""
    rows = BarrierReport.objects.open().order_by("created_at", "pk")
    mine = [user.pk, *(away for away, substitute in substitutes().items() if substitute == user.pk)]
    others = rows.filter(Q(owner=None) | ~Q(owner__in=mine))
    return [
        Waiting(
            text=f"{one} beantworten: {one.place}",
            url=reverse("accessibility:barrier", args=[one.pk]),
            since=one.created_at,
            until=one.due_on,
            owner=one.owner_id,
        )
        for one in (*rows.filter(owner__in=mine)[:WAITING_SHOWN], *others[:WAITING_SHOWN])
    ]
