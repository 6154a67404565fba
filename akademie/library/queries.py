"""Questions about the library: what is shown to whom, what matches, what belongs together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db.models import QuerySet

from akademie.core.contributions import PublicEntry
from akademie.core.drawing import related_html
from akademie.core.facets import Facet, FacetedList
from akademie.core.stamps import Kept
from akademie.editing.checked import checked_on
from akademie.library.kinds import FORMS, Kind, KindGroup
from akademie.library.models import LibraryItem
from akademie.library.persons import contributors, spoken
from akademie.topics import queries as topics
from akademie.topics.links import Sharing, slugs_by_thing

KIND = "bibliothek"
STAMPS = (KIND, "themen")
NO_YEAR = "ohne"
RELATED = 4
VOLUME = 1000  # points of what stands in the same volume: more than any number of shared topics
PARTS = 50  # parts of a volume that its page lists


def visible_to(user: Any) -> QuerySet[LibraryItem]:
    """Return the items that a person may see: published ones, the same for everyone."""
    return LibraryItem.objects.published()


# -- the list -------------------------------------------------------------------------------------------------------
def _rows() -> Iterator[tuple[Any, ...]]:
    slugs = slugs_by_thing(LibraryItem)
    rows = LibraryItem.objects.published().newest_first().values_list("pk", "kind", "year")
    for pk, kind, year in rows.iterator(chunk_size=2000):
        yield pk, FORMS[kind].group.value, slugs.get(pk, ()), year or NO_YEAR


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
    """Which items share topics, parts of each volume, and what is told of them; kept per process until one changes."""

    def __init__(self) -> None:
        published = list(LibraryItem.objects.published().newest_first().values_list("pk", "host_id"))
        self.sharing = Sharing(LibraryItem, (pk for pk, _ in published))
        self.parts: dict[int, list[int]] = {}
        for pk, host in published:
            if host and len(parts := self.parts.setdefault(host, [])) < PARTS:
                parts.append(pk)
        hosts = LibraryItem.objects.published().only("slug", "title", "kind", "series", "persons", "live")
        self.hosts = hosts.in_bulk(self.parts)
        shown = {pk for pks in (*self.sharing.things.values(), *self.parts.values()) for pk in pks}
        self.rows = {row.pk: row for row in rows(list(shown))}


_neighbours: Kept[_Neighbours] = Kept(STAMPS, _Neighbours)


def published(slug: str) -> LibraryItem | None:
    """Return a published item, or None."""
    return LibraryItem.objects.at(slug)


def page_of(item: LibraryItem) -> dict[str, Any]:
    """Return everything that the page of a published item shows, with one query: when it was last checked."""
    near = _neighbours.get()
    own = near.sharing.topics_of(item.pk)
    related = [_told(near.rows[pk], reason) for pk, reason in _reasons(item, near).items()]
    return item.page_context(own, near.hosts.get(item.host_id or 0), checked_on(KIND, item.pk)) | {
        "related": related,
        "related_html": related_html(related),
        "inside": [near.rows[pk] for pk in near.parts.get(item.pk, ())],
    }


def _told(row: Row, reason: str) -> tuple[str, str, str]:
    return row.url, row.title, f"{row.kind}, {row.year}; {reason}" if row.year else f"{row.kind}; {reason}"


def _reasons(item: LibraryItem, near: _Neighbours) -> dict[int, str]:
    """Return up to four other items with the reason in words: the same volume, then the most topics in common."""
    points = near.sharing.points(item.pk)
    same_volume = set(near.parts.get(item.host_id, ())) if item.host_id else set()
    for pk in same_volume:
        points[pk] = points.get(pk, 0) + VOLUME
    for pk in (item.pk, item.host_id, *near.parts.get(item.pk, ())):
        points.pop(pk, None)
    best = sorted(points, key=points.__getitem__, reverse=True)[:RELATED]
    return {
        pk: f"aus demselben Heft oder Band: {item.part_of}" if pk in same_volume else near.sharing.in_words(item.pk, pk)
        for pk in best
    }


# -- elsewhere ------------------------------------------------------------------------------------------------------
def entries(found: QuerySet[LibraryItem]) -> Iterator[tuple[int, PublicEntry]]:
    """Yield items as other areas show them, with two queries however many there are."""
    chosen = list(found)
    slugs = slugs_by_thing(LibraryItem, [item.pk for item in chosen])
    for item in chosen:
        kind = KIND_LABELS[item.kind]
        parts = (
            item.persons, item.publisher, item.series, item.part_of, item.isbn, item.issn, item.doi, item.urn,
            item.license, item.note, item.source, kind, str(item.group.label),
        )  # fmt: skip
        entry = PublicEntry(
            title=item.title,
            url=item.get_absolute_url(),
            summary=item.abstract,
            label=f"{kind}, {item.year}" if item.year else kind,
            topics=slugs.get(item.pk, ()),
            text="\n".join(part for part in parts if part),
            keywords=item.keywords,
            details=_details(item.series, item.part_of, item.pages),
            facets={"jahr": (str(item.year),)} if item.year else {},
            verified=item.sourced,
        )
        yield item.pk, entry


def cards(found: QuerySet[LibraryItem]) -> Iterator[tuple[int, PublicEntry]]:
    """Yield of items what a list of hits shows, with one query."""
    texts = ("persons", "publisher", "isbn", "doi", "note")
    rows = found.order_by().values_list(
        "pk", "slug", "title", "abstract", "kind", "year", "keywords", "pages", "series", "part_of", *texts
    )
    for pk, slug, title, abstract, kind, year, keywords, pages, series, part_of, *values in rows:
        label = f"{KIND_LABELS[kind]}, {year}" if year else KIND_LABELS[kind]
        text = "\n".join(filter(None, (series, part_of, *values)))
        details = _details(series, part_of, pages)
        yield pk, PublicEntry(
            title=title, url=f"/bibliothek/{slug}/", summary=abstract, label=label, text=text,
            keywords=keywords, details=details,
        )  # fmt: skip


def _details(series: str, part_of: str, pages: str) -> str:
    """Return what stands in for a summary that nobody wrote."""
    known = (series, part_of and f"in: {part_of}", f"Seiten {pages}" if pages[-1:].isdigit() else pages)
    return ", ".join(filter(None, known))
