"""Questions about towns: found by any spelling, narrowed, compared, and one's own."""

from __future__ import annotations

import math
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.http import HttpRequest
from rapidfuzz import process
from rapidfuzz.distance import OSA

from akademie.core.contributions import PublicEntry
from akademie.core.facets import Facet, FacetedList
from akademie.core.stamps import Kept
from akademie.towns.models import Location, Size, SmallTown, Town, Trend

STAMP = "staedte"
OWN_TOWN_COOKIE = "meine_stadt"
MAX_TYPED = 80  # characters of a name that are read; the longest name has 46
NEAR_NAMES = 5
MAX_FOUND = 2000


class Row(NamedTuple):
    """What is kept of each municipality in every process."""

    ags: str
    name: str
    name_alt: str
    state: str
    district: str
    postal_code: str
    population: int
    size: str
    location: str
    trend: str
    small_town: str
    pop_change_pct: float | None
    pop_50km_k: int
    km_to_city: int


def fold(text: str) -> str:
    """Return a name as it is compared: ä, ae and a are the same, and so are ß, ss and s."""
    text = unicodedata.normalize("NFD", text[:MAX_TYPED].casefold())
    text = "".join(char for char in text if not unicodedata.combining(char))
    for double, single in (("ae", "a"), ("oe", "o"), ("ue", "u"), ("ss", "s")):
        text = text.replace(double, single)
    return " ".join(re.findall(r"[^\W_]+", text))


class Register:
    """All municipalities, kept per process until the register changes."""

    def __init__(self) -> None:
        fields = [name for name in Row._fields]
        rows = (Row(*row) for row in Town.objects.order_by("-population", "ags").values_list(*fields))
        self.rows = list(rows)
        self.by_ags = {row.ags: row for row in self.rows}
        names = [f"{fold(row.name)} {fold(row.name_alt)}".rstrip() for row in self.rows]
        self.names = names
        self.text = "\n" + "\n".join(names) + "\n"
        self.starts = []
        place = 1
        for name in names:
            self.starts.append(place)
            place += len(name) + 1
        self.by_postal_code = sorted((row.postal_code, n) for n, row in enumerate(self.rows))
        self.buckets: dict[tuple[str, ...], list[Row]] = defaultdict(list)
        for row in reversed(self.rows):  # smallest first, so that bisect works
            if row.small_town:
                self.buckets[()].append(row)
                self.buckets[row.location, row.trend].append(row)

    def found(self, typed: str) -> list[str]:
        """Return the keys of the municipalities that a name, a part of it or a postal code means, best first."""
        digits = re.sub(r"\s", "", typed)
        if digits.isascii() and digits.isdigit() and 1 < len(digits) <= 5:
            first = bisect_left(self.by_postal_code, (digits, 0))
            last = bisect_right(self.by_postal_code, (digits + ":", 0))
            return [self.rows[n].ags for n in sorted(n for _code, n in self.by_postal_code[first:last])][:MAX_FOUND]
        if digits in self.by_ags:
            return [digits]
        wanted = fold(typed)
        if not wanted:
            return []
        ranked: dict[int, int] = {}
        for match in re.finditer(re.escape(wanted), self.text):
            number = bisect_right(self.starts, match.start()) - 1
            name = self.names[number]
            before = self.text[match.start() - 1]
            rank = 0 if name == wanted else 1 if before == "\n" else 2 if before == " " else 3
            if rank < ranked.get(number, 9) and (rank < 2 or len(wanted) > 2):
                ranked[number] = rank
        order = sorted(ranked, key=lambda number: (ranked[number], number))  # the number is the rank by population
        return [self.rows[number].ags for number in order[:MAX_FOUND]]

    def near(self, typed: str) -> list[Row]:
        """Return municipalities whose names are nearly what was typed."""
        wanted = fold(typed)
        if len(wanted) < 3:
            return []
        allowed = 1 if len(wanted) < 6 else 2 if len(wanted) < 12 else 3
        hits = process.extract(wanted, self.names, scorer=OSA.distance, score_cutoff=allowed, limit=50)
        return [self.rows[n] for _name, _distance, n in sorted(hits, key=lambda hit: (hit[1], hit[2]))][:NEAR_NAMES]


_register: Kept[Register] = Kept(STAMP, Register)


def register() -> Register:
    """Return the register as this process keeps it."""
    return _register.get()


def visible_to(user: Any) -> QuerySet[Town]:
    """Return the towns that a person may see: all of them."""
    return Town.objects.all()


def entries(towns: QuerySet[Town]) -> Iterable[tuple[str, PublicEntry]]:
    """Return what others show of towns, with one query."""
    for town in towns:
        yield (
            town.pk,
            PublicEntry(
                title=town.name,
                url=town.get_absolute_url(),
                summary=f"{town.kind}, {place_of(town)}, {number(town.population)} Einwohner",
                label="Städteprofil",
                towns=(town.pk,),
                text=f"{town.name_alt} {town.designation} {town.postal_code} {town.association}",
                facets={"land": (town.state,), "groesse": (town.size,)},
            ),
        )


def place_of(town: Town | Row) -> str:
    """Return district and Land; names alone are not unique."""
    district = town.district_name if isinstance(town, Town) else town.district
    return f"{district}, {town.state}"


def number(value: int) -> str:
    """Return a number as Germans write it."""
    return f"{value:,}".replace(",", ".")


# -- the list ---------------------------------------------------------------------------------------------------------
def _rows() -> Iterable[tuple[Any, ...]]:
    for row in sorted(register().rows, key=lambda row: (fold(row.name), row.ags)):
        yield row.ags, row.small_town or "keine", row.state, row.size, row.location, row.trend


_SMALL = [(*SmallTown.choices,)][0]
towns_list = FacetedList(
    STAMP,
    _rows,
    (
        Facet("kleinstadt", "Kleinstadt", lambda: [*_SMALL, ("keine", "keine Kleinstadt")]),
        Facet("land", "Land", lambda: [(state, state) for state in sorted({row.state for row in register().rows})]),
        Facet("groesse", "Einwohner", lambda: Size.choices),
        Facet("lage", "Lage (eigene Einschätzung)", lambda: Location.choices),
        Facet("entwicklung", "Entwicklung seit 2013", lambda: Trend.choices),
    ),
    {"einwohner": lambda: [row.ags for row in register().rows]},
)


# -- towns like this one ----------------------------------------------------------------------------------------------
# What likeness is made of; the sum is 1. Named in docs/wegweiser.md.
WEIGHTS = {"size": 0.4, "location": 0.2, "reach": 0.1, "trend": 0.2, "state": 0.1}
_LOCATIONS = list(Location.values)
WINDOW = 30  # candidates looked at on each side


def closeness(town: Town | Row, other: Town | Row) -> tuple[float, tuple[str, ...]]:
    """Return how alike two towns are, from 0 to 1, and why, in words about the other one."""
    size = math.exp(-1.5 * abs(math.log(max(1, town.population) / max(1, other.population))))
    apart = abs(_LOCATIONS.index(town.location) - _LOCATIONS.index(other.location))
    reach = math.exp(-abs(town.km_to_city - other.km_to_city) / 40)
    trend = 1.0 if town.trend == other.trend else 0.0
    state = 1.0 if town.state == other.state else 0.0
    score = (
        WEIGHTS["size"] * size
        + WEIGHTS["location"] * max(0.0, 1 - apart / 2)
        + WEIGHTS["reach"] * reach
        + WEIGHTS["trend"] * trend
        + WEIGHTS["state"] * state
    )
    reasons = []
    if size > 0.7:
        reasons.append(f"{number(other.population)} Einwohner, ähnlich groß")
    if not apart:
        reasons.append(f"auch {Location(other.location).label} gelegen")
    if trend and other.trend:
        reasons.append(f"Einwohnerzahl auch {Trend(other.trend).label}")
    if state:
        reasons.append(f"ebenfalls in {other.state}" if other.state != "Saarland" else "ebenfalls im Saarland")
    return score, tuple(reasons)


def similar_towns(town: Town | Row, count: int = 4) -> list[tuple[Row, tuple[str, ...]]]:
    """Return the small towns most like this one, with the reasons; looks at those of nearly its size only."""
    kept = register()
    candidates: dict[str, Row] = {}
    for bucket in (kept.buckets[()], kept.buckets[town.location, town.trend]):
        middle = bisect_left(bucket, town.population, key=lambda row: row.population)
        for row in bucket[max(0, middle - WINDOW) : middle + WINDOW]:
            candidates[row.ags] = row
    candidates.pop(town.ags, None)
    scored = [(*closeness(town, row), row) for row in candidates.values()]
    scored.sort(key=lambda one: (-one[0], one[2].ags))
    return [(row, reasons) for _score, reasons, row in scored[:count]]


def rank_in_state(town: Town | Row) -> tuple[int, int, int]:
    """Return place by population among the small towns of its Land, their number, and their median population."""
    people = sorted((r.population for r in register().buckets[()] if r.state == town.state), reverse=True)
    if not people:
        return 0, 0, 0
    place = sum(1 for value in people if value > town.population) + 1
    return place, len(people), people[len(people) // 2]


# -- one's own town ---------------------------------------------------------------------------------------------------
def own_town(request: HttpRequest) -> Town | None:
    """Return the town that the person chose to be remembered, without an account."""
    ags = request.COOKIES.get(OWN_TOWN_COOKIE, "")
    if not (ags.isascii() and ags.isdigit() and len(ags) == 8):
        return None
    return Town.objects.filter(pk=ags).first()
