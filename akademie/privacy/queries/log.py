"""The log of Wagtail in sentences: pages and everything else together, newest first."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import islice
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Model, Q, QuerySet, Value
from django.db.models.functions import Concat
from django.utils import timezone
from wagtail.log_actions import registry
from wagtail.models import ModelLogEntry, PageLogEntry

from akademie.accounts.models import User
from akademie.core.audit import log_words

LOGS: dict[str, type[Model]] = {"m": ModelLogEntry, "p": PageLogEntry}
CHUNK = 500
NOBODY, GONE = "Die Akademie", "Eine gelöschte Person"


@dataclass(frozen=True)
class Asked:
    """How the log is narrowed; empty values narrow nothing."""

    person: str = ""  # part of a name or address
    user: int | None = None  # one account
    kind: str = ""  # primary key of a content type
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class Line:
    """An entry as people read it."""

    at: datetime
    who: str
    what: str  # the whole sentence
    kind: str
    label: str
    action: str


def kinds() -> list[tuple[str, str]]:
    """Return the kinds of things that the log speaks of, by name."""
    used: set[int] = set()
    for model in LOGS.values():
        used |= set(model._default_manager.order_by().values_list("content_type_id", flat=True).distinct())
    types = [ContentType.objects.get_for_id(pk) for pk in used if pk]
    named = [(str(one.pk), str(known._meta.verbose_name)) for one in types if (known := one.model_class())]
    return sorted(named, key=lambda pair: pair[1].casefold())


def _chosen(model: type[Model], asked: Asked) -> QuerySet:
    rows = model._default_manager.order_by()
    if asked.person:
        name = Concat("first_name", Value(" "), "last_name", output_field=CharField())
        people = User.objects.alias(full_name=name).filter(
            Q(full_name__icontains=asked.person) | Q(email__icontains=asked.person)
        )
        rows = rows.filter(user__in=people.values("pk"))
    if asked.user:
        rows = rows.filter(user=asked.user)
    if asked.kind:
        rows = rows.filter(content_type=int(asked.kind))
    if asked.first:
        rows = rows.filter(timestamp__gte=_begin(asked.first))
    if asked.last:
        rows = rows.filter(timestamp__lt=_begin(asked.last + timedelta(days=1)))
    return rows


def _begin(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


class Listing:
    """The log as a paginator asks for it: how many entries, and some of them."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked

    def count(self) -> int:
        """Return the number of entries."""
        return sum(_chosen(model, self.asked).count() for model in LOGS.values())

    __len__ = count

    def __getitem__(self, part: slice) -> list[Line]:
        return lines(list(self._keys()[part]))

    def _keys(self) -> QuerySet:
        """Return name of the log and key of each entry, newest first, by one question to the database."""
        first, second = _all_keys(self.asked)
        return first.union(second, all=True).order_by("-timestamp", "-id", "log")


def _all_keys(asked: Asked) -> list[QuerySet]:
    """Return name of the log, key and time of the entries asked for, one question for each log."""
    return [
        _chosen(model, asked).annotate(log=Value(name, CharField())).values_list("log", "id", "timestamp")
        for name, model in LOGS.items()
    ]


def every(asked: Asked) -> Iterator[Line]:
    """Yield all entries, newest first, a chunk in memory at a time."""
    sorted_logs = [keys.order_by("-timestamp", "-id").iterator(chunk_size=CHUNK) for keys in _all_keys(asked)]
    both = heapq.merge(*sorted_logs, key=lambda key: key[2], reverse=True)
    while some := list(islice(both, CHUNK)):
        yield from lines(some)


def lines(keys: list[tuple[str, int, Any]]) -> list[Line]:
    """Return entries as sentences, in this order, with one question for each log and one for the people."""
    found: dict[tuple[str, int], Any] = {}
    for name, model in LOGS.items():
        wanted = [pk for log, pk, *_ in keys if log == name]
        rows = model._default_manager.filter(pk__in=wanted) if wanted else []
        found |= {(name, row.pk): row for row in rows}
    people = User.objects.in_bulk({row.user_id for row in found.values() if row.user_id})
    return [_line(found[log, pk], people) for log, pk, *_ in keys if (log, pk) in found]


def _line(entry: Any, people: dict[int, User]) -> Line:
    who = str(people.get(entry.user_id, GONE)) if entry.user_id else NOBODY
    model = ContentType.objects.get_for_id(entry.content_type_id).model_class() if entry.content_type_id else None
    kind = str(model._meta.verbose_name) if model else ""
    return Line(entry.timestamp, who, _sentence(entry, who, model, kind), kind, entry.label, entry.action)


def _sentence(entry: Any, who: str, model: type[Model] | None, kind: str) -> str:
    thing = _thing(entry.label, model, kind)
    if says := _deeds().get(entry.action):
        return says.format(person=who, thing=thing, data=defaultdict(lambda: "…", entry.data or {}))
    formatter = registry.get_formatter(entry)
    done = str(formatter.format_message(entry)) if formatter else entry.action
    return f"{who}: {done} ({kind} „{entry.label}“)"


def _thing(label: str, model: type[Model] | None, kind: str) -> str:
    """Return what something was done to: "die Anfrage 12", "das Bild „Marktplatz“"."""
    article = next((_things()[one] for one in (model.__mro__ if model else ()) if one in _things()), "")
    named = label if label.startswith(kind) and kind else f"{kind} „{label}“" if kind else f"„{label}“"
    return f"{article} {named}".strip()


@cache
def _deeds() -> dict[str, str]:
    return {key: sentence for words in log_words for key, sentence in words.deeds.items()}


@cache
def _things() -> dict[type[Model], str]:
    return {model: article for words in log_words for model, article in words.things.items()}
