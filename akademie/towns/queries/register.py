"""All municipalities as each process keeps them: found by any spelling of a name, by postal code or key."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from akademie.core.stamps import Kept
from akademie.towns.models import (
    FigureSource,
    Town,
    district_in_words,
    has_town_rights,
    people_per_km2,
    place_in_words,
)

STAMP = "staedte"
MAX_TYPED = 80  # characters of a name that are read; the longest name has 36
NEAR_NAMES = 5
MAX_FOUND = 2000
# What people put around a name; the name decides.
SMALL_WORDS = frozenset(
    ["stadt", "hansestadt", "kreisstadt", "gemeinde", "markt", "flecken", "kreis", "landkreis", "land"]
)
STROKES = str.maketrans({"ł": "l", "ø": "o", "đ": "d"})  # letters that do not fall into letter and accent


class Row(NamedTuple):
    """What is kept of each municipality; answers the same questions as a Town."""

    ags: str
    ars: str
    name: str
    name_alt: str
    designation: str
    kind: str
    state: str
    district: str
    district_kind: str
    association: str
    association_kind: str
    postal_code: str
    population: int
    area_km2: Decimal
    size: str
    location: str
    trend: str
    bbsr_type: str
    small_town: str
    pop_change_pct: Decimal | None
    pop_50km_k: int
    km_to_city: int
    lat: float
    lon: float
    left_register: bool

    @property
    def pk(self) -> str:
        """The key, as a model has it."""
        return self.ags

    @property
    def url(self) -> str:
        """Address of the profile."""
        return f"/staedte/{self.ags}/"

    def get_absolute_url(self) -> str:
        """Address of the profile, by the name that models have for it."""
        return self.url

    @property
    def has_town_rights(self) -> bool:
        """Whether it is a Stadt in law."""
        return has_town_rights(self.kind)

    @property
    def district_name(self) -> str:
        """The district with its kind."""
        return district_in_words(self.district, self.district_kind)

    @property
    def place(self) -> str:
        """District and Land; names alone are not unique."""
        return place_in_words(self.name, self.district_name, self.state)

    @property
    def people_per_km2(self) -> int:
        """Inhabitants per square kilometre."""
        return people_per_km2(self.population, self.area_km2)


def fold(text: str) -> str:
    """Return a name as it is compared: ä, ae and a are the same, and so are ß, ss and s, St. and Sankt."""
    text = unicodedata.normalize("NFKD", text[:MAX_TYPED].casefold()).translate(STROKES)
    text = "".join(char for char in text if not unicodedata.combining(char))
    for double, single in (("ae", "a"), ("oe", "o"), ("ue", "u"), ("ss", "s")):
        text = text.replace(double, single)
    return re.sub(r"\bst (?=\w)", "sankt ", " ".join(re.findall(r"[^\W_]+", text)))


class Register:
    """All municipalities, largest first, kept per process until the register changes."""

    def __init__(self) -> None:
        towns = Town.objects.in_register().order_by("-population", "ags").values_list(*Row._fields)
        same: dict[Any, Any] = {}  # one object for each text that many rows share: a third of the memory
        self.rows = [Row(*(same.setdefault(value, value) for value in row)) for row in towns.iterator()]
        self.by_ags = {row.ags: row for row in self.rows}
        self.sources = {source.key: source for source in FigureSource.objects.order_by("key")}
        # Each name is a line, its second name after a tab: one search finds the parts of all.
        self.names = [fold(row.name) for row in self.rows]
        lines = [
            f"{name}\t{fold(row.name_alt)}" if row.name_alt else name
            for name, row in zip(self.names, self.rows, strict=True)
        ]
        self.text = "\n" + "\n".join(lines) + "\n"
        self.starts = []
        place = 1
        for line in lines:
            self.starts.append(place)
            place += len(line) + 1
        self.by_postal_code = sorted((row.postal_code, n) for n, row in enumerate(self.rows))

    def find(self, typed: str) -> list[Row]:
        """Return the municipalities that a name, a part of it, a postal code or a key means, best first.

        Exact names come before beginnings, beginnings before parts, larger ones before smaller ones.
        """
        number = re.sub(r"[\s.]", "", typed[:MAX_TYPED])
        if number.isascii() and number.isdigit():
            return self._by_number(number)
        wanted = fold(typed)
        return self._by_name(wanted, typed) or self._by_words(wanted) if wanted else []

    def _by_number(self, number: str) -> list[Row]:
        if row := self.by_ags.get(key_of(number)):
            return [row]
        if not 1 < len(number) <= 5:
            return []
        first = bisect_left(self.by_postal_code, (number, 0))
        last = bisect_right(self.by_postal_code, (number + ":", 0))
        return [self.rows[n] for n in sorted(n for _code, n in self.by_postal_code[first:last])][:MAX_FOUND]

    def _by_name(self, wanted: str, typed: str) -> list[Row]:
        ranked: dict[int, int] = {}
        anywhere = len(wanted) > 2  # one or two letters are a beginning, or half of Germany is found
        for number, match in self._lines_with(wanted, begins=not anywhere):
            before, after = self.text[match.end() - len(wanted) - 1], self.text[match.end()]
            begins = before in "\n\t"
            rank = (1 if after in "\n\t" else 2) if begins else (3 if before == " " else 4)
            ranked[number] = min(rank, ranked.get(number, 9))
        as_typed = " ".join(typed.casefold().split())
        for number, rank in ranked.items():
            if rank == 1 and self.rows[number].name.casefold() == as_typed:  # Münster is not Munster
                ranked[number] = 0
        order = sorted(ranked, key=lambda number: (ranked[number], number))  # rows stand by population
        return [self.rows[number] for number in order[:MAX_FOUND]]

    def _by_words(self, wanted: str) -> list[Row]:
        """Names with all words typed, district and Land helping: "Mölln Lauenburg"."""
        words = [word for word in wanted.split() if word not in SMALL_WORDS]
        if not words or len(words) > 6:
            return []
        found = []
        for number in sorted({number for word in words for number, _match in self._lines_with(word)}):
            row, name = self.rows[number], self.names[number]
            around = f"{name} {fold(row.name_alt)} {fold(row.district)} {fold(row.state)}"
            if all(word in around for word in words):
                found.append((0 if name in words else 1, row))
        return [row for _rank, row in sorted(found, key=lambda pair: pair[0])][:MAX_FOUND]

    def _lines_with(self, wanted: str, *, begins: bool = False) -> Iterator[tuple[int, re.Match[str]]]:
        """Yield the number of each municipality with this text in its names, once for each place of it."""
        for match in re.finditer(("[\n\t]" if begins else "") + re.escape(wanted), self.text):
            yield bisect_right(self.starts, match.end() - 1) - 1, match

    def near(self, typed: str) -> list[Row]:
        """Return municipalities whose names (or postal codes) are nearly what was typed; the last resort."""
        wanted = fold(typed)
        if wanted.isdigit():
            return next((rows[:NEAR_NAMES] for end in (4, 3, 2) if (rows := self._by_number(wanted[:end]))), [])
        if len(wanted) < 3:
            return []
        allowed = 1 if len(wanted) < 6 else 2 if len(wanted) < 12 else 3
        hits = process.extract(wanted, self.names, scorer=OSA.distance, score_cutoff=allowed, limit=50)
        return [self.rows[n] for _name, _distance, n in sorted(hits, key=lambda hit: (hit[1], hit[2]))][:NEAR_NAMES]

    def small_towns(self) -> Iterable[Row]:
        """The municipalities that count as small towns."""
        return (row for row in self.rows if row.small_town)


def key_of(number: str) -> str:
    """Return the AGS that a number of 8 digits, of 7 (its zero lost) or of 12 (an ARS) means; others as they are."""
    if len(number) == 7:
        return f"0{number}"
    return number[:5] + number[9:] if len(number) == 12 else number


_register: Kept[Register] = Kept(STAMP, Register)


def register() -> Register:
    """Return the register as this process keeps it."""
    return _register.get()


def number(value: int) -> str:
    """Return a number as Germans write it."""
    return f"{value:,}".replace(",", ".")


def place_of(town: Town | Row) -> str:
    """Return district and Land; names alone are not unique."""
    return town.place
