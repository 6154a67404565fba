"""Was passt? Formats for what somebody has: time, people, towns, place, work, money and a purpose.

How it decides, with nothing learned and nothing guessed. Each wish is held against each format and comes to one of:

- **fits** (2 points, or 1 where it fits but is not made for it),
- **nearly** (0 points): possible with a compromise, which is said,
- **not**: the format is out,
- **unknown** (0 points): the figure is not documented, which is said.

The wishes:

- *Zeit*: the shortest duration must fit into the time there is. 2 points when the format fills at least half of it,
  else 1. One hour is 60 minutes, half a day 300 (as in the list's filter), a whole day 480, several days three of
  those.
- *Personen*: inside the group size 2 points; up to a fifth beyond an end nearly; else not.
- *Städte*: from two on, a format that goes digitally gets 2 points. One that only goes on site gets 1 for up to five
  towns, and nearly for six and more, since everybody has to travel.
- *Wo*: the mode must be possible. Hybrid wanted, and digital and on site both possible, but not at once: nearly.
- *Aufwand*: the class of the format may be lower (1 point), equal (2), one class higher (nearly) or more (not).
  Measured hours, from three runs on, count instead of the class that somebody has chosen: up to 8 hours is little, up
  to 24 medium, more is much.
- *Geld*: only for who has none. Measured cost counts before what editors have entered: 0 Euro is 2 points, up to 100
  Euro nearly, more not.
- *Zweck*: the same kind 2 points, another kind nearly.

An answer is a format that is out for no wish, has one compromise at most, and of which more fits than is unknown.
Three at most are shown: those without a compromise first, then by points, then what has been tried out, then what has
been run more often, then by name. With no answer the finder names the one wish without which most formats would be
left, and the format that misses least, where what is not documented counts as missed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from typing import Any

from akademie.core.stamps import Kept
from akademie.formats import measured, words
from akademie.formats.models import FormatProfile
from akademie.formats.queries import Format, catalogue
from akademie.formats.words import Effort, Kind, Maturity, Mode

SHOWN = 3
MOST_COMPROMISES = 1
HALF_DAY, WHOLE_DAY, DAYS = 300, 480, 3
TIMES = {  # value: minutes there are, in a sentence, on the form
    "stunde": (60, "in eine Stunde", "eine Stunde"),
    "halber-tag": (HALF_DAY, "in einen halben Tag", "ein halber Tag"),
    "ganzer-tag": (WHOLE_DAY, "in einen ganzen Tag", "ein ganzer Tag"),
    "mehrere-tage": (WHOLE_DAY * DAYS, "in mehrere Tage", "mehrere Tage"),
}
TOWNS = {"1": "eine Stadt", "2-5": "2 bis 5 Städte", "6": "6 Städte und mehr"}
PLACES = {Mode.DIGITAL.value: "digital", Mode.ON_SITE.value: "vor Ort", Mode.HYBRID.value: "gemischt"}
EFFORTS = {
    Effort.LOW.value: "wenig Aufwand",
    Effort.MEDIUM.value: "mittlerer Aufwand",
    Effort.HIGH.value: "viel Aufwand",
}
MONEY = {"keins": "kein Geld", "etwas": "etwas Geld"}
PURPOSES = {
    Kind.LEARNING.value: "lernen",
    Kind.EXCHANGE.value: "sich austauschen",
    Kind.CONSULTING.value: "sich beraten",
}
EFFORT_HOURS = {Effort.LOW.value: 8.0, Effort.MEDIUM.value: 24.0}  # work up to so many hours is of this class
SMALL_COST = 100  # Euro that a town hall finds without a decision
SLACK = 0.2  # so far beyond an end of the group size is a compromise


@dataclass(frozen=True)
class Wishes:
    """What somebody has and wants; None or "" leaves it open."""

    zeit: str = ""
    stunden: float | None = None  # exact hours, before `zeit`
    personen: int | None = None
    staedte: str = ""
    wo: str = ""
    aufwand: str = ""
    geld: str = ""
    zweck: str = ""

    def __bool__(self) -> bool:
        return any(getattr(self, one.name) not in (None, "") for one in fields(self))

    @property
    def minutes(self) -> int | None:
        """The time there is."""
        return round(self.stunden * 60) if self.stunden else TIMES[self.zeit][0] if self.zeit else None

    def in_words(self) -> list[str]:
        """Say every wish: ein halber Tag, 12 Personen."""
        hours = words.minutes_in_words(round(self.stunden * 60)) if self.stunden else ""
        people = "" if not self.personen else "eine Person" if self.personen == 1 else f"{self.personen} Personen"
        said = [
            hours or (TIMES[self.zeit][2] if self.zeit else ""), people, TOWNS.get(self.staedte, ""),
            PLACES.get(self.wo, ""), EFFORTS.get(self.aufwand, ""), MONEY.get(self.geld, ""),
            PURPOSES.get(self.zweck, ""),
        ]  # fmt: skip
        return [one for one in said if one]


class Fit(StrEnum):
    """How a wish and a format go together."""

    FITS = "fits"
    NEARLY = "nearly"
    NOT = "not"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Reason:
    """What one wish comes to, in words."""

    wish: str
    fit: Fit
    text: str
    points: int = 0


@dataclass(frozen=True)
class Facts:
    """A format with what its runs and its editors say of work and cost."""

    format: Format
    hours: measured.Figure | None = None
    cost: measured.Figure | None = None
    entered_minutes: int | None = None
    entered_cost: int | None = None

    @property
    def effort(self) -> str:
        """The class of the work: by measured hours from three runs on, else as somebody has chosen it."""
        if self.hours and self.hours.has_median:
            return next((key for key, most in EFFORT_HOURS.items() if self.hours.middle <= most), Effort.HIGH.value)
        return self.format.effort


@dataclass(frozen=True)
class Suggestion:
    """A format held against all wishes."""

    facts: Facts
    reasons: tuple[Reason, ...] = field(default=())

    @property
    def format(self) -> Format:
        """The format itself."""
        return self.facts.format

    def of(self, *fits: Fit) -> list[Reason]:
        """Return the reasons of these sorts."""
        return [one for one in self.reasons if one.fit in fits]

    @property
    def good(self) -> list[Reason]:
        """What speaks for it."""
        return self.of(Fit.FITS)

    @property
    def doubts(self) -> list[Reason]:
        """What speaks against it, and what nobody knows."""
        return [*self.of(Fit.NOT), *self.of(Fit.NEARLY), *self.of(Fit.UNKNOWN)]

    @property
    def more(self) -> str:
        """What is known of the work although nobody asked for it, "" where a reason has said it."""
        said = any(one.wish == "aufwand" for one in self.reasons)
        return "" if said or not self.facts.hours else _sentence(work_in_words(self.facts))

    @property
    def is_answer(self) -> bool:
        """Whether it is out for no wish, takes no more than one compromise and fits in more than nobody knows."""
        compromises, unknown = len(self.of(Fit.NEARLY)), len(self.of(Fit.UNKNOWN))
        return not self.of(Fit.NOT) and compromises <= MOST_COMPROMISES and len(self.good) + compromises > unknown

    @property
    def rank(self) -> tuple[Any, ...]:
        """What it is sorted by, the best first."""
        tried = self.format.maturity == Maturity.TRIED
        runs = self.facts.hours.count if self.facts.hours else 0
        points = sum(one.points for one in self.reasons)
        return (
            len(self.of(Fit.NOT)), len(self.of(Fit.NEARLY)), -points, not tried, -runs, self.format.name.casefold(),
        )  # fmt: skip


def _missed(one: Suggestion) -> tuple[Any, ...]:
    return len(one.of(Fit.NOT, Fit.UNKNOWN)), *one.rank


@dataclass(frozen=True)
class Answer:
    """What the finder says to some wishes."""

    wishes: Wishes
    suggestions: tuple[Suggestion, ...]  # three at most
    loosen: str = ""  # without answers: the wish to give up, as `WISHES` names it
    then: int = 0  # how many formats would fit without it
    nearest: Suggestion | None = None

    @property
    def loosened(self) -> Wishes:
        """The wishes without the one to give up."""
        return without(self.wishes, self.loosen)


# -- one wish and one format ------------------------------------------------------------------------------------------
def _time(wishes: Wishes, facts: Facts) -> Reason | None:
    there = wishes.minutes
    if there is None:
        return None
    one = facts.format
    low, high = one.duration_min or one.duration_max, one.duration_max or one.duration_min
    if low is None or high is None:
        return Reason("zeit", Fit.UNKNOWN, "Die Dauer ist nicht dokumentiert.")
    into = f"in {words.minutes_in_words(there)}" if wishes.stunden else TIMES[wishes.zeit][1]
    if low > there:
        return Reason("zeit", Fit.NOT, f"braucht mehr Zeit: ab {words.minutes_in_words(low)}")
    lasts = f"dauert {words.duration_in_words(one.duration_min, one.duration_max)}"
    if high > there:
        return Reason("zeit", Fit.FITS, f"{lasts}, die kurze Fassung passt {into}", 2)
    if high * 2 < there:
        return Reason("zeit", Fit.FITS, f"{lasts}, das passt leicht {into}", 1)
    return Reason("zeit", Fit.FITS, f"{lasts}, das passt {into}", 2)


def _people(wishes: Wishes, facts: Facts) -> Reason | None:
    count = wishes.personen
    if count is None:
        return None
    low, high = facts.format.group_min, facts.format.group_max
    if low is None and high is None:
        return Reason("personen", Fit.UNKNOWN, "Die Größe der Gruppe ist nicht dokumentiert.")
    least, most = low or 1, high or 9999
    size = words.people_in_words(low, high)
    you = "Sie sind allein" if count == 1 else f"Sie sind {words.number(count)}"
    if least <= count <= most:
        return Reason("personen", Fit.FITS, f"für {size}, {you}", 2)
    if most == 1:
        return Reason("personen", Fit.NOT, "ist für eine Person allein gemacht")
    if count < least:
        near = count >= least * (1 - SLACK)
        what = f"braucht {'eigentlich ' if near else ''}mehr Leute: ab {words.number(least)}"
    else:
        near = count <= most * (1 + SLACK)
        what = f"ist {'eigentlich ' if near else ''}für kleinere Gruppen: bis {words.number(most)}"
    return Reason("personen", Fit.NEARLY if near else Fit.NOT, what)


def _towns(wishes: Wishes, facts: Facts) -> Reason | None:
    if wishes.staedte in ("", "1"):
        return None
    modes = facts.format.mode
    if not modes:
        return Reason("staedte", Fit.UNKNOWN, "Wo es stattfindet, ist nicht dokumentiert.")
    if Mode.DIGITAL in modes or Mode.HYBRID in modes:
        who = "niemand muss" if Mode.DIGITAL in modes else "nicht alle müssen"
        how = "digital" if Mode.DIGITAL in modes else "hybrid"
        return Reason("staedte", Fit.FITS, f"geht {how}, {who} reisen", 2)
    if wishes.staedte == "2-5":
        return Reason("staedte", Fit.FITS, "findet vor Ort statt, wenige Städte müssen anreisen", 1)
    return Reason("staedte", Fit.NEARLY, "findet nur vor Ort statt: Die meisten müssen anreisen")


def _place(wishes: Wishes, facts: Facts) -> Reason | None:
    if not wishes.wo:
        return None
    modes = facts.format.mode
    if not modes:
        return Reason("wo", Fit.UNKNOWN, "Wo es stattfindet, ist nicht dokumentiert.")
    if wishes.wo in modes:
        return Reason("wo", Fit.FITS, f"geht {Mode(wishes.wo).label}", 2)
    only = words.or_list([str(Mode(mode).label) for mode in modes])
    if wishes.wo == Mode.HYBRID and len(modes) > 1:
        return Reason("wo", Fit.NEARLY, f"geht {only}, beides zugleich ist nicht beschrieben")
    if Mode.HYBRID in modes and Mode.DIGITAL not in modes and wishes.wo == Mode.DIGITAL:
        return Reason("wo", Fit.NEARLY, "geht nur zum Teil digital")
    return Reason("wo", Fit.NOT, f"geht nur {only}")


def _effort(wishes: Wishes, facts: Facts) -> Reason | None:
    if not wishes.aufwand:
        return None
    known = work_in_words(facts)
    if not facts.effort:
        return Reason("aufwand", Fit.UNKNOWN, known or "Der Aufwand ist nicht dokumentiert.")
    steps = Effort.values.index(facts.effort) - Effort.values.index(wishes.aufwand)
    label = f"{Effort(facts.effort).label}er Aufwand" if facts.effort != Effort.HIGH else "hoher Aufwand"
    text = f"{known}: {label}" if facts.hours and facts.hours.has_median else "; ".join(filter(None, (label, known)))
    if steps <= 0:
        return Reason("aufwand", Fit.FITS, text, 1 if steps else 2)
    return Reason("aufwand", Fit.NEARLY if steps == 1 else Fit.NOT, f"mehr als gewünscht: {text}")


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def work_in_words(facts: Facts) -> str:
    """Say what is known of the hours of work: measured, else as the editors have entered them, else ""."""
    if facts.hours:
        return f"gemessen: {facts.hours.middle_in_words} Arbeit, {facts.hours.source}"
    if facts.entered_minutes:
        return f"angegeben: {words.minutes_in_words(facts.entered_minutes)} Arbeit der Geschäftsstelle"
    return ""


def _money(wishes: Wishes, facts: Facts) -> Reason | None:
    if wishes.geld != "keins":
        return None
    if facts.cost:
        euro, source = facts.cost.middle, f"gemessen, {facts.cost.source}"
    elif facts.entered_cost is not None:
        euro, source = float(facts.entered_cost), "angegeben"
    else:
        return Reason("geld", Fit.UNKNOWN, "Die Kosten sind nicht dokumentiert.")
    if euro == 0:
        return Reason("geld", Fit.FITS, f"kostet nichts ({source})", 2)
    return Reason(
        "geld", Fit.NEARLY if euro <= SMALL_COST else Fit.NOT, f"kostet {words.number(round(euro))} Euro ({source})"
    )


def _purpose(wishes: Wishes, facts: Facts) -> Reason | None:
    if not wishes.zweck:
        return None
    made_for = Kind(facts.format.kind)
    if made_for == wishes.zweck:
        return Reason("zweck", Fit.FITS, f"ist zum {_VERBS[made_for]} da", 2)
    return Reason("zweck", Fit.NEARLY, f"ist eher zum {_VERBS[made_for]} da")


_VERBS = {Kind.LEARNING: "Lernen", Kind.EXCHANGE: "Austauschen", Kind.CONSULTING: "Beraten"}
_JUDGES: dict[str, Callable[[Wishes, Facts], Reason | None]] = {
    "zeit": _time, "personen": _people, "staedte": _towns, "wo": _place, "aufwand": _effort, "geld": _money,
    "zweck": _purpose,
}  # fmt: skip
# The wishes in the order of the form, and how a sentence names each.
WISHES = {
    "zeit": "die Zeit", "personen": "die Zahl der Personen", "staedte": "die Zahl der Städte", "wo": "den Ort",
    "aufwand": "den Aufwand", "geld": "das Geld", "zweck": "den Zweck",
}  # fmt: skip


def without(wishes: Wishes, wish: str) -> Wishes:
    """Return wishes with one left open."""
    if not wish:
        return wishes
    left_open: dict[str, Any] = {"zeit": "", "stunden": None} if wish == "zeit" else {wish: getattr(Wishes(), wish)}
    return replace(wishes, **left_open)


# -- all formats ------------------------------------------------------------------------------------------------------
def _entered() -> dict[int, tuple[int | None, int | None]]:
    rows = FormatProfile.objects.published().values_list("pk", "office_minutes", "cost_eur")
    return {pk: (minutes, cost) for pk, minutes, cost in rows}


_kept: Kept[dict[int, tuple[int | None, int | None]]] = Kept(measured.STAMP, _entered)


def _facts() -> Iterator[Facts]:
    entered, figures = _kept.get(), measured.everything()
    for one in catalogue():
        found = figures.get(one.pk, measured.Measured())
        minutes, cost = entered.get(one.pk, (None, None))
        yield Facts(one, found.hours, found.cost, minutes, cost)


def judge(wishes: Wishes, facts: Facts) -> Suggestion:
    """Hold one format against all wishes."""
    found = (decide(wishes, facts) for decide in _JUDGES.values())
    return Suggestion(facts, tuple(one for one in found if one))


def find(wishes: Wishes) -> Answer:
    """Return what fits, by the rules that the module names; deterministic, whatever the order of the database."""
    everything = list(_facts())
    judged = sorted((judge(wishes, one) for one in everything), key=lambda one: one.rank)
    fitting = tuple(one for one in judged if one.is_answer)
    if fitting or not judged:
        return Answer(wishes, fitting[:SHOWN])
    without_one = {
        wish: sum(judge(without(wishes, wish), one).is_answer for one in everything)
        for wish in WISHES
        if without(wishes, wish) != wishes
    }
    loosen = max(without_one, key=lambda wish: without_one[wish], default="")
    then = without_one.get(loosen, 0)
    return Answer(wishes, (), loosen if then else "", then, min(judged, key=_missed))
