"""Questions to the search: what matches, with what the reader may see of it; help while typing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser

from akademie.core.contributions import PublicEntry, PublicKind, public_kinds
from akademie.core.facets import FacetView, Option, Page
from akademie.core.stamps import Kept
from akademie.search.analysis import Analyzer, german_analyzer
from akademie.search.engine import (
    FILTER_KEYS,
    Correction,
    Document,
    Hits,
    Query,
    Suggestion,
    TantivyEngine,
    highlight_html,
)
from akademie.search.models import SearchOutbox, SynonymGroup
from akademie.topics import queries as topics
from akademie.towns.models import Size

PER_PAGE = 10
LAST_PAGE = 200  # nobody reads on; whoever wants everything takes the open data
FACET_TITLES = {"art": "Was", "thema": "Thema", "land": "Land", "groesse": "Größe der Stadt", "jahr": "Jahr"}


@dataclass(frozen=True)
class Found:
    """A hit with what is shown of it."""

    kind: PublicKind
    pk: str
    score: float
    entry: PublicEntry
    passage: int | None = None


@dataclass
class Results:
    """The answer to a search, for one reader."""

    found: list[Found]
    hits: Hits
    total: int = 0
    facets: dict[str, dict[str, int]] = field(default_factory=dict)


@lru_cache(maxsize=1)
def engine() -> TantivyEngine:
    """Return this process's engine; it opens its index with the first search."""
    return TantivyEngine(settings.SEARCH_INDEX_DIR)


_synonyms: Kept[tuple[str, ...]] = Kept(
    "synonyme", lambda: tuple(SynonymGroup.objects.order_by("pk").values_list("words", flat=True))
)


def _current_engine() -> TantivyEngine:
    """Return the engine with the editors' present synonyms."""
    ready, lines = engine(), _synonyms.get()
    if getattr(ready, "lines", ()) is not lines:
        ready.set_synonyms(lines)
        ready.lines = lines  # type: ignore[attr-defined]
    return ready


@lru_cache(maxsize=1)
def analyzer() -> Analyzer:
    """Return the analysis without the words that the collection adds."""
    return german_analyzer()


def document_id(kind: PublicKind, pk: Any) -> str:
    """Return the index's name of an object."""
    return f"{kind.key}:{pk}"


def document(kind: PublicKind, pk: Any, entry: PublicEntry) -> Document:
    """Return what the index gets of an object."""
    facets = {**entry.facets, "thema": entry.topics}
    if entry.date:
        facets.setdefault("jahr", (str(entry.date.year),))
    return Document(
        id=document_id(kind, pk),
        kind=kind.key,
        title=entry.title,
        text=f"{entry.summary}\n{entry.text}",
        facets={FILTER_KEYS.get(key, key): values for key, values in facets.items()},
        on=entry.date,
        ages=kind.ages,
        verified=entry.verified,
    )


def entries(kind: PublicKind, pks: Iterable[Any], user: Any = None) -> dict[str, PublicEntry]:
    """Return the entries that the reader may see, by primary key as text."""
    visible = kind.visible_to(user or AnonymousUser()).filter(pk__in=list(pks))
    return {str(pk): entry for pk, entry in kind.entries(visible)}


def _hidden_meanwhile(ready: TantivyEngine) -> frozenset[str]:
    """Ids that changed after the index's last commit and may not be seen any more. Usually one small query."""
    waiting = SearchOutbox.objects.filter(seq__gt=ready.cursor()).values_list("kind", "object_id")[:500]
    changed: dict[str, set[str]] = {}
    for key, pk in waiting:
        changed.setdefault(key, set()).add(pk)
    hidden = set()
    for key, pks in changed.items():
        kind = public_kinds.get(key)
        seen = set(entries(kind, pks)) if kind else set()
        hidden |= {f"{key}:{pk}" for pk in pks - seen}
    return frozenset(hidden)


def search(
    text: str,
    *,
    user: Any = None,
    filters: Mapping[str, Sequence[str]] | None = None,
    boosts: Mapping[str, Mapping[str, float]] | None = None,
    facets: Sequence[str] = (),
    offset: int = 0,
    limit: int = 20,
    correct: bool = True,
) -> Results:
    """Answer a search. What the reader may not see is dropped even if the index has not yet heard of it."""
    ready = _current_engine()
    query = Query(
        text=text,
        filters=filters or {},
        boosts=boosts or {},
        without=_hidden_meanwhile(ready),
        facets=facets,
        limit=limit,
        offset=offset,
        correct=correct,
    )
    hits = ready.search(query)
    return Results(_load(hits, user), hits, hits.total, hits.facets)


def _load(hits: Hits, user: Any) -> list[Found]:
    by_kind: dict[str, list[str]] = {}
    for hit in hits.hits:
        key, _, pk = hit.id.partition(":")
        by_kind.setdefault(key, []).append(pk)
    loaded: dict[str, tuple[PublicKind, PublicEntry]] = {}
    for key, pks in by_kind.items():
        if kind := public_kinds.get(key):
            loaded |= {f"{key}:{pk}": (kind, entry) for pk, entry in entries(kind, pks, user).items()}
    return [
        Found(*(loaded[hit.id][0], hit.id.partition(":")[2], hit.score, loaded[hit.id][1], hit.passage))
        for hit in hits.hits
        if hit.id in loaded
    ]


def suggest(prefix: str) -> list[Suggestion]:
    """Return what the typed beginning may become; only words and titles of public things."""
    return _current_engine().suggest(prefix)


@dataclass(frozen=True)
class SearchRequest:
    """A search as asked for."""

    text: str
    filters: dict[str, list[str]] = field(default_factory=dict)  # by parameter: art, thema, land, jahr, groesse
    page: int = 1
    exact: bool = False  # search for the words as written
    shortened: bool = False  # more was typed than is read
    query: str = ""  # the parameters without the page, for links


@dataclass
class ResultsPage:
    """The search page: hits with excerpts, facets with words, and what else to offer."""

    asked: SearchRequest
    hits: list[tuple[Found, str]]  # with the excerpt as HTML
    facets: list[FacetView]
    page: Page
    corrections: list[Correction]
    corrected_text: str = ""
    unknown: list[str] = field(default_factory=list)


def results_page(asked: SearchRequest, *, user: Any = None) -> ResultsPage:
    """Answer a search address. Without words, everything that the filters leave, newest first."""
    filters = {FILTER_KEYS[key]: values for key, values in asked.filters.items()}
    number = min(asked.page, LAST_PAGE)
    results = search(
        asked.text,
        user=user,
        filters=filters,
        facets=tuple(FILTER_KEYS.values()),
        offset=(number - 1) * PER_PAGE,
        limit=PER_PAGE,
        correct=not asked.exact,
    )
    plan = results.hits.plan
    shown = [(found, highlight_html(found.entry.summary or found.entry.text, plan)) for found in results.found]
    page = Page([found.pk for found in results.found], number, min(results.total, LAST_PAGE * PER_PAGE), PER_PAGE)
    facets, unknown = _facet_views(asked, results.facets)
    return ResultsPage(asked, shown, facets, page, results.hits.corrections, results.hits.corrected_text, unknown)


def _labels() -> dict[str, dict[str, str]]:
    return {
        "art": {kind.key: kind.title for kind in public_kinds},
        "thema": dict(topics.choices()),
        "groesse": dict(Size.choices),
    }


def _facet_views(asked: SearchRequest, counts: dict[str, dict[str, int]]) -> tuple[list[FacetView], list[str]]:
    labels, views, unknown = _labels(), [], []
    for key, title in FACET_TITLES.items():
        counted, chosen = counts.get(FILTER_KEYS[key], {}), asked.filters.get(key, [])
        names = labels.get(key)
        values = list(names) if names else sorted(counted, reverse=key == "jahr")
        known = set(values) | counted.keys()
        unknown += [value for value in chosen if value not in known]
        options = [
            Option(value, (names or {}).get(value, value), counted.get(value, 0), value in chosen)
            for value in values
            if counted.get(value) or value in chosen
        ]
        views.append(FacetView(key, title, options))
    return views, unknown
