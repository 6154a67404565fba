"""Questions about the library: what is shown to whom, what matches, what belongs together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.db.models import QuerySet

from akademie.core.contributions import PublicEntry
from akademie.core.facets import Facet, FacetedList
from akademie.core.stamps import Kept
from akademie.library.kinds import FORMS, Kind, KindGroup
from akademie.library.models import LibraryItem
from akademie.library.persons import contributors, spoken
from akademie.topics.models import Topic

STAMPS = ("bibliothek", "themen")
NO_YEAR = "ohne"
RELATED = 4
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
    topics = _topics_by_item()
    rows = LibraryItem.objects.published().newest_first().values_list("pk", "kind", "year")
    for pk, kind, year in rows.iterator(chunk_size=2000):
        yield pk, FORMS[kind].group.value, topics.get(pk, ()), year or NO_YEAR


def topic_choices() -> list[tuple[str, str]]:
    """Return topics with their subtopics after them, in the order of the vocabulary."""
    rows = list(Topic.objects.in_order().values_list("pk", "parent_id", "slug", "name"))
    choices = []
    for pk, parent, slug, name in rows:
        if parent is None:
            choices.append((slug, name))
            choices += [(sub, f"{name}: {label}") for _, above, sub, label in rows if above == pk]
    return choices


def _year_choices() -> list[tuple[str, str]]:
    return [*((str(year), str(year)) for year in range(2100, 1499, -1)), (NO_YEAR, "ohne Jahr")]


items = FacetedList(
    STAMPS,
    _rows,
    (
        Facet("art", "Art", lambda: KindGroup.choices),
        Facet("thema", "Thema", topic_choices),
        Facet("jahr", "Jahr", _year_choices),
    ),
    orders={"titel": lambda: LibraryItem.objects.published().order_by("title", "pk").values_list("pk", flat=True)},
)


class Row(NamedTuple):
    """An item in a list."""

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
    by_pk = {pk: _row(*rest) for pk, *rest in values}
    return [by_pk[pk] for pk in pks if pk in by_pk]


def _row(slug: str, title: str, kind: str, persons: str, publisher: str, year: int | None, abstract: str) -> Row:
    people = spoken(contributors(persons.splitlines())) or publisher
    return Row(f"/bibliothek/{slug}/", title, KIND_LABELS[kind], people, year, abstract)


KIND_LABELS = {kind.value: str(kind.label) for kind in Kind}


# -- one item -------------------------------------------------------------------------------------------------------
class Related(NamedTuple):
    """An item that belongs to another one, and why."""

    url: str
    title: str
    kind: str
    year: int | None
    reason: str


class _Neighbours:
    """The newest items of each topic and the parts of each volume, kept per process until something changes."""

    def __init__(self) -> None:
        self.names = dict(Topic.objects.values_list("slug", "name"))
        topics = _topics_by_item()
        self.topics: dict[str, list[int]] = {}
        self.parts: dict[int, list[int]] = {}
        rows = LibraryItem.objects.published().newest_first().values_list("pk", "host_id")
        for pk, host in rows.iterator(chunk_size=2000):
            for slug in topics.get(pk, ()):
                newest = self.topics.setdefault(slug, [])
                if len(newest) < CANDIDATES:
                    newest.append(pk)
            if host:
                self.parts.setdefault(host, []).append(pk)


_neighbours: Kept[_Neighbours] = Kept(STAMPS, _Neighbours)


def related(item: LibraryItem) -> list[Related]:
    """Return up to four other items, those of the same volume first, each with the reason in words."""
    near = _neighbours.get()
    reasons: dict[int, list[str]] = {}
    points: dict[int, int] = {}
    for slug in dict.fromkeys(slug for topic in item.topics.all() for slug in (topic.slug,)):
        for pk in near.topics.get(slug, ()):
            reasons.setdefault(pk, []).append(near.names.get(slug, slug))
            points[pk] = points.get(pk, 0) + 1
    same_volume = near.parts.get(item.host_id or 0, [])[:CANDIDATES]
    for pk in same_volume:
        points[pk] = points.get(pk, 0) + 10
    points.pop(item.pk, None)
    points.pop(item.host_id or 0, None)
    best = sorted(points, key=lambda pk: -points[pk])[:RELATED]
    inside = set(same_volume)
    found = {row[0]: row[1:] for row in LibraryItem.objects.filter(pk__in=best).values_list(
        "pk", "slug", "title", "kind", "year")}  # fmt: skip
    answer = []
    for pk in best:
        if pk in found:
            slug, title, kind, year = found[pk]
            reason = f"aus demselben Heft oder Band: {item.part_of}" if pk in inside else _same_topics(reasons[pk])
            answer.append(Related(f"/bibliothek/{slug}/", title, KIND_LABELS[kind], year, reason))
    return answer


def _same_topics(names: list[str]) -> str:
    return f"gleiches Thema: {names[0]}" if len(names) == 1 else f"gleiche Themen: {'; '.join(names)}"


def inside(item: LibraryItem) -> list[tuple[str, str, str]]:
    """Return the parts of a volume or issue that are items themselves: address, title, people."""
    pks = _neighbours.get().parts.get(item.pk, [])[:50]
    return [(row.url, row.title, row.people) for row in rows(pks)] if pks else []


# -- elsewhere ------------------------------------------------------------------------------------------------------
def entries(found: QuerySet[LibraryItem]) -> Iterator[tuple[int, PublicEntry]]:
    """Yield items as other areas show them, with two queries however many there are."""
    chosen = list(found)
    topics = _topics_by_item(item.pk for item in chosen)
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
            topics=topics.get(item.pk, ()),
            text="\n".join(part for part in parts if part),
            facets={"jahr": (str(item.year),)} if item.year else {},
            verified=item.sourced,
        )
        yield item.pk, entry
