"""The analysis chain as one object: text in, stems and compound parts out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from .compounds import MIN_COMPOUND, Split, Splitter
from .lexicon import Lexicon, lexicon_version, load_lexicon
from .stemming import STEMMER_VERSION, WordStemmer
from .synonyms import Synonyms
from .text import canonical, words

CODE_VERSION = 4  # raise it when the chain gives other tokens for the same text, or the index other fields
DATA_DIR = Path(__file__).resolve().parent.parent / "data"
_WHOLE = Split()


@dataclass(slots=True)
class IndexTokens:
    """Tokens of one text: stems in order, compound parts, and the canonical words with their spelling."""

    stems: list[str]
    parts: list[str]
    words: dict[str, str]


@dataclass(frozen=True, slots=True)
class QueryWord:
    """One word of a query: canonical form, stem, stems of its compound parts, and how the person wrote it."""

    form: str
    stem: str
    shown: str
    leaves: tuple[str, ...] = ()
    spans: tuple[str, ...] = ()
    closed: bool = False  # the closed-up spelling of a hyphen compound


class Analyzer:
    """Analyses texts and queries alike. Not changed after it was made, so threads may share it."""

    def __init__(
        self, lexicon: Lexicon, *, stop_words: Iterable[str] = (), overrides: Mapping[str, str] | None = None
    ) -> None:
        self.stem = WordStemmer(overrides or {}, lexicon.derived)
        self.splitter = Splitter(lexicon.counts, self.stem)
        self.stop_words = frozenset(canonical(word) for word in stop_words)

    def with_words(self, own: Mapping[str, int]) -> Analyzer:
        """Return an analyzer that also knows the words that a collection adds to the lexicon."""
        more = copy(self)
        more.splitter = self.splitter.with_words(own)
        return more

    def index(self, text: str) -> IndexTokens:
        """Return what the index keeps of a text."""
        stems: list[str] = []
        parts: list[str] = []
        shown: dict[str, str] = {}
        stop, stem, split = self.stop_words, self.stem, self.splitter.split
        for form, closed, spelling in words(text):
            if form in stop:
                continue
            if closed:
                parts.append(stem(form))
                continue
            stems.append(stem(form))
            shown[form] = spelling
            if len(form) >= MIN_COMPOUND:
                parts.extend(split(form).spans)
        return IndexTokens(stems, parts, shown)

    def query(self, text: str) -> list[QueryWord]:
        """Return the distinct words of a query without stop words; only stop words: all of them."""
        found = list(words(text))
        kept = [word for word in found if word.form not in self.stop_words] or found
        result: dict[str, QueryWord] = {}
        for form, closed, shown in kept:
            stem = self.stem(form)
            if stem not in result:
                split = self.splitter.split(form) if len(form) >= MIN_COMPOUND else _WHOLE
                result[stem] = QueryWord(form, stem, shown, split.leaves, split.spans, closed)
        return list(result.values())

    def stems(self, text: str) -> list[str]:
        """Return the stems of a text in order, without stop words and closed-up forms (for phrases and synonyms)."""
        found = [word.form for word in words(text) if not word.closed]
        return [self.stem(form) for form in found if form not in self.stop_words] or [self.stem(f) for f in found]


def data_lines(name: str) -> list[str]:
    """Lines of a data file of this app, without comments and empty ones."""
    lines = (line.partition("#")[0].strip() for line in (DATA_DIR / name).read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line]


def read_overrides(lines: Iterable[str]) -> dict[str, str]:
    """Read `stem: word word …` lines; each word, in canonical form, gets that stem."""
    overrides: dict[str, str] = {}
    for line in lines:
        stem, _, members = line.partition(":")
        overrides.update((canonical(word), canonical(stem.strip())) for word in members.split())
    return overrides


@lru_cache(maxsize=1)
def base_lexicon() -> Lexicon:
    """The lexicon of set-up, loaded once per process at first use."""
    return load_lexicon()


def german_analyzer(own: Mapping[str, int] | None = None) -> Analyzer:
    """Return the product's analyzer; `own` are the words that the collection adds to the lexicon."""
    return _without_own_words().with_words(own) if own else _without_own_words()


@lru_cache(maxsize=1)
def _without_own_words() -> Analyzer:
    stop_words = " ".join(data_lines("stopwords_de.txt")).split()
    overrides = read_overrides(data_lines("overrides_de.txt"))
    return Analyzer(base_lexicon(), stop_words=stop_words, overrides=overrides)


def german_synonyms(analyzer: Analyzer, more: Iterable[str] = ()) -> Synonyms:
    """Return the shipped synonyms and `more` lines of the editors, as the analyzer sees them."""
    return Synonyms([*data_lines("synonyms_de.txt"), *more], analyzer.stems)


@lru_cache(maxsize=1)
def chain_version() -> str:
    """A hash of everything that decides the tokens; another value means that the index must be built anew."""
    digest = hashlib.sha256(f"{CODE_VERSION} {STEMMER_VERSION} {lexicon_version()}".encode())
    for name in ("overrides_de.txt", "stopwords_de.txt"):
        digest.update((DATA_DIR / name).read_bytes())
    return digest.hexdigest()[:10]
