"""What an area shows and does outside its own folder: public things, links, data, jobs, checks, duties, panels."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django_tasks.base import Task

from akademie.core.contributions.people import PersonalDate
from akademie.core.open_data import PublicData


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
    text: str = ""  # everything that search should find, besides title and summary; what belongs together on a line
    keywords: str = ""  # our own words for it, one a line: found too, and shown as what they are
    details: str | None = None  # what is known of something that may have no summary: series, pages
    facets: dict[str, tuple[str, ...]] = field(default_factory=dict)  # further search facets: land, jahr, groesse ...
    verified: bool = False  # checked, proven or still to come: ranks a little higher


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
    titles_are_names: bool = False  # found by whole words of title and text only, never by parts of words or synonyms
    # Fields that say when one was first published and last changed; a kind that has them has feeds.
    dated_by: tuple[str, str] = ("first_published_at", "last_published_at")
    parts: tuple[type[Model], ...] = ()  # rows of their own whose change changes the object, by their `parent_pk`
    data: PublicData | None = None  # what machines get; None: title, summary, topics and towns only
    order: int = 50


@dataclass(frozen=True)
class PublicDate(PersonalDate):
    """A date or deadline for everyone, in the calendar of all areas; the rest is what the calendar is narrowed by."""

    kind: str = ""  # short name of what it is, and the same in the reader's words
    kind_label: str = ""
    mode: str = ""  # short name of how people meet, and the same in the reader's words; deadlines have none
    mode_label: str = ""
    topics: tuple[str, ...] = ()  # slugs
    states: tuple[str, ...] = ()  # German states


@dataclass(frozen=True, kw_only=True)
class PublicDates:
    """Where public dates come from.

    `dates` takes the first and the last day and yields what touches them and everyone may see at this moment, in a
    constant number of queries. `coming` yields the next few that have not ended, with one query at most.
    """

    key: str
    title: str
    stamp: str  # the stamp whose change makes what is kept of these dates stale
    dates: Callable[[date, date], Iterable[PublicDate]]
    coming: Callable[[int], Iterable[PublicDate]]
    order: int = 50


@dataclass(frozen=True, kw_only=True)
class NavigationLink:
    """A link of the frame."""

    key: str  # the section that marks it as current
    title: str
    url: str
    # main | footer | page: in the footer, with the address of the page behind it | person: in the header of who is
    # signed in | office: in that of the office | desk: on the office's desk | account: on the page of one's account
    place: str = "main"
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
    # "town", "topic", "event", "format", "search", "silent address", "page" (each), or a duty's address: "datenschutz"
    page: str
    template: str
    context: Callable[[HttpRequest, Any], dict[str, Any] | None]
    order: int = 50


@dataclass(frozen=True, kw_only=True)
class FixedPages:
    """Public pages that are no objects and in no navigation, such as the cards of the handbook: for the sitemap."""

    key: str
    paths: Callable[[], Iterable[str]]
    order: int = 50


@dataclass(frozen=True, kw_only=True)
class MailWatch:
    """Who knows at which addresses mails do not arrive."""

    key: str
    silent: Callable[[set[str]], set[str]]  # of these addresses in small letters, those that get no mails at present
    refused: Callable[[str, str], None]  # takes an address and what its mail server said when a mail was given up
    order: int = 50


@dataclass(frozen=True, kw_only=True)
class Hideable:
    """Something public that is no public kind and that the office can hide all the same: a profile.

    All but `find` take the primary key as text. `hide` and `show` work inside the caller's transaction and are
    repeatable; what its owner changes meanwhile stays, but nobody sees it before it is shown again.
    """

    key: str
    title: str  # "Profil"
    find: Callable[[str], tuple[str, str] | None]  # takes a path of ours: primary key and title of what stands there
    makers: Callable[[str], Iterable[Any]]  # the accounts whose work it is
    hide: Callable[[str], None]
    show: Callable[[str], None]
    order: int = 50


@dataclass(frozen=True, kw_only=True)
class PostingGate:
    """Who may not post at present: takes an account or None, and the mail address somebody gives; a German reason."""

    key: str
    refuses: Callable[[Any, str], str]  # empty: nothing against it
    order: int = 50


@dataclass(frozen=True, kw_only=True)
class StandIns:
    """Who stands in for whom today, by primary keys of accounts."""

    key: str
    today: Callable[[], dict[int, int]]
    order: int = 50
