"""Days and times as people here say them: "Donnerstag, 14. Januar 2027, 10:00 bis 11:30 Uhr"."""

from datetime import datetime, time, timedelta

from django.utils import timezone

WEEKDAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
MONTHS = (
    "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
    "Dezember",
)  # fmt: skip


def period_in_words(starts_at: datetime, ends_at: datetime) -> str:
    """Return from when until when something is, in the academy's time zone; midnight at the end is 24:00 Uhr."""
    begin, end = timezone.localtime(starts_at), timezone.localtime(ends_at)
    last, closes = end.date(), f"{end:%H:%M}"
    if end.time() == time(0) and end > begin:
        last, closes = last - timedelta(days=1), "24:00"
    year = f" {begin.year}" if begin.year != last.year or begin.date() == last else ""
    first = f"{WEEKDAYS[begin.weekday()]}, {begin.day}. {MONTHS[begin.month - 1]}{year}"
    if begin.date() == last:
        return f"{first}, {begin:%H:%M} bis {closes} Uhr"
    then = f"{WEEKDAYS[last.weekday()]}, {last.day}. {MONTHS[last.month - 1]} {last.year}"
    return f"{first}, {begin:%H:%M} Uhr, bis {then}, {closes} Uhr"
