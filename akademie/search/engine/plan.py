"""How a query is searched: each word with its alternatives and weights. Every back end carries out the same plan.

The weights were measured (`benchmarks/search.py`): a word counts 1, the leaves of a compound share 0.9, a correction
counts 0.8, a synonym 0.5.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple

from akademie.search.analysis import NAME, Analyzer, QueryWord, Synonyms, name_token

from .parsing import MAX_WORDS, ParsedQuery

LEAVES = 0.9
SPAN = 0.4
CORRECTION = 0.8
SYNONYM = 0.5
PART_SYNONYM = 0.25
EVERYDAY_NAME = 0.4  # a word of the dictionary that is a name too: Markt Schwaben, Wald, Leer
JOINED = 0.4  # neighbours written as one word: "Klein Stadt"
MAX_TARGETS = 12  # synonyms of one place in the query

WORD, PART, SYNONYM_OF, SPELLING, JOINED_WORDS = "word", "part", "synonym", "correction", "joined"


class Term(NamedTuple):
    """Stems that must all occur, what they add, how they come from the query, and which of its words they stand for."""

    stems: tuple[str, ...]
    weight: float
    how: str
    word: str  # as the person wrote it

    @property
    def is_name(self) -> bool:
        """Whether it asks for a word of names instead of texts."""
        return self.stems[0].startswith(NAME)


@dataclass(frozen=True)
class Plan:
    """Terms joined by OR; phrases that must occur and those that must not, as canonical words.

    `text` is the query as read.
    """

    text: str = ""
    terms: tuple[Term, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    excluded: tuple[tuple[str, ...], ...] = ()
    analyzer: Analyzer | None = field(default=None, compare=False, repr=False)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is searched for."""
        return not self.terms and not self.phrases

    @cached_property
    def wanted(self) -> dict[str, Term]:
        """Every stem worth marking, with the strongest term that asks for it."""
        found: dict[str, Term] = {}
        for term in sorted(self.terms, key=lambda t: -t.weight):
            for stem in () if term.is_name else term.stems:
                found.setdefault(stem, term)
        for form in (form for phrase in self.phrases for form in phrase):
            stem = self.analyzer.stem(form) if self.analyzer else form
            found.setdefault(stem, Term((stem,), 1.0, WORD, stem))
        return found

    @cached_property
    def wanted_stems(self) -> frozenset[str]:
        """The stems of `wanted`."""
        return frozenset(self.wanted)

    @cached_property
    def seen_words(self) -> dict[str, Any]:
        """What `highlight` found out about words, for the next text of the same search."""
        return {}


# Tells whether any document has this stem.
Known = Callable[[str], bool]
# Gives what a word, the last one of the query or not, was probably meant to be: canonical words, mostly none.
Spellings = Callable[[QueryWord, bool], list[str]]


def make_plan(
    parsed: ParsedQuery,
    analyzer: Analyzer,
    synonyms: Synonyms,
    *,
    known: Known | None = None,
    spellings: Spellings | None = None,
) -> Plan:
    """Turn a parsed query into a plan; without `known` and `spellings` the words are taken as they are."""
    query_words = analyzer.query(parsed.words)[:MAX_WORDS] if parsed.words else []
    best: dict[tuple[str, ...], Term] = {}

    def add(term: Term) -> None:
        present = best.get(term.stems)
        if present is None or present.weight < term.weight:
            best[term.stems] = term

    def add_whole(form: str, weight: float, how: str, shown: str) -> None:
        """A whole word, which texts may have and names."""
        add(Term((analyzer.stem(form),), weight, how, shown))
        if known and known(name := name_token(form)):
            add(Term((name,), weight * (EVERYDAY_NAME if analyzer.is_everyday(form) else 1.0), how, shown))

    for word in query_words:
        add_whole(word.form, 1.0, WORD, word.shown)
        for span in word.spans:
            leaf = span in word.leaves
            add(Term((span,), LEAVES / len(word.leaves) if leaf else SPAN, PART, word.shown))
        for meant in spellings(word, word is query_words[-1]) if spellings else ():
            add_whole(meant, CORRECTION, SPELLING, word.shown)
    _add_joined(query_words, analyzer, known, add_whole)
    _add_synonyms(query_words, synonyms, add)
    return Plan(
        parsed.words,
        tuple(best.values()),
        tuple(phrase for phrase in (tuple(analyzer.forms(p)) for p in parsed.phrases) if phrase),
        tuple(phrase for phrase in (tuple(analyzer.forms(p)) for p in parsed.excluded) if phrase),
        analyzer,
    )


def _add_joined(
    words: Sequence[QueryWord], analyzer: Analyzer, known: Known | None, add: Callable[[str, float, str, str], None]
) -> None:
    """Neighbours may stand as one word in the documents: Klein Stadt, Rad Weg, Kleinstadt Akademie."""
    if known is None:
        return
    for left, right in pairwise(words):
        if left.closed or right.closed:
            continue
        for link in ("", "s"):
            form = left.form + link + right.form
            if known(analyzer.stem(form)) or known(name_token(form)):
                add(form, JOINED, JOINED_WORDS, f"{left.shown} {right.shown}")
                break


def _add_synonyms(words: Sequence[QueryWord], synonyms: Synonyms, add: Callable[[Term], None]) -> None:
    for match in synonyms.matches([word.stem for word in words]):
        shown = " ".join(word.shown for word in words[match.first : match.last])
        for target in match.targets[:MAX_TARGETS]:
            add(Term(target, SYNONYM, SYNONYM_OF, shown))
    for word in words:
        for span in word.spans:
            for target in synonyms.of(span)[:MAX_TARGETS]:
                add(Term(target, PART_SYNONYM, SYNONYM_OF, word.shown))
