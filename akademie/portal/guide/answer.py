"""The answer to a concern: practices, documents, towns, a format, a page and a next step, each with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString

from akademie.core.contributions import PublicEntry
from akademie.formats.queries import Format, catalogue
from akademie.portal.guide.ranking import SHOWN, Candidate, Candidates, candidates, entries, strong
from akademie.portal.guide.stock import DOCUMENTS, PRACTICES, entry_at
from akademie.portal.guide.understanding import Concern, Match, is_slip, rule_of, rules, telling, understand
from akademie.search.analysis import canonical
from akademie.search.engine import Correction, Plan, Reason, explain
from akademie.search.excerpts import summary_html, title_html
from akademie.towns.models import Town
from akademie.towns.queries import Row, closeness, register

MAX_CONCERN = 600  # characters that are read: three long sentences
TOWNS_SHOWN = 5
COMPARED = 8  # practices whose towns are compared with one's own
CLOSENESS_SHARE = 0.35  # a town like one's own lifts a practice by up to this share of its score
EVIDENCE = 1.2  # from here on, the concern is the academy's, whatever the hits say
SOME_EVIDENCE = 0.4  # the least there is when anything in the vocabulary fits
COVERAGE, FULL_COVERAGE = 0.5, 0.75  # share of the words that the best hits answer: enough with and without evidence
TOPIC_FORMATS = 0.6  # a topic says less about the format than the words do
OWN = "aus Ihrer Stadt"

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

    entry: PublicEntry
    reasons: tuple[str, ...]
    title: SafeString  # with what answers marked
    excerpt: SafeString
    is_close: bool = False  # on a subtopic of the concern, or with a word of it: worth to begin with
    only_own: bool = False  # only one's own town did it: nothing to learn from others


@dataclass(frozen=True)
class SuggestedTown:
    """A town that did it."""

    town: Row
    practice: PublicEntry
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class SuggestedFormat:
    """A format that fits the need."""

    format: Format
    entry: PublicEntry
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class SuggestedPage:
    """The page of a topic, with the words that point there."""

    topic: str  # slug
    entry: PublicEntry
    words: tuple[str, ...]

    @property
    def said(self) -> str:
        """The words as they are shown."""
        return quoted(self.words)


@dataclass
class GuideAnswer:
    """Everything on the page, in its order."""

    concern: Concern
    town: Town | None
    practices: list[Suggested] = field(default_factory=list)
    documents: list[Suggested] = field(default_factory=list)
    towns: list[SuggestedTown] = field(default_factory=list)
    formats: list[SuggestedFormat] = field(default_factory=list)
    page: SuggestedPage | None = None
    money: SuggestedPage | None = None  # besides, when money is short and the page is about something else
    nearest: PublicEntry | None = None  # the topic that was named, when nothing else shows that we can answer
    corrected_text: str = ""

    @property
    def is_empty(self) -> bool:
        """Nothing fits; the page says so and offers a person."""
        return not (self.practices or self.documents or self.formats or self.page)


def answer(text: str, town: Town | None = None, user: Any = None) -> GuideAnswer:
    """Answer a concern, for a town if one is given."""
    concern, meant = understand(text), ""
    found = candidates(telling(text), concern)
    if found.hits.corrections:
        meant = _corrected(text, found.hits.corrections)
        if meant:  # spelt as the collection spells it, more words may be known
            concern = understand(meant)
        found = candidates(telling(meant or text), concern, correct=False)
    compared, documents = found.ranked[PRACTICES][:COMPARED], strong(found.ranked[DOCUMENTS], concern)[:SHOWN]
    done = entries(PRACTICES, compared, user)
    read = entries(DOCUMENTS, documents, user)
    result = GuideAnswer(concern, town, corrected_text=meant)
    if not _is_ours(concern, found, [*[done[one.pk] for one in compared[:SHOWN] if one.pk in done], *read.values()]):
        named = concern.named
        result.nearest = entry_at("themen", f"/themen/{named.key}/") if named else None
        if named is None or result.nearest is None:
            return GuideAnswer(concern, town)
        exact = named in concern.subtopics  # a main topic is too wide to show what has it
        compared = [one for one in compared if exact and named.key in one.known.topics]
        documents = [one for one in documents if exact and named.key in one.known.topics]
    near = {one.pk: _nearness(one, town) for one in compared if one.pk in done}
    lifted = [
        one._replace(rank=one.rank * (1 + CLOSENESS_SHARE * near[one.pk][0])) for one in compared if one.pk in near
    ]
    practices = strong(lifted, concern)
    result.practices = [
        _suggested(one, done[one.pk], found.plan, concern, near[one.pk][1], town) for one in practices[:SHOWN]
    ]
    result.towns = _towns(practices, done, town)
    result.documents = [_suggested(one, read[one.pk], found.plan, concern) for one in documents if one.pk in read]
    result.formats = _formats(concern)
    result.page, result.money = _pages(concern)
    return result


def _is_ours(concern: Concern, found: Candidates, best: Sequence[PublicEntry]) -> bool:
    """Tell whether a concern is the academy's: by its topics, by what the collection answers, or by both."""
    if concern.evidence >= EVIDENCE:
        return True
    return found.coverage(best) >= (COVERAGE if concern.evidence >= SOME_EVIDENCE else FULL_COVERAGE)


def _corrected(text: str, corrections: Sequence[Correction]) -> str:
    """Return the concern with its slips put right, or an empty string when there were none.

    A concern is prose: a word that the collection has not is no slip unless it is nearly another one.
    """
    meant = text
    for correction in corrections:
        if is_slip(correction.written, correction.meant):
            meant = meant.replace(correction.written, correction.meant)
    return meant if meant != text else ""


def _suggested(
    one: Candidate,
    entry: PublicEntry,
    plan: Plan,
    concern: Concern,
    near: Sequence[str] = (),
    own: Town | None = None,
) -> Suggested:
    places = _places(entry, plan)
    reasons = [reason for _place, found in places for reason in found]
    shared = [topic for topic in concern.topics if topic.key in one.known.topics]
    told = [_same([topic.title for topic in shared[:2]])] if shared else []
    told += [_word_reason(reason) for reason in reasons if reason.how != "word"][:1] if not shared else []
    told += _where(places)
    told = [*near[:1], *told, *near[1:]] if OWN in near else [*told, *near]
    below = {match.key for match in concern.subtopics}
    is_close = not below.isdisjoint(one.known.topics) or any(_tells(reason, concern) for reason in reasons)
    title, excerpt = title_html(entry, plan), summary_html(entry, plan)
    return Suggested(entry, tuple(told), title, excerpt, is_close, own is not None and one.known.towns == (own.pk,))


def _places(entry: PublicEntry, plan: Plan) -> list[tuple[str, list[Reason]]]:
    """Return the words of the concern that a record answers, by where it does first: our keywords come last."""
    texts = {"Treffer im Titel": entry.title, "Treffer im Text": entry.summary, "Treffer in den Angaben": entry.text,
             "in unseren Stichwörtern": entry.keywords}  # fmt: skip
    seen: set[str] = set()
    places = []
    for place, text in texts.items():
        found = [reason for reason in explain(text, plan) if reason.word not in seen]
        seen.update(reason.word for reason in found)
        places.append((place, found))
    return places


def _where(places: Sequence[tuple[str, Sequence[Reason]]]) -> list[str]:
    """Say where which words were found, three at most; parts of words only where nothing surer was."""
    sure = [(place, reason) for place, found in places for reason in found if reason.how != "part"]
    every = sure or [(place, reason) for place, found in places for reason in found]
    shown: dict[str, dict[str, None]] = {}
    for place, reason in every[:3]:
        shown.setdefault(place, {})[reason.found] = None
    return [f"{place}: {quoted(words)}" for place, words in shown.items()]


def _tells(reason: Reason, concern: Concern) -> bool:
    """Tell whether a word that was found says what it is about: a noun or a word of a topic, and not a mere part."""
    if reason.how == "part" and canonical(reason.word) not in canonical(reason.found):
        return False
    return reason.word[:1].isupper() or any(reason.word in match.words for match in concern.topics)


def _same(topics: Sequence[str]) -> str:
    return f"{'gleiches Thema' if len(topics) == 1 else 'gleiche Themen'} {quoted(topics)}"


def quoted(words: Iterable[str]) -> str:
    """Return words in quotation marks, for titles have commas of their own."""
    return ", ".join(f"„{word}“" for word in words)


def _word_reason(reason: Reason) -> str:
    return HOW[reason.how].format(word=reason.word, found=reason.found)


# -- towns -----------------------------------------------------------------------------------------------------------
def _nearness(one: Candidate, own: Town | None) -> tuple[float, tuple[str, ...]]:
    """Return how like one's own the closest of the other towns of a practice is, from 0 to 1, and why.

    One's own town is named, but being like itself lifts nothing.
    """
    if own is None:
        return 0.0, ()
    towns = register().by_ags
    pairs = [(closeness(own, towns[ags]), towns[ags]) for ags in one.known.towns if ags in towns and ags != own.pk]
    ((score, reasons), other) = max(pairs, key=lambda pair: pair[0][0], default=((0.0, ()), None))
    told = [OWN] if own.pk in one.known.towns else []
    told += [f"{other.name}: {', '.join(reasons[:2])}"] if other and reasons else []
    return score, tuple(told)


def _towns(practices: Sequence[Candidate], done: Mapping[str, PublicEntry], own: Town | None) -> list[SuggestedTown]:
    towns = register().by_ags
    seen: dict[str, tuple[float, SuggestedTown]] = {}
    for rank, one in enumerate(practices):
        entry = done[one.pk]
        for ags in one.known.towns:
            if ags not in towns or ags in seen or (own and ags == own.pk):
                continue
            score, reasons = closeness(own, towns[ags]) if own else (0.0, ())
            told = (f"hat „{entry.title}“ gemacht", *reasons[:2])
            seen[ags] = (score - rank * 0.1, SuggestedTown(towns[ags], entry, told))
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
            words = quoted(need.words[:2])
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
    suggested = []
    for _score, one, reasons in score_formats(concern)[:SHOWN]:
        if entry := entry_at("formate", f"/formate/{one.slug}/"):
            suggested.append(SuggestedFormat(one, entry, reasons))
    return suggested


def _pages(concern: Concern) -> tuple[SuggestedPage | None, SuggestedPage | None]:
    """Return the page of what the concern is about and, besides, that of money when it is short.

    Who says what there is no money for is helped by the page of that; who asks for funding, by that of funding.
    """
    rule = rules()["page"]
    money = next((topic for topic in concern.topics if topic.key == rule["means"]), None)
    subject = next((topic for topic in concern.topics if topic.key != rule["means"]), None)
    asked = any(match.key in rule["asked_by"] for match in concern.subtopics)
    if money and subject and asked and money.weight > subject.weight:
        subject = money
    page = _page_of(subject or money)
    return page, _page_of(money) if page and money and page.topic != money.key else None


def _page_of(topic: Match | None) -> SuggestedPage | None:
    entry = entry_at("themen", f"/themen/{topic.key}/") if topic else None
    return SuggestedPage(topic.key, entry, topic.words) if topic and entry else None
