"""What a Steckbrief says, in the reader's words: one description for the page, its print, the PDF and the table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe

from akademie.core.components import card_html
from akademie.core.embedding import Embedded, EmbeddedPart
from akademie.formats import words
from akademie.formats.words import FIELDS, NOT_DOCUMENTED, Effort, Kind, Maturity, Mode, Origin

if TYPE_CHECKING:
    from akademie.formats.models import FormatProfile

FIGURES = ("duration_minutes", "group_size", "effort", "mode")  # what stands on the index card
DENSE = 1500  # characters from which the page is printed in smaller type, so that it stays one
TIMELINE = 1000  # width of the drawn timeline, in units of its own
NARROW = 60  # a narrower part has no room for its number


@dataclass(frozen=True)
class Fact:
    """One field: a text or a list, and where it comes from ("" when that is not known)."""

    key: str
    label: str
    text: str = NOT_DOCUMENTED
    items: tuple[str, ...] = ()
    origin: str = ""

    @property
    def known(self) -> bool:
        """Whether there is anything to say."""
        return bool(self.items) or self.text != NOT_DOCUMENTED

    @property
    def mark(self) -> str:
        """The origin as a mark and a word, never colour alone; nothing when it is not known."""
        return MARKS[self.origin]


MARKS = {
    "": "",
    Origin.SOURCED.value: mark_safe('<span class="ak-origin ak-origin--belegt">belegt</span>'),
    Origin.PROPOSED.value: mark_safe('<span class="ak-origin ak-origin--vorschlag">Vorschlag</span>'),
}


@dataclass(frozen=True)
class Step:
    """A step, and its part of the drawn timeline (`x` and `width` of TIMELINE; 0 when it has no fixed time)."""

    number: int
    title: str
    minutes: int
    x: int = 0
    width: int = 0

    @property
    def time(self) -> str:
        """Its time in words."""
        return f"{self.minutes} Min." if self.minutes else "ohne feste Zeit"

    @property
    def middle(self) -> int:
        """Where its number stands in the drawing."""
        return self.x + self.width // 2

    @property
    def odd(self) -> bool:
        """Neighbours in the drawing differ in tone."""
        return self.number % 2 == 1

    @property
    def has_room(self) -> bool:
        """Whether its part is wide enough for its number."""
        return self.width >= NARROW


@dataclass(frozen=True)
class Sheet:
    """A whole Steckbrief."""

    slug: str
    name: str
    url: str
    facts: dict[str, Fact]  # all fields, by the data's name
    figures: list[Fact]  # the four that stand on the card
    steps: list[Step]
    sources: list[str]
    sourced: list[str]
    proposed: list[str]
    own_idea: bool
    inter3: str
    as_of: str  # day of the last change
    topics: Sequence[tuple[str, str]] = ()  # slug and name
    variant_of: str = ""  # the name of the format that it was made from

    @property
    def outcome(self) -> list[Fact]:
        """What comes of it, and how that was learned."""
        return [self.facts[key] for key in ("result", "tips", "piloted")]

    @property
    def needs(self) -> list[Fact]:
        """Who and what it takes."""
        return [self.facts[key] for key in ("target_groups", "roles", "tools")]

    @property
    def origins_in_words(self) -> str:
        """What is sourced and what is proposed, in one or two sentences."""
        if self.variant_of:
            return f"Variante von „{self.variant_of}“, von einer Stadt angepasst."
        if self.own_idea:
            return "Das ganze Format ist ein Vorschlag der Akademie."
        proposed = f" Vorschlag der Akademie: {', '.join(self.proposed)}." if self.proposed else ""
        return f"Belegt: {', '.join(self.sourced)}.{proposed}"

    @property
    def letters(self) -> int:
        """How much text there is, in characters."""
        texts = [one.text for one in self.facts.values()] + [item for one in self.facts.values() for item in one.items]
        return sum(map(len, [*texts, *self.sources, *(step.title for step in self.steps)]))

    @property
    def dense(self) -> bool:
        """Whether there is so much text that the printed page needs the smaller type."""
        return self.letters > DENSE

    @property
    def minutes(self) -> int:
        """All steps together."""
        return sum(step.minutes for step in self.steps)

    @property
    def minutes_in_words(self) -> str:
        """All steps together, in words; empty when none has a fixed time."""
        return words.minutes_in_words(self.minutes) if self.minutes else ""


def origin_of(profile: FormatProfile, key: str) -> str:
    """Return where a field comes from, "" when that is not known."""
    if key in profile.sourced_fields:
        return Origin.SOURCED.value
    return Origin.PROPOSED.value if key in profile.proposed_fields else ""


def maturity_in_words(profile: FormatProfile) -> str:
    """Return how far the format has come and where it was tried, "" when that is not known."""
    if profile.maturity == Maturity.UNKNOWN or profile.maturity not in Maturity.values:
        return ""
    label = str(Maturity(profile.maturity).label)
    return f"{label}: {profile.piloted_where}" if profile.piloted_where else label


def fact(profile: FormatProfile, key: str) -> Fact:
    """Return one field (not the steps), named as in the data, in words. What is not documented has no origin."""
    if key in ("target_groups", "roles", "tools"):
        found = Fact(key, FIELDS[key], items=tuple(getattr(profile, key)))
    else:
        found = Fact(key, FIELDS[key], text_of(profile, key) or NOT_DOCUMENTED)
    return replace(found, origin=origin_of(profile, key)) if found.known else found


def text_of(profile: FormatProfile, key: str) -> str:
    """Return one field in words, "" when it is not documented."""
    match key:
        case "kind":
            return str(Kind(profile.kind).label) if profile.kind in Kind.values else ""
        case "mode":
            return words.or_list([str(label) for mode, label in Mode.choices if mode in profile.mode])
        case "duration_minutes":
            return words.duration_in_words(profile.duration_min, profile.duration_max)
        case "group_size":
            return words.people_in_words(profile.group_min, profile.group_max)
        case "effort":
            return str(Effort(profile.effort).label) if profile.effort in Effort.values else ""
        case "piloted":
            return maturity_in_words(profile)
        case _:
            return str(getattr(profile, key))


def steps_of(profile: FormatProfile) -> list[Step]:
    """Return the steps with their parts of the timeline, which together fill it exactly."""
    rows = list(profile.steps.all())
    whole = sum(row.minutes or 0 for row in rows)
    steps, so_far = [], 0
    for number, row in enumerate(rows, start=1):
        start = so_far * TIMELINE // whole if whole else 0
        so_far += row.minutes or 0
        end = so_far * TIMELINE // whole if whole else 0
        steps.append(Step(number, row.title, row.minutes or 0, start, end - start))
    return steps


def figures_of(profile: FormatProfile) -> list[Fact]:
    """Return the four figures: time, people, work, place."""
    return [fact(profile, key) for key in FIGURES]


def card_of(profile: FormatProfile) -> SafeString:
    """Draw the index card of a format; needs neither its steps nor its long texts."""
    figures = [(figure.label, figure.text) for figure in figures_of(profile)]
    return card_html(profile.name, profile.get_absolute_url(), profile.purpose, fact(profile, "kind").text, figures)


def sheet_of(profile: FormatProfile, topics: Sequence[tuple[str, str]] = ()) -> Sheet:
    """Describe a format, saved or not. Asks for its steps; `topics` are given by who shows them."""
    steps = steps_of(profile)
    how = Fact("steps", FIELDS["steps"], words.steps_in_words(len(steps)) or NOT_DOCUMENTED)
    how = replace(how, origin=origin_of(profile, "steps")) if how.known else how
    facts = {key: how if key == "steps" else fact(profile, key) for key in FIELDS}
    return Sheet(
        slug=profile.slug,
        name=profile.name,
        url=profile.get_absolute_url() if profile.slug else "",
        facts=facts,
        figures=[facts[key] for key in FIGURES],
        steps=steps,
        sources=profile.sources,
        sourced=[one.label for one in facts.values() if one.origin == Origin.SOURCED],
        proposed=[one.label for one in facts.values() if one.origin == Origin.PROPOSED],
        own_idea=not profile.sourced,
        inter3=profile.get_inter3_list_display(),
        as_of=date_format(profile.last_published_at or timezone.now(), "j. F Y"),
        topics=topics,
        variant_of=profile.origin.name if profile.origin and not profile.sourced else "",
    )


def embedded_of(sheet: Sheet) -> Embedded:
    """Return what other websites show of a Steckbrief: what it is, how it runs, what comes of it."""
    steps = tuple(f"{step.title} ({step.time})" for step in sheet.steps)
    return Embedded(
        title=sheet.name,
        path=sheet.url,
        label=f"Format · {sheet.facts['kind'].text}",
        summary=sheet.facts["purpose"].text,
        figures=tuple((fact.label, fact.text) for fact in sheet.figures),
        parts=(
            EmbeddedPart("So läuft es", text="" if steps else NOT_DOCUMENTED, items=steps, in_order=True),
            *(EmbeddedPart(one.label, text="" if one.items else one.text, items=one.items)
              for one in (sheet.facts["result"], sheet.facts["target_groups"]) if one.known),
        ),
        as_of=sheet.as_of,
    )  # fmt: skip
