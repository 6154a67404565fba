"""The analysis chain as one object: text in, stems and compound parts out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from .compounds import MIN_COMPOUND, Split, Splitter
from .lexicon import Lexicon, lexicon_version, load_lexicon
from .stemming import WordStemmer
from .synonyms import Synonyms
from .text import canonical, data_lines, words

CODE_VERSION = 6  # raise it when the chain gives other tokens for the same text, or the index other fields
_WHOLE = Split()
NAME = "°"  # begins the tokens of names, so that they meet no token of a text


def name_token(form: str) -> str:
    """Return what stands in the index for a canonical word of a name.

    Names have no inflection, so not the stem: Wittenberg is not Wittenberge. Moelln, Mölln and Molln are one.
    """
    return NAME + form.replace("ae", "a").replace("oe", "o").replace("ue", "u")


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

    def __init__(self, stem: WordStemmer, splitter: Splitter, stop_words: Iterable[str] = ()) -> None:
        self.stem, self.splitter = stem, splitter
        self.stop_words = frozenset(canonical(word) for word in stop_words)

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

    def names(self, text: str) -> tuple[list[str], list[str]]:
        """Return what the index keeps of a name: its words in order, and what it is asked for by besides.

        These are hyphen compounds closed up, and stop words (Weil am Rhein).
        """
        found = list(words(text))
        besides = [word.closed or word.form in self.stop_words for word in found]
        tokens = [name_token(word.form) for word in found]
        return (
            [token for token, aside in zip(tokens, besides, strict=True) if not aside],
            [token for token, aside in zip(tokens, besides, strict=True) if aside],
        )

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

    def is_everyday(self, form: str) -> bool:
        """Whether a canonical word is one of the dictionary."""
        return form in german_lexicon().splitter.counts

    def forms(self, text: str) -> list[str]:
        """Return the canonical words of a text in order, without stop words and closed-up forms."""
        found = [word.form for word in words(text) if not word.closed]
        return [form for form in found if form not in self.stop_words] or found

    def stems(self, text: str) -> list[str]:
        """Return the stems of these words (for phrases and synonyms)."""
        return [self.stem(form) for form in self.forms(text)]


@lru_cache(maxsize=1)
def german_lexicon() -> Lexicon:
    """The lexicon of set-up, loaded once per process at first use."""
    return load_lexicon()


def german_analyzer(splitter: Splitter | None = None) -> Analyzer:
    """Return the product's analyzer; `splitter` is one that knows the words of a collection too."""
    lexicon = german_lexicon()
    stop_words = " ".join(data_lines("stopwords_de.txt")).split()
    return Analyzer(lexicon.stem, splitter or lexicon.splitter, stop_words)


def german_synonyms(analyzer: Analyzer, more: Iterable[str] = ()) -> Synonyms:
    """Return the shipped synonyms and `more` lines of the editors, as the analyzer sees them."""
    return Synonyms([*data_lines("synonyms_de.txt"), *more], analyzer.stems)


@lru_cache(maxsize=1)
def chain_version() -> str:
    """A hash of everything that decides the tokens; another value means that the index must be built anew."""
    shipped = (CODE_VERSION, lexicon_version(), data_lines("stopwords_de.txt"))
    digest = hashlib.sha256(repr(shipped).encode())
    return digest.hexdigest()[:10]
