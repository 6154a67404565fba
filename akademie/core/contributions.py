"""All general openings on one screen: where an area shows itself outside its own folder.

An area fills them in its `contributions.py`, which is loaded once at start. Nothing here knows an area's name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from enum import StrEnum
from typing import Any, Generic, Protocol, TypeVar

from django.db.models import Model, QuerySet
from django.dispatch import Signal
from django.http import HttpRequest
from django_tasks.base import Task

from akademie.core.open_data import PublicData


class Contribution(Protocol):
    """What every contribution has: a key of its own and a place in the order."""

    @property
    def key(self) -> str: ...

    @property
    def order(self) -> int: ...


T = TypeVar("T", bound=Contribution)


class ContributionPoint(Generic[T]):
    """A typed opening. Iterates in order; refuses strangers and a key that is taken."""

    def __init__(self, name: str, kind: type[T]) -> None:
        self.name, self.kind = name, kind
        self._items: dict[str, T] = {}

    def add(self, item: T) -> None:
        """Add one item; TypeError for another type, ValueError for a key that is taken."""
        if not isinstance(item, self.kind):
            raise TypeError(f"{self.name} takes {self.kind.__name__}, not {item!r}")
        if item.key in self._items:
            raise ValueError(f"{self.name} already has {item.key!r}")
        self._items[item.key] = item

    def get(self, key: str) -> T | None:
        """Return the item of that key, or None."""
        return self._items.get(key)

    def __iter__(self) -> Iterator[T]:
        return iter(sorted(self._items.values(), key=lambda item: (item.order, item.key)))


@dataclass(frozen=True, kw_only=True)
class PublicEntry:
    """One public object as other areas show it: in search, topic and town pages, feeds, the Wegweiser."""

    title: str
    url: str
    summary: str = ""
    label: str = ""  # what it is, in the reader's words: "Praxisbeispiel aus Wittenberge"
    topics: tuple[str, ...] = ()  # slugs
    towns: tuple[str, ...] = ()  # AGS
    date: date | None = None
    text: str = ""  # everything that search should find, besides title and summary
    facets: dict[str, tuple[str, ...]] = field(default_factory=dict)  # further search facets: land, jahr, groesse ...
    verified: bool = False  # checked or proven: ranks a little higher


@dataclass(frozen=True, kw_only=True)
class PublicKind:
    """A kind of public thing, and how to show one of it elsewhere.

    `visible_to` is the only gate: what it leaves out appears nowhere. `entries` turns a queryset of it into pairs of
    primary key and entry with a constant number of queries. `cards` is the same for lists of hits, cheaper because
    topics, towns and facets are left out.
    """

    key: str  # also the value of ?art= in the search
    title: str  # "Praxisbeispiele"
    singular: str  # "Praxisbeispiel"
    model: type[Model]
    visible_to: Callable[[Any], QuerySet]
    entries: Callable[[QuerySet], Iterable[tuple[Any, PublicEntry]]]
    cards: Callable[[QuerySet], Iterable[tuple[Any, PublicEntry]]] | None = None
    list_url: str = ""  # address of the list that takes ?thema=
    topic_lookup: str = ""  # how to filter by topic, "topics"; empty: not by topic
    town_lookup: str = ""  # how to filter by town, "towns"
    ages: bool = False  # news and events lose rank with time; documents do not
    parts: tuple[type[Model], ...] = ()  # rows of their own whose change changes the object, by their `parent_pk`
    data: PublicData | None = None  # what machines get; None: title, summary, topics and towns only
    order: int = 50


@dataclass(frozen=True, kw_only=True)
class NavigationLink:
    """A link of the frame."""

    key: str  # the section that marks it as current
    title: str
    url: str
    place: str = "main"  # main | footer | desk | page: in the footer, with the address of the page behind it
    order: int = 50


@dataclass(frozen=True, kw_only=True)
class FrameSource:
    """Values of the frame that an area keeps: name of the site, operator, menus. Called once per stamp and process."""

    key: str
    stamp: str  # the stamp whose change makes the kept frame stale
    values: Callable[[], dict[str, Any]]
    order: int = 50


@dataclass(frozen=True, kw_only=True)
class Removal:
    """How a data set of the demo is taken away again. Repeatable, and complete: nothing of it is left."""

    preview: Callable[[], list[str]]  # what would go, one German line each; nothing there: no line
    run: Callable[[], None]


@dataclass(frozen=True, kw_only=True)
class DataSet:
    """Reference or demo data that an area loads on first start, and again when `version` changes.

    `load` is repeatable: it may be interrupted and run again, and two runs at once end like one. It calls its argument
    with a German sentence for progress.
    """

    key: str
    label: str
    version: Callable[[], str]
    load: Callable[[Callable[[str], None]], None]
    remove: Removal | None = None  # belongs to every data set of the demo
    derived: bool = False  # made from other data and kept outside the database: not in a backup, made anew after it
    order: int = 50


@dataclass(frozen=True, kw_only=True)
class BackgroundLoop:
    """Something the worker process keeps doing, in a thread of its own, until the event is set."""

    key: str
    run: Callable[[Any], None]  # takes a threading.Event
    order: int = 50


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """A job that comes round. It is enqueued once per due time, and once after a time without a worker."""

    key: str
    job: Task
    every: timedelta
    at: time | None = None  # the time of day in the academy's time zone, for what comes daily or less often
    order: int = 50


class Light(StrEnum):
    """How something is: all well, look at it soon, act now, or not known."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    GREY = "grey"


@dataclass(frozen=True)
class Health:
    """What a check found, in one German sentence that says what to do when it is not green."""

    light: Light
    sentence: str


@dataclass(frozen=True, kw_only=True)
class HealthCheck:
    """Something that must work, for the self-test of the office and for machines."""

    key: str
    title: str
    look: Callable[[], Health]  # may take seconds; never raises for what it looks at
    every: timedelta = timedelta(minutes=5)  # how often the schedule looks
    order: int = 50


@dataclass(frozen=True, kw_only=True)
class OperatorDuty:
    """Something that the operator must complete before going live."""

    key: str
    title: str
    is_done: Callable[[], bool]
    url: Callable[[], str]  # where it is completed
    why: str = ""
    order: int = 50


@dataclass(frozen=True, kw_only=True)
class StartNote:
    """Lines that `./run` prints when everything is up."""

    key: str
    lines: Callable[[], Iterable[str]]
    order: int = 50


@dataclass(frozen=True, kw_only=True)
class PagePanel:
    """A part that an upper area adds to a page of a lower one; `context` answers None when there is nothing to show."""

    key: str
    page: str  # "town", "topic"
    template: str
    context: Callable[[HttpRequest, Any], dict[str, Any] | None]
    order: int = 50


about_to_fork = Signal()  # the server is about to fork: whoever has started threads closes what needs them
about_to_end = Signal()  # a web server's or worker's process is about to end: last chance to write what it holds
outside_asked = Signal()  # host: core.fetch is about to ask a server of somebody else

public_kinds = ContributionPoint("public_kinds", PublicKind)
navigation = ContributionPoint("navigation", NavigationLink)
frame_sources = ContributionPoint("frame_sources", FrameSource)
reference_data = ContributionPoint("reference_data", DataSet)
demo_data = ContributionPoint("demo_data", DataSet)
background_loops = ContributionPoint("background_loops", BackgroundLoop)
schedules = ContributionPoint("schedules", Schedule)
health_checks = ContributionPoint("health_checks", HealthCheck)
operator_duties = ContributionPoint("operator_duties", OperatorDuty)
start_notes = ContributionPoint("start_notes", StartNote)
page_panels = ContributionPoint("page_panels", PagePanel)
