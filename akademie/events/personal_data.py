"""What events keep about people, and how it answers for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from akademie.core.contributions import ErasureLine, ExportPart, Fate, Subject
from akademie.events.models import Event, EventState, EventTask

KEPT_DAYS = 365
MODELS = (Event, EventTask)
NO_CONTACT = {"contact_name": "", "contact_email": "", "contact_phone": ""}


def hosted(subject: Subject) -> QuerySet[Event]:
    """Return the events that somebody hosts."""
    return Event.objects.filter(owner=subject.user) if subject.user else Event.objects.none()


def answered_for(subject: Subject) -> QuerySet[Event]:
    """Return the events that name somebody's address for questions."""
    return Event.objects.filter(subject.rows(email="contact_email", at="changed_at"))


def tasks_of(subject: Subject) -> QuerySet[EventTask]:
    """Return the tasks that somebody has or has done."""
    mine = Q(assignee=subject.user) | Q(done_by=subject.user)
    return EventTask.objects.filter(mine) if subject.user else EventTask.objects.none()


def export(subject: Subject) -> Iterator[ExportPart]:
    """Yield what somebody hosts, answers for and does."""
    mine = (hosted(subject) | answered_for(subject)).distinct()
    yield ExportPart("Ihre Veranstaltungen", ({
        "Titel": one.title, "Wann": one.when, "Wo": one.where, "Stand": one.get_state_display(),
        "Sie sind zuständig": bool(subject.user and one.owner_id == subject.user.pk),
        "Ansprechperson": one.contact_name, "E-Mail für Fragen": one.contact_email,
        "Telefon für Fragen": one.contact_phone,
    } for one in mine.select_related("town").order_by("starts_at", "pk").iterator(chunk_size=500)))  # fmt: skip
    tasks = tasks_of(subject).select_related("event").order_by("due_on", "pk")
    yield ExportPart("Ihre Aufgaben bei Veranstaltungen", ({
        "Aufgabe": one.title, "Veranstaltung": one.event.title, "Bis": one.due_on, "Erledigt": one.done_at,
    } for one in tasks.iterator(chunk_size=500)))  # fmt: skip


def preview(subject: Subject) -> Iterator[ErasureLine]:
    """Yield what stays without a name."""
    if count := hosted(subject).count():
        what = "1 Veranstaltung, die Sie vorbereiten" if count == 1 else f"{count} Veranstaltungen, die Sie vorbereiten"
        yield ErasureLine(
            Fate.ANONYMISED, what, "Die Veranstaltung bleibt. Die Geschäftsstelle bestimmt, wer weitermacht."
        )
    if count := answered_for(subject).count():
        what = "Ihr Kontakt auf 1 Veranstaltung" if count == 1 else f"Ihr Kontakt auf {count} Veranstaltungen"
        yield ErasureLine(Fate.GOES, what)
    if count := tasks_of(subject).count():
        what = "1 Aufgabe bei Veranstaltungen" if count == 1 else f"{count} Aufgaben bei Veranstaltungen"
        yield ErasureLine(Fate.ANONYMISED, what, "Die Aufgabe gehört zur Veranstaltung.")


def erase(subject: Subject) -> None:
    """Take somebody out of events and tasks."""
    answered_for(subject).update(**NO_CONTACT)
    if subject.user:
        hosted(subject).update(owner=None)
        EventTask.objects.filter(assignee=subject.user).update(assignee=None)
        EventTask.objects.filter(done_by=subject.user).update(done_by=None)


# -- a post goes to somebody else -------------------------------------------------------------------------------------
def _to_come(leaving: Any) -> QuerySet[Event]:
    return Event.objects.filter(owner=leaving).upcoming().exclude(state=EventState.CANCELLED)


def nothing_sure(leaving: Any, following: Any, post: Any) -> list[str]:
    """Return no line: of no event it is sure that it belongs to the post."""
    return []


def move_nothing(leaving: Any, following: Any, post: Any) -> None:
    """Move nothing without being asked."""


def doubtful(leaving: Any, following: Any, post: Any) -> Iterator[tuple[str, str]]:
    """Yield the events to come that somebody hosts: each may belong to the post or to the person."""
    for event in _to_come(leaving).order_by("starts_at", "pk"):
        yield f"event-{event.pk}", f"Veranstaltung „{event.title}“, {event.when}, mit ihren offenen Aufgaben"


def move_doubtful(leaving: Any, following: Any, post: Any, chosen: set[str]) -> None:
    """Give the ticked events to whoever follows, with the open tasks that were the leaving person's."""
    pks = [pk for pk in _to_come(leaving).values_list("pk", flat=True) if f"event-{pk}" in chosen]
    Event.objects.filter(pk__in=pks).update(owner=following)
    EventTask.objects.filter(event__in=pks, assignee=leaving, done_at=None).update(assignee=following)


# -- how long ---------------------------------------------------------------------------------------------------------
def contacts_too_old() -> QuerySet[Event]:
    """Return the events whose contact nobody needs any more."""
    before = timezone.now() - timedelta(days=KEPT_DAYS)
    named = ~Q(contact_name="") | ~Q(contact_email="") | ~Q(contact_phone="")
    return Event.objects.filter(named, ends_at__lt=before)


def drafts_too_old() -> QuerySet[Event]:
    """Return the drafts that never came out and whose day is long over."""
    before = timezone.now() - timedelta(days=KEPT_DAYS)
    return Event.objects.filter(state__in=(EventState.DRAFT, EventState.SUBMITTED), ends_at__lt=before)
