"""Questions to the search: what matches, with what the reader may see of it; help while typing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Max
from django.utils.safestring import SafeString, mark_safe

from akademie.core.contributions import PublicEntry, PublicKind, public_kinds
from akademie.core.drawing import text_html
from akademie.core.facets import FacetView, Option, Page, Selection
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
)
from akademie.search.excerpts import excerpt_html
from akademie.search.models import SearchOutbox, SynonymGroup
from akademie.topics import queries as topics
from akademie.towns.models import Size, Town

PER_PAGE = 10
SYNONYMS = "synonyme"  # the stamp of the editors' synonyms
LAST_PAGE = 200  # nobody reads on; whoever wants everything takes the open data
MOST_WAITING = 1000  # changes that a search looks at before the index has them; during a large import there are more
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
    SYNONYMS, lambda: tuple(SynonymGroup.objects.order_by("pk").values_list("words", flat=True))
)


def _current_engine() -> TantivyEngine:
    """Return the engine with the editors' present synonyms."""
    ready = engine()
    ready.set_synonyms(_synonyms.get())
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
        # what a summary says of a name is the same for thousands: "Gemeinde, Landkreis …"
        text=entry.text if kind.titles_are_names else f"{entry.summary}\n{entry.text}\n{entry.keywords}",
        facets={FILTER_KEYS.get(key, key): values for key, values in facets.items()},
        on=entry.date,
        ages=kind.ages,
        verified=entry.verified,
        is_name=kind.titles_are_names,
        uncounted=frozenset(slug for slug in entry.topics if (node := topics.topic(slug)) and node.parent),
    )


def entries(kind: PublicKind, pks: Iterable[Any], user: Any = None, *, brief: bool = False) -> dict[str, PublicEntry]:
    """Return the entries that the reader may see, by primary key as text; `brief`: only what a list shows of them."""
    visible = kind.visible_to(user or AnonymousUser()).filter(pk__in=list(pks))
    describe = kind.cards if brief and kind.cards else kind.entries
    return {str(pk): entry for pk, entry in describe(visible)}


@lru_cache(maxsize=1)
def _last_note() -> Kept[int]:
    """The number of the last change of anything public; every change renews the stamp of its kind."""
    return Kept(
        tuple(kind.key for kind in public_kinds),
        lambda: SearchOutbox.objects.aggregate(last=Max("seq"))["last"] or 0,
    )


def _hidden_meanwhile(ready: TantivyEngine) -> frozenset[str]:
    """Ids that changed after the index's last commit and may not be seen any more. Mostly none, without a query."""
    if _last_note().get() <= (cursor := ready.cursor()):
        return frozenset()
    waiting = SearchOutbox.objects.filter(seq__gt=cursor).values_list("kind", "object_id")
    changed: dict[str, set[str]] = {}
    for key, pk in waiting[:MOST_WAITING]:
        changed.setdefault(key, set()).add(pk)
    hidden = set()
    for key, pks in changed.items():
        kind = public_kinds.get(key)
        seen = _visible_pks(kind, pks) if kind else set()
        hidden |= {f"{key}:{pk}" for pk in pks - seen}
    return frozenset(hidden)


def _visible_pks(kind: PublicKind, pks: Iterable[str]) -> set[str]:
    visible = kind.visible_to(AnonymousUser()).filter(pk__in=list(pks))
    return {str(pk) for pk in visible.order_by().values_list("pk", flat=True)}


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
    brief: bool = False,
) -> Results:
    """Answer a search. What the reader may not see is dropped even if the index has not yet heard of it.

    `brief` loads of the hits only what a list shows: no topics, towns and facets.
    """
    hits = look_up(
        Query(
            text=text,
            filters=filters or {},
            boosts=boosts or {},
            facets=facets,
            limit=limit,
            offset=offset,
            correct=correct,
        )
    )
    return Results(_load(hits, user, brief), hits, hits.total, hits.facets)


def look_up(query: Query) -> Hits:
    """Return the hits alone, without those that may not be seen any more: for who weighs them before reading any."""
    ready = _current_engine()
    return ready.search(replace(query, without=_hidden_meanwhile(ready)))


def _load(hits: Hits, user: Any, brief: bool) -> list[Found]:
    by_kind: dict[str, list[str]] = {}
    for hit in hits.hits:
        key, _, pk = hit.id.partition(":")
        by_kind.setdefault(key, []).append(pk)
    loaded: dict[str, tuple[PublicKind, PublicEntry]] = {}
    for key, pks in by_kind.items():
        if kind := public_kinds.get(key):
            loaded |= {f"{key}:{pk}": (kind, entry) for pk, entry in entries(kind, pks, user, brief=brief).items()}
    return [
        Found(loaded[hit.id][0], hit.id.partition(":")[2], hit.score, loaded[hit.id][1], hit.passage)
        for hit in hits.hits
        if hit.id in loaded
    ]


def suggest(prefix: str) -> list[Suggestion]:
    """Return what the typed beginning may become; only words and titles of public things."""
    ready = _current_engine()
    hidden = _hidden_meanwhile(ready)
    return [suggestion for suggestion in ready.suggest(prefix) if suggestion.id not in hidden]


# -- the page -------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class SearchRequest:
    """A search as asked for."""

    text: str = ""
    filters: dict[str, list[str]] = field(default_factory=dict)  # by parameter: art, thema, land, jahr, groesse
    page: int = 1
    exact: bool = False  # search for the words as written
    shortened: bool = False  # more was typed than is read

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What another choice of filters keeps."""
        return [("q", self.text), *([("genau", "1")] if self.exact else [])]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The filters one by one, for hidden fields and addresses."""
        return [(key, value) for key, values in self.filters.items() for value in values]

    @property
    def query(self) -> str:
        """The address of this search without its page."""
        return urlencode([*self.kept, *self.pairs])

    def link(self, text: str = "", *, exact: bool = False, filtered: bool = True) -> str:
        """Return the address of a search like this one for other words."""
        pairs = [("q", text or self.text), *([("genau", "1")] if exact else []), *(self.pairs if filtered else [])]
        return f"/suche/?{urlencode(pairs)}"


@dataclass
class ResultsPage:
    """The search page: hits with excerpts, facets with words, and what else to offer."""

    asked: SearchRequest
    selection: Selection = field(default_factory=lambda: Selection(Page([], 1, 0, PER_PAGE), []))
    hits: list[tuple[PublicEntry, SafeString]] = field(default_factory=list)  # with the excerpt
    total: int = 0
    meant: str = ""  # the words as they were probably meant; hits for them are among the hits
    typed_filters: list[str] = field(default_factory=list)  # filters that stand in the words: art:praxis

    @property
    def most(self) -> int:
        """The number of hits that can be read."""
        return LAST_PAGE * PER_PAGE

    @property
    def is_ready(self) -> bool:
        """Whether there is an index to find anything in: none at first, and while a damaged one is built anew."""
        return not engine().needs_rebuild()

    @property
    def rows(self) -> list[SafeString]:
        """The hits as HTML. Drawn here, because a template takes twice as long for a page of them."""
        return [_hit_html(entry, excerpt) for entry, excerpt in self.hits]

    @property
    def meant_link(self) -> str:
        """Address of the search as it was probably meant."""
        return self.asked.link(self.meant)

    @property
    def exact_link(self) -> str:
        """Address of the search for the words as written."""
        return self.asked.link(exact=True)

    @property
    def similar_link(self) -> str:
        """Address of the search that also tries other spellings."""
        return self.asked.link()

    @property
    def wide_link(self) -> str:
        """Address of the search for the same words everywhere."""
        return self.asked.link(exact=self.asked.exact, filtered=False)


def results_page(asked: SearchRequest, *, user: Any = None) -> ResultsPage:
    """Answer a search address. Without words, everything that the filters leave, newest first.

    Filters that do not exist are left out and named. A page beyond the end answers the last one.
    """
    known, unknown = _known_filters(asked.filters)
    number = min(asked.page, LAST_PAGE)
    results = _page_of_results(asked, known, user, number)
    count = min(results.total, LAST_PAGE * PER_PAGE)
    if number > (last := max(1, -(-count // PER_PAGE))):
        number = last
        results = _page_of_results(asked, known, user, number)
    page = Page([found.pk for found in results.found], number, count, PER_PAGE, asked.page)
    asked = replace(asked, filters=known)
    return ResultsPage(
        asked,
        Selection(page, _facet_views(known, results), unknown, query=asked.query),
        [(found.entry, excerpt_html(found.entry, results.hits.plan)) for found in results.found],
        results.total,
        _meant(asked.text, results.hits.corrections),
        [f"{key}:{value}" for key, name in FILTER_KEYS.items() for value in results.hits.filters.get(name, ())
         if value not in known.get(key, ())],
    )  # fmt: skip


def _page_of_results(asked: SearchRequest, filters: dict[str, list[str]], user: Any, number: int) -> Results:
    return search(
        asked.text,
        user=user,
        filters={FILTER_KEYS[key]: values for key, values in filters.items()},
        facets=tuple(FILTER_KEYS.values()),
        offset=(number - 1) * PER_PAGE,
        limit=PER_PAGE,
        correct=not asked.exact,
        brief=True,
    )


def _hit_html(entry: PublicEntry, excerpt: SafeString) -> SafeString:
    url, title, label = (text_html(part) for part in (entry.url, entry.title, entry.label))
    told = f"<p>{text_html(excerpt)}</p>" if excerpt else ""
    return mark_safe(
        f'<li><article><h3><a href="{url}">{title}</a></h3><p class="ak-note">{label}</p>{told}</article></li>'
    )


def _meant(text: str, corrections: Sequence[Correction]) -> str:
    meant = text
    for correction in corrections:
        meant = re.sub(rf"\b{re.escape(correction.written)}\b", lambda _: correction.meant, meant)  # noqa: B023
    return meant if meant != text else ""


def stock() -> list[tuple[PublicKind, int]]:
    """Return what there is to search, kind by kind."""
    ready = _current_engine()
    counts = ready.search(Query(facets=("kind",), without=_hidden_meanwhile(ready), limit=1)).facets.get("kind", {})
    return [(kind, counts[kind.key]) for kind in public_kinds if counts.get(kind.key)]


# -- facets ---------------------------------------------------------------------------------------------------------
def _labels() -> dict[str, dict[str, str]]:
    states = Town.objects.order_by("state").values_list("state", flat=True).distinct()
    return {
        "art": {kind.key: kind.title for kind in public_kinds},
        "thema": dict(topics.choices()),
        "land": {state: state for state in states},
        "groesse": dict(Size.choices),
    }


_kept_labels: Kept[dict[str, dict[str, str]]] = Kept((topics.STAMP, "staedte"), _labels)


def _known_filters(filters: Mapping[str, Sequence[str]]) -> tuple[dict[str, list[str]], list[str]]:
    """Return the filters that exist and the values that do not."""
    unknown: list[str] = []
    known: dict[str, list[str]] = {}
    labels = _kept_labels.get()
    for key, values in filters.items():
        for value in values:
            exists = value in labels.get(key, ())
            exists |= (key == "jahr" and _is_year(value)) or (key == "thema" and topics.topic(value) is not None)
            if exists:
                known.setdefault(key, []).append(value)
            else:
                unknown.append(value)
    return known, unknown


def _is_year(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) == 4


def _facet_views(chosen: Mapping[str, Sequence[str]], results: Results) -> list[FacetView]:
    labels, views = _kept_labels.get(), []
    for key, title in FACET_TITLES.items():
        counted, here = results.facets.get(FILTER_KEYS[key], {}), chosen.get(key, ())
        names = labels.get(key) or {year: year for year in sorted({*counted, *here}, reverse=True)}
        if key == "thema":  # a subtopic is shown while it is chosen; otherwise the main topics are choice enough
            below = {slug: node.name for slug in here if (node := topics.topic(slug)) and node.parent}
            names, counted = names | below, counted | dict.fromkeys(below, results.total)
        options = [
            Option(value, name, counted.get(value, 0), value in here)
            for value, name in names.items()
            if value in counted or value in here
        ]
        views.append(FacetView(key, title, options))
    return views
