"""What goes into the engine and what comes out: plain data, the same for every back end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from .plan import Plan

PUBLIC = "public"  # the token of what everybody may see


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a long document, about 1,200 characters; `page` is the page a link opens."""

    text: str
    page: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One thing to find.

    `id` is unique over all kinds ("library:12"). `facets` maps a field (kind, topic, state, size, year …) to its
    values; `kind` is added by itself. `visible_to` are tokens, one of which a reader must hold. `on` is the day of
    publication or of the event; with `ages` the document loses rank as it grows old. `verified` ranks a little higher.
    `tags` count as words of the title for spelling and compounds, not for the rank. `uncounted` are values of facets
    that narrow a search and are left out of its counts: every further combination of values makes counting dearer.
    With `is_name` only whole words find it, in title and text: no parts of compounds, no synonyms.
    """

    id: str
    kind: str
    title: str
    text: str = ""
    passages: tuple[Passage, ...] = ()
    tags: tuple[str, ...] = ()
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    visible_to: tuple[str, ...] = (PUBLIC,)
    on: date | None = None
    ages: bool = False
    verified: bool = False
    uncounted: frozenset[str] = frozenset()
    is_name: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """One search.

    `filters` narrow by facet (values of a field add up, fields narrow each other); filters typed into the text are
    added to them. `boosts` lift documents by facet value (field → value → what it adds to the score) and bring in those
    that no word finds. `facets` are the fields to count. `without` are ids to leave out at once (a pending hide or
    delete). `of_kinds` keeps of each kind named the best so many among the first `limit` hits, and nothing of others.
    `correct=False` searches for the words exactly as written ("Stattdessen nach … suchen"). `counted=False` saves the
    time of counting: no facets, and the total is that of the hits that were looked at.
    """

    text: str = ""
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    visible_to: Sequence[str] = (PUBLIC,)
    without: frozenset[str] = frozenset()
    boosts: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    facets: Sequence[str] = ()
    limit: int = 20
    offset: int = 0
    of_kinds: Mapping[str, int] = field(default_factory=dict)
    correct: bool = True
    counted: bool = True
    today: date | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A document found; `passage` is the number of its best passage, None when it has none."""

    id: str
    score: float
    passage: int | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """A word that nobody wrote here, and the one that was probably meant."""

    written: str
    meant: str


@dataclass(frozen=True, slots=True)
class Hits:
    """The answer: a page of hits, how many there are, counts per facet field, corrections, and the plan.

    Counts of a field leave out that field's own filter. `filters` are those of the query and those typed into its
    text. `plan` is what `highlight` and `explain` take.
    """

    hits: list[Hit]
    total: int
    facets: dict[str, dict[str, int]]
    corrections: list[Correction]
    filters: dict[str, tuple[str, ...]]
    plan: Plan

    @property
    def corrected_text(self) -> str:
        """The query as it was probably meant, or an empty string."""
        text = self.plan.text
        for correction in self.corrections:
            text = text.replace(correction.written, correction.meant)
        return text if self.corrections else ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Help while typing: a title (with the document's id) or a word of the vocabulary."""

    text: str
    id: str = ""


class Engine(Protocol):
    """A back end. One process writes, any number reads."""

    def upsert(self, batch: Iterable[Document]) -> None:
        """Add or replace documents; seen by readers after `commit`."""

    def delete(self, ids: Iterable[str]) -> None:
        """Remove documents; unknown ids do no harm."""

    def commit(self, seq: int) -> None:
        """Make all changes visible at once and store `seq` with them: index and cursor never disagree."""

    def cursor(self) -> int:
        """The `seq` of the last commit; 0 for a new index."""

    def search(self, query: Query) -> Hits:
        """Answer a query. Never fails on any text."""

    def suggest(self, prefix: str, limit: int = 8) -> list[Suggestion]:
        """Titles and words that go on like this; only from public documents."""
