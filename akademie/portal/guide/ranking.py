"""Practices and documents for a concern: found by one search, weighed by words and topics, read only when shown."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from akademie.core.contributions import PublicEntry, public_kinds
from akademie.portal.guide.stock import DOCUMENTS, PRACTICES, Known, stock
from akademie.portal.guide.understanding import Concern, rule_of, rules
from akademie.search import queries as search
from akademie.search.engine import Hit, Hits, Plan, Query, explain

SHOWN = 3
KINDS = (PRACTICES, DOCUMENTS)
TOGETHER = 400  # hits of the search over everything: to look at more costs less than to search a kind by itself
CANDIDATES = 30  # hits of a kind that are weighed; what helps is seldom further down
FEW = 8  # of a kind among those together: then it is searched alone, so that many of the other hide none
BOOST = 2.0  # of a topic, in the units of the search's score, where a good hit has 5 to 20: brings topics' own in
WORDS_SHARE = 0.5  # words count this much, topics the rest
HALF_SCORE = 10.0  # the search's score that counts half
MAIN_SHARE = 0.6  # a main topic is wide: it counts this much of a subtopic
MOST_WEIGHT = 3.0  # words said over and over make a topic no surer
DILUTION = 0.35  # a record of many topics says less about each: its share falls with their number to this power
KIND_SHARE = 0.25  # a document of the kind that the need asks for is lifted by up to this share of its score
REPEATED = 0.7  # what a practice or document before has shown already counts only this much, so that all worries appear
FLOOR = 0.25  # of the best score; what is weaker is not shown


class Candidate(NamedTuple):
    """A practice or document that may answer; the higher the rank the better."""

    rank: float
    pk: str
    known: Known


@dataclass
class Candidates:
    """All that may answer, by kind, best first, with the search that found them."""

    hits: Hits
    ranked: dict[str, list[Candidate]]

    @property
    def plan(self) -> Plan:
        """What was searched for, for reasons and excerpts."""
        return self.hits.plan

    def coverage(self, entries: Collection[PublicEntry]) -> float:
        """Return the share of the concern's words that the best of these entries answers as they stand."""
        asked = {term.word for term in self.plan.terms}
        best = 0
        for entry in entries:
            reasons = explain(searched_text(entry), self.plan)
            best = max(best, sum(1 for reason in reasons if reason.how in ("word", "joined", "synonym")))
        return best / len(asked) if asked else 0.0


def candidates(text: str, concern: Concern, *, correct: bool = True) -> Candidates:
    """Search by words, and by topics so that what no word finds is looked at too; then weigh both."""
    weights = topic_weights(concern)
    boosts = {slug: BOOST * weight for slug, weight in weights.items()}
    query = Query(
        text=text,
        boosts={"topic": boosts} if boosts else {},
        counted=False,
        limit=TOGETHER,
        of_kinds=dict.fromkeys(KINDS, CANDIDATES),
        correct=correct,
    )
    found = Candidates(search.look_up(query), {})
    for kind in KINDS:
        hits = [hit for hit in found.hits.hits if hit.id.startswith(f"{kind}:")]
        if len(hits) < FEW and found.hits.total == TOGETHER:
            hits = search.look_up(replace(query, filters={"kind": [kind]}, limit=CANDIDATES)).hits
        found.ranked[kind] = _weighed(hits, stock(kind), weights, boosts, _wanted_kinds(concern))
    return found


def topic_weights(concern: Concern) -> dict[str, float]:
    """Return the topics of a concern with what they count."""
    main = {match.key: MAIN_SHARE * min(MOST_WEIGHT, match.weight) for match in concern.topics}
    return main | {match.key: min(MOST_WEIGHT, match.weight) for match in concern.subtopics}


def _weighed(
    hits: Sequence[Hit],
    known: Mapping[str, Known],
    weights: Mapping[str, float],
    boosts: Mapping[str, float],
    kinds: Mapping[str, float],
) -> list[Candidate]:
    length = math.sqrt(sum(weight**2 for weight in weights.values())) or 1.0
    ranked = []
    for hit in hits:
        pk = hit.id.partition(":")[2]
        one = known.get(pk)
        if one is None:  # withdrawn meanwhile
            continue
        shared = [slug for slug in one.topics if slug in weights]
        by_words = max(0.0, hit.score - sum(boosts[slug] for slug in shared))
        likeness = sum(weights[slug] for slug in shared) / length / max(1, len(one.topics)) ** DILUTION
        score = WORDS_SHARE * by_words / (by_words + HALF_SCORE) + (1 - WORDS_SHARE) * likeness
        ranked.append(Candidate(score * (1 + KIND_SHARE * kinds.get(one.kind, 0.0)), pk, one))
    ranked.sort(key=lambda candidate: -candidate.rank)
    return ranked


def _wanted_kinds(concern: Concern) -> dict[str, float]:
    """Return how much the needs ask for each kind of document, from 0 to 1."""
    asked = [rule_of(need.key)["documents"] for need in concern.needs if "documents" in rule_of(need.key)]
    wanted: dict[str, float] = {}
    for kinds in asked or [rules()["documents"]]:
        for kind, share in kinds.items():
            wanted[kind] = max(share, wanted.get(kind, 0.0))
    return wanted


def strong(ranked: Sequence[Candidate], concern: Concern) -> list[Candidate]:
    """Return the best first, without those that share a word or a topic by chance: the weak ones beside the best.

    Whoever names several worries gets something on each: what only repeats topics already answered comes later.
    """
    weights = {match.key: match.weight for match in concern.topics}
    best = max((candidate.rank for candidate in ranked), default=0.0)
    left = sorted((one for one in ranked if one.rank >= best * FLOOR), key=lambda one: -one.rank)
    chosen: list[Candidate] = []
    answered: set[str] = set()
    while left and len(chosen) < SHOWN:
        pick = max(left, key=lambda one: one.rank * _newness(one.known, weights, answered))
        left.remove(pick)
        chosen.append(pick)
        answered.update(slug for slug in pick.known.topics if slug in weights)
    return chosen + left


def _newness(known: Known, weights: Mapping[str, float], answered: Collection[str]) -> float:
    """Return 1 for one on topics of the concern that are still open, down to `REPEATED` for one that repeats."""
    mine = {slug: weights[slug] for slug in known.topics if slug in weights}
    repeated = sum(weight for slug, weight in mine.items() if slug in answered)
    return 1 - (1 - REPEATED) * repeated / sum(mine.values()) if mine else REPEATED


def entries(kind: str, those: Sequence[Candidate], user: Any) -> dict[str, PublicEntry]:
    """Return what is shown of candidates, by primary key, with one query; without those this person may not see."""
    found = public_kinds.get(kind)
    return search.entries(found, [one.pk for one in those], user, brief=True) if found and those else {}


def searched_text(entry: PublicEntry) -> str:
    """Return all that reasons are looked for in."""
    return f"{entry.title}. {entry.summary} {entry.text} {entry.keywords}"
