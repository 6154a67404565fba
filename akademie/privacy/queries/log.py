"""The log of Wagtail in sentences: pages and everything else together, newest first."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cache, cached_property
from itertools import islice
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Model, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone
from wagtail.log_actions import registry
from wagtail.models import ModelLogEntry, Page, PageLogEntry

from akademie.accounts.models import User
from akademie.core.audit import Named, log_words

LOGS: dict[str, type[Model]] = {"m": ModelLogEntry, "p": PageLogEntry}
KEYS = {ModelLogEntry: "object_id", PageLogEntry: "page_id"}
CHUNK = 500
LONGEST_NUMBER = 18  # digits that every database takes for a key
NOBODY, GONE = "Die Akademie", "Eine gelöschte Person"
SET_UP = "Die Akademie wurde eingerichtet."
# What the installation does to pages before there are people fills screens and tells nobody anything: one line stands
# for all of it. The rest is still found where somebody asks for one page.
BY_INSTALLATION = Q(user=None, action__in=("wagtail.create", "wagtail.move", "wagtail.delete", "wagtail.reorder"))
INSTALLATION_TAKES = timedelta(hours=1)


@dataclass(frozen=True)
class Asked:
    """How the log is narrowed; empty values narrow nothing."""

    person: str = ""  # part of a name or address of whoever did it or whom it is about
    user: int | None = None  # one account
    kind: str = ""  # primary key of a content type
    thing: str = ""  # one thing: "exchange.helprequest:12"
    text: str = ""  # part of what it was or is called, of whose and where it is, or its number
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
    thing: str  # as `Asked.thing`
    named: str  # "die Anfrage 12"


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
        by = Q(user__in=_people(asked.person)) | Q(data__acting_as__icontains=asked.person)
        rows = rows.filter(by | _naming(model, asked.person, of_people=True))
    if asked.user:
        rows = rows.filter(user=asked.user)
    if asked.kind:
        rows = rows.filter(content_type=int(asked.kind))
    if asked.thing:
        rows = rows.filter(_about(model, asked.thing))
    if asked.text:
        is_number = asked.text.isascii() and asked.text.isdigit() and len(asked.text) <= LONGEST_NUMBER
        number = Q(**{KEYS[model]: asked.text}) if is_number else Q()
        rows = rows.filter(Q(label__icontains=asked.text) | number | _naming(model, asked.text, of_people=False))
    if asked.first:
        rows = rows.filter(timestamp__gte=_begin(asked.first))
    if asked.last:
        rows = rows.filter(timestamp__lt=_begin(asked.last + timedelta(days=1)))
    return rows


def _people(text: str) -> QuerySet:
    name = Concat("first_name", Value(" "), "last_name", output_field=CharField())
    found = User.objects.alias(full_name=name).filter(Q(full_name__icontains=text) | Q(email__icontains=text))
    return found.values("pk")


def _naming(log: type[Model], text: str, *, of_people: bool) -> Q:
    """Return which entries are about things that name this, as the database has them now; no question of its own."""
    if log is PageLogEntry:
        return Q(pk__in=[])
    found = Q(pk__in=[])
    for model, named in _named().items():
        fields = named.names if of_people else (*named.names, *named.words)
        says = Q(*((f"{link}__in", _people(text)) for link in named.people), _connector=Q.OR)
        says |= Q(*((f"{field}__icontains", text) for field in fields), _connector=Q.OR)
        keys = model._default_manager.filter(says).values_list(Cast("pk", CharField()))
        found |= Q(content_type=ContentType.objects.get_for_model(model, for_concrete_model=False), object_id__in=keys)
    return found


def is_thing(text: str) -> bool:
    """Whether this names a thing that the log could know."""
    kind, _, key = text.partition(":")
    try:
        model = apps.get_model(kind)
    except (LookupError, ValueError):
        return False
    is_number = key.isascii() and key.isdigit() and len(key) <= LONGEST_NUMBER
    return is_number if issubclass(model, Page) else bool(key)


def _about(log: type[Model], thing: str) -> Q:
    kind, _, key = thing.partition(":")
    model = apps.get_model(kind)
    if issubclass(model, Page) != (log is PageLogEntry):
        return Q(pk__in=[])
    if log is PageLogEntry:
        return Q(page_id=key)
    return Q(content_type=ContentType.objects.get_for_model(model, for_concrete_model=False), object_id=key)


def _begin(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


class Listing:
    """The log as a paginator asks for it: how many entries, and some of them.

    What the installation wrote is one entry, `folded`, as long as nobody narrows the log.
    """

    def __init__(self, asked: Asked, *, folded: bool = True) -> None:
        self.asked = asked
        self.folded = folded and asked == Asked()

    @cached_property
    def set_up(self) -> PageLogEntry | None:
        """The first entry of the installation: it stands for the others where they are folded."""
        first = PageLogEntry.objects.filter(BY_INSTALLATION).order_by("timestamp", "pk")
        return first.first() if self.folded else None

    def count(self) -> int:
        """Return the number of entries."""
        return sum(rows.count() for rows in self._rows().values())

    __len__ = count

    def __getitem__(self, part: slice) -> list[Line]:
        first, second = self._keys()
        return self._lines(list(first.union(second, all=True).order_by("-timestamp", "-id", "log")[part]), whose=True)

    def every(self, *, whose: bool) -> Iterator[Line]:
        """Yield all entries, newest first, a chunk in memory at a time; `whose` adds what `describe` says."""
        sorted_logs = [keys.order_by("-timestamp", "-id").iterator(chunk_size=CHUNK) for keys in self._keys()]
        both = heapq.merge(*sorted_logs, key=lambda key: key[2], reverse=True)
        while some := list(islice(both, CHUNK)):
            yield from self._lines(some, whose=whose)

    def _rows(self) -> dict[str, QuerySet]:
        rows = {name: _chosen(model, self.asked) for name, model in LOGS.items()}
        if self.set_up:
            until = self.set_up.timestamp + INSTALLATION_TAKES
            rows["p"] = rows["p"].exclude(BY_INSTALLATION & Q(timestamp__lte=until) & ~Q(pk=self.set_up.pk))
        return rows

    def _keys(self) -> list[QuerySet]:
        """Return name of the log, key and time of the entries asked for, one question for each log."""
        return [
            rows.annotate(log=Value(name, CharField())).values_list("log", "id", "timestamp")
            for name, rows in self._rows().items()
        ]

    def _lines(self, keys: list[tuple[str, int, Any]], *, whose: bool) -> list[Line]:
        """Return entries as sentences, in this order; a question for each log, for the people, and for each kind."""
        found: dict[tuple[str, int], Any] = {}
        for name, model in LOGS.items():
            wanted = [pk for log, pk, *_ in keys if log == name]
            rows = model._default_manager.filter(pk__in=wanted) if wanted else []
            found |= {(name, row.pk): row for row in rows}
        people = User.objects.in_bulk({row.user_id for row in found.values() if row.user_id})
        added = _descriptions(found.values()) if whose else {}
        shown = [found[log, pk] for log, pk, *_ in keys if (log, pk) in found]
        return [
            replace(line, what=SET_UP, named="") if entry == self.set_up else line
            for entry, line in ((entry, _line(entry, people, added)) for entry in shown)
        ]


def _descriptions(entries: Iterable[Any]) -> dict[str, str]:
    """Return for each thing that still exists whose it is and where, as far as its area says it."""
    keys: dict[type[Model], set[str]] = defaultdict(set)
    for entry in entries:
        if (model := _model(entry)) in _describers() and isinstance(entry, ModelLogEntry):
            keys[model].add(entry.object_id)
    return {
        f"{model._meta.label_lower}:{key}": text
        for model, wanted in keys.items()
        for key, text in _describers()[model](sorted(wanted)).items()
    }


def _model(entry: Any) -> Any:
    return ContentType.objects.get_for_id(entry.content_type_id).model_class() if entry.content_type_id else None


def _line(entry: Any, people: dict[int, User], added: dict[str, str]) -> Line:
    who = str(people.get(entry.user_id, GONE)) if entry.user_id else NOBODY
    if acting := (entry.data or {}).get("acting_as"):
        who = f"{acting} (mit dem Konto {who})"
    model = _model(entry)
    kind = str(model._meta.verbose_name) if model else ""
    key = entry.page_id if isinstance(entry, PageLogEntry) else entry.object_id
    thing = f"{model._meta.label_lower}:{key}" if model else ""
    named = _thing(entry.label, model, kind) + (f" ({added[thing]})" if added.get(thing) else "")
    what = _sentence(entry, who, kind, named)
    return Line(entry.timestamp, who, what, kind, entry.label, entry.action, thing, named)


def _sentence(entry: Any, who: str, kind: str, thing: str) -> str:
    if says := _deeds().get(entry.action):
        return says.format(person=who, thing=thing, data=defaultdict(lambda: "…", entry.data or {}))
    formatter = registry.get_formatter(entry)
    done = str(formatter.format_message(entry)) if formatter else entry.action
    return f"{who}: {done} ({kind} „{entry.label}“)"


def _thing(label: str, model: type[Model] | None, kind: str) -> str:
    """Return what something was done to: "die Anfrage 12", "das Bild „Marktplatz“"."""
    article = next((_things()[one] for one in (model.__mro__ if model else ()) if one in _things()), "")
    named = label if kind and label.split()[:1] == kind.split()[:1] else f"{kind} „{label}“" if kind else f"„{label}“"
    return f"{article} {named}".strip()


@cache
def _deeds() -> dict[str, str]:
    return {key: sentence for words in log_words for key, sentence in words.deeds.items()}


@cache
def _describers() -> dict[type[Model], Callable[[list[str]], dict[str, str]]]:
    return {model: describe for words in log_words for model, describe in words.describe.items()}


@cache
def _named() -> dict[type[Model], Named]:
    return {model: named for words in log_words for model, named in words.named.items()}


@cache
def _things() -> dict[type[Model], str]:
    return {model: article for words in log_words for model, article in words.things.items()}
