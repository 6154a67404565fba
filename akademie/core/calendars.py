"""Dates as a calendar that other programs read (iCalendar, RFC 5545)."""

from collections.abc import Iterable
from datetime import UTC, timedelta

from django.conf import settings
from django.utils import timezone

from akademie.core.contributions import PersonalDate

REFRESH = timedelta(hours=6)  # how often a program that subscribes should ask


def as_calendar(name: str, dates: Iterable[PersonalDate]) -> bytes:
    """Return an iCalendar file; a date without an end is a deadline and takes no time."""
    from icalendar import Calendar, Event, vDuration

    calendar = Calendar()
    calendar.add("prodid", "-//Kleinstadtakademie//DE")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    now = timezone.now().astimezone(UTC)
    for one in dates:
        event = Event()
        event.add("uid", f"{one.uid}@{_host()}")
        event.add("dtstamp", now)
        event.add("summary", one.title)
        if one.all_day:
            event.add("dtstart", timezone.localdate(one.starts))
        else:
            event.add("dtstart", one.starts.astimezone(UTC))
            event.add("dtend", (one.ends or one.starts).astimezone(UTC))
        if one.text:
            event.add("description", one.text)
        if one.url:
            event.add("url", settings.SITE_URL + one.url)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _host() -> str:
    return settings.SITE_URL.partition("://")[2].partition(":")[0]
