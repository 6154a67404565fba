"""Marks on the original text, and why a document was found.

Both look at the text that the reader sees, with the same analysis as the index. Only words that show the beginning of
a wanted stem are analysed. In a compound only the matching part is marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from html import escape
from typing import NamedTuple

from akademie.search.analysis import Analyzer, canonical

from .plan import PART, WORD, Plan, Term

WINDOW = 240  # characters of an excerpt
LEAD = 40  # characters shown before the first mark
MAX_TEXT = 60_000  # characters looked through; longer documents bring passages
PART_VALUE, REPEATED_VALUE = 0.6, 0.1
SHORTEST_SEARCHED, LONGEST_SEARCHED = 3, 8  # letters of a stem that a candidate must show

_WORD = re.compile(r"[^\W_]+")


class Piece(NamedTuple):
    """A run of text, to be escaped by the template; `marked` when it answers the query."""

    text: str
    marked: bool


class Found(NamedTuple):
    """A place in the text that answers a term of the plan."""

    start: int
    end: int
    stem: str
    term: Term
    whole: bool  # the whole word, not a part of a compound


class Reason(NamedTuple):
    """Why a document was found: a word of the query, how it matched, and the word in the text that did.

    `how` is "word", "part" (of a compound, on either side), "joined", "synonym" or "correction".
    """

    word: str
    how: str
    found: str


def highlight(text: str, plan: Plan, window: int = WINDOW) -> list[Piece]:
    """Return the best excerpt of at most about `window` characters, in pieces; without any match the beginning."""
    text = text[:MAX_TEXT]
    found = list(_places(text, plan))
    start, end = _best_window(text, found, window)
    pieces = [Piece("… ", False)] if start else []
    place = start
    for hit in found:
        if hit.start < place or hit.end > end:
            continue
        if hit.start > place:
            pieces.append(Piece(text[place : hit.start], False))
        pieces.append(Piece(text[hit.start : hit.end], True))
        place = hit.end
    if place < end:
        pieces.append(Piece(text[place:end], False))
    if end < len(text):
        pieces.append(Piece(" …", False))
    return pieces


def highlight_html(text: str, plan: Plan, window: int = WINDOW) -> str:
    """The excerpt as HTML: everything escaped, matches in <mark>."""
    return "".join(
        f"<mark>{escape(piece.text)}</mark>" if piece.marked else escape(piece.text)
        for piece in highlight(text, plan, window)
    )


def answers(text: str, plan: Plan) -> bool:
    """Whether anything in the text answers the query."""
    return any(_places(text[:MAX_TEXT], plan))


def explain(text: str, plan: Plan) -> list[Reason]:
    """Say for each word of the query how the text answers it, best way first; words without an answer are left out."""
    best: dict[str, tuple[float, Reason]] = {}
    for hit in _places(text[:MAX_TEXT], plan):
        how = hit.term.how if hit.whole or hit.term.how != WORD else PART
        value = hit.term.weight * (1.0 if hit.whole else PART_VALUE)
        if hit.term.word not in best or best[hit.term.word][0] < value:
            best[hit.term.word] = (value, Reason(hit.term.word, how, _word_around(text, hit)))
    return [reason for _value, reason in sorted(best.values(), key=lambda pair: -pair[0])]


def _places(text: str, plan: Plan) -> Iterator[Found]:
    """Everything that answers the plan, in the order of the text."""
    wanted = plan.wanted
    if not wanted or plan.analyzer is None:
        return
    seen = plan.seen_words
    for match in _candidates(text, plan.wanted_stems):
        word = match.group()
        marks = seen.get(word)
        if marks is None:
            marks = seen[word] = tuple(_marks(word, plan.analyzer, wanted))
        for mark in marks:
            yield Found(match.start() + mark.start, match.start() + mark.end, mark.stem, mark.term, mark.whole)


def _marks(word: str, analyzer: Analyzer, wanted: Mapping[str, Term]) -> Iterator[Found]:
    """What of one word answers the plan: the whole, or parts of a compound, the longest run of leaves first."""
    form = canonical(word)
    if form in analyzer.stop_words:
        return
    stem = analyzer.stem(form)
    if stem in wanted:
        yield Found(0, len(word), stem, wanted[stem], True)
        return
    split = analyzer.splitter.split(form)
    if wanted.keys().isdisjoint(split.spans):
        return
    leaves = analyzer.splitter.parts(form)
    places = _original_places(word)
    if not leaves or len(places) != len(form) + 1:
        stem = next(span for span in split.spans if span in wanted)
        yield Found(0, len(word), stem, wanted[stem], False)
        return
    first = 0
    while first < len(leaves):
        for last in range(len(leaves) - 1, first - 1, -1):
            stem = analyzer.stem(form[leaves[first].start : leaves[last].start] + leaves[last].form)
            if stem in wanted:
                yield Found(places[leaves[first].start], places[leaves[last].end], stem, wanted[stem], False)
                first = last
                break
        first += 1


def _original_places(word: str) -> list[int]:
    """For each letter of the canonical form its place in the word as written: ä became two letters."""
    places: list[int] = []
    for place, letter in enumerate(word):
        places.extend([place] * len(canonical(letter)))
    return [*places, len(word)]


def _candidates(text: str, wanted: frozenset[str]) -> Iterator[re.Match[str]]:
    """Words that contain the beginning of a wanted stem, in the order of the text."""
    last = 0
    for start in sorted(_occurrences(_folded(text), _heads(wanted))):
        if start < last:
            continue
        while start > last and text[start - 1].isalnum():
            start -= 1
        word = _WORD.match(text, start)
        if word:
            last = word.end()
            yield word


def _occurrences(text: str, heads: Iterable[str]) -> Iterator[int]:
    """Where the heads stand; for a search that is made once, far cheaper than one regular expression of all heads."""
    for head in heads:
        place = text.find(head)
        while place >= 0:
            yield place
            place = text.find(head, place + len(head))


def _folded(text: str) -> str:
    """Lower case without umlauts, letter by letter, so that places stay."""
    lowered = text.lower()
    if len(lowered) != len(text):  # a few foreign letters grow when lowered
        lowered = "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
    # replace is ten times faster than translate here
    return lowered.replace("ä", "a").replace("ö", "o").replace("ü", "u")


@lru_cache(maxsize=256)
def _heads(wanted: frozenset[str]) -> tuple[str, ...]:
    """What the forms of the wanted stems show, without those that begin with another one."""
    short: list[str] = []
    for head in sorted({_head(stem) for stem in wanted}):  # sorted: what another one begins follows it
        if not short or not head.startswith(short[-1]):
            short.append(head)
    return (*short, *(head.replace("ss", "ß") for head in short if "ss" in head))


def _head(stem: str) -> str:
    """The part of a stem that every form shows: entwickl stands for entwickeln too."""
    stem = stem.replace("ae", "a").replace("oe", "o").replace("ue", "u")
    return stem[:-1] if stem.endswith("l") and len(stem) > SHORTEST_SEARCHED else stem[:LONGEST_SEARCHED]


def _best_window(text: str, found: list[Found], window: int) -> tuple[int, int]:
    """The stretch with the most different matches, cut between words."""
    if len(text) <= window:
        return 0, len(text)
    best, chosen = -1.0, 0
    for number, first in enumerate(found):
        seen: set[str] = set()
        value = 0.0
        for hit in found[number:]:
            if hit.end > first.start + window - LEAD:
                break
            value += REPEATED_VALUE if hit.stem in seen else hit.term.weight * (1.0 if hit.whole else PART_VALUE)
            seen.add(hit.stem)
        if value > best:
            best, chosen = value, number
    start = max(0, found[chosen].start - LEAD) if found else 0
    start = min(start, max(0, len(text) - window))
    if start:
        start = text.rfind(" ", 0, start + 1) + 1
    end = min(len(text), start + window)
    if end < len(text):
        blank = text.rfind(" ", start + window // 2, end + 1)
        end = blank if blank > 0 else end
    return start, end


def _word_around(text: str, hit: Found) -> str:
    start = hit.start
    while start and text[start - 1].isalnum():
        start -= 1
    word = _WORD.match(text, start)
    return word.group() if word else text[hit.start : hit.end]
