"""Mein Bereich and the office's desk: what the areas have for one person, put together."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from akademie.accounts.models import Role, User
from akademie.cms import queries as cms
from akademie.core.components import thousands
from akademie.core.contributions import (
    WAITING_SHOWN,
    NavigationLink,
    PersonalDate,
    Waiting,
    WaitingTasks,
    navigation,
    personal_dates,
    tiles,
    waiting_tasks,
)
from akademie.editing import queries as editing
from akademie.operation.queries.health import Report, report

SHOWN = 5  # tasks at the top of a page, and dates
DESK_SHOWN = 10  # tasks of an area in the desk's list; the others are one click away
RECORDS = (
    ("Praxisbeispiel", "practices_practicecase"), ("Eintrag der Bibliothek", "library_libraryitem"),
    ("Format", "formats_formatprofile"), ("Fachwort", "terms_term"),
)  # fmt: skip
FAR = datetime.max.replace(tzinfo=timezone.get_default_timezone())


@dataclass(frozen=True)
class Group:
    """The tasks of one area."""

    title: str
    url: str
    tasks: list[Waiting]
    answers: bool = False
    total: int | None = None  # of everybody's; None: more than the area names

    @property
    def number(self) -> str:
        """How many there are, in words."""
        return f"mehr als {WAITING_SHOWN - 1}" if self.total is None else thousands(self.total)

    @property
    def oldest(self) -> datetime | None:
        """Since when the first of them waits."""
        return min((task.since for task in self.tasks if task.since), default=None)


@dataclass(frozen=True)
class Line:
    """A task as the desk lists it."""

    task: Waiting
    area: str
    who: str  # "Sie", "Rita Redlich", "Sie für Rita Redlich", "alle"

    @property
    def is_late(self) -> bool:
        """Whether its day has passed."""
        return bool(self.task.until and self.task.until < timezone.localdate())


@dataclass(frozen=True)
class Desk:
    """The office's desk: what waits in one list, how the academy runs, and where everything is.

    Of each area the lists have the most urgent `DESK_SHOWN`; `groups` say how many there are.
    """

    groups: list[Group]
    mine: list[Line]  # the reader's, everybody's, and of people for whom the reader stands in
    lines: list[Line]  # of the whole office
    report: Report
    makes: list[tuple[str, str]]  # what can be made new: word and address
    places: list[NavigationLink]


def urgent(tasks: Iterable[Waiting]) -> list[Waiting]:
    """Return tasks in their order: what has a deadline by it, then what has waited longest."""
    return sorted(tasks, key=lambda task: (task.until or date.max, task.since or FAR, task.text))


def groups(user: Any, *, for_office: bool, as_viewed: bool = False) -> list[Group]:
    """Return what waits for a person, or for the office; areas with nothing are left out.

    `as_viewed`, here and below: only what *Ansehen als* may show.
    """
    areas = (area for area in waiting_tasks if area.for_office == for_office and (area.viewable or not as_viewed))
    return [group for area in areas if (group := _group(area, user)).tasks]


def _group(area: WaitingTasks, user: Any) -> Group:
    tasks = urgent(islice(area.tasks(user), 5 * WAITING_SHOWN))
    total: int | None = len(tasks)
    if len(tasks) >= WAITING_SHOWN:
        total = area.count() if area.count else None
    return Group(area.title, area.url, tasks, area.answers, total)


def desk(user: Any) -> Desk:
    """Return the office's desk."""
    places = [link for link in navigation if link.place == "desk"]
    found = groups(user, for_office=True)
    stands_in = editing.substitutes()
    mine = _chosen(found, lambda task: task.owner is None or user.pk in (task.owner, stands_in.get(task.owner)))
    lines = _chosen(found, lambda _task: True)
    owners = {task.owner for _group, task in (*mine, *lines) if task.owner}
    people = User.objects.in_bulk(owners | set(stands_in.values()))

    def told(chosen: list[tuple[Group, Waiting]]) -> list[Line]:
        return [Line(task, group.title, _who(task.owner, people, stands_in, user)) for group, task in chosen]

    return Desk(found, told(mine), told(lines), report(), makes(user), places)


def _chosen(found: list[Group], is_wanted: Callable[[Waiting], bool]) -> list[tuple[Group, Waiting]]:
    """Return the most urgent tasks of each group in one list: who waits for an answer longest, then by deadline."""
    chosen = [
        (group, task)
        for group in found
        for task in islice((task for task in group.tasks if is_wanted(task)), DESK_SHOWN)
    ]
    return sorted(chosen, key=_desk_order)


def _desk_order(one: tuple[Group, Waiting]) -> tuple[Any, ...]:
    group, task = one
    if group.answers:
        return (0, task.since or FAR, date.max, task.text)
    return (1, FAR, task.until or date.max, task.since or FAR, task.text)


def _who(owner: int | None, people: dict[int, User], stands_in: dict[int, int], user: Any) -> str:
    if owner not in people:
        return "alle"
    substitute = stands_in.get(owner)
    names = ["Sie" if pk == user.pk else str(people[pk]) for pk in (substitute, owner) if pk in people]
    return " für ".join(names)


def makes(user: Any) -> list[tuple[str, str]]:
    """Return what this person can make new, by word and address; without a query once the tree of pages is known."""
    start, news = cms.places_of_pages.get()
    found = [
        ("Nachricht", reverse("wagtailadmin_pages:add", args=["cms", "newspage", news]) if news else ""),
        ("Seite", reverse("wagtailadmin_pages:add", args=["cms", "standardpage", start]) if start else ""),
        *((word, reverse(f"wagtailsnippets_{name}:add")) for word, name in RECORDS),
        ("Bild", reverse("wagtailimages:add_multiple")),
        ("Dokument", reverse("wagtaildocs:add_multiple")),
        ("Person", reverse("wagtailusers_users:add") if user.role == Role.LEAD else ""),
    ]
    return [(word, url) for word, url in found if url]


def drawn_tiles(user: Any, *, as_viewed: bool = False) -> list[tuple[str, SafeString]]:
    """Return the tiles that have something to show, by title."""
    mine = ((tile, tile.context(user)) for tile in tiles if tile.viewable or not as_viewed)
    return [(tile.title, render_to_string(tile.template, context)) for tile, context in mine if context is not None]


def dates_of(user: Any, *, as_viewed: bool = False) -> list[PersonalDate]:
    """Return the dates and deadlines of a person, the next first; past ones too.

    A deadline has the name of its area only: a calendar is kept by a foreign service or shared with an anteroom, and a
    task says who has asked for what.
    """
    sources = (source for source in personal_dates if source.viewable or not as_viewed)
    dates = [one for source in sources for one in source.dates(user)]
    for for_office in (False, True) if user.is_office else (False,):
        for group in groups(user, for_office=for_office, as_viewed=as_viewed):
            mine = (task for task in group.tasks if task.owner in (None, user.pk))
            dates += [_deadline(task, group.title) for task in mine if task.until]
    return sorted(dates, key=lambda one: (one.starts, one.uid))


def _deadline(task: Waiting, title: str) -> PersonalDate:
    ends = datetime.combine(task.until or date.max, time.max, timezone.get_current_timezone())
    return PersonalDate(f"frist{task.url.replace('/', '-')}", f"Frist: {title}", ends, url=task.url, all_day=True)


def next_dates(user: Any, *, as_viewed: bool = False) -> list[PersonalDate]:
    """Return the next few dates."""
    now = timezone.now()
    ahead = [one for one in dates_of(user, as_viewed=as_viewed) if (one.ends or one.starts) >= now]
    return ahead[:SHOWN]


def account_links() -> list[NavigationLink]:
    """Return where people see and change what is known about them."""
    return [link for link in navigation if link.place == "account"]
