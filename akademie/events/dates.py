"""The programme by the clock, and days counted from the event."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from akademie.events.models import AgendaItem


def days_in_words(days: int) -> str:
    """Return how far a day is from the event: "14 Tage vorher", "am Tag selbst", "1 Tag danach"."""
    if not days:
        return "am Tag selbst"
    return f"{abs(days)} Tag{'e' if abs(days) > 1 else ''} {'vorher' if days < 0 else 'danach'}"


@dataclass(frozen=True)
class Slot:
    """A part of the programme with its clock times; both None where it has no fixed time, or nothing before it has."""

    item: AgendaItem
    starts_at: datetime | None
    ends_at: datetime | None


def slots(starts_at: datetime, agenda: Iterable[AgendaItem]) -> list[Slot]:
    """Return the programme with clock times: each part begins where the one before it ends."""
    found, clock = [], timezone.localtime(starts_at)
    for item in agenda:
        ends = clock + timedelta(minutes=item.minutes)
        found.append(Slot(item, clock, ends) if item.minutes else Slot(item, None, None))
        clock = ends
    return found
