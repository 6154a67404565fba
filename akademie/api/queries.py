"""What machines may have: each public kind as a collection of records that can be narrowed and paged."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Max, QuerySet
from django.http import QueryDict
from django.urls import reverse
from wagtail.models import ModelLogEntry

from akademie.core.contributions import WAITING_SHOWN, PublicEntry, PublicKind, Waiting, public_kinds
from akademie.core.models import LoadedDataSet
from akademie.core.open_data import DataField, Record, absolute
from akademie.core.stamps import Kept
from akademie.search import queries as search
from akademie.search.engine import Query

MOST_FOUND = 1000  # hits of a text; the first ones are the best
HANDED_IN = "api.handed_in"  # what the log calls a draft that a program has handed in
CHUNK = 500  # records read at once when all are wanted
# What every kind has, also one that says nothing more about itself.
PLAIN_FIELDS = (
    DataField("id", "Nummer", always=True),
    DataField("url", "Adresse", always=True, format="uri"),
    DataField("title", "Titel", always=True),
    DataField("summary", "Kurz gesagt"),
    DataField("label", "Was es ist"),
    DataField("topics", "Themen", many=True),
    DataField("towns", "Gemeindeschlüssel der Städte", many=True),
    DataField("date", "Datum", format="date"),
)


@dataclass(frozen=True)
class Asked:
    """How an address narrows a collection: choices of the list's facets, a town, a text."""

    choices: QueryDict = field(default_factory=lambda: QueryDict(""))
    town: str = ""
    text: str = ""


class Collection:
    """One public kind as machines see it. What a guest may not see is in none of its answers."""

    def __init__(self, kind: PublicKind) -> None:
        self.kind, self.data = kind, kind.data
        self.key, self.title = kind.key, kind.title
        self.rows = kind.data.rows if kind.data else None
        self.lookup = kind.data.lookup if kind.data else "pk"
        self.fields = kind.data.fields if kind.data else PLAIN_FIELDS
        self.link = kind.data.link if kind.data else None  # None: programs only read
        names = {one.name for one in kind.model._meta.get_fields()}
        self.published_at, self.changed = kind.dated_by  # names of fields
        self.is_dated = {self.published_at, self.changed} <= names
        self.has_feed = self.is_dated and bool(kind.list_url)
        self._pks: Kept[tuple[Any, ...]] = Kept(
            kind.key, lambda: tuple(self.visible().order_by("pk").values_list("pk", flat=True))
        )
        self._changed_at: Kept[datetime | None] = Kept(kind.key, self._last_change)

    def rows_of_all(self) -> QuerySet:
        """Return drafts too: for writing, never for an answer to readers."""
        return self.kind.model._default_manager.all()

    def visible(self) -> QuerySet:
        """Return what a guest may see."""
        return self.kind.visible_to(AnonymousUser())

    @property
    def parameters(self) -> tuple[str, ...]:
        """What the collection can be narrowed by."""
        facets = tuple(facet.key for facet in self.rows.facets) if self.rows else ()
        return (*facets, *(("stadt",) if self.kind.town_lookup else ()), "q")

    def window(self, asked: Asked, start: int, stop: int) -> tuple[list[Record], int]:
        """Return the records from `start` to before `stop` of those asked for, and how many there are in all."""
        if self.rows and not asked.text and not asked.town:
            pks, count = self.rows.window(asked.choices, start, stop)
        else:
            found = self.pks(asked)
            pks, count = list(found[start:stop]), len(found)
        return self.records(pks), count

    def pks(self, asked: Asked) -> Sequence[Any]:
        """Return the primary keys of all that is asked for: best first for a text, else in the order of the list."""
        found: Sequence[Any] = (
            self.rows.window(asked.choices, 0, self.rows.count())[0] if self.rows else self._pks.get()
        )
        if asked.town:
            town = self.visible().filter(**{self.kind.town_lookup: asked.town})
            of_town = set(town.order_by().values_list("pk", flat=True))
            found = [pk for pk in found if pk in of_town]
        if asked.text:
            left = set(found)
            found = [pk for pk in self._find(asked.text) if pk in left]
        return found

    def _find(self, text: str) -> Sequence[Any]:
        if self.data and self.data.find:
            return self.data.find(text)
        hits = search.look_up(Query(text=text, filters={"kind": (self.key,)}, limit=MOST_FOUND)).hits
        to_python = self.kind.model._meta.pk.to_python
        return [to_python(hit.id.partition(":")[2]) for hit in hits]

    def records(self, pks: Sequence[Any]) -> list[Record]:
        """Return the records of these objects in this order, with a constant number of queries."""
        found = dict(self._read(self.visible().filter(pk__in=pks))) if pks else {}
        return [found[pk] for pk in pks if pk in found]

    def every(self, asked: Asked) -> Iterator[Record]:
        """Yield all records that are asked for, some hundred in memory at a time."""
        pks = self.pks(asked)
        for start in range(0, len(pks), CHUNK):
            yield from self.records(pks[start : start + CHUNK])

    def one(self, name: str) -> Record | None:
        """Return the record of that name, or None."""
        # What no name can be is not looked up: databases refuse a zero character and a number beyond their range.
        if "\0" in name or (self.lookup == "pk" and not (name.isascii() and name.isdigit() and len(name) < 10)):
            return None
        found = list(self._read(self.visible().filter(**{self.lookup: name})))
        return found[0][1] if found else None

    def draft(self, row: Any) -> Record:
        """Return a row that nobody sees yet as the record that it will be."""
        return next(record for _pk, record in self._read(self.rows_of_all().filter(pk=row.pk)))

    def _read(self, rows: QuerySet) -> Iterable[tuple[Any, Record]]:
        if self.data:
            return self.data.records(rows)
        return ((pk, _plain(pk, entry)) for pk, entry in self.kind.entries(rows))

    def count(self) -> int:
        """Return how many there are."""
        return self.rows.count() if self.rows else len(self._pks.get())

    def changed_at(self) -> datetime | None:
        """Return when something of it last changed, or None where nobody knows."""
        return self._changed_at.get()

    def _last_change(self) -> datetime | None:
        if self.is_dated:
            return self.visible().aggregate(last=Max(self.changed))["last"]
        loaded = LoadedDataSet.objects.filter(key=self.data.loaded_as if self.data else "").first()
        return loaded.loaded_at if loaded else None


def _plain(pk: Any, entry: PublicEntry) -> Record:
    return {
        "id": str(pk),
        "url": absolute(entry.url),
        "title": entry.title,
        "summary": entry.summary or None,
        "label": entry.label or None,
        "topics": list(entry.topics),
        "towns": list(entry.towns),
        "date": entry.date.isoformat() if entry.date else None,
    }


@cache
def collections() -> dict[str, Collection]:
    """Return all collections by key; the kinds are known once all areas are loaded."""
    return {kind.key: Collection(kind) for kind in public_kinds}


def data_sets() -> list[Collection]:
    """Return the collections that are offered as files."""
    return [one for one in collections().values() if one.data]


def etag_of(record: Record | None) -> str:
    """Return the ETag of one record, made of what it says: a change of another one does not end it."""
    return f'"{hashlib.sha256(json.dumps(record, sort_keys=True).encode()).hexdigest()[:32]}"'


def written() -> list[Collection]:
    """Return the collections of which programs hand in drafts."""
    return [one for one in collections().values() if one.link]


def waiting_drafts(user: Any) -> list[Waiting]:
    """Return what programs have handed in and no editor has touched since, the oldest first."""
    found = [one for collection in written() for one in _waiting(collection)]
    return sorted(found, key=lambda one: str(one.since))[:WAITING_SHOWN]


def _waiting(collection: Collection) -> Iterator[Waiting]:
    model = collection.kind.model
    handed_in = ModelLogEntry.objects.filter(action=HANDED_IN).values("revision")
    rows = collection.rows_of_all().filter(has_unpublished_changes=True, latest_revision__in=handed_in)
    edit = model.snippet_viewset.get_url_name("edit")  # type: ignore[attr-defined]
    for row in rows.select_related("latest_revision__user").order_by("latest_revision")[:WAITING_SHOWN]:
        draft, what = row.latest_revision, "Änderung" if row.live else "Neues"
        yield Waiting(
            text=f"{what} prüfen, {collection.title}: „{draft.object_str}“, eingereicht von {draft.user or 'jemandem'}",
            url=reverse(edit, args=[row.pk]),
            since=draft.created_at,
        )
