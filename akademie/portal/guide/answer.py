"""The answer to a concern: practices, documents, towns, a format, a page and a next step, each with its reason."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from django.contrib.auth.models import AnonymousUser

from akademie.core.contributions import PublicEntry, PublicKind, public_kinds
from akademie.core.stamps import Kept
from akademie.formats.queries import Format, catalogue
from akademie.portal.guide.understanding import Concern, is_slip, rule_of, rules, telling, understand
from akademie.practices.models import PracticeTown
from akademie.search import queries as search
from akademie.search.engine import Correction, Plan, Reason, explain, highlight_html
from akademie.search.queries import Found
from akademie.towns.models import Town
from akademie.towns.queries import Row, closeness, register

MAX_CONCERN = 600  # characters that are read: three long sentences
SHOWN, TOWNS_SHOWN = 3, 5
CANDIDATES = 30  # hits of the search that are weighed; what helps is seldom further down
COMPARED = 8  # practices whose towns are compared with one's own
BOOST = 2.0  # of a topic, in the units of the search's score, where a good hit has 5 to 20: brings topics' own in
WORDS_SHARE = 0.5  # words count this much, topics the rest
HALF_SCORE = 12.0  # the search's score that counts half
MAIN_SHARE = 0.6  # a main topic is wide: it counts this much of a subtopic
MOST_WEIGHT = 3.0  # words said over and over make a topic no surer
DILUTION = 0.35  # a record of many topics says less about each: its share falls with their number to this power
KIND_SHARE = 0.25  # a document of the kind that the need asks for is lifted by up to this share of its score
REPEATED = 0.7  # what a practice or document before has shown already counts only this much, so that all worries appear
CLOSENESS_SHARE = 0.35  # a town like one's own lifts a practice by up to this share of its score
EVIDENCE = 1.2  # from here on, the concern is the academy's, whatever the hits say
SOME_EVIDENCE = 0.4  # the least there is when anything in the vocabulary fits
COVERAGE, FULL_COVERAGE = 0.5, 0.75  # share of the words that the best hits answer: enough with and without evidence
FLOOR = 0.25  # of the best score; what is weaker is not shown
TOPIC_FORMATS = 0.6  # a topic says less about the format than the words do

HOW = {
    "word": "„{word}“ kommt vor",
    "part": "„{word}“ steckt in „{found}“",
    "joined": "„{word}“ heißt hier „{found}“",
    "synonym": "„{word}“ heißt hier „{found}“",
    "correction": "„{word}“ gelesen als „{found}“",
}


@dataclass(frozen=True)
class Suggested:
    """One practice or document with why it is here."""

    pk: str
    entry: PublicEntry
    reasons: tuple[str, ...]
    excerpt: str = ""  # HTML, escaped, with <mark>


@dataclass(frozen=True)
class SuggestedTown:
    """A town that did it."""

    town: Row
    practice: PublicEntry
    practice_pk: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class SuggestedFormat:
    """A format that fits the need."""

    format: Format
    entry: PublicEntry
    reasons: tuple[str, ...]


@dataclass
class Answer:
    """Everything on the page, in its order."""

    concern: Concern
    town: Town | None
    practices: list[Suggested] = field(default_factory=list)
    practices_in_all: int = 0
    documents: list[Suggested] = field(default_factory=list)
    documents_in_all: int = 0
    towns: list[SuggestedTown] = field(default_factory=list)
    formats: list[SuggestedFormat] = field(default_factory=list)
    page: PublicEntry | None = None
    corrected_text: str = ""

    @property
    def is_empty(self) -> bool:
        """Nothing fits; the page says so and offers a person."""
        return not (self.practices or self.documents or self.formats or self.page)


def answer(text: str, town: Town | None = None, user: Any = None) -> Answer:
    """Answer a concern, for a town if one is given."""
    concern = understand(text)
    practices = _look_up("praxis", telling(text), concern, user, correct=True)
    meant = ""
    if practices.results.hits.corrections:
        meant = _corrected(text, practices.results.hits.corrections)
        if meant:  # spelt as the collection spells it, more words may be known
            concern = understand(meant)
        practices = _look_up("praxis", telling(meant or text), concern, user)
    documents = _look_up("bibliothek", telling(meant or text), concern, user)
    if not _is_ours(concern, practices, documents):
        return Answer(concern, town)
    result = Answer(concern, town, corrected_text=meant)
    practices.ranked = _with_towns(practices.ranked[:COMPARED])
    near = _closeness_of([hit for _rank, hit in practices.ranked], town)
    lifted = [(rank * (1 + CLOSENESS_SHARE * near[hit.pk][0]), hit) for rank, hit in practices.ranked]
    strong = _strong(lifted, concern)
    result.practices = [_suggested(found, practices.plan, concern, near[found.pk][1]) for found in strong[:SHOWN]]
    result.practices_in_all = practices.results.total
    result.towns = _towns(strong, town)
    result.documents = [_suggested(f, documents.plan, concern, ()) for f in _strong(documents.ranked, concern)[:SHOWN]]
    result.documents_in_all = documents.results.total
    result.formats = _formats(concern)
    result.page = _page(concern)
    return result


def _is_ours(concern: Concern, *look_ups: _LookUp) -> bool:
    """Tell whether a concern is the academy's: by its topics, by what the collection answers, or by both."""
    if concern.evidence >= EVIDENCE:
        return True
    enough = COVERAGE if concern.evidence >= SOME_EVIDENCE else FULL_COVERAGE
    return any(look_up.coverage() >= enough for look_up in look_ups)


def _corrected(text: str, corrections: Sequence[Correction]) -> str:
    """Return the concern with its slips put right, or an empty string when there were none.

    A concern is prose: a word that the collection has not is no slip unless it is nearly another one.
    """
    meant = text
    for correction in corrections:
        if is_slip(correction.written, correction.meant):
            meant = meant.replace(correction.written, correction.meant)
    return meant if meant != text else ""


@dataclass
class _LookUp:
    results: search.Results
    ranked: list[tuple[float, Found]]  # best first

    @property
    def plan(self) -> Plan:
        return self.results.hits.plan

    def coverage(self) -> float:
        """Return the share of the concern's words that the best of the first hits answers as they stand."""
        asked = {term.word for term in self.plan.terms}
        best = 0
        for _rank, hit in self.ranked[:SHOWN]:
            reasons = explain(_text(hit.entry), self.plan)
            best = max(best, sum(1 for reason in reasons if reason.how in ("word", "joined", "synonym")))
        return best / len(asked) if asked else 0.0


def _look_up(kind: str, text: str, concern: Concern, user: Any, *, correct: bool = False) -> _LookUp:
    """Search one kind: by words, and by topics so that what no word finds is looked at too; then weigh both."""
    weights = _weights(concern)
    boosts = {slug: BOOST * weight for slug, weight in weights.items()}
    results = search.search(
        text,
        user=user,
        filters={"kind": [kind]},
        boosts={"topic": boosts} if boosts else {},
        limit=CANDIDATES,
        correct=correct,
        brief=True,
    )
    _add_topics(results.found)
    length = math.sqrt(sum(weight**2 for weight in weights.values())) or 1.0
    ranked = []
    for hit in results.found:
        shared = [slug for slug in hit.entry.topics if slug in weights]
        by_words = max(0.0, hit.score - sum(boosts[slug] for slug in shared))
        likeness = sum(weights[slug] for slug in shared) / length / max(1, len(hit.entry.topics)) ** DILUTION
        score = WORDS_SHARE * by_words / (by_words + HALF_SCORE) + (1 - WORDS_SHARE) * likeness
        ranked.append((score * (1 + KIND_SHARE * _wanted_kind(hit.entry, concern)), hit))
    ranked.sort(key=lambda pair: -pair[0])
    return _LookUp(results, ranked)


def _add_topics(found: list[Found]) -> None:
    """Give brief entries their topics, with one query however many there are."""
    if not found or not found[0].kind.topic_lookup:
        return
    kind, lookup = found[0].kind, found[0].kind.topic_lookup
    slugs: dict[str, dict[str, None]] = defaultdict(dict)
    shown = kind.model._default_manager.filter(pk__in=[hit.pk for hit in found], **{f"{lookup}__isnull": False})
    for pk, *both in shown.order_by().values_list("pk", f"{lookup}__slug", f"{lookup}__parent__slug"):
        slugs[str(pk)] |= dict.fromkeys(slug for slug in both if slug)
    found[:] = [replace(hit, entry=replace(hit.entry, topics=tuple(slugs[hit.pk]))) for hit in found]


def _weights(concern: Concern) -> dict[str, float]:
    """Return the topics of a concern with what they count."""
    main = {match.key: MAIN_SHARE * min(MOST_WEIGHT, match.weight) for match in concern.topics}
    return main | {match.key: min(MOST_WEIGHT, match.weight) for match in concern.subtopics}


def _wanted_kind(entry: PublicEntry, concern: Concern) -> float:
    """Return how much the needs ask for this kind of document, from 0 to 1; its kind begins the label."""
    kind = entry.label.partition(",")[0]
    asked = [rule_of(need.key)["documents"] for need in concern.needs if "documents" in rule_of(need.key)]
    return max(wanted.get(kind, 0.0) for wanted in asked or [rules()["documents"]])


def _text(entry: PublicEntry) -> str:
    return f"{entry.title}. {entry.summary} {entry.text}"


def _strong(ranked: Sequence[tuple[float, Found]], concern: Concern) -> list[Found]:
    """Return the best first, without those that share a word or a topic by chance: the weak ones beside the best.

    Whoever names several worries gets something on each: what only repeats topics already answered comes later.
    """
    weights = {match.key: match.weight for match in concern.topics}
    best = max((rank for rank, _hit in ranked), default=0.0)
    left = sorted((pair for pair in ranked if pair[0] >= best * FLOOR), key=lambda pair: -pair[0])
    chosen: list[Found] = []
    answered: set[str] = set()
    while left and len(chosen) < SHOWN:
        pick = max(left, key=lambda pair: pair[0] * _newness(pair[1].entry, weights, answered))
        left.remove(pick)
        chosen.append(pick[1])
        answered.update(slug for slug in pick[1].entry.topics if slug in weights)
    return chosen + [hit for _rank, hit in left]


def _newness(entry: PublicEntry, weights: Mapping[str, float], answered: Collection[str]) -> float:
    """Return 1 for an entry on topics of the concern that are still open, down to `REPEATED` for one that repeats."""
    mine = {slug: weights[slug] for slug in entry.topics if slug in weights}
    repeated = sum(weight for slug, weight in mine.items() if slug in answered)
    return 1 - (1 - REPEATED) * repeated / sum(mine.values()) if mine else REPEATED


def _suggested(found: Found, plan: Plan, concern: Concern, near: Sequence[str]) -> Suggested:
    reasons = explain(_text(found.entry), plan)
    shared = [topic for topic in concern.topics if topic.key in found.entry.topics]
    told = [f"gleiches Thema: {', '.join(topic.title for topic in shared[:2])}"] if shared else []
    told += [_word_reason(reason) for reason in reasons if reason.how != "word"][:1] if not shared else []
    sure = [reason for reason in reasons if reason.how != "part"] or reasons
    words = list(dict.fromkeys(reason.found for reason in sure))[:3]
    if words:
        told.append("Treffer im Text: " + ", ".join(f"„{word}“" for word in words))
    told += near[:2]
    # Without a summary there is no passage to show: the rest of the text is names and keywords.
    excerpt = highlight_html(found.entry.summary, plan) if found.entry.summary else ""
    return Suggested(found.pk, found.entry, tuple(told), excerpt)


def _word_reason(reason: Reason) -> str:
    return HOW[reason.how].format(word=reason.word, found=reason.found)


def _with_towns(ranked: list[tuple[float, Found]]) -> list[tuple[float, Found]]:
    """Give brief practices their towns, with one query however many there are."""
    links = PracticeTown.objects.filter(case__in=[hit.pk for _rank, hit in ranked])
    towns: dict[str, list[str]] = defaultdict(list)
    for pk, ags in links.order_by("sort_order", "pk").values_list("case_id", "town_id"):
        towns[str(pk)].append(ags)
    return [(rank, replace(hit, entry=replace(hit.entry, towns=tuple(towns[hit.pk])))) for rank, hit in ranked]


# -- towns -----------------------------------------------------------------------------------------------------------
def _closeness_of(found: Sequence[Found], town: Town | None) -> dict[str, tuple[float, tuple[str, ...]]]:
    """Return for each practice how close its closest town is to one's own, and why."""
    if town is None:
        return {hit.pk: (0.0, ()) for hit in found}
    towns = register().by_ags
    closest: dict[str, tuple[float, tuple[str, ...]]] = {}
    for hit in found:
        pairs = [(closeness(town, towns[ags]), towns[ags]) for ags in hit.entry.towns if ags in towns]
        ((score, reasons), other) = max(pairs, key=lambda pair: pair[0][0], default=((0.0, ()), None))
        told = f"{other.name}: {', '.join(reasons[:2])}" if other and reasons else ""
        closest[hit.pk] = (score, (told,) if told else ())
    return closest


def _towns(strong: Sequence[Found], own: Town | None) -> list[SuggestedTown]:
    towns = register().by_ags
    seen: dict[str, tuple[float, SuggestedTown]] = {}
    for rank, hit in enumerate(strong):
        for ags in hit.entry.towns:
            if ags not in towns or ags in seen or (own and ags == own.pk):
                continue
            score, reasons = closeness(own, towns[ags]) if own else (0.0, ())
            told = (f"hat „{hit.entry.title}“ gemacht", *reasons[:2])
            seen[ags] = (score - rank * 0.1, SuggestedTown(towns[ags], hit.entry, hit.pk, told))
    ranked = sorted(seen.values(), key=lambda pair: -pair[0])
    return [suggested for _score, suggested in ranked[:TOWNS_SHOWN]]


# -- formats and page ------------------------------------------------------------------------------------------------
def score_formats(concern: Concern) -> list[tuple[float, Format, tuple[str, ...]]]:
    """Return the formats that the rules of `needs.toml` give for a concern, best first, with the reasons."""
    points: dict[str, float] = {}
    reasons: dict[str, list[tuple[float, str]]] = {}
    answered = [need for need in concern.needs if rule_of(need.key)["formats"]]
    weight_of_all = sum(min(2.0, need.weight) for need in answered) or 1.0
    for need in concern.needs:
        for slug, weight in rule_of(need.key)["formats"].items():
            gained = weight * min(2.0, need.weight) / weight_of_all
            points[slug] = points.get(slug, 0.0) + gained
            words = ", ".join(f"„{word}“" for word in need.words[:2])
            reasons.setdefault(slug, []).append((gained, f"{need.reason} (Ihre Worte: {words})"))
    for topic in concern.topics:
        share = topic.weight / sum(other.weight for other in concern.topics)
        for slug, weight in rules()["topics"].get(topic.key, {}).items():
            gained = weight * share * TOPIC_FORMATS
            points[slug] = points.get(slug, 0.0) + gained
            reasons.setdefault(slug, []).append((gained, f"Bewährt beim Thema {topic.title}."))
    scored = []
    for one in catalogue():
        if one.slug not in points:
            continue
        score = points[one.slug]
        for constraint in concern.constraints:
            rule = next(rule for rule in rules()["constraint"] if rule["key"] == constraint.key)
            gained = rule.get("effort", {}).get(one.effort, 0.0)
            gained += max((rule.get("mode", {}).get(mode, 0.0) for mode in one.mode), default=0.0)
            score += gained
            if gained > 0:
                reasons[one.slug].append((gained, constraint.reason))
        told = tuple(text for _gained, text in sorted(reasons[one.slug], key=lambda pair: -pair[0])[:2])
        scored.append((score, one, told))
    return sorted(scored, key=lambda row: (-row[0], row[1].slug))


def _formats(concern: Concern) -> list[SuggestedFormat]:
    best = score_formats(concern)[:SHOWN]
    entries = _everyones("formate").get() if best else {}
    return [
        SuggestedFormat(one, entries[str(one.pk)], reasons) for _score, one, reasons in best if str(one.pk) in entries
    ]


def _page(concern: Concern) -> PublicEntry | None:
    """The page of the strongest topic."""
    if not concern.topics:
        return None
    address = f"/themen/{concern.topics[0].key}/"
    return next((entry for entry in _everyones("themen").get().values() if entry.url == address), None)


@lru_cache(maxsize=4)
def _everyones(key: str) -> Kept[dict[str, PublicEntry]]:
    """Return what everybody may see of a kind that has dozens, not thousands; kept until one or a topic changes."""
    kind = public_kinds.get(key)
    return Kept(tuple(dict.fromkeys((key, "themen"))), lambda: _load_all(kind) if kind else {})


def _load_all(kind: PublicKind) -> dict[str, PublicEntry]:
    return {str(pk): entry for pk, entry in kind.entries(kind.visible_to(AnonymousUser()))}
