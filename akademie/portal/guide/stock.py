"""What the Wegweiser can answer with: enough of each practice and document to weigh hundreds without reading any."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser

from akademie.core.contributions import PublicEntry, PublicKind, public_kinds
from akademie.core.stamps import Kept
from akademie.library.kinds import Kind

PRACTICES, DOCUMENTS = "praxis", "bibliothek"
ENOUGH_AT_ONCE = 2000  # rows that are read together


class Known(NamedTuple):
    """What is weighed of a practice or document."""

    topics: tuple[str, ...]  # slugs, those of the main topics too
    towns: tuple[str, ...] = ()  # AGS
    kind: str = ""  # of a document, in words


Stock = dict[str, Known]  # by primary key as text, as the search names it


def _practices() -> Stock:
    kind = public_kinds.get(PRACTICES)
    if kind is None:
        return {}
    topics, towns = _topics(kind), defaultdict(list)
    rows = kind.visible_to(AnonymousUser()).order_by("practice_towns__sort_order", "practice_towns__pk")
    for pk, ags in rows.values_list("pk", kind.town_lookup).iterator(chunk_size=ENOUGH_AT_ONCE):
        towns[pk].extend([ags] if ags else [])
    return {str(pk): Known(topics.get(pk, ()), tuple(those)) for pk, those in towns.items()}


def _documents() -> Stock:
    kind = public_kinds.get(DOCUMENTS)
    if kind is None:
        return {}
    topics, names = _topics(kind), {one.value: str(one.label) for one in Kind}
    rows = kind.visible_to(AnonymousUser()).order_by().values_list("pk", "kind")
    return {str(pk): Known(topics.get(pk, ()), (), names.get(value, "")) for pk, value in rows}


def _topics(kind: PublicKind) -> dict[int, tuple[str, ...]]:
    """Return the topics of everything of a kind; equal ones share their memory."""
    lookup = kind.topic_lookup
    slugs: dict[int, dict[str, None]] = defaultdict(dict)
    links = kind.visible_to(AnonymousUser()).filter(**{f"{lookup}__isnull": False}).order_by()
    rows: Iterator[tuple[int, str, str | None]] = links.values_list(
        "pk", f"{lookup}__slug", f"{lookup}__parent__slug"
    ).iterator(chunk_size=ENOUGH_AT_ONCE)
    for pk, *both in rows:
        slugs[pk] |= dict.fromkeys(slug for slug in both if slug)
    shared: dict[tuple[str, ...], tuple[str, ...]] = {}
    return {pk: shared.setdefault(those, those) for pk, found in slugs.items() for those in [tuple(found)]}


_kept: dict[str, Kept[Stock]] = {
    PRACTICES: Kept((PRACTICES, "themen", "staedte"), _practices),
    DOCUMENTS: Kept((DOCUMENTS, "themen"), _documents),
}


def stock(kind: str) -> Stock:
    """Return all that everybody may see of a kind; kept per process until one of them changes."""
    return _kept[kind].get()


@lru_cache(maxsize=4)
def _everyones(key: str) -> Kept[dict[str, PublicEntry]]:
    kind = public_kinds.get(key)
    return Kept(tuple(dict.fromkeys((key, "themen"))), lambda: _load_all(kind) if kind else {})


def _load_all(kind: PublicKind) -> dict[str, PublicEntry]:
    return {entry.url: entry for _pk, entry in kind.entries(kind.visible_to(AnonymousUser()))}


def entry_at(key: str, url: str) -> PublicEntry | None:
    """Return what others show of a format or topic; of these there are dozens, so all are kept until one changes."""
    return _everyones(key).get().get(url)
