"""Word stems: overrides first, then derivations known to the lexicon, then Snowball German (PyStemmer 3 or newer).

Older releases lack the rule for ae, oe and ue; another release may stem otherwise, so its version is part of the
version of the chain and a change leads to a new index.
"""

from __future__ import annotations

from collections.abc import Mapping

import Stemmer

from .tables import WordMap
from .text import without_accents

STEMMER_VERSION = Stemmer.version()
_CACHE_LIMIT = 50_000  # words; each process has its own


class WordStemmer:
    """Maps a canonical word to its stem and remembers it.

    `overrides` says by hand what Snowball gets wrong; `derived` leads a word to the one whose stem it shares:
    versickert to Versickerung, Ärztinnen to Arzt.
    """

    def __init__(self, overrides: Mapping[str, str], derived: WordMap) -> None:
        if int(STEMMER_VERSION.split(".")[0]) < 3:
            raise RuntimeError("PyStemmer 3 or newer is needed: older ones do not know ae, oe, ue.")
        self._snowball = Stemmer.Stemmer("german", 0).stemWord
        self._overrides, self.derived = overrides, derived
        self._cache: dict[str, str] = {}

    def __call__(self, word: str) -> str:
        """Return the stem of a canonical word."""
        known = self._cache.get(word)
        if known is None:
            known = self._stem(word)
            if len(self._cache) >= _CACHE_LIMIT:
                self._cache.clear()
            self._cache[word] = known
        return known

    def base(self, word: str) -> str:
        """Return the word that stands for this one: the plain role, the noun of a verb, mostly the word itself."""
        known = self.derived.get(word)
        if known is None:
            # any further word for a woman's role: Klimaschutzmanagerinnen
            return word[:-5] if word.endswith("erinnen") else word
        return known

    def is_simple(self, word: str) -> bool:
        """Whether the overrides name the word: it is no compound."""
        return word in self._overrides

    def raw(self, word: str) -> str:
        """Return the stem without remembering the word: for what is no word of a text."""
        return self._stem(word)

    def _stem(self, word: str) -> str:
        base = self.base(word)
        return self._overrides.get(word) or self._overrides.get(base) or self._snow(base)

    def _snow(self, word: str) -> str:
        stem = self._snowball(word)
        return stem if stem.isascii() else without_accents(stem)
