"""A town's silhouette: a small skyline drawn from its data and its key, always the same for the same town.

Houses by size, a tower only with town rights, hills for remote places, water where the name tells of it, trees where it
is rural, stepped gables in the north-east and hipped roofs in the south. Windows are lit by the town's activity in the
academy, never by its trend. Decorative: the name always stands beside it. One path per colour keeps it below 2 kB.
"""

from __future__ import annotations

import math
import random
import re
from functools import lru_cache
from typing import Protocol

from django.utils.safestring import SafeString, mark_safe

from akademie.towns.models import TOWN_KINDS

HEIGHT = 64
LEAST_HOUSES, MOST_HOUSES = 3, 10
MOST_LIT = 8
WATER = re.compile(
    r"see\b|see[^l]|bad\b|ostsee|nordsee|\ban der|\bam (main|rhein|inn)|\b(elbe|müritz|mosel|donau)|hafen", re.I
)
HILLS = re.compile(r"berg|burg|harz|rhön|alb\b|tal\b|fels|stein", re.I)
NORTH_EAST = ("Mecklenburg-Vorpommern", "Brandenburg", "Schleswig-Holstein", "Hamburg", "Berlin", "Sachsen-Anhalt")
SOUTH = ("Bayern", "Baden-Württemberg")
REMOTE = ("peripheral", "very peripheral")


class Drawable(Protocol):
    """What a silhouette is drawn from."""

    ags: str
    name: str
    kind: str
    state: str
    population: int
    location: str


def silhouette(town: Drawable, activity: int = 0) -> SafeString:
    """Return the silhouette as SVG; `activity` is the number of the town's public things in the academy."""
    lit = min(MOST_LIT, activity)
    return _draw(
        town.ags, town.name, town.kind in TOWN_KINDS, town.state, town.population, town.location in REMOTE, lit
    )


@lru_cache(maxsize=4096)
def _draw(ags: str, name: str, town: bool, state: str, people: int, remote: bool, lit: int) -> SafeString:
    return mark_safe(_Skyline(ags, name, town, state, people, remote, lit).svg())


class _Skyline:
    """The drawing while it grows from left to right."""

    def __init__(self, ags: str, name: str, town: bool, state: str, people: int, remote: bool, lit: int) -> None:
        self.dice = random.Random(f"{ags}")  # noqa: S311  a drawing, not a secret
        self.state, self.remote, self.lit = state, remote, lit
        self.paths: dict[str, list[str]] = {}
        self.windows: list[tuple[float, float]] = []
        self.x = 7.0
        houses = max(LEAST_HOUSES, min(MOST_HOUSES, round(math.log10(max(people, 100)) * 3.6 - 7.5)))
        tower_at = self.dice.randrange(1, houses) if town else -1
        for number in range(houses):
            if number == tower_at:
                self._tower(people)
            self._house(number)
            if self.dice.random() < (0.4 if remote else 0.18):
                self._tree()
        self.width = round(self.x + 7)
        self._ground(name)

    def _add(self, kind: str, path: str) -> None:
        self.paths.setdefault(kind, []).append(path)

    def _house(self, number: int) -> None:
        width, wall, roof = self.dice.choice((12, 14, 16, 20)), self.dice.randint(13, 22), self.dice.randint(8, 12)
        shape = self.dice.choice(("gable", "gable", *self._regional(), "eaves"))
        half = width / 2
        if shape == "gable":
            top = f"l{half:g}-{roof}l{half:g} {roof}"
        elif shape == "steps":
            step = round(width / 6, 1)
            top = f"h{step}v-4h{step}v-4h{width - 4 * step:g}v4h{step}v4h{step}"
        elif shape == "hip":
            top = f"l4-{roof - 2}h{width - 8}l4 {roof - 2}"
        else:
            top = f"l2-{roof - 4}h{width - 4}l2 {roof - 4}"
        self._add(f"h{number % 3}", f"M{self.x:g} {HEIGHT}v-{wall}{top}v{wall}z")
        columns = 2 if width < 16 else 3
        gap = width / (columns + 1)
        for floor in range(1 if wall < 17 else 2):
            for column in range(columns):
                x = self.x + gap * (column + 1) - 1.1
                self.windows.append((round(x, 1), HEIGHT - wall + 3.5 + floor * 7.5))
        self.x += width + self.dice.choice((0, 0, 1, 2.5))

    def _regional(self) -> tuple[str, str]:
        if self.state in NORTH_EAST:
            return "steps", "gable"
        return ("hip", "hip") if self.state in SOUTH else ("hip", "gable")

    def _tower(self, people: int) -> None:
        body, spire = self.dice.randint(26, 32), self.dice.randint(14, 20) + (3 if people > 9_000 else 0)
        if self.state in SOUTH and self.dice.random() < 0.5:  # an onion dome
            top = f"c-2-5 0-7 3-8l2.5-{spire - 10}l2.5 {spire - 10}c3 1 5 3 3 8"
        else:
            top = f"l5.5-{spire}l5.5 {spire}"
        self._add("tower", f"M{self.x:g} {HEIGHT}v-{body}{top}v{body}z")
        self.windows.append((round(self.x + 4.4, 1), HEIGHT - body + 6))
        self.x += 12.5

    def _tree(self) -> None:
        height = self.dice.randint(9, 13)
        self._add("trunk", f"M{self.x + 3.3:g} {HEIGHT}v-{height}h1.4v{height}z")
        self._add("tree", f"M{self.x + 4:g} {HEIGHT - height - 8}a4.6 4.6 0 1 1-.1 0z")
        self.x += 9

    def _ground(self, name: str) -> None:
        end = self.width
        if HILLS.search(name) or (self.remote and self.dice.random() < 0.6):
            peak = self.dice.randint(18, 28)
            middle = self.dice.randint(end // 4, end // 2)
            self._add("hill", f"M0 {HEIGHT}Q{middle} {HEIGHT - 2 * peak} {end} {HEIGHT}z")
        if WATER.search(name):
            self._add("water", f"M0 {HEIGHT - 3}q6-3 12 0t12 0 12 0 12 0 12 0V{HEIGHT}H0z")

    def svg(self) -> str:
        """Return the drawing, what lies behind first."""
        order = ("hill", "h0", "h1", "h2", "tower", "trunk", "tree", "water")
        parts = [f'<path class="{kind}" d="{"".join(self.paths[kind])}"/>' for kind in order if kind in self.paths]
        bright = set(self.dice.sample(self.windows, min(self.lit, len(self.windows))))
        for kind in ("pane", "lit"):
            panes = "".join(
                f"M{x:g} {y:g}h2.2v3h-2.2z" for x, y in self.windows if ((x, y) in bright) == (kind == "lit")
            )
            if panes:
                parts.append(f'<path class="{kind}" d="{panes}"/>')
        return (
            f'<svg class="silhouette" viewBox="0 0 {self.width} {HEIGHT}" width="{self.width * 2}" '
            f'height="{HEIGHT * 2}" '
            f'aria-hidden="true" focusable="false">{"".join(parts)}</svg>'
        )


def horizon(towns: list[Drawable]) -> SafeString:
    """Return a row of silhouettes for the foot of a page's head."""
    return mark_safe("".join(silhouette(town, 1) for town in towns))
