"""What is new, as entries of a feed: of one list, of a topic, of towns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from heapq import nlargest
from itertools import islice
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed

from akademie.api.queries import Asked, Collection, collections
from akademie.core import frame
from akademie.core.contributions import PublicEntry
from akademie.core.open_data import absolute
from akademie.topics import queries as topics

NEWEST = 30
TOWNS = "staedte"


class New(NamedTuple):
    """Something that has been published."""

    published_at: datetime
    changed_at: datetime
    key: str  # of its collection
    pk: Any


def of_list(collection: Collection, asked: Asked | None) -> list[New]:
    """Return the newest of a list; None asks for all of it. Choices that no row has are passed over, as in the list."""
    if asked is None:
        return list(islice(_newest(collection), NEWEST))
    found = collection.rows.every(asked.choices) if collection.rows else collection.pks(asked)
    wanted = set(found)
    return list(islice((new for new in _newest(collection) if new.pk in wanted), NEWEST))


def of_topic(pks: list[int]) -> list[New]:
    """Return the newest on a topic, of all kinds; `pks` are the topic and its subtopics."""
    of_kinds = (
        islice(_newest(one, **{f"{one.kind.topic_lookup}__in": pks}), NEWEST)
        for one in collections().values()
        if one.kind.topic_lookup and one.is_dated
    )
    return nlargest(NEWEST, (new for found in of_kinds for new in found))


def of_towns(asked: Asked | None) -> list[New]:
    """Return the newest from towns that an address of the list of towns leaves; None: from all towns."""
    towns = set(collections()[TOWNS].pks(asked)) if asked else None
    of_kinds = (
        islice(_from_towns(one, towns), NEWEST)
        for one in collections().values()
        if one.kind.town_lookup and one.is_dated
    )
    return nlargest(NEWEST, (new for found in of_kinds for new in found))


def _newest(collection: Collection, **narrowed: Any) -> Iterator[New]:
    published_at, changed = collection.published_at, collection.changed
    rows = collection.visible().filter(**{f"{published_at}__isnull": False}, **narrowed).distinct()
    values = rows.order_by(f"-{published_at}", "-pk").values_list("pk", published_at, changed)
    for pk, published_at, changed_at in values.iterator(chunk_size=500):
        yield New(published_at, changed_at or published_at, collection.key, pk)


def _from_towns(collection: Collection, towns: set[str] | None) -> Iterator[New]:
    if towns is None:
        yield from _newest(collection, **{f"{collection.kind.town_lookup}__isnull": False})
        return
    links = collection.visible().order_by().values_list("pk", collection.kind.town_lookup)
    wanted = {pk for pk, town in links.iterator(chunk_size=2000) if town in towns}
    yield from (new for new in _newest(collection) if new.pk in wanted)


def atom(title: str, path: str, query: str, news: Iterable[New]) -> bytes:
    """Return a feed; `path` and `query` are the list that it follows."""
    news = list(news)
    site = str(frame.current()["site_name"])
    feed = Atom1Feed(
        title=f"{title} – {site}",
        link=absolute(f"{path}{query}"),
        description=f"Was bei {site} neu ist: {title}",
        language="de",
        author_name=site,
        feed_url=absolute(f"{path}feed/{query}"),
        feed_guid=absolute(f"{path}feed/{query}"),
    )
    entries = _entries(news)
    for new in news:
        if entry := entries.get((new.key, new.pk)):
            _add(feed, new, entry)
    if not feed.items:
        feed.latest_post_date = lambda: timezone.now()  # type: ignore[method-assign]
    return feed.writeString("utf-8").encode()


def _entries(news: list[New]) -> dict[tuple[str, Any], PublicEntry]:
    """Return what is shown of these things, by kind in one go; what has been hidden since is left out."""
    pks: dict[str, list[Any]] = {}
    for new in news:
        pks.setdefault(new.key, []).append(new.pk)
    found: dict[tuple[str, Any], PublicEntry] = {}
    for key, wanted in pks.items():
        collection = collections()[key]
        rows = collection.visible().filter(pk__in=wanted)
        found |= {(key, pk): entry for pk, entry in collection.kind.entries(rows)}
    return found


def _add(feed: Atom1Feed, new: New, entry: PublicEntry) -> None:
    names = [node.name for slug in entry.topics if (node := topics.topic(slug))]
    text = ". ".join(part.rstrip(".") for part in (entry.label, entry.summary) if part)
    feed.add_item(
        title=entry.title,
        link=absolute(entry.url),
        description=f"{text}." if text else "",
        unique_id=absolute(entry.url),
        pubdate=new.published_at,
        updateddate=new.changed_at,
        categories=names,
    )
