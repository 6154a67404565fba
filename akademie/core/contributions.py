"""All general openings on one screen: where an area shows itself outside its own folder.

An area fills them in its `contributions.py`, which is loaded once at start. Nothing here knows an area's name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, BinaryIO, Generic, Protocol, TypeVar

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
    page: str  # "town", "topic", or the address of a page that is a duty: "datenschutz"
    template: str
    context: Callable[[HttpRequest, Any], dict[str, Any] | None]
    order: int = 50


@dataclass(frozen=True, kw_only=True)
class MailWatch:
    """Who knows at which addresses mails do not arrive."""

    key: str
    silent: Callable[[set[str]], set[str]]  # of these addresses in small letters, those that get no mails at present
    refused: Callable[[str, str], None]  # takes an address and what its mail server said when a mail was given up
    order: int = 50


# -- people -----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Subject:
    """Whom personal data are about: a person with an account, or only a confirmed mail address (a guest, a contact)."""

    email: str
    user: Any = None  # accounts.User

    def blacked_out(self, text: str) -> str:
        """Return a text that stays without this person's address and full name."""
        names = [self.email, self.user.get_full_name() if self.user else ""]
        for name in filter(None, names):
            text = re.sub(re.escape(name), "[gelöscht]", text, flags=re.IGNORECASE)
        return text


@dataclass(frozen=True)
class ExportPart:
    """One table of somebody's data. Rows and files are read while the archive is written, never all at once."""

    title: str  # "Meine Fragen an die Geschäftsstelle"
    rows: Iterable[dict[str, Any]]  # German column → value
    files: Iterable[tuple[str, Callable[[], BinaryIO]]] = ()  # name in the archive, and how to open it


class Fate(StrEnum):
    """What deletion does with something."""

    GOES = "goes"
    ANONYMISED = "anonymised"
    STAYS = "stays"


@dataclass(frozen=True)
class ErasureLine:
    """What happens to a part of somebody's data when they delete it."""

    fate: Fate
    what: str  # "3 Fragen an die Geschäftsstelle"
    why: str = ""  # the reason when it is anonymised or stays


@dataclass(frozen=True, kw_only=True)
class HandOver:
    """What a successor takes over when somebody leaves a post (*Stelle übergeben*).

    Both take the person who goes, the one who follows, and the post (`people.Membership`). `run` is repeatable and
    works inside the transaction of the caller.
    """

    preview: Callable[[Any, Any, Any], Iterable[str]]  # "2 offene Anfragen"; nothing to take over: no line
    run: Callable[[Any, Any, Any], None]


@dataclass(frozen=True, kw_only=True)
class PeopleData:
    """What an area keeps about people, and how it answers for it.

    `models` are those with a link to a person or a mail address of one; `tests/test_privacy.py` finds every link and
    asks who answers for it. `erase` deletes or anonymises what `preview` says, inside the caller's transaction, and is
    repeatable. `claim` gives a new account what its holder did before as a guest with the same confirmed address.
    """

    key: str  # the area
    title: str
    models: tuple[type[Model], ...]
    export: Callable[[Subject], Iterable[ExportPart]]
    preview: Callable[[Subject], Iterable[ErasureLine]]
    erase: Callable[[Subject], None]
    hand_over: HandOver | None = None
    claim: Callable[[Any], None] | None = None  # takes the user
    order: int = 50


@dataclass(frozen=True, kw_only=True)
class RetentionRule:
    """How long a kind of data is kept. The nightly deletion, the office's list and the privacy notice read this.

    `due` gives the rows whose time is over; they are deleted in batches by `delete`, or one by one through their model.
    """

    key: str
    title: str  # "Unbestätigte Fragen an die Geschäftsstelle"
    period: str  # in words: "7 Tage nach dem Absenden"
    reason: str  # why so long
    due: Callable[[], QuerySet]
    delete: Callable[[QuerySet], object] | None = None
    archive: bool = False  # a public archive must have been offered these records before they go
    order: int = 50


@dataclass(frozen=True, kw_only=True)
class Processing:
    """One entry of the record of processing (Art. 30 GDPR), from which the privacy notice is made too."""

    key: str
    title: str
    purpose: str
    basis: str  # "Art. 6 Abs. 1 Buchst. e DSGVO"
    people: str  # whose data
    data: str  # which data
    recipients: str = "niemand außerhalb der Geschäftsstelle"
    retention: tuple[str, ...] = ()  # keys of retention rules
    kept: str = ""  # what no rule deletes: "bis Sie Ihr Konto löschen"; needed where there is no rule
    order: int = 50


@dataclass(frozen=True, kw_only=True)
class Tile:
    """A part of *Mein Bereich*; `context` takes the person and answers None when there is nothing to show."""

    key: str
    title: str
    template: str
    context: Callable[[Any], dict[str, Any] | None]
    confidential: bool = False  # not even the Leitung sees it by *Ansehen als*
    order: int = 50


@dataclass(frozen=True)
class Waiting:
    """One thing that waits for somebody: what to do, where, since or until when."""

    text: str  # "Frage von Perleberg beantworten"
    url: str
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class WaitingTasks:
    """Tasks of a person or, with `for_office`, of everybody in the office. A constant number of queries."""

    key: str
    title: str  # "Fragen an die Geschäftsstelle"
    tasks: Callable[[Any], Iterable[Waiting]]  # takes the person; oldest first, a hundred at most
    for_office: bool = False
    url: str = ""  # the whole list
    confidential: bool = False
    order: int = 50


@dataclass(frozen=True)
class PersonalDate:
    """A date or deadline of a person, for their calendar feed."""

    uid: str  # stays the same when the date moves
    title: str
    starts: datetime
    ends: datetime | None = None
    url: str = ""
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class PersonalDates:
    """Where dates of a person come from."""

    key: str
    dates: Callable[[Any], Iterable[PersonalDate]]
    confidential: bool = False
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
mail_watches = ContributionPoint("mail_watches", MailWatch)
people_data = ContributionPoint("people_data", PeopleData)
retention_rules = ContributionPoint("retention_rules", RetentionRule)
processing = ContributionPoint("processing", Processing)
tiles = ContributionPoint("tiles", Tile)
waiting_tasks = ContributionPoint("waiting_tasks", WaitingTasks)
personal_dates = ContributionPoint("personal_dates", PersonalDates)
