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
from akademie.search.queries import analyzer
from akademie.topics.models import Topic

WHOLE, TYPO, PART, HALF_PHRASE = (
    1.0,
    0.8,
    0.5,
    0.45,
)  # a word as it stands, with a slip, as part of a compound, part of a vocabulary compound
PHRASE = 1.5  # several words that say it together are surer than one
RULES_FILE = Path(__file__).with_name("needs.toml")
TOPIC_FLOOR = 0.3  # below this share of the best topic, a topic is noise
TOPIC_MINIMUM = 0.4
MAX_TOPICS = 4
MIN_TYPO, LONG_WORD = 6, 9  # letters of a word that may be a slip, and that may have two
NEEDS_SHARE, MOST_NEEDS = 0.4, 2.0  # how much the needs add to the evidence
NO_SPLIT = Split()
MIN_PART = 4  # letters of a part that points to a topic
MAX_GROUPS_OF_PART = 3  # a part like "stadt" or "arbeit" points everywhere and tells nothing
GAP = 3  # other words between the words of a phrase


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


class _Token(NamedTuple):
    form: str
    stem: str
    shown: str
    leaves: tuple[str, ...]
    spans: tuple[str, ...]
    is_small: bool  # a stop word


@dataclass(frozen=True)
class _Phrase:
    keys: tuple[str, ...]  # what it points to
    stems: tuple[str, ...]
    strength: float  # for each of its keys
    whole: float  # before it was shared among them


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
    ) -> None:
        """Take pairs of key and phrase; `group` maps keys to what they belong to, for telling how much a word says."""
        self.analyzer, self.parts, self.group = analyzer, parts, group or {}
        keys: dict[tuple[str, ...], set[str]] = defaultdict(set)
        halves: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for key, phrase in phrases:
            tokens = self._tokens(phrase)
            telling = [token for token in tokens if not token.is_small]
            if len(telling) < 2 < len(tokens) + len(telling):  # "andere Städte" is more than "Städte"
                telling = tokens
            if telling:
                keys[tuple(dict.fromkeys(token.stem for token in telling))].add(key)
            if parts and len(tokens) == 1:
                for leaf in tokens[0].leaves:
                    if len(leaf) >= MIN_PART and leaf not in analyzer.stop_words:
                        halves[(leaf,)].add(key)
        self._forms = list(
            {form for _key, phrase in phrases for form, *_rest in words(phrase) if len(form) >= MIN_TYPO}
        )
        self._by_stem: dict[str, list[_Phrase]] = defaultdict(list)
        for stems, pointed in keys.items():
            self._add(stems, pointed, WHOLE if len(stems) == 1 else PHRASE)
        for stems, pointed in halves.items():
            if self._groups(pointed) <= MAX_GROUPS_OF_PART:
                self._add(stems, pointed - keys.get(stems, set()), HALF_PHRASE)
        self._known = {stem for stems in (*keys, *halves) for stem in stems}

    def _groups(self, keys: Iterable[str]) -> int:
        return len({self.group.get(key, key) for key in keys})

    def _add(self, stems: tuple[str, ...], keys: set[str], strength: float) -> None:
        if keys:
            self._by_stem[stems[0]].append(_Phrase(tuple(sorted(keys)), stems, strength / self._groups(keys), strength))

    def _tokens(self, text: str) -> list[_Token]:
        chain, tokens = self.analyzer, []
        for form, closed, shown in words(text):
            if not closed:
                split = chain.splitter.split(form) if self.parts and len(form) >= MIN_COMPOUND else NO_SPLIT
                small = form in chain.stop_words
                tokens.append(_Token(form, chain.stem(form), shown, split.leaves, split.spans, small))
        return tokens

    def _meant(self, token: _Token) -> list[str]:
        """Return what an unknown word may have been meant to be: one slip, two in long words, never the first letter."""
        if token.is_small or len(token.form) < MIN_TYPO or token.stem in self._known:
            return []
        slips = 1 if len(token.form) < LONG_WORD else 2
        near = process.extract(token.form, self._forms, scorer=OSA.distance, score_cutoff=slips, limit=3)
        return [self.analyzer.stem(form) for form, _slips, _place in near if form[0] == token.form[0]]

    def find(self, text: str) -> tuple[dict[str, dict[str, float]], float]:
        """Return key → words shown → strength, and the evidence of all words that point anywhere.

        Words that point to several groups count less for each of them, but not as evidence.
        """
        places: dict[str, list[tuple[int, float, str]]] = defaultdict(list)
        for place, token in enumerate(self._tokens(text)):
            places[token.stem].append((place, WHOLE, token.shown))
            for stem in self._meant(token):
                places[stem].append((place, TYPO, token.shown))
            for stem in {*token.leaves, *token.spans} - {token.stem}:
                places[stem].append((place, PART, token.shown))
        found: dict[str, dict[str, float]] = defaultdict(dict)
        evidence: dict[str, float] = {}
        for stem in places:
            for phrase in self._by_stem.get(stem, ()):
                seen = _together([places.get(other, []) for other in phrase.stems])
                if seen is None:
                    continue
                certainty, shown = seen
                evidence[shown] = max(evidence.get(shown, 0.0), phrase.whole * certainty)
                for key in phrase.keys:
                    found[key][shown] = max(found[key].get(shown, 0.0), phrase.strength * certainty)
        return found, sum(evidence.values())


def _together(places: list[list[tuple[int, float, str]]]) -> tuple[float, str] | None:
    """Return how sure it is that the words of a phrase stand together, and the words; None when they do not."""
    if len(places) == 1:
        _place, certainty, shown = max(places[0], key=lambda seen: seen[1])
        return certainty, shown
    for first in places[0]:
        near = [min(other, key=lambda seen: abs(seen[0] - first[0]), default=None) for other in places[1:]]
        span = [first, *(seen for seen in near if seen)]
        if len(span) == len(places) and max(s[0] for s in span) - min(s[0] for s in span) < len(places) + GAP:
            in_order = dict.fromkeys(shown for _place, _certainty, shown in sorted(span))
            return min(certainty for _place, certainty, _shown in span), " ".join(in_order)
    return None


@lru_cache(maxsize=1)
def rules() -> dict[str, Any]:
    """Return the rules of `needs.toml`."""
    return tomllib.loads(RULES_FILE.read_text(encoding="utf-8"))


@dataclass(frozen=True)
class _Vocabularies:
    topics: Vocabulary
    needs: Vocabulary
    constraints: Vocabulary
    names: dict[str, str]
    main: dict[str, str]  # slug → slug of the main topic


def _build() -> _Vocabularies:
    chain = analyzer()
    rows = list(Topic.objects.in_order().select_related("parent"))
    main = {topic.slug: (topic.parent or topic).slug for topic in rows}
    return _Vocabularies(
        Vocabulary(chain, [(t.slug, p) for t in rows for p in (t.name, *t.synonym_list())], parts=True, group=main),
        Vocabulary(chain, [(n["key"], p) for n in rules()["need"] for p in n["words"]]),
        Vocabulary(chain, [(c["key"], p) for c in rules()["constraint"] for p in c["words"]]),
        {topic.slug: topic.name for topic in rows},
        main,
    )


_kept: Kept[_Vocabularies] = Kept("themen", _build)


def understand(text: str) -> Concern:
    """Return what a concern is about."""
    known = _kept.get()
    needs, _evidence = known.needs.find(text)
    limits, _evidence = known.constraints.find(text)
    told, evidence = known.topics.find(text)
    concern = Concern(text, evidence=evidence)
    rule_of = {need["key"]: need for need in rules()["need"]}
    titles = {key: rule["title"] for key, rule in rule_of.items()}
    concern.needs = _strongest(needs, titles, 0.2, 0.3, {key: rule["reason"] for key, rule in rule_of.items()})
    concern.evidence += NEEDS_SHARE * min(MOST_NEEDS, sum(need.weight for need in concern.needs))
    for need in concern.needs:  # who wants to try something out is helped by what was tried out
        for slug, weight in rule_of[need.key].get("topics", {}).items():
            for word in need.words:
                told[slug][word] = max(told[slug].get(word, 0.0), weight * min(1.0, need.weight))
    by_main: dict[str, dict[str, float]] = defaultdict(dict)
    for slug, strengths in told.items():
        for word, strength in strengths.items():
            main = by_main[known.main.get(slug, slug)]
            main[word] = max(main.get(word, 0.0), strength)
    concern.topics = _strongest(by_main, known.names, TOPIC_MINIMUM, TOPIC_FLOOR)[:MAX_TOPICS]
    kept = {match.key for match in concern.topics}
    below = {slug: found for slug, found in told.items() if known.main.get(slug, slug) in kept - {slug}}
    concern.subtopics = _strongest(below, known.names, TOPIC_MINIMUM, TOPIC_FLOOR)
    reasons = {rule["key"]: rule["reason"] for rule in rules()["constraint"]}
    concern.constraints = _strongest(limits, reasons, 0.3, 0.0, reasons)
    return concern


def _strongest(
    found: dict[str, dict[str, float]],
    titles: dict[str, str],
    minimum: float,
    floor: float,
    reasons: dict[str, str] | None = None,
) -> list[Match]:
    matches = [
        Match(key, titles[key], sum(words.values()), tuple(words), (reasons or {}).get(key, ""))
        for key, words in found.items()
        if key in titles
    ]
    matches.sort(key=lambda match: (-match.weight, match.key))
    best = matches[0].weight if matches else 0.0
    return [match for match in matches if match.weight >= max(minimum, best * floor)]
