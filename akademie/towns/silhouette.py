"""A town's silhouette: a small skyline drawn from its data and its key, always the same for the same town.

Houses by size, a tower only with town rights; hills for remote places and hilly names, a castle where the name tells of
one, water where it tells of a river, a lake or the sea, trees where it is rural. Stepped gables in the north-east,
timber frames in the middle, onion domes in the south, windmills in the flat north. Windows are lit by the town's
activity in the academy, never by its trend. Decorative: the name always stands beside it. One path per colour and whole
numbers keep it below 2 kB; colours come from the style sheet.
"""

from __future__ import annotations

import math
import random
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Protocol

from django.utils.safestring import SafeString, mark_safe

from akademie.towns.models import has_town_rights

HEIGHT, LEAST_WIDTH = 64, 168  # a hamlet stays small in its landscape
LEAST_HOUSES, MOST_HOUSES = 3, 10
LIT_PER_THING, MOST_LIT = 2, 12
WATER = re.compile(
    r"see\b|see[/( ]|seebad|ostsee|nordsee|hafen|haff\b|bodden|ufer|müritz|hallig|insel|furt\b"
    r"|\b(?:a[nm]|[ia]\.) ?(?:der |d\. ?)?(?:elbe|oder|saale|elster|havel|spree|weser|werra|fulda|rhein|main"
    r"|neckar|donau|inn|isar|lech|mosel|lahn|sieg|ruhr|ems|aller|leine|unstrut|mulde|peene)"
    r"|/(?:elbe|oder|havel|spree|saale|weser|müritz|ruhr|sieg|saar|dosse|mulde)",
    re.IGNORECASE,
)
SAILING = re.compile(r"see\b|see[/( ]|seebad|ostsee|nordsee|hafen|haff\b|müritz|bodden|insel", re.IGNORECASE)
HILLS = re.compile(
    r"berg|burg|fels|stein|harz|rhön|erzgeb|wald\b|schwarzwald|alb\b|taunus|eifel|hunsrück|oberland|allgäu",
    re.IGNORECASE,
)
CASTLE = re.compile(r"burg\b|burg[ /(]|fels\b|stein\b|schloss|schloß", re.IGNORECASE)
SPA = re.compile(r"^bad |\bkur|bad$", re.IGNORECASE)
STEPS = ("Mecklenburg-Vorpommern", "Schleswig-Holstein", "Hamburg", "Bremen", "Brandenburg", "Berlin")
TIMBER = ("Hessen", "Niedersachsen", "Sachsen-Anhalt", "Thüringen", "Nordrhein-Westfalen", "Rheinland-Pfalz")
DOMES = ("Bayern", "Baden-Württemberg", "Sachsen")
FLAT = ("Schleswig-Holstein", "Niedersachsen", "Mecklenburg-Vorpommern", "Brandenburg")
REMOTE = ("peripheral", "very peripheral")
LAYERS = ("hill", "tower", "h0", "h1", "h2", "trunk", "tree", "water", "pane", "lit")


class Drawable(Protocol):
    """What a silhouette is drawn from."""

    @property
    def ags(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def designation(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def population(self) -> int: ...
    @property
    def location(self) -> str: ...


def silhouette(town: Drawable, activity: int = 0) -> SafeString:
    """Return the silhouette as SVG; `activity` is the number of the town's public things in the academy."""
    lit = min(MOST_LIT, LIT_PER_THING * activity)
    name = f"{town.name} {town.designation}".strip()
    rights, remote = has_town_rights(town.kind), town.location in REMOTE
    return _draw(town.ags, name, rights, town.state, town.population, remote, lit)


@lru_cache(maxsize=4096)
def _draw(ags: str, name: str, rights: bool, state: str, people: int, remote: bool, lit: int) -> SafeString:
    return mark_safe(_Skyline(ags, name, rights, state, people, remote).svg(lit))  # numbers only


class _Skyline:
    """The drawing while it grows from left to right."""

    def __init__(self, ags: str, name: str, rights: bool, state: str, people: int, remote: bool) -> None:
        self.dice = random.Random(ags)  # noqa: S311  a drawing, not a secret
        self.state, self.name, self.remote = state, name, remote
        self.paths: dict[str, list[str]] = {}
        self.windows: list[tuple[int, int]] = []
        self.x = 8
        self._town(rights, people)
        if SAILING.search(name):
            self._boat()
        margin = max(0, LEAST_WIDTH - self.x - 6) // 2
        self.left, self.width = -margin, self.x + 6 + 2 * margin
        self._land()
        if WATER.search(name):
            self._water()

    def _add(self, layer: str, path: str) -> None:
        self.paths.setdefault(layer, []).append(path)

    def _town(self, rights: bool, people: int) -> None:
        houses = max(LEAST_HOUSES, min(MOST_HOUSES, round(math.log10(max(people, 100)) * 4 - 8.5)))
        tower_at = self.dice.randrange(1, houses) if rights else -1
        second_at = (tower_at + houses // 2) % houses if rights and people >= 15_000 else -1
        mill = self.state in FLAT and not rights and self.dice.random() < 0.3
        trees = 0.42 if self.remote or SPA.search(self.name) else 0.2
        for number in range(houses):
            if number == tower_at:
                self._tower(tall=True)
            elif number == second_at and number:
                self._tower(tall=False)
            self._house(number)
            if self.dice.random() < trees:
                self._tree()
        if mill:
            self._mill()
        if SPA.search(self.name):
            self._tree()

    def _house(self, number: int) -> None:
        width, wall, roof = self.dice.choice((12, 14, 16, 19)), self.dice.randint(13, 22), self.dice.randint(8, 12)
        wall_layer = f"h{number % 2}"
        style = self.dice.choice(self._styles())
        half, x, eaves = width // 2, self.x, HEIGHT - wall
        if style == "steps":
            step = width // 6
            rest = width - 4 * step
            top = f"h{step}v-4h{step}v-4h{rest}v4h{step}v4h{step}"
        elif style in ("gable", "timber"):
            top = f"l{half}-{roof}l{half} {roof}"
        else:
            top = f"h{width}"
            slope = 3 if style == "eaves" else 5
            self._add("h2", f"M{x - 1} {eaves}l{slope}-{roof - 3}h{width + 2 - 2 * slope}l{slope} {roof - 3}z")
            if self.dice.random() < 0.5:
                self._add("h2", f"M{x + width - 6} {eaves - roof + 3}v-3h2v3z")
        self._add(wall_layer, f"M{x} {HEIGHT}v-{wall}{top}v{wall}z")
        if style == "timber":
            run, rise = half - 2, roof - 3
            self._add(
                "pane", f"M{x + half} {eaves - rise}l{run} {rise}h-1l-{run - 1}-{rise - 1}-{run - 1} {rise - 1}h-1z"
            )
        columns = 2 if width < 16 else 3
        gap = (width - 2 * columns) / (columns + 1)
        for floor in range(1 if wall < 18 else 2):
            for column in range(columns):
                self.windows.append((x + round(gap + column * (gap + 2)), eaves + 4 + floor * 8))
        self.x += width + self.dice.choice((0, 0, 1, 2))

    def _styles(self) -> tuple[str, ...]:
        if self.state in STEPS:
            return ("gable", "gable", "steps", "eaves")
        if self.state in TIMBER:
            return ("timber", "gable", "eaves", "hip")
        return ("gable", "gable", "eaves", "hip")

    def _tower(self, *, tall: bool) -> None:
        body = self.dice.randint(28, 34) if tall else self.dice.randint(24, 28)
        spire = self.dice.randint(15, 20) if tall else 12
        if self.state in DOMES and self.dice.random() < 0.6:
            top = f"c-3-4-1-7 3-8l2-{spire - 9} 1 0 2 {spire - 9}c4 1 6 4 3 8"
        else:
            top = f"h-1l6.5-{spire} 6.5 {spire}h-1"
        self._add("tower", f"M{self.x} {HEIGHT}v-{body}{top}v{body}z")
        self.windows.append((self.x + 4, HEIGHT - body + 5))
        self.x += 12

    def _mill(self) -> None:
        x, hub = self.x + 9, HEIGHT - 26
        self._add("h2", f"M{x - 6} {HEIGHT}l3-24 3-4 3 4 3 24z")
        self._add("tower", f"M{x - 10} {hub - 11}l2-1 18 22-2 1zM{x + 10} {hub - 11}l-2-1-18 22 2 1z")
        self.x += 20

    def _tree(self) -> None:
        height = self.dice.randint(7, 12)
        self._add("trunk", f"M{self.x + 4} {HEIGHT}v-{height}h1v{height}z")
        if self.remote and HILLS.search(self.name):  # a spruce
            self._add("tree", f"M{self.x} {HEIGHT - 4}l4.5-{height + 8} 4.5 {height + 8}z")
        else:
            self._add("tree", f"M{self.x + 4} {HEIGHT - height - 7}a5 5 0 1 1-.1 0z")
        self.x += 9

    def _land(self) -> None:
        hilly = HILLS.search(self.name)
        if not hilly and not (self.remote and self.state not in FLAT and self.dice.random() < 0.5):
            return
        peak, middle = self.dice.randint(22, 30), self.left + self.dice.randint(self.width // 3, self.width * 2 // 3)
        self._add("hill", f"M{self.left} {HEIGHT}Q{middle} {HEIGHT - 2 * peak} {self.left + self.width} {HEIGHT}z")
        if CASTLE.search(self.name):
            x = (middle + self.left + self.width // 2) // 2 - 8
            self._add("tower", f"M{x} {HEIGHT - peak + 9}v-14h2v2h2v-2h2v2h2v-9h2v2h2v-2h2v21z")

    def _water(self) -> None:
        waves = "t14 0" * (self.width // 14)
        self._add("water", f"M{self.left} {HEIGHT - 4}q7-4 14 0{waves}V{HEIGHT}H{self.left}z")

    def _boat(self) -> None:
        self._add("h2", f"M{self.x + 2} {HEIGHT - 7}h14l-3 4h-8z")
        self._add("tower", f"M{self.x + 8} {HEIGHT - 8}v-15l8 15zM{self.x + 7} {HEIGHT - 8}v-11l-5 11z")
        self.x += 18

    def svg(self, lit: int) -> str:
        """Return the drawing, what lies behind first."""
        bright = set(self.dice.sample(self.windows, min(lit, len(self.windows))))
        for x, y in self.windows:
            self._add("lit" if (x, y) in bright else "pane", f"M{x} {y}h2v3h-2z")
        parts = [f'<path class="{layer}" d="{"".join(self.paths[layer])}"/>' for layer in LAYERS if layer in self.paths]
        return (
            f'<svg class="silhouette" viewBox="{self.left} 0 {self.width} {HEIGHT}" width="{self.width * 2}" '
            f'height="{HEIGHT * 2}" aria-hidden="true" focusable="false">{"".join(parts)}</svg>'
        )


def horizon(towns: Iterable[Drawable], activity: int = 1) -> SafeString:
    """Return a row of silhouettes, about twelve make a street."""
    return mark_safe("".join(silhouette(town, activity) for town in towns))  # drawn above
