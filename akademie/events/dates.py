"""The programme by the clock, and days counted from the event."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format

from akademie.events.models import AgendaItem, Event

HOURS_OF_A_DAY = timedelta(hours=9)


def days_in_words(days: int) -> str:
    """Return how far a day is from the event: "14 Tage vorher", "am Tag selbst", "1 Tag danach"."""
    if not days:
        return "am Tag selbst"
    return f"{abs(days)} Tag{'e' if abs(days) > 1 else ''} {'vorher' if days < 0 else 'danach'}"


@dataclass(frozen=True)
class Slot:
    """A part of the programme with its clock times; both None where it has no fixed time."""

    item: AgendaItem
    starts_at: datetime | None
    ends_at: datetime | None
    day: str = ""  # "Dienstag, 2. Februar" before the first part of a day, where there are several

    @property
    def clock(self) -> str:
        """The clock time of its beginning, "" where it has none."""
        return f"{self.starts_at:%H:%M}" if self.starts_at else ""


def slots(event: Event, agenda: Iterable[AgendaItem]) -> list[Slot]:
    """Return the programme with clock times: each part begins where the one before it ends.

    On several days a part that would begin after the hours of a day begins the next one, as early as the first.
    """
    begins = clock = timezone.localtime(event.starts_at)
    last_day = timezone.localdate(event.ends_at)
    found: list[Slot] = []
    named = begins.date() == last_day
    for item in agenda:
        if clock.date() < last_day and clock - begins >= HOURS_OF_A_DAY:
            begins = clock = begins + timedelta(days=1)
            named = False
        day = "" if named or not item.minutes else date_format(clock, "l, j. F")
        named = named or bool(day)
        ends = clock + timedelta(minutes=item.minutes)
        found.append(Slot(item, clock, ends, day) if item.minutes else Slot(item, None, None))
        clock = ends
    return found


def end_of(starts_at: datetime, minutes: int) -> datetime:
    """Return when something ends that takes so many minutes, with at most `HOURS_OF_A_DAY` on a day."""
    days, rest = divmod(max(minutes - 1, 0), int(HOURS_OF_A_DAY.total_seconds()) // 60)
    return timezone.localtime(starts_at) + timedelta(days=days, minutes=rest + 1)
