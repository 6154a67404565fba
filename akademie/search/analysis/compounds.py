"""Splits German compounds by a lexicon whose counts say how readily a word takes part in compounds.

Dynamic programming over the word: every part must stand in the lexicon, a linking element may follow each part but
the last. The cheapest path wins; a word that is itself far commoner than its would-be parts stays whole (Transport,
Verstand). Long parts are split again.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from .stemming import WordStemmer
from .tables import WordTable

MIN_COMPOUND = 7  # letters; shorter words are not split
MIN_PART = 4
MAX_PARTS = 6
WHOLE_IS_COMMONER = 5.0
_CACHE_LIMIT = 20_000  # words; each process has its own
_INFINITE = math.inf

# Linking elements between parts and what they add to the cost.
LINKS = (("", 0.0), ("s", 0.05), ("es", 0.2), ("n", 0.1), ("en", 0.15), ("er", 0.3), ("e", 0.3), ("ens", 0.3))
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
    """Finds the parts of canonical words. `stem` gives the stems of parts, `counts` is the lexicon.

    `shortened` has the beginnings that lose an ending as first part, with the ending's place in `DROPPED`; `stems` has
    the stems of words that are proven parts, with the count of the commonest: the last part may be inflected
    (Straßenlaternen, Mitfahrbänke). Stems of the whole lexicon would allow too much.
    """

    def __init__(self, stem: WordStemmer, counts: WordTable, shortened: WordTable, stems: WordTable) -> None:
        self._stem, self.counts, self._shortened, self._stems = stem, counts, shortened, stems
        self._splits: dict[str, Split] = {}
        self._parts: dict[str, list[Part]] = {}

    @classmethod
    def of(cls, stem: WordStemmer, counts: Mapping[str, int]) -> Splitter:
        """Return a splitter that knows these words; takes a third of a second for a whole lexicon."""
        stems: dict[str, int] = {}
        for word, count in counts.items():
            if count and count > stems.get(known := stem.raw(word), 0) and word not in NEVER_PARTS:
                stems[known] = count
        return cls(stem, WordTable(counts), WordTable(_shortened(counts)), WordTable(stems))

    def with_words(self, own: Mapping[str, int]) -> Splitter:
        """Return a splitter that knows these words too; the larger count holds."""
        counts = dict(self.counts.items())
        counts |= {word: max(count, counts.get(word, 0)) for word, count in own.items()}
        return self.of(self._stem, counts)

    def save(self, folder: Path) -> None:
        """Write what the splitter knows into a folder."""
        for name, table in (("counts", self.counts), ("shortened", self._shortened), ("stems", self._stems)):
            table.save(folder / name)

    @classmethod
    def load(cls, stem: WordStemmer, folder: Path) -> Splitter:
        """Read what `save` wrote; `Damaged` when it is not as it was."""
        return cls(stem, *(WordTable.load(folder / name) for name in ("counts", "shortened", "stems")))

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
        own = self.counts.get(word)
        if not own:
            return False
        logarithms = (math.log(self._count(part.form) + 1) for part in path)
        mean = math.exp(sum(logarithms) / len(path))
        return own > WHOLE_IS_COMMONER * mean

    def _count(self, part: str) -> int:
        count = self.counts.get(part)
        return (self._stems.get(self._stem.raw(part)) or 0) if count is None else count

    def _last_cost(self, part: str) -> float | None:
        if part in NEVER_PARTS:
            return None
        count = self.counts.get(part)
        if count is not None and _long_enough(part):
            return _cost(part, count)
        if len(part) <= MIN_PART:
            return None
        count = self._stems.get(self._stem.raw(part))
        return None if count is None else INFLECTED + _cost(part, count)

    def _firsts(self, word: str, start: int, before: int) -> dict[int, tuple[float, str]]:
        """The cheapest readings of a part that begins at `start` and is not the last, by where they end.

        A reading is a lexicon word with its linking element, or a word that loses its ending. Of two that cost the same
        the one with the longer word holds.
        """
        rest = word[start:]
        best: dict[int, tuple[float, str]] = {}
        for core, count in self.counts.beginnings(rest):
            if core in NEVER_PARTS or not _long_enough(core):
                continue
            cost = _cost(core, count)
            for link, extra in LINKS:
                end = start + len(core) + len(link)
                if end >= before or not rest.startswith(link, len(core)):
                    continue
                if end not in best or cost + extra <= best[end][0]:
                    best[end] = cost + extra, core
        for segment, place in self._shortened.beginnings(rest):
            end, (ending, extra) = start + len(segment), DROPPED[place]
            core = segment + ending
            cost = _cost(core, self.counts[core]) + extra
            if end < before and (end not in best or cost < best[end][0]):
                best[end] = cost, core
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
            for end, (cost, core) in self._firsts(word, start, size - 2).items():
                if so_far + cost < costs[end]:
                    costs[end], steps[end] = so_far + cost, (start, core)
            if start:
                last = self._last_cost(word[start:])
                if last is not None and so_far + last < costs[size]:
                    costs[size], steps[size] = so_far + last, (start, word[start:])
        if costs[size] == _INFINITE:
            return []
        path, end = [], size
        while end:
            start, form = steps[end]
            path.append(Part(start, end, form))
            end = start
        return path[::-1]


def _long_enough(part: str) -> bool:
    return len(part) >= MIN_PART or part in SHORT_PARTS


def _cost(part: str, count: int) -> float:
    rare = max(0.0, COMMON - math.log(count + 1)) * RARE
    return 1.0 + rare + (0.5 if len(part) <= 3 else 0.25 if len(part) == 4 else 0.0)


def _shortened(counts: Mapping[str, int]) -> dict[str, int]:
    """The beginnings of words that lose their ending as a first part, with the place in `DROPPED` that costs least."""
    places: dict[str, int] = {}
    costs: dict[str, float] = {}
    for place, (ending, extra) in enumerate(DROPPED):
        for word, count in counts.items():
            segment = word.removesuffix(ending)
            if segment == word or len(segment) < MIN_PART or segment in NEVER_PARTS or word in NEVER_PARTS:
                continue
            cost = _cost(word, count) + extra
            if cost < costs.get(segment, _INFINITE):
                places[segment], costs[segment] = place, cost
    return places
