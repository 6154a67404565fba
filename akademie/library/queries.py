"""Questions about the library: what is shown to whom, what matches, what belongs together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.db import models
from django.db.models import QuerySet

from akademie.core.contributions import PublicEntry
from akademie.core.facets import Facet, FacetedList, Option, Parameters, Selection
from akademie.core.stamps import Kept
from akademie.library.drawing import related_html
from akademie.library.kinds import FORMS, Kind, KindGroup
from akademie.library.models import LibraryItem
from akademie.library.persons import contributors, spoken
from akademie.library.prepared import by_slug
from akademie.topics import queries as topics
from akademie.topics.models import Topic

STAMPS = ("bibliothek", "themen")
NO_YEAR = "ohne"
RELATED = 4
PARTS = 50  # parts of a volume that its page lists
CANDIDATES = 40  # newest items of a topic that are looked at for related ones


def visible_to(user: Any) -> QuerySet[LibraryItem]:
    """Return the items that a person may see: published ones, the same for everyone."""
    return LibraryItem.objects.published()


# -- the list -------------------------------------------------------------------------------------------------------
def _topics_by_item(pks: Iterable[int] | None = None) -> dict[int, tuple[str, ...]]:
    """Return the topics' slugs by item; a subtopic counts for its topic too."""
    links = LibraryItem.topics.through.objects.order_by("topic__position", "topic__name", "topic_id")
    if pks is not None:
        links = links.filter(libraryitem_id__in=list(pks))
    found: dict[int, dict[str, None]] = {}
    for pk, slug, parent in links.values_list("libraryitem_id", "topic__slug", "topic__parent__slug"):
        slugs = found.setdefault(pk, {})
        slugs[slug] = None
        if parent:
            slugs[parent] = None
    return {pk: tuple(slugs) for pk, slugs in found.items()}


def _rows() -> Iterator[tuple[Any, ...]]:
    slugs = _topics_by_item()
    rows = LibraryItem.objects.published().newest_first().values_list("pk", "kind", "year")
    for pk, kind, year in rows.iterator(chunk_size=2000):
        yield pk, FORMS[kind].group.value, slugs.get(pk, ()), year or NO_YEAR


_subtopics: Kept[dict[str, str]] = Kept(
    STAMPS, lambda: dict(Topic.objects.exclude(parent=None).values_list("slug", "name"))
)


def offer_chosen_subtopics(selection: Selection, parameters: Parameters) -> Selection:
    """Show a subtopic in the facet of topics while it is chosen; otherwise its 14 topics are choice enough."""
    chosen = [slug for slug in parameters.getlist("thema") if slug in _subtopics.get()]
    for facet in selection.facets:
        if facet.key == "thema":
            for slug in dict.fromkeys(slug for slug in chosen if slug not in selection.unknown):
                facet.options.append(Option(slug, _subtopics.get()[slug], selection.page.count, True))
    return selection


def _year_choices() -> list[tuple[str, str]]:
    return [*((str(year), str(year)) for year in range(2100, 1499, -1)), (NO_YEAR, "ohne Jahr")]


items = FacetedList(
    STAMPS,
    _rows,
    (
        Facet("art", "Art", lambda: KindGroup.choices),
        Facet("thema", "Thema", topics.choices),
        Facet("jahr", "Jahr", _year_choices),
    ),
    orders={"titel": lambda: LibraryItem.objects.published().order_by("title", "pk").values_list("pk", flat=True)},
)


class Row(NamedTuple):
    """An item in a list."""

    pk: int
    url: str
    title: str
    kind: str
    people: str
    year: int | None
    abstract: str


def rows(pks: list[int]) -> list[Row]:
    """Return what a list shows of these items, in the order given."""
    found = LibraryItem.objects.filter(pk__in=pks)
    values = found.values_list("pk", "slug", "title", "kind", "persons", "publisher", "year", "abstract")
    by_pk = {row[0]: _row(*row) for row in values}
    return [by_pk[pk] for pk in pks if pk in by_pk]


def _row(
    pk: int, slug: str, title: str, kind: str, persons: str, publisher: str, year: int | None, abstract: str
) -> Row:
    people = spoken(contributors(persons.splitlines())) or publisher
    return Row(pk, f"/bibliothek/{slug}/", title, KIND_LABELS[kind], people, year, abstract)


KIND_LABELS = {kind.value: str(kind.label) for kind in Kind}


# -- one item -------------------------------------------------------------------------------------------------------
class _Neighbours:
    """Topics of each item, newest items of each topic, parts of each volume; kept per process until one changes."""

    def __init__(self) -> None:
        vocabulary = list(Topic.objects.in_order().values_list("slug", "name", "parent_id"))
        self.names = {slug: name for slug, name, _ in vocabulary}
        self.weights = {slug: 3 if parent else 2 for slug, _, parent in vocabulary}
        self.own: dict[int, list[str]] = {}  # the topics that an item itself has, subtopics last
        links = LibraryItem.topics.through.objects.order_by(
            models.F("topic__parent_id").asc(nulls_first=True), "topic__position", "topic__name", "topic_id"
        )
        for pk, slug in links.values_list("libraryitem_id", "topic__slug").iterator(chunk_size=2000):
            self.own.setdefault(pk, []).append(slug)
        self.topics: dict[str, list[int]] = {}
        self.parts: dict[int, list[int]] = {}
        published = LibraryItem.objects.published().newest_first().values_list("pk", "host_id")
        for pk, host in published.iterator(chunk_size=2000):
            for slug in self.own.get(pk, ()):
                newest = self.topics.setdefault(slug, [])
                if len(newest) < CANDIDATES:
                    newest.append(pk)
            if host and len(parts := self.parts.setdefault(host, [])) < PARTS:
                parts.append(pk)
        hosts = LibraryItem.objects.published().only("slug", "title", "kind", "series", "persons", "live")
        self.hosts = hosts.in_bulk(self.parts)
        shown = {pk for pks in (*self.topics.values(), *self.parts.values()) for pk in pks}
        self.rows = {row.pk: row for row in rows(list(shown))}


_neighbours: Kept[_Neighbours] = Kept(STAMPS, _Neighbours)


UNSHOWN = (
    "loaded_hash", "latest_revision", "live_revision", "has_unpublished_changes", "last_published_at",
    "first_published_at", "go_live_at", "expire_at", "expired",
)  # fmt: skip
published = by_slug(lambda: LibraryItem.objects.published().defer(*UNSHOWN))


def page_of(item: LibraryItem) -> dict[str, Any]:
    """Return everything that the page of a published item shows, without a further query."""
    near = _neighbours.get()
    own = [(slug, near.names[slug]) for slug in near.own.get(item.pk, ()) if slug in near.names]
    reasons = _reasons(item, [slug for slug, _ in own], near)
    related = [_told(near.rows[pk], reason) for pk, reason in reasons.items()]
    return item.page_context(own, near.hosts.get(item.host_id or 0)) | {
        "related": related,
        "related_html": related_html(related),
        "inside": [near.rows[pk] for pk in near.parts.get(item.pk, ())],
    }


def _told(row: Row, reason: str) -> tuple[str, str, str]:
    return row.url, row.title, f"{row.kind}, {row.year}; {reason}" if row.year else f"{row.kind}; {reason}"


def _reasons(item: LibraryItem, slugs: list[str], near: _Neighbours) -> dict[int, str]:
    """Return up to four other items with the reason in words: the same volume, then the most topics in common.

    A shared subtopic counts three, a topic two.
    """
    shared: dict[int, list[str]] = {}
    points: dict[int, int] = {}
    for slug in slugs:
        for pk in near.topics.get(slug, ()):
            shared.setdefault(pk, []).append(near.names[slug])
            points[pk] = points.get(pk, 0) + near.weights[slug]
    same_volume = set(near.parts.get(item.host_id, ())) if item.host_id else set()
    for pk in same_volume:
        shared.setdefault(pk, [])
    for pk in (item.pk, item.host_id, *near.parts.get(item.pk, ())):
        shared.pop(pk, None)
    best = sorted(shared, key=lambda pk: (pk not in same_volume, -points.get(pk, 0)))[:RELATED]
    return {
        pk: f"aus demselben Heft oder Band: {item.part_of}" if pk in same_volume else in_words(shared[pk])
        for pk in best
    }


def in_words(names: list[str]) -> str:
    """Return shared topics as a reason; the narrowest come last and say most."""
    if len(names) == 1:
        return f"gleiches Thema „{names[0]}“"
    return f"gleiche Themen „{names[-2]}“ und „{names[-1]}“"


# -- elsewhere ------------------------------------------------------------------------------------------------------
def entries(found: QuerySet[LibraryItem]) -> Iterator[tuple[int, PublicEntry]]:
    """Yield items as other areas show them, with two queries however many there are."""
    chosen = list(found)
    slugs = _topics_by_item(item.pk for item in chosen)
    for item in chosen:
        kind = KIND_LABELS[item.kind]
        parts = (
            item.persons, item.publisher, item.series, item.part_of, item.isbn, item.issn, item.doi, item.urn,
            item.license, item.keywords, item.note, item.source, kind, str(item.group.label),
        )  # fmt: skip
        entry = PublicEntry(
            title=item.title,
            url=item.get_absolute_url(),
            summary=item.abstract,
            label=f"{kind}, {item.year}" if item.year else kind,
            topics=slugs.get(item.pk, ()),
            text="\n".join(part for part in parts if part),
            facets={"jahr": (str(item.year),)} if item.year else {},
            verified=item.sourced,
        )
        yield item.pk, entry


def cards(found: QuerySet[LibraryItem]) -> Iterator[tuple[int, PublicEntry]]:
    """Yield of items what a list of hits shows, with one query."""
    texts = ("persons", "publisher", "series", "part_of", "isbn", "doi", "keywords", "note", "source")
    for pk, slug, title, abstract, kind, year, *values in found.order_by().values_list(
        "pk", "slug", "title", "abstract", "kind", "year", *texts
    ):
        label = f"{KIND_LABELS[kind]}, {year}" if year else KIND_LABELS[kind]
        text = "\n".join(filter(None, values))
        yield pk, PublicEntry(title=title, url=f"/bibliothek/{slug}/", summary=abstract, label=label, text=text)
