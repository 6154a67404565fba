"""Questions about topics: the choices of lists, the tree, and what there is on each topic."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from akademie.core.contributions import PublicEntry, PublicKind, public_kinds
from akademie.core.stamps import Kept
from akademie.topics.models import Topic

STAMP = "themen"
NEWEST = 3  # entries of each kind on a topic's page


@dataclass
class Node:
    """A topic as its pages and lists need it."""

    pk: int
    slug: str
    name: str
    description: str
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Address of its page."""
        return f"/themen/{self.slug}/"


def _nodes() -> dict[str, Node]:
    rows = list(Topic.objects.in_order().values_list("pk", "parent_id", "slug", "name", "description"))
    by_pk = {pk: Node(pk, slug, name, description) for pk, _parent, slug, name, description in rows}
    for pk, parent, *_rest in rows:
        if parent:
            by_pk[pk].parent = by_pk[parent]
            by_pk[parent].children.append(by_pk[pk])
    return {node.slug: node for node in by_pk.values()}


_kept_nodes: Kept[dict[str, Node]] = Kept(STAMP, _nodes)


def topic(slug: str) -> Node | None:
    """Return a topic or subtopic with its neighbours in the tree, or None; kept per process until one changes."""
    return _kept_nodes.get().get(slug)


def main_topics() -> list[Node]:
    """Return the main topics in order, with their subtopics."""
    return [node for node in _kept_nodes.get().values() if node.parent is None]


def choices() -> list[tuple[str, str]]:
    """Return slug and name of the main topics in order."""
    return [(node.slug, node.name) for node in main_topics()]


# -- what there is on a topic -----------------------------------------------------------------------------------------
class _Stock:
    """How many public things each kind has on each topic, and the newest; a subtopic's count for its topic too."""

    def __init__(self, kinds: Iterable[PublicKind]) -> None:
        self.counts: dict[tuple[str, str], int] = {}
        self.newest: dict[tuple[str, str], list[Any]] = {}
        self.shelves: dict[str, list[Shelf]] = {}  # as guests see them, made when first asked for
        for kind in kinds:
            links = kind.visible_to(AnonymousUser()).filter(**{f"{kind.topic_lookup}__isnull": False}).order_by("-pk")
            rows = links.values_list("pk", f"{kind.topic_lookup}__slug", f"{kind.topic_lookup}__parent__slug")
            for pk, group in groupby(rows.iterator(chunk_size=2000), key=lambda row: row[0]):
                for slug in {slug for _pk, *slugs in group for slug in slugs if slug}:
                    self.counts[kind.key, slug] = self.counts.get((kind.key, slug), 0) + 1
                    newest = self.newest.setdefault((kind.key, slug), [])
                    if len(newest) < NEWEST:
                        newest.append(pk)


def _kinds() -> list[PublicKind]:
    return [kind for kind in public_kinds if kind.topic_lookup]


@lru_cache(maxsize=1)
def _kept_stock() -> Kept[_Stock]:
    """Made when first asked: the kinds are known once all areas are loaded. Entries may name things of any kind."""
    return Kept((STAMP, *(kind.key for kind in public_kinds)), lambda: _Stock(_kinds()))


def counts(slug: str) -> list[tuple[PublicKind, int]]:
    """Return how much of each kind everyone can see on a topic; kinds without any are left out."""
    stock = _kept_stock().get()
    return [(kind, count) for kind in _kinds() if (count := stock.counts.get((kind.key, slug), 0))]


@dataclass(frozen=True)
class Shelf:
    """What one kind has on a topic: how many, the newest, and where all of them are listed."""

    kind: PublicKind
    count: int
    entries: list[PublicEntry]
    url: str


def shelves(slug: str, user: Any) -> list[Shelf]:
    """Return what there is on a topic, kind by kind, the newest first, of what this person may see."""
    if user.is_authenticated:
        return list(_shelves(slug, user))
    kept = _kept_stock().get().shelves
    if slug not in kept:
        kept[slug] = list(_shelves(slug, user))
    return kept[slug]


def _shelves(slug: str, user: Any) -> Iterator[Shelf]:
    newest = _kept_stock().get().newest
    for kind, count in counts(slug):
        by_pk = dict(kind.entries(kind.visible_to(user).filter(pk__in=newest[kind.key, slug])))
        entries = [by_pk[pk] for pk in newest[kind.key, slug] if pk in by_pk]
        if entries:
            yield Shelf(kind, count, entries, f"{kind.list_url}?thema={slug}" if kind.list_url else "")


# -- elsewhere --------------------------------------------------------------------------------------------------------
def visible_to(user: Any) -> QuerySet[Topic]:
    """Return the topics that a person may see: all, the same for everyone."""
    return Topic.objects.all()


def entries(topics: QuerySet[Topic]) -> Iterable[tuple[int, PublicEntry]]:
    """Return what others show of topics, with one query."""
    for one in topics.select_related("parent"):
        main = one.parent or one
        yield (
            one.pk,
            PublicEntry(
                title=one.name,
                url=one.get_absolute_url(),
                summary=one.description,
                label="Thema" if one is main else f"Unterthema von {main.name}",
                topics=(main.slug,) if one is main else (one.slug, main.slug),
                text=one.synonyms,
            ),
        )


def cards(topics: QuerySet[Topic]) -> Iterable[tuple[int, PublicEntry]]:
    """Return of topics what a list of hits shows, with one small query."""
    for pk, slug in topics.order_by().values_list("pk", "slug"):
        if node := topic(slug):
            label = f"Unterthema von {node.parent.name}" if node.parent else "Thema"
            yield pk, PublicEntry(title=node.name, url=node.url, summary=node.description, label=label)
