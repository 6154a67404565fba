"""Questions about runs and their reports: which are public, which wait for the office, whose they are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from akademie.core.contributions import WAITING_SHOWN, Waiting
from akademie.core.stamps import Kept
from akademie.formats.models import FormatRun
from akademie.formats.models.runs import FormatRunQuerySet
from akademie.formats.run_links import addresses_of
from akademie.people.models import Membership

ON_PROFILE = 3
IN_TILE = 5
LISTS = {
    "offen": "Freizugeben",
    "veroeffentlicht": "Veröffentlicht",
    "zurueck": "Zurückgegeben",
    "ohne": "Ohne Bericht",
}
# What looks like a person in a text that is to be public. A hint for the office; it decides.
PERSONAL = re.compile(
    r"\b(?:Herrn?|Frau|Dr\.|Prof\.)(?: (?:Dr\.|Prof\.))* [A-ZÄÖÜ][\w-]+"
    r"|[\w.+-]+@[\w-]+\.[\w.-]*\w|\+?\b0?\d[\d /()-]{6,}\d"
)


@dataclass(frozen=True)
class RunReport:
    """A public report as the pages show it."""

    run: FormatRun
    url: str = ""  # of the event that it tells of

    @property
    def title(self) -> str:
        """So lief es in Perleberg."""
        return f"So lief es {self.run.place}" if self.run.place else "So lief es"


class _Latest:
    """The newest reports of each format that somebody has opened."""

    def __init__(self) -> None:
        self.kept: dict[int, tuple[list[FormatRun], int]] = {}

    def of(self, profile: int) -> tuple[list[FormatRun], int]:
        if profile not in self.kept:
            public = _public(profile)
            newest = list(public[: ON_PROFILE + 1])
            self.kept[profile] = newest[:ON_PROFILE], len(newest) if len(newest) <= ON_PROFILE else public.count()
        return self.kept[profile]


_latest: Kept[_Latest] = Kept("formate", _Latest)


def _public(profile: int) -> QuerySet[FormatRun]:
    return FormatRun.objects.reported().filter(profile=profile).select_related("town").order_by("-held_on", "-pk")


def latest_reports(profile: int) -> tuple[list[RunReport], int]:
    """Return the newest public reports of a format, and how many there are; kept until a format or a run changes."""
    runs, count = _latest.get().of(profile)
    return with_links(runs), count


def reports_of(profile: int) -> QuerySet[FormatRun]:
    """Return all public reports of a format, the newest first."""
    return _public(profile)


def with_links(runs: list[FormatRun]) -> list[RunReport]:
    """Return runs as reports, each with the page of its event where it has one."""
    urls = addresses_of([run.pk for run in runs])
    return [RunReport(run, urls.get(run.pk, "")) for run in runs]


def runs_of(user: Any) -> QuerySet[FormatRun]:
    """Return what a person has entered, the newest first."""
    return FormatRun.objects.filter(made_by=user).select_related("profile", "town").order_by("-held_on", "-pk")


def only_town_of(user: Any) -> str:
    """Return the key of the town that a person belongs to, "" where it is none or several."""
    towns = Membership.objects.current().filter(user=user, town__isnull=False).values_list("town", flat=True)
    found = list(towns[:2])
    return found[0] if len(found) == 1 else ""


def my_runs(user: Any) -> dict[str, Any] | None:
    """Return what the tile "Meine Durchführungen" shows; None for who has entered none."""
    runs = list(runs_of(user)[:IN_TILE])
    return {"runs": runs} if runs else None


def my_waiting_runs(user: Any) -> list[Waiting]:
    """Return the reports that came back to a person."""
    rows = runs_of(user).filter(pk__in=FormatRun.objects.given_back())[:WAITING_SHOWN]
    return [Waiting(text=f"Erfahrungsbericht ändern: {one.title}", url=one.get_absolute_url()) for one in rows]


# -- the office -------------------------------------------------------------------------------------------------------
def listed(which: str) -> FormatRunQuerySet:
    """Return one of the `LISTS`; what waits has the oldest first."""
    rows = FormatRun.objects.select_related("profile", "town", "made_by")
    if which == "offen":
        return rows.to_release().order_by("reported_at", "pk")
    if which == "veroeffentlicht":
        return rows.reported().order_by("-released_at", "-pk")
    if which == "zurueck":
        return rows.given_back().order_by("-reported_at", "-pk")
    return rows.filter(reported_at=None).order_by("-held_on", "-pk")


def counts() -> dict[str, int]:
    """Return how many each of the `LISTS` has."""
    return {which: listed(which).count() for which in LISTS}


def waiting_reports(user: Any) -> list[Waiting]:
    """Return the reports that the office has to release, the oldest first."""
    return [
        Waiting(
            text=f"Erfahrungsbericht freigeben: {one.title}", url=reverse("formats:report", args=[one.pk]),
            since=one.reported_at,
        )
        for one in listed("offen")[:WAITING_SHOWN]
    ]  # fmt: skip


def looks_personal(run: FormatRun) -> list[str]:
    """Return what in a report looks like a name, a mail address or a phone number."""
    found = (match.group() for _, text in run.report for match in PERSONAL.finditer(text))
    return list(dict.fromkeys(found))


def described(keys: list[str]) -> dict[str, str]:
    """Return which formats runs are of, for the log."""
    rows = FormatRun.objects.filter(pk__in=keys).select_related("profile")
    return {str(one.pk): one.profile.name for one in rows}
