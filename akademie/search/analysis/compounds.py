"""Splits German compounds by a lexicon whose counts say how readily a word takes part in compounds.

Dynamic programming over the word: every part must stand in the lexicon, a linking element may follow each part but
the last. The cheapest path wins; a word that is itself far commoner than its would-be parts stays whole (Transport,
Verstand). Long parts are split again.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

from .stemming import WordStemmer

MIN_COMPOUND = 7  # letters; shorter words are not split
MIN_PART = 4
MAX_PARTS = 6
WHOLE_IS_COMMONER = 5.0
_CACHE_LIMIT = 200_000
_INFINITE = math.inf

# Linking elements between parts and what they add to the cost.
LINKS = (("", 0.0), ("s", 0.05), ("es", 0.2), ("n", 0.1), ("en", 0.15), ("er", 0.3), ("e", 0.3), ("ens", 0.3))
LINKS_BY_LETTER = {x: [(link, cost) for link, cost in LINKS if link.endswith(x)] for x in "snre"}
# Endings that the first part may lose: Schul(e)haus, Förder(n)mittel, Mitfahr(en)bank.
DROPPED = (("e", 0.15), ("n", 0.25), ("en", 0.3))
INFLECTED = 0.1
RARE = 0.18  # cost of each factor e that a word is rarer in compounds than COMMON
COMMON = 6.0  # natural logarithm
# Three-letter words that do form compounds; all others are nearly always accidents.
SHORT_PARTS = frozenset(
    """
    alt amt bad bar los not ruf bau bio bus dom eis erz gas gut heu hof hut jod kai kur lkw log nah neu oel ohr ort ost
    pkw rad rat rot see ski tag tal tau tee tor tot uhr uni weg weh wut zoo zug
    """.split()  # noqa: SIM905 (a list of words reads better as text)
)
# Endings, prefixes and particles that also are words: as parts they are nearly always accidents.
NEVER_PARTS = frozenset(
    """
    tran vers tand ster erle eine einer eines ende enden ungen heit keit schaft lich isch iert ieren barkeit ion
    ionen     tion tionen ation ationen itaet itaeten ismus isten enz anz agen linge tuemer chen lein nisse ver
    ent zer miss     wider hinter unter ueber durch nieder ander andere anderen alle allen ober wieder innerhalb
    reden gebe geben nehmen     habe haben heran hinein voran eren eher sehen stehen gehen lagen raten rates
    igen iger iges ige este esten sten stens     reichen haft hafte haften weise lose losen falls inne innen
    erin ling tum nis zeugen legen     stellen tigen liche lichen licher bare baren barer same samen schen scher
    sche tung tungen rung rungen lung     lungen nung nungen tischen teilen bung aus auf ein mit vor nach
    zusammen weiter trans inter
    ertag stag
    """.split()  # noqa: SIM905 (a list of words reads better as text)
)


class Part(NamedTuple):
    """A part of a compound: from `start` to `end` of the canonical word (link included), and its lexicon form."""

    start: int
    end: int
    form: str


class Split(NamedTuple):
    """What a compound gives: the stems of its leaves, and of every run of neighbouring leaves but the whole."""

    spans: tuple[str, ...] = ()
    leaves: tuple[str, ...] = ()


_WHOLE = Split()


class Splitter:
    """Finds the parts of canonical words. `counts` is the lexicon, `stem` gives the stems of parts."""

    def __init__(self, counts: Mapping[str, int], stem: WordStemmer) -> None:
        self._counts, self._stem = counts, stem
        # The last part may be inflected (Straßenlaternen, Mitfahrbänke): known by its stem. Only proven parts: stemming
        # the whole lexicon would slow the start.
        self._stems: dict[str, int] = {}
        self._learn_stems(counts)
        self._splits: dict[str, Split] = {}
        self._parts: dict[str, list[Part]] = {}

    def _learn_stems(self, counts: Mapping[str, int]) -> None:
        for word, count in counts.items():
            if count and count > self._stems.get(known := self._stem.raw(word), 0) and word not in NEVER_PARTS:
                self._stems[known] = count

    def with_words(self, own: Mapping[str, int]) -> Splitter:
        """Return a splitter that knows these words too (the larger count holds), without reading the others again."""
        more = Splitter({}, self._stem)
        counts = {word: max(count, self._counts.get(word, 0)) for word, count in own.items()}
        more._counts, more._stems = {**self._counts, **counts}, dict(self._stems)
        more._learn_stems(counts)
        return more

    def split(self, word: str) -> Split:
        """Return the stems of leaves and spans; both empty when the word is no compound of known parts."""
        known = self._splits.get(word)
        if known is None:
            known = self._split(word)
            if len(self._splits) >= _CACHE_LIMIT:
                self._splits.clear()
            self._splits[word] = known
        return known

    def parts(self, word: str) -> list[Part]:
        """Return the leaves with their places; empty when the word stays whole."""
        known = self._parts.get(word)
        if known is None:
            known = self._find_parts(word)
            if len(self._parts) >= _CACHE_LIMIT:
                self._parts.clear()
            self._parts[word] = known
        return known

    def _find_parts(self, word: str) -> list[Part]:
        if len(word) < MIN_COMPOUND or not word.isalpha():
            return []
        path = self._cheapest(word)
        if not path or self._stays_whole(word, path):
            return []
        leaves: list[Part] = []
        for part in path:
            inner = self._find_parts(part.form) if len(part.form) > MIN_COMPOUND else []
            if not inner:
                leaves.append(part)
                continue
            for place, leaf in enumerate(inner):
                end = part.end if place == len(inner) - 1 else part.start + leaf.end
                leaves.append(Part(part.start + leaf.start, end, leaf.form))
        return leaves if len(leaves) <= MAX_PARTS else path

    def _split(self, word: str) -> Split:
        if self._stem.is_simple(word):
            return _WHOLE
        own = self._stem(word)
        word = self._stem.base(word)
        leaves = self._find_parts(word)
        if not leaves:
            return _WHOLE
        spans: list[str] = []
        for first in range(len(leaves)):
            for last in range(first, len(leaves)):
                if first == 0 and last == len(leaves) - 1:
                    continue
                stem = self._stem(word[leaves[first].start : leaves[last].start] + leaves[last].form)
                if stem != own and stem not in spans:
                    spans.append(stem)
        return Split(tuple(spans), tuple(dict.fromkeys(self._stem(leaf.form) for leaf in leaves)))

    def _stays_whole(self, word: str, path: list[Part]) -> bool:
        own = self._counts.get(word)
        if not own:
            return False
        logarithms = (math.log(self._count(part.form) + 1) for part in path)
        mean = math.exp(sum(logarithms) / len(path))
        return own > WHOLE_IS_COMMONER * mean

    def _count(self, part: str) -> int:
        return self._counts[part] if part in self._counts else self._stems.get(self._stem(part), 0)

    def _last_cost(self, part: str) -> float | None:
        cost = self._cost(part)
        if cost is not None or len(part) <= MIN_PART or part in NEVER_PARTS:
            return cost
        count = self._stems.get(self._stem(part))
        return None if count is None else INFLECTED + self._cost_of(part, count)

    def _cost(self, part: str) -> float | None:
        count = self._counts.get(part)
        if count is None or part in NEVER_PARTS:
            return None
        if len(part) < MIN_PART and part not in SHORT_PARTS:
            return None
        return self._cost_of(part, count)

    @staticmethod
    def _cost_of(part: str, count: int) -> float:
        rare = max(0.0, COMMON - math.log(count + 1)) * RARE
        return 1.0 + rare + (0.5 if len(part) <= 3 else 0.25 if len(part) == 4 else 0.0)

    def _with_link(self, segment: str) -> tuple[float, str] | None:
        """The cheapest reading of a part that is not the last: a lexicon word and its linking element."""
        counts = self._counts
        readings = [(segment, 0.0)] if segment in counts else []
        for link, extra in LINKS_BY_LETTER.get(segment[-1], ()):
            core = segment[: -len(link)]
            if core in counts and segment.endswith(link):
                readings.append((core, extra))
        if len(segment) >= MIN_PART and segment not in NEVER_PARTS:
            readings += [(segment + ending, extra) for ending, extra in DROPPED if segment + ending in counts]
        best: tuple[float, str] | None = None
        for core, extra in readings:
            cost = self._cost(core)
            if cost is not None and (best is None or cost + extra < best[0]):
                best = (cost + extra, core)
        return best

    def _cheapest(self, word: str) -> list[Part]:
        """The cheapest way through the word in at least two parts, or an empty list."""
        size = len(word)
        costs = [_INFINITE] * (size + 1)
        steps: list[tuple[int, str]] = [(0, "")] * (size + 1)
        costs[0] = 0.0
        for start in range(size - 2):
            so_far = costs[start]
            if so_far == _INFINITE:
                continue
            for end in range(start + 3, size - 2):
                found = self._with_link(word[start:end])
                if found and so_far + found[0] < costs[end]:
                    costs[end], steps[end] = so_far + found[0], (start, found[1])
            if start:
                cost = self._last_cost(word[start:])
                if cost is not None and so_far + cost < costs[size]:
                    costs[size], steps[size] = so_far + cost, (start, word[start:])
        if costs[size] == _INFINITE:
            return []
        path, end = [], size
        while end:
            start, form = steps[end]
            path.append(Part(start, end, form))
            end = start
        return path[::-1]
