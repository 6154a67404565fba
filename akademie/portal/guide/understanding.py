"""What a concern is about: topics, needs and constraints, each with the words that told it.

Everything is decided by words: the topics' names and synonyms (kept by the office) and the rules of `needs.toml`. The
words are analysed like those of the search, so inflection, compounds and umlauts do not matter.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from akademie.core.stamps import Kept
from akademie.search.analysis import Analyzer, words
from akademie.search.analysis.compounds import MIN_COMPOUND, Split
from akademie.search.analysis.text import canonical
from akademie.search.queries import analyzer
from akademie.topics.models import Topic

WHOLE = 1.0  # a word as it stands in the vocabulary
PIECE = 0.9  # a word of a hyphen compound: the "Bahn" of "U-Bahn"
TYPO = 0.8  # with a slip
PART = 0.5  # the vocabulary's word is a part of the person's compound
SHARED_PART = 0.45  # a part of the person's word is a part of at least two words of the vocabulary
PHRASE = 1.5  # several words that say it together are surer than one
RULES_FILE = Path(__file__).with_name("needs.toml")
TOPIC_FLOOR = 0.3  # below this share of the best topic, a topic is noise
SURE = 2.0  # two sure words make a topic certain; more of them do not make the others noise
ENOUGH_TELLING = 2  # words that tell something; with fewer, all words are searched for
TOPIC_MINIMUM = 0.4  # less than a shared part is nothing
MAX_TOPICS = 4  # a concern may name three worries; the fourth is for words that point two ways
MIN_TYPO, LONG_WORD = 6, 9  # letters of a word that may be a slip, and that may have two
NEED_MINIMUM, NEED_FLOOR = 0.2, 0.3  # weight of a need, and its share of the strongest
LIMIT_MINIMUM = 0.3  # weight of a limit
NEEDS_SHARE, MOST_NEEDS = 0.4, 2.0  # how much the needs add to the evidence
NO_SPLIT = Split()
MIN_PART = 4  # letters of a part that points to a topic
MAX_GROUPS_OF_PART = 3  # a part like "stadt" or "arbeit" points everywhere and tells nothing
MIN_WORDS_OF_PART = 2  # words of one topic that share a part; a single one says nothing about its parts
GAP = 3  # other words between the words of a phrase
NARROW_GAP = 1  # the same for a phrase with a stop word in it ("im Alter"), which stands everywhere


@dataclass(frozen=True)
class Match:
    """Something that the words point to, how strongly, and the words themselves."""

    key: str
    title: str
    weight: float
    words: tuple[str, ...]
    reason: str = ""


@dataclass
class Concern:
    """A concern as understood."""

    text: str
    topics: list[Match] = field(default_factory=list)  # main topics, strongest first
    subtopics: list[Match] = field(default_factory=list)
    needs: list[Match] = field(default_factory=list)
    constraints: list[Match] = field(default_factory=list)

    evidence: float = 0.0  # how sure it is that the academy has to do with this at all, whichever topic it is
    named: Match | None = None  # the topic or subtopic that whole words name, for when nothing answers


class _Token(NamedTuple):
    form: str
    stem: str
    shown: str
    leaves: tuple[str, ...]
    spans: tuple[str, ...]
    is_small: bool  # a stop word, or one that stands in concerns about anything
    certainty: float = WHOLE


class _Phrase(NamedTuple):
    keys: tuple[str, ...]  # what it points to
    stems: tuple[str, ...]
    strength: float  # for each of its keys
    whole: float  # before it was shared among them
    reach: int  # places from its first word to its last


class Found(NamedTuple):
    """Words of a text that point to something: their places, themselves, and how strongly."""

    places: frozenset[int]
    shown: str
    strength: float
    is_whole: bool = False  # words as they stand in the vocabulary, no parts and no slips


def apart(found: Iterable[Found]) -> dict[str, float]:
    """Return words → strength, the strongest first; each word of the text counts once ("Kneipe", "letzte Kneipe")."""
    used: set[int] = set()
    kept: dict[str, float] = {}
    for hit in sorted(found, key=lambda hit: (-hit.strength, -len(hit.places), min(hit.places))):
        new = hit.places - used
        if new:
            used |= new
            strength = hit.strength * len(new) / len(hit.places)
            kept[hit.shown] = max(kept.get(hit.shown, 0.0), strength)
    return kept


class Vocabulary:
    """Phrases that point to keys, found in a text by the stems of its words.

    The words of a phrase may stand apart by `GAP` other words at most and in any order. With `parts`, the parts of a
    compound point to the key of a one-word phrase too, both ways, unless they point to too many keys to tell anything.
    """

    def __init__(
        self,
        analyzer: Analyzer,
        phrases: Collection[tuple[str, str]],
        *,
        parts: bool = False,
        group: Mapping[str, str] | None = None,
        filler: Iterable[str] = (),
    ) -> None:
        """Take pairs of key and phrase.

        `group` maps keys to what they belong to, for telling how much a word says. `filler` are words that say nothing
        alone, unless a phrase of this vocabulary consists of one.
        """
        self.analyzer, self.parts, self.group = analyzer, parts, group or {}
        self._single: set[str] = set()  # stems of phrases of one word
        in_words = [list(words(phrase)) for _key, phrase in phrases]
        single = {found[0].form for found in in_words if len(found) == 1}
        self.small = analyzer.stop_words | {canonical(word) for word in filler} - single
        self._small_stems = {analyzer.stem(word) for word in self.small}
        keys: dict[tuple[str, ...], set[str]] = defaultdict(set)
        narrow: set[tuple[str, ...]] = set()
        halves: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))  # leaf → key → words with it
        for key, phrase in phrases:
            tokens = self._tokens(phrase)
            telling = [token for token in tokens if not token.is_small]
            if len(telling) < 2 <= len(tokens):  # "andere Städte" is more than "Städte"
                telling = tokens
            stems = tuple(dict.fromkeys(token.stem for token in telling))
            if stems and not (len(stems) == 1 and telling[0].is_small):
                keys[stems].add(key)
                if any(token.is_small for token in telling):
                    narrow.add(stems)
            if parts and len(tokens) == 1:
                for leaf in tokens[0].leaves[:-1]:  # the last part says what it is, those before what it is about
                    if len(leaf) >= MIN_PART and leaf not in self.small:
                        halves[leaf][key].add(tokens[0].stem)
        self._single = {stems[0] for stems in keys if len(stems) == 1}
        self._forms: dict[tuple[str, int], list[str]] = defaultdict(list)  # by first letter and length
        for form in {form for _key, phrase in phrases for form, *_rest in words(phrase) if len(form) >= MIN_TYPO}:
            self._forms[form[0], len(form)].append(form)
        self._by_stem: dict[str, list[_Phrase]] = defaultdict(list)
        for stems, pointed in keys.items():
            gap = NARROW_GAP if stems in narrow else GAP
            self._add(stems, pointed, WHOLE if len(stems) == 1 else PHRASE, len(stems) + gap)
        for leaf, words_of in halves.items():
            self._add((leaf,), self._sharing(words_of) - keys.get((leaf,), set()), SHARED_PART, 1)
        self._known = {stem for stems in keys for stem in stems} | set(halves)

    def _sharing(self, words_of: Mapping[str, set[str]]) -> set[str]:
        """Return the keys that a part points to: several words of their topic have it, and it is not everywhere."""
        if self._groups(words_of) > MAX_GROUPS_OF_PART:
            return set()
        of_group: dict[str, set[str]] = defaultdict(set)
        for key, having in words_of.items():
            of_group[self.group.get(key, key)] |= having
        return {key for key in words_of if len(of_group[self.group.get(key, key)]) >= MIN_WORDS_OF_PART}

    def _groups(self, keys: Iterable[str]) -> int:
        return len({self.group.get(key, key) for key in keys})

    def _add(self, stems: tuple[str, ...], keys: set[str], strength: float, reach: int) -> None:
        if keys:
            phrase = _Phrase(tuple(sorted(keys)), stems, strength / self._groups(keys), strength, reach)
            self._by_stem[stems[0]].append(phrase)

    def _tokens(self, text: str) -> list[_Token]:
        chain, tokens = self.analyzer, []
        rest, known = "", False  # what is left of a hyphen compound, and whether it is known as a whole
        for form, closed, shown in words(text):
            is_piece = not closed and form in rest
            rest = form if closed else rest.partition(form)[2] if is_piece else ""
            known = chain.stem(form) in self._single if closed else known and is_piece
            if closed != known:  # of "Kita-Plätze" the whole or, where that is unknown, the pieces
                continue
            split = chain.splitter.split(form) if self.parts and len(form) >= MIN_COMPOUND else NO_SPLIT
            certainty = PIECE if is_piece else WHOLE
            stem, small = chain.stem(form), form in self.small
            tokens.append(_Token(form, stem, shown, split.leaves, split.spans, small, certainty))
        return tokens

    def _meant(self, token: _Token) -> list[str]:
        """Return what an unknown word may have been meant to be: one slip, two in long words, never the first letter.

        A word of the German dictionary, or a compound of such words, is no slip.
        """
        length = len(token.form)
        if token.is_small or length < MIN_TYPO or token.stem in self._known or token.leaves:
            return []
        if token.form in self.analyzer.splitter.counts:
            return []
        slips = 1 if length < LONG_WORD else 2
        near = [form for size in range(length - slips, length + slips + 1) for form in self._like(token.form[0], size)]
        best = process.extract(token.form, near, scorer=OSA.distance, score_cutoff=slips, limit=3)
        return [self.analyzer.stem(form) for form, _slips, _place in best]

    def _like(self, letter: str, length: int) -> list[str]:
        return self._forms.get((letter, length), [])

    def find(self, text: str) -> tuple[dict[str, list[Found]], float]:
        """Return key → what points to it, and the evidence of all words that point anywhere.

        Words that point to several groups count less for each of them, but not as evidence.
        """
        places: dict[str, list[tuple[int, float, str]]] = defaultdict(list)
        small: set[str] = set()
        for place, token in enumerate(self._tokens(text)):
            places[token.stem].append((place, token.certainty, token.shown))
            if token.is_small:
                small.add(token.stem)
                continue
            for stem in self._meant(token):
                places[stem].append((place, TYPO, token.shown))
            if token.stem in self._single:  # a compound that is known says more than its parts
                continue
            for stem in {*token.leaves, *token.spans} - {token.stem} - self._small_stems:
                places[stem].append((place, PART, token.shown))
        found: dict[str, list[Found]] = defaultdict(list)
        everything: list[Found] = []
        for stem in places:
            for phrase in self._by_stem.get(stem, ()):
                if len(phrase.stems) == 1 and stem in small:
                    continue
                seen = _together([places.get(other, []) for other in phrase.stems], phrase.reach)
                if seen is None:
                    continue
                where, certainty, shown = seen
                everything.append(Found(where, shown, phrase.whole * certainty))
                is_whole = phrase.whole * certainty >= WHOLE
                for key in phrase.keys:
                    found[key].append(Found(where, shown, phrase.strength * certainty, is_whole))
        return found, sum(apart(everything).values())


def _together(places: list[list[tuple[int, float, str]]], reach: int) -> tuple[frozenset[int], float, str] | None:
    """Return where the words of a phrase stand together, how sure that is, and the words; None when they do not."""
    if len(places) == 1:
        place, certainty, shown = max(places[0], key=lambda seen: seen[1])
        return frozenset({place}), certainty, shown
    for first in places[0]:
        near = [min(other, key=lambda seen: abs(seen[0] - first[0]), default=None) for other in places[1:]]
        span = [first, *(seen for seen in near if seen)]
        where = frozenset(seen[0] for seen in span)
        if len(span) == len(places) and max(where) - min(where) < reach:
            in_order = dict.fromkeys(shown for _place, _certainty, shown in sorted(span))
            return where, min(certainty for _place, certainty, _shown in span), " ".join(in_order)
    return None


@lru_cache(maxsize=1)
def rules() -> dict[str, Any]:
    """Return the rules of `needs.toml`."""
    return tomllib.loads(RULES_FILE.read_text(encoding="utf-8"))


@lru_cache(maxsize=64)
def rule_of(need: str) -> dict[str, Any]:
    """Return the rule of a need."""
    return next(rule for rule in rules()["need"] if rule["key"] == need)


@dataclass(frozen=True)
class _Vocabularies:
    topics: Vocabulary
    needs: Vocabulary
    constraints: Vocabulary
    names: dict[str, str]
    main: dict[str, str]  # slug → slug of the main topic


def _build() -> _Vocabularies:
    chain, filler = analyzer(), rules()["filler"]["words"]
    rows = list(Topic.objects.in_order().select_related("parent"))
    main = {topic.slug: (topic.parent or topic).slug for topic in rows}
    names = [(topic.slug, phrase) for topic in rows for phrase in (topic.name, *topic.synonym_list())]
    needs = [(need["key"], phrase) for need in rules()["need"] for phrase in need["words"]]
    limits = [(limit["key"], phrase) for limit in rules()["constraint"] for phrase in limit["words"]]
    return _Vocabularies(
        Vocabulary(chain, names, parts=True, group=main, filler=filler),
        Vocabulary(chain, needs, filler=filler),
        Vocabulary(chain, limits, filler=filler),
        {topic.slug: topic.name for topic in rows},
        main,
    )


_kept: Kept[_Vocabularies] = Kept("themen", _build)


def is_slip(written: str, meant: str) -> bool:
    """Tell whether one word is the other with one slip, two in long words, and never in the first letter.

    A word of the German dictionary is none.
    """
    written, meant = canonical(written), canonical(meant)
    if written in analyzer().splitter.counts or written in _kept.get().topics.small:
        return False
    slips = 1 if len(written) < LONG_WORD else 2
    return written[:1] == meant[:1] and OSA.distance(written, meant, score_cutoff=slips) <= slips


def telling(text: str) -> str:
    """Return the words of a concern that tell what it is about, as they stand; all words when too few do."""
    small = _kept.get().topics.small
    found = [word for word in words(text) if not word.closed]
    kept = [word for word in found if word.form not in small]
    return " ".join(word.shown for word in (kept if len(kept) >= ENOUGH_TELLING else found))


def understand(text: str) -> Concern:
    """Return what a concern is about."""
    known = _kept.get()
    needs, _evidence = known.needs.find(text)
    limits, _evidence = known.constraints.find(text)
    told, evidence = known.topics.find(text)
    concern = Concern(text, evidence=evidence)
    titles = {need["key"]: need["title"] for need in rules()["need"]}
    why = {need["key"]: need["reason"] for need in rules()["need"]}
    concern.needs = _strongest(needs, titles, NEED_MINIMUM, NEED_FLOOR, why)
    concern.evidence += NEEDS_SHARE * min(MOST_NEEDS, sum(need.weight for need in concern.needs))
    for need in concern.needs:  # who wants to try something out is helped by what was tried out
        for slug, weight in rule_of(need.key).get("topics", {}).items():
            best = max(needs[need.key], key=lambda hit: hit.strength)
            told[slug].append(best._replace(strength=weight * min(1.0, best.strength)))
    by_main: dict[str, list[Found]] = defaultdict(list)
    for slug, hits in told.items():
        by_main[known.main.get(slug, slug)] += hits
    concern.topics = _strongest(by_main, known.names, TOPIC_MINIMUM, TOPIC_FLOOR)[:MAX_TOPICS]
    kept = {match.key for match in concern.topics}
    below = {slug: hits for slug, hits in told.items() if known.main.get(slug, slug) in kept - {slug}}
    concern.subtopics = _strongest(below, known.names, TOPIC_MINIMUM, TOPIC_FLOOR)
    concern.named = _named(concern, told)
    reasons = {rule["key"]: rule["reason"] for rule in rules()["constraint"]}
    concern.constraints = _strongest(limits, reasons, LIMIT_MINIMUM, 0.0, reasons)
    return concern


def _named(concern: Concern, told: Mapping[str, list[Found]]) -> Match | None:
    """Return the topic that is named by whole words: a subtopic, else a main one.

    The words of main topics are wide ("krank"), so they must be nouns, or most of what is said.
    """
    for match in (*concern.subtopics, *concern.topics):
        whole = [hit for hit in told.get(match.key, ()) if hit.is_whole]
        said = sum(len(hit.places) for hit in whole)
        noun = any(hit.shown[:1].isupper() for hit in whole)
        if whole and (match in concern.subtopics or noun or said * 2 > len(telling(concern.text).split())):
            return match
    return None


def _strongest(
    found: Mapping[str, list[Found]],
    titles: Mapping[str, str],
    minimum: float,
    floor: float,
    reasons: Mapping[str, str] | None = None,
) -> list[Match]:
    """Return what reaches `minimum` and the share `floor` of the best, strongest first."""
    matches = []
    for key in found.keys() & titles.keys():
        strengths = apart(found[key])
        matches.append(Match(key, titles[key], sum(strengths.values()), tuple(strengths), (reasons or {}).get(key, "")))
    matches.sort(key=lambda match: (-match.weight, match.key))
    best = min(SURE, matches[0].weight) if matches else 0.0
    return [match for match in matches if match.weight >= max(minimum, best * floor)]
