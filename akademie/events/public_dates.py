"""Events as dates: in the calendar of all areas, in calendar files, in the feed of whoever hosts them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from akademie.accounts.models import User
from akademie.core.contributions import PersonalDate, PublicDate
from akademie.events.models import Event, EventState
from akademie.events.models.event import where_in_words
from akademie.formats.words import Mode
from akademie.topics.links import slugs_by_thing

KEPT = timedelta(days=365)  # how long calendars go on showing what is over
MODES = {mode.value: str(mode.label) for mode in Mode}
FIELDS = (
    "pk", "uid", "slug", "title", "summary", "starts_at", "ends_at", "mode", "place", "host", "state", "cancel_reason",
    "changed_at", "sequence", "kind__slug", "kind__name", "town__name", "town__state",
)  # fmt: skip


def dates_between(first: date, last: date) -> Iterator[PublicDate]:
    """Yield the events of these days that everyone may see, with their topics; two queries."""
    zone = timezone.get_default_timezone()
    begin = datetime.combine(first, time(), zone)
    end = datetime.combine(last + timedelta(days=1), time(), zone)
    rows = list(_values(Event.objects.public().filter(starts_at__lt=end, ends_at__gt=begin)))
    slugs = slugs_by_thing(Event, [row["pk"] for row in rows]) if rows else {}
    return (_date(row, slugs.get(row["pk"], ())) for row in rows)


def coming(most: int) -> list[PublicDate]:
    """Return the next few events that take place, with one query."""
    rows = Event.objects.public().upcoming().exclude(state=EventState.CANCELLED)
    return [_date(row) for row in _values(rows)[:most]]


def dates_of(pks: Iterable[int]) -> list[PublicDate]:
    """Return public events as dates, by their beginning, without what was over a year ago; one query."""
    rows = Event.objects.public().filter(pk__in=list(pks), ends_at__gt=timezone.now() - KEPT)
    return [_date(row) for row in _values(rows)]


def date_of(event: Event) -> PublicDate:
    """Return one event as a date, public or not."""
    return _date(_values(Event.objects.filter(pk=event.pk)).get())


def hosted_dates(user: User) -> list[PersonalDate]:
    """Return the events that a person hosts; drafts too, said so."""
    rows = Event.objects.filter(owner=user, ends_at__gt=timezone.now() - KEPT)
    return [_date(row) for row in _values(rows)]


def _values(rows: QuerySet[Event]) -> QuerySet[Event, dict[str, Any]]:
    return rows.order_by("starts_at", "pk").values(*FIELDS)


def _date(row: dict[str, Any], topics: tuple[str, ...] = ()) -> PublicDate:
    is_cancelled = row["state"] == EventState.CANCELLED
    is_out = is_cancelled or row["state"] == EventState.PUBLISHED
    says = (
        f"Abgesagt: {row['cancel_reason']}" if is_cancelled else "", row["summary"], f"Veranstaltet von {row['host']}",
    )  # fmt: skip
    return PublicDate(
        uid=f"event-{row['uid']}",
        title=row["title"] if is_out else f"Entwurf: {row['title']}",
        starts=row["starts_at"],
        ends=row["ends_at"],
        url=f"/veranstaltungen/{row['slug']}/",
        text="\n".join(filter(None, says)),
        place=where_in_words(row["mode"], row["place"], row["town__name"] or ""),
        categories=(row["kind__name"],),
        is_cancelled=is_cancelled,
        changed_at=row["changed_at"],
        sequence=row["sequence"],
        kind=row["kind__slug"],
        kind_label=row["kind__name"],
        mode=row["mode"],
        mode_label=MODES[row["mode"]],
        topics=topics,
        states=(row["town__state"],) if row["town__state"] else (),
    )
