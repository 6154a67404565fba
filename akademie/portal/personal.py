"""Mein Bereich and the office's desk: what the areas have for one person, put together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from akademie.accounts.models import User
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
FAR = datetime.max.replace(tzinfo=timezone.get_default_timezone())


@dataclass(frozen=True)
class Group:
    """The tasks of one area."""

    title: str
    url: str
    tasks: list[Waiting]

    @property
    def number(self) -> str:
        """How many there are, in words."""
        return f"mehr als {WAITING_SHOWN - 1}" if len(self.tasks) >= WAITING_SHOWN else str(len(self.tasks))

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
    is_mine: bool  # the reader's, everybody's, or of somebody for whom the reader stands in

    @property
    def is_late(self) -> bool:
        """Whether its day has passed."""
        return bool(self.task.until and self.task.until < timezone.localdate())


@dataclass(frozen=True)
class Desk:
    """The office's desk: what waits in one list, how the academy runs, and where everything is."""

    groups: list[Group]
    lines: list[Line]
    report: Report
    places: list[NavigationLink]

    @property
    def mine(self) -> list[Line]:
        """What waits for the reader."""
        return [line for line in self.lines if line.is_mine]


def urgent(tasks: Iterable[Waiting]) -> list[Waiting]:
    """Return tasks in their order: what has a deadline by it, then what has waited longest."""
    return sorted(tasks, key=lambda task: (task.until or date.max, task.since or FAR, task.text))


def groups(user: Any, *, for_office: bool, as_viewed: bool = False) -> list[Group]:
    """Return what waits for a person, or for the office; areas with nothing are left out.

    `as_viewed`, here and below: only what *Ansehen als* may show.
    """
    areas = (area for area in waiting_tasks if area.for_office == for_office and (area.viewable or not as_viewed))
    return [Group(area.title, area.url, urgent(tasks)) for area in areas if (tasks := _most(area, user))]


def _most(area: WaitingTasks, user: Any) -> list[Waiting]:
    return [task for task, _ in zip(area.tasks(user), range(WAITING_SHOWN), strict=False)]


def desk(user: Any) -> Desk:
    """Return the office's desk."""
    places = [link for link in navigation if link.place == "desk"]
    found = groups(user, for_office=True)
    return Desk(found, _lines(found, user), report(), places)


def _lines(found: list[Group], user: Any) -> list[Line]:
    areas = {id(task): group.title for group in found for task in group.tasks}
    tasks = urgent(task for group in found for task in group.tasks)
    stands_in = editing.substitutes()
    people = User.objects.in_bulk({task.owner for task in tasks if task.owner} | set(stands_in.values()))
    return [
        Line(task, areas[id(task)], _who(task.owner, people, stands_in, user), _is_mine(task.owner, stands_in, user))
        for task in tasks
    ]


def _who(owner: int | None, people: dict[int, User], stands_in: dict[int, int], user: Any) -> str:
    if owner not in people:
        return "alle"
    substitute = stands_in.get(owner)
    names = ["Sie" if pk == user.pk else str(people[pk]) for pk in (substitute, owner) if pk in people]
    return " für ".join(names)


def _is_mine(owner: int | None, stands_in: dict[int, int], user: Any) -> bool:
    return owner is None or user.pk in (owner, stands_in.get(owner))


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
