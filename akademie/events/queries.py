"""Questions about events as everyone sees them: which, when, where; one event; events in search and for machines.

What is shown depends on the time as much as on the data: an event comes out on its day and is over after its end. What
a process keeps holds everything that is out one day; what of it is shown now is asked with the clock, each time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils import timezone

from akademie.core.contributions import PublicEntry
from akademie.core.dates import MONTHS, WEEKDAYS, period_in_words
from akademie.core.facets import Facet, FacetedList, Parameters
from akademie.core.stamps import Kept
from akademie.core.worded import Worded
from akademie.events.kinds import TYPE_OF_FORMAT, USUAL_TYPE
from akademie.events.models import AgendaItem, Event, EventState, EventType, Recap
from akademie.events.models.event import where_in_words
from akademie.formats import queries as formats
from akademie.formats.models import FormatProfile
from akademie.formats.words import Mode
from akademie.topics import queries as topics
from akademie.topics.links import slugs_by_thing
from akademie.topics.models import Topic
from akademie.towns.models import Town

KIND = "veranstaltungen"
STAMPS = (KIND, "themen", "staedte", "formate")
COMING, PAST, ALL = "kommende", "vergangene", "alle"


def visible_to(user: Any) -> QuerySet[Event]:
    """Return the events that everyone may see at this moment, the same for every person."""
    return Event.objects.public()


def type_for(profile: FormatProfile) -> EventType:
    """Return the sort of event that a format starts as; a variant starts as the format it was made from.

    Whatever became of the sorts in this academy, there is one: the usual one, or the first that is offered.
    """
    wanted = [slug for one in formats.lineage(profile) if (slug := TYPE_OF_FORMAT.get(one))]
    found = {one.slug: one for one in EventType.objects.order_by("position", "name")}
    for slug in (*wanted, USUAL_TYPE):
        if slug in found and found[slug].is_offered:
            return found[slug]
    return next((one for one in found.values() if one.is_offered), next(iter(found.values())))


# -- the list ---------------------------------------------------------------------------------------------------------
class _Time(NamedTuple):
    pk: int
    publish_at: datetime | None
    starts_at: datetime
    ends_at: datetime


def _read_times() -> list[_Time]:
    rows = Event.objects.out().order_by("starts_at", "pk")
    return [_Time(*row) for row in rows.values_list("pk", "publish_at", "starts_at", "ends_at")]


_times: Kept[list[_Time]] = Kept(KIND, _read_times)


def present(zeit: str) -> list[int] | None:
    """Return the primary keys of a time, as the list's address says it; None for a time that nobody knows.

    Coming ones have the next first, past ones the last; a month ("2027-01") all that touch it.
    """
    now = timezone.now()
    out = [one for one in _times.get() if one.publish_at is None or one.publish_at <= now]
    if zeit == ALL:
        return [one.pk for one in out]
    if zeit == COMING:
        return [one.pk for one in out if one.ends_at >= now]
    if zeit == PAST:
        return [one.pk for one in reversed(out) if one.ends_at < now]
    month = month_of(zeit)
    if month is None:
        return None
    begin, end = month
    return [one.pk for one in out if one.starts_at < end and one.ends_at > begin]


def month_of(text: str) -> tuple[datetime, datetime] | None:
    """Return the first moment of a month and that of the next; None for anything that is no month from 2000 to 2099."""
    if not re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", text, re.ASCII):
        return None
    year, month = int(text[:4]), int(text[5:])
    zone = timezone.get_default_timezone()
    return datetime(year, month, 1, tzinfo=zone), datetime(year + month // 12, month % 12 + 1, 1, tzinfo=zone)


def _at_present(parameters: Parameters) -> list[int]:
    found = present(str(parameters.get("zeit", "") or ALL))
    return present(ALL) or [] if found is None else found


def _rows() -> Iterator[tuple[Any, ...]]:
    slugs = slugs_by_thing(Event)
    values = Event.objects.out().order_by("starts_at", "pk")
    for pk, *others in values.values_list("pk", "kind__slug", "town__state", "mode", "format__slug"):
        kind, state, mode, format_slug = others
        yield pk, kind, slugs.get(pk, ()), state, mode, format_slug


def _type_choices() -> list[tuple[str, str]]:
    return list(EventType.objects.order_by("position", "name").values_list("slug", "name"))


def _state_choices() -> list[tuple[str, str]]:
    states = Event.objects.filter(town__isnull=False).order_by("town__state").values_list("town__state", flat=True)
    return [(state, state) for state in states.distinct()]


def _format_choices() -> list[tuple[str, str]]:
    rows = Event.objects.filter(format__isnull=False).order_by("format__name")
    return list(rows.values_list("format__slug", "format__name").distinct())


events = FacetedList(
    STAMPS,
    _rows,
    (
        Facet("art", "Art", _type_choices),
        Facet("thema", "Thema", topics.choices),
        Facet("land", "Land", _state_choices),
        Facet("durchfuehrung", "Durchführung", lambda: Mode.choices),
        Facet("format", "Format", _format_choices),
    ),
    at_present=_at_present,
)


class Row(NamedTuple):
    """An event in a list."""

    pk: int
    slug: str
    title: str
    summary: str
    starts_at: datetime
    ends_at: datetime
    mode: str
    place: str
    town: str | None
    host: str
    capacity: int | None
    state: str
    kind: str

    @property
    def url(self) -> str:
        """The address of its page."""
        return f"/veranstaltungen/{self.slug}/"

    @property
    def when(self) -> str:
        """From when until when, in words."""
        return period_in_words(self.starts_at, self.ends_at)

    @property
    def leaf(self) -> tuple[str, int, str]:
        """Weekday, day and month of the beginning, as a calendar leaf shows them."""
        begins = timezone.localtime(self.starts_at)
        return WEEKDAYS[begins.weekday()], begins.day, MONTHS[begins.month - 1]

    @property
    def where(self) -> str:
        """How and where people meet."""
        return where_in_words(self.mode, self.place, self.town or "")

    @property
    def is_cancelled(self) -> bool:
        """Whether it does not take place."""
        return self.state == EventState.CANCELLED

    @property
    def is_over(self) -> bool:
        """Whether it has ended."""
        return self.ends_at < timezone.now()


FIELDS = (
    "pk", "slug", "title", "summary", "starts_at", "ends_at", "mode", "place", "town__name", "host", "capacity",
    "state", "kind__name",
)  # fmt: skip


def rows(pks: list[int]) -> list[Row]:
    """Return what a list shows of these events, in the order given, with one query."""
    found = {values[0]: Row(*values) for values in Event.objects.filter(pk__in=pks).values_list(*FIELDS)}
    return [found[pk] for pk in pks if pk in found]


# -- one event --------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Told:
    """Everything that the page of an event says besides the event itself."""

    topics: list[tuple[Any, ...]]  # slug and name
    agenda: list[Any]
    recap: Recap | None


_at = Worded(lambda: Event.objects.filter(slug=""))
_kind = Worded(lambda: EventType.objects.filter(pk=0))
_town = Worded(lambda: Town.objects.filter(pk="").only("name", "state"))
_format = Worded(lambda: FormatProfile.objects.filter(pk=0).only("slug", "name", "live"))
_topics = Worded(
    lambda: Topic.objects.filter(events=0).order_by("parent_id", "position", "name").values_list("slug", "name")
)
_agenda = Worded(lambda: AgendaItem.objects.filter(event=0).order_by("position"))
_recap = Worded(lambda: Recap.objects.filter(event=0, published_at__isnull=False))


def at(slug: str) -> Event | None:
    """Return the event with this slug, public or not, with all that its page names; at most four queries."""
    for event in _at.objects(slug):
        event.kind = _kind.objects(event.kind_id)[0]
        event.town = _town.objects(event.town_id)[0] if event.town_id else None
        event.format = _format.objects(event.format_id)[0] if event.format_id else None
        return event
    return None


def told_of(event: Event) -> Told:
    """Return what the page says besides; three queries."""
    recap = next(iter(_recap.objects(event.pk)), None)
    return Told(_topics.rows(event.pk), _agenda.objects(event.pk), recap)


# -- elsewhere --------------------------------------------------------------------------------------------------------
def entries(found: QuerySet[Event]) -> Iterator[tuple[int, PublicEntry]]:
    """Yield events as other areas show them, with three queries however many there are."""
    chosen = list(found.select_related("kind", "town", "format"))
    pks = [event.pk for event in chosen]
    slugs = slugs_by_thing(Event, pks)
    recaps = {one.event_id: one for one in Recap.objects.filter(event__in=pks, published_at__isnull=False)}
    for event in chosen:
        town, recap = event.town, recaps.get(event.pk)
        parts = [
            event.description, event.where, event.host, event.format.name if event.format else "", event.cancel_reason,
            recap.text if recap else "", *(recap.learnings if recap else ()), recap.next_step if recap else "",
        ]  # fmt: skip
        yield (
            event.pk,
            PublicEntry(
                title=event.title,
                url=event.get_absolute_url(),
                summary=event.summary,
                label=label_of(event.kind.name, event.starts_at, is_cancelled=event.is_cancelled),
                topics=slugs.get(event.pk, ()),
                towns=(town.pk,) if town else (),
                date=timezone.localdate(event.starts_at),
                text="\n".join(part for part in parts if part),
                facets={"land": (town.state,), "groesse": (town.size,)} if town else {},
                verified=not (event.is_over or event.is_cancelled),  # what one can still go to stands before the rest
            ),
        )


def cards(found: QuerySet[Event]) -> Iterator[tuple[int, PublicEntry]]:
    """Yield of events what a list of hits shows, with one query."""
    fields = ("pk", "slug", "title", "summary", "description", "starts_at", "state", "kind__name")
    for pk, slug, title, summary, text, starts_at, state, kind in found.order_by().values_list(*fields):
        yield pk, PublicEntry(
            title=title, url=f"/veranstaltungen/{slug}/", summary=summary, text=text,
            label=label_of(kind, starts_at, is_cancelled=state == EventState.CANCELLED),
            date=timezone.localdate(starts_at),
        )  # fmt: skip


def label_of(kind: str, starts_at: datetime, *, is_cancelled: bool) -> str:
    """Return what it is and when: "Webinar am 14. Januar 2027", "Webinar am 14. Januar 2027, abgesagt"."""
    day = timezone.localdate(starts_at)
    return f"{kind} am {day.day}. {MONTHS[day.month - 1]} {day.year}{', abgesagt' if is_cancelled else ''}"


def stamp() -> str:
    """Return the word that changes with what lists and calendars say of events."""
    return _times.stamp()
