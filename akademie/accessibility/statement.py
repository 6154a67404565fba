"""The statement on accessibility: what people have entered and what the machine adds, for the page and for the office.

Its parts follow the model statement in the annex of Commission Implementing Decision (EU) 2018/1523, which § 12b BGG
and § 7 BITV 2.0 ask for. Only a person says how far the site conforms; the machine never does, and it takes
*vollständig vereinbar* back as soon as a barrier is known.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import log

from akademie.accessibility import queries
from akademie.accessibility.models import (
    BarrierReason,
    CheckKind,
    Conformity,
    KnownBarrier,
    ManualCheck,
    StatementReview,
)
from akademie.accessibility.test_run import TestRun, last_run
from akademie.accounts.models import User
from akademie.cms.models import AcademySettings
from akademie.core.actions import NotPossible
from akademie.core.contributions import Health, Light, Waiting
from akademie.editing.queries import due_after

MONTHS = 12  # after which a review is too old
WARNED_DAYS = 30  # before that


@dataclass(frozen=True)
class Statement:
    """All that the statement says."""

    review: StatementReview | None
    checks: list[ManualCheck]
    barriers: list[KnownBarrier]
    run: TestRun | None

    @property
    def groups(self) -> list[tuple[str, list[KnownBarrier]]]:
        """The known barriers by their reason, in the order of the model statement."""
        found = [(reason.label, [one for one in self.barriers if one.reason == reason]) for reason in BarrierReason]
        return [(str(label), rows) for label, rows in found if rows]

    @property
    def due_on(self) -> date | None:
        """The day on which the review is twelve months old."""
        return due_after(self.review.reviewed_on, MONTHS) if self.review else None

    @property
    def is_old(self) -> bool:
        """Whether the review is twelve months old, or older."""
        return bool(self.due_on and self.due_on <= timezone.localdate())

    @property
    def is_refuted(self) -> bool:
        """Whether it was called wholly conformant, and barriers are known by now."""
        return bool(self.review and self.review.conformity == Conformity.FULL and self.known_faults())

    def known_faults(self) -> list[str]:
        """Return why the site cannot be wholly conformant, as far as this house knows."""
        faults = [
            f"Als Barriere ist eingetragen: {one.what}" for one in self.barriers if one.reason != BarrierReason.OUTSIDE
        ]
        if self.run is None:
            faults.append("Zu dieser Fassung der Software liegt kein automatischer Prüflauf bei.")
        elif self.run.violations:
            faults.append(f"Der automatische Prüflauf hat Verstöße gefunden: {', '.join(self.run.violations)}.")
        return faults

    def not_checked(self, on: date) -> list[str]:
        """Return what no person has checked in the twelve months up to a day."""
        fresh = {one.kind for one in self.checks if one.checked_on <= on < due_after(one.checked_on, MONTHS)}
        return [str(kind.label) for kind in CheckKind if kind not in fresh]


def current() -> Statement:
    """Return the statement as it stands, with three queries."""
    newest = StatementReview.objects.select_related("created_by").order_by("-reviewed_on", "-pk").first()
    return Statement(newest, list(ManualCheck.objects.all()), list(KnownBarrier.objects.all()), last_run())


def panel(request: HttpRequest, page: Any) -> dict[str, Any]:
    """Return what the public page shows below the operator's own text."""
    return {"statement": current(), "academy": AcademySettings.load()}


# -- what people enter ------------------------------------------------------------------------------------------------
@transaction.atomic
def review(*, by: User, **values: Any) -> StatementReview:
    """Keep how a person sees the conformity. The same once more on the same day is one.

    NotPossible for *vollständig vereinbar* while something is not checked by people or a barrier is known, and for
    anything less while no barrier is named.
    """
    found = current()
    if values["conformity"] == Conformity.FULL:
        missing = [f"Nicht von Menschen geprüft: {kind}" for kind in found.not_checked(values["reviewed_on"])]
        if not values.get("all_kinds_checked"):
            missing.insert(0, "Bestätigen Sie, dass Menschen alles geprüft haben.")
        if missing := missing + found.known_faults():
            raise NotPossible("„Vollständig vereinbar“ geht noch nicht. " + " · ".join(missing))
    elif not found.barriers:
        raise NotPossible("Tragen Sie zuerst ein, was nicht barrierefrei ist. Die Erklärung muss es nennen.")
    made, is_new = StatementReview.objects.get_or_create(**values, created_by=by)
    if is_new:
        log(instance=made, action="accessibility.review", user=by)
    return made


@transaction.atomic
def save_entry(entry: ManualCheck | KnownBarrier, *, by: User) -> None:
    """Keep a check by people or a known barrier."""
    entry.save()
    log(instance=entry, action="accessibility.enter", user=by)


@transaction.atomic
def delete_entry(entry: ManualCheck | KnownBarrier, *, by: User) -> None:
    """Take it out of the statement; the log keeps that it was there."""
    log(instance=entry, action="accessibility.take_out", user=by)
    entry.delete()


# -- warnings ---------------------------------------------------------------------------------------------------------
def waiting_review(user: Any) -> list[Waiting]:
    """Return that the site is to be reviewed again: a month before the year is over, or a barrier refutes it."""
    found = current()
    if found.review is None or found.due_on is None:
        return []  # one of the operator's duties
    soon = (found.due_on - timezone.localdate()).days <= WARNED_DAYS
    if not soon and not found.is_refuted:
        return []
    text = "Barrierefreiheit neu bewerten"
    return [Waiting(text=text, url=reverse("accessibility:statement"), until=found.due_on if soon else None)]


def look() -> Health:
    """Whether the statement is complete and not older than twelve months."""
    found = current()
    problem = ""
    if found.review is None:
        problem = "Niemand hat bisher bewertet, wie barrierefrei die Website ist. Bitte holen Sie es nach."
    elif found.is_old:
        problem = "Die Bewertung der Barrierefreiheit ist älter als zwölf Monate. Bitte bewerten Sie neu."
    elif found.is_refuted:
        problem = "Die Website gilt als vollständig vereinbar, aber Barrieren sind bekannt. Bitte bewerten Sie neu."
    elif not names_enforcement_body():
        problem = "In den Einstellungen fehlt die Schlichtungs- oder Durchsetzungsstelle."
    if problem or found.review is None:
        return Health(Light.YELLOW, problem)
    return Health(Light.GREEN, f"Zuletzt bewertet am {found.review.reviewed_on:%d.%m.%Y}.")


def is_reviewed() -> bool:
    """Whether a person has said how accessible the site is."""
    return StatementReview.objects.exists()


def names_enforcement_body() -> bool:
    """Whether the settings say who decides in a dispute about a barrier."""
    return bool(queries.enforcement_body())
