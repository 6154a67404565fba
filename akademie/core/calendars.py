"""Dates as a calendar that other programs read (iCalendar, RFC 5545)."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from akademie.core.contributions import PersonalDate

REFRESH = timedelta(hours=6)  # how often a program that subscribes should ask
TYPE = "text/calendar; charset=utf-8"
UTC_TIME, LOCAL_TIME = "%Y%m%dT%H%M%SZ", "%Y%m%dT%H%M%S"
ESCAPED = str.maketrans({"\\": r"\\", ";": r"\;", ",": r"\,", "\n": r"\n", "\r": None})  # RFC 5545 section 3.3.11
LONGEST_LINE = 75  # bytes, RFC 5545 section 3.1
ZONE_SINCE, ZONE_UNTIL = 2020, 2038  # years of which the rules of the time zone are told


def as_calendar(name: str, dates: Iterable[PersonalDate]) -> bytes:
    """Return an iCalendar file in the academy's time zone; a date without an end is a deadline and takes no time."""
    from icalendar import Calendar, vDuration

    calendar = Calendar()
    calendar.add("prodid", "-//Kleinstadtakademie//DE")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    head, end = bytes(calendar.to_ical()).split(b"END:VCALENDAR", 1)
    now, zone = timezone.now(), ZoneInfo(settings.TIME_ZONE)
    parts = ["\r\n".join(_event(one, now, zone)).encode() for one in dates]
    return b"".join((head, _time_zone(), *parts, b"END:VCALENDAR", end))


def _event(one: PersonalDate, now: datetime, zone: ZoneInfo) -> list[str]:
    """Return the lines of one date; with the library's objects a feed of 1,000 dates takes three times as long."""
    title = f"Abgesagt: {one.title}" if one.is_cancelled else one.title
    lines = [
        "BEGIN:VEVENT",
        f"UID:{one.uid}@{_host()}",
        f"DTSTAMP:{(one.changed_at or now).astimezone(UTC):{UTC_TIME}}",
        f"SUMMARY:{title.translate(ESCAPED)}",
    ]
    if one.all_day:
        lines.append(f"DTSTART;VALUE=DATE:{timezone.localdate(one.starts):%Y%m%d}")
    else:
        for key, moment in (("DTSTART", one.starts), ("DTEND", one.ends or one.starts)):
            lines.append(f"{key};TZID={zone.key}:{moment.astimezone(zone):{LOCAL_TIME}}")
    if one.changed_at:
        lines += [f"LAST-MODIFIED:{one.changed_at.astimezone(UTC):{UTC_TIME}}", f"SEQUENCE:{one.sequence}"]
    if one.is_cancelled:
        lines.append("STATUS:CANCELLED")
    for key, value in (("LOCATION", one.place), ("DESCRIPTION", one.text)):
        if value:
            lines.append(f"{key}:{value.translate(ESCAPED)}")
    if one.categories:
        lines.append(f"CATEGORIES:{','.join(word.translate(ESCAPED) for word in one.categories)}")
    if one.url:
        lines.append(f"URL:{settings.SITE_URL}{one.url}")
    return [*map(_folded, lines), "END:VEVENT", ""]


def _folded(line: str) -> str:
    """Return a line in parts of at most 75 bytes, the first character of each further one a blank."""
    rest, parts = line.encode(), []
    while len(rest) > LONGEST_LINE:
        end = LONGEST_LINE
        while rest[end] & 0b1100_0000 == 0b1000_0000:  # never inside a character
            end -= 1
        parts.append(rest[:end])
        rest = b" " + rest[end:]
    return b"\r\n".join((*parts, rest)).decode()


@cache
def _time_zone() -> bytes:
    """Return the rules of the academy's time zone, by its name."""
    from icalendar import Timezone

    zone = Timezone.from_tzid(
        settings.TIME_ZONE, first_date=datetime(ZONE_SINCE, 1, 1).date(), last_date=datetime(ZONE_UNTIL, 1, 1).date()
    )
    return bytes(zone.to_ical())


def _host() -> str:
    return settings.SITE_URL.partition("://")[2].partition(":")[0]
