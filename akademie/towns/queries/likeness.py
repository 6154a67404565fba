"""Towns like this one: how alike two are, why, and where one stands among its like."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from typing import NamedTuple

from akademie.core.stamps import Kept
from akademie.towns.models import Location, Size, Town, Trend
from akademie.towns.queries.register import STAMP, Row, number, register

# What likeness is made of; the sum is 1. Size comes first: staff and budget go with it. Explained in docs/wegweiser.md.
WEIGHTS = {"size": 0.4, "location": 0.2, "reach": 0.1, "trend": 0.2, "state": 0.1}
WINDOW = 24  # candidates looked at on each side of a town's own size
IN_STATE = {"Saarland": "im Saarland"}
_STEPS = {value: step for step, value in enumerate(Location.values)}


def closeness(town: Town | Row, other: Town | Row) -> tuple[float, tuple[str, ...]]:
    """Return how alike two towns are, from 0 to 1, and why, in words about the other one."""
    return _score(town, other), _reasons(town, other)


def _size(town: Town | Row, other: Town | Row) -> float:
    one, two = max(1, town.population), max(1, other.population)
    return (one / two if one < two else two / one) ** 1.5


def _score(town: Town | Row, other: Town | Row) -> float:
    apart = abs(_STEPS[town.location] - _STEPS[other.location])
    return (
        WEIGHTS["size"] * _size(town, other)
        + WEIGHTS["location"] * max(0.0, 1 - apart / 2)
        + WEIGHTS["reach"] * math.exp(-abs(town.km_to_city - other.km_to_city) / 40)
        + WEIGHTS["trend"] * (town.trend == other.trend)
        + WEIGHTS["state"] * (town.state == other.state)
    )


def _reasons(town: Town | Row, other: Town | Row) -> tuple[str, ...]:
    reasons = []
    if _size(town, other) > 0.7:
        reasons.append(f"{number(other.population)} Einwohner, ähnlich groß")
    if town.location == other.location:
        reasons.append(f"auch {Location(other.location).label} gelegen")
    if other.trend and town.trend == other.trend:
        reasons.append(f"Einwohnerzahl auch {Trend(other.trend).label}")
    if town.state == other.state:
        reasons.append(f"ebenfalls {IN_STATE.get(other.state, f'in {other.state}')}")
    return tuple(reasons)


def _small_by_size() -> dict[tuple[str, ...], list[Row]]:
    """Small towns, smallest first: all of them, and those of the same location and trend."""
    buckets: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in reversed(list(register().small_towns())):
        buckets[()].append(row)
        buckets[row.location, row.trend].append(row)
    return buckets


_buckets: Kept[dict[tuple[str, ...], list[Row]]] = Kept(STAMP, _small_by_size)


def similar_towns(town: Town | Row, count: int = 4) -> list[tuple[Row, tuple[str, ...]]]:
    """Return the small towns most like this one, with the reasons; looks at those of nearly its size only."""
    buckets = _buckets.get()
    candidates: dict[str, Row] = {}
    for key in ((), (town.location, town.trend)):
        bucket = buckets.get(key, [])
        middle = bisect_left(bucket, town.population, key=lambda row: row.population)
        for row in bucket[max(0, middle - WINDOW) : middle + WINDOW]:
            candidates[row.ags] = row
    candidates.pop(town.ags, None)
    nearest = sorted(candidates.values(), key=lambda row: (-_score(town, row), row.ags))[:count]
    return [(row, _reasons(town, row)) for row in nearest]


# -- where a town stands ----------------------------------------------------------------------------------------------
# Upper limits of the classes (they belong to the class), with their labels; the last class is open.
CHANGES = (
    (-10.0, "bis −10"),
    (-5.0, "bis −5"),
    (0.0, "bis 0"),
    (5.0, "bis 5"),
    (10.0, "bis 10"),
    (math.inf, "über 10"),
)
DISTANCES = ((20.0, "bis 20"), (40.0, "bis 40"), (60.0, "bis 60"), (80.0, "bis 80"), (math.inf, "über 80"))


class Standing(NamedTuple):
    """How a figure spreads over a group of municipalities, and in which class the town itself is."""

    rows: tuple[tuple[str, int], ...]  # class and number of municipalities
    own: str  # label of the town's own class; empty when its figure is unknown


class Group(NamedTuple):
    """The municipalities that a town is compared with."""

    name: str
    members: int
    change: tuple[tuple[str, int], ...]
    distance: tuple[tuple[str, int], ...]
    median_change: float


def _class_of(value: float, classes: tuple[tuple[float, str], ...]) -> str:
    return next(label for limit, label in classes if value <= limit)


def _spread(values: list[float], classes: tuple[tuple[float, str], ...]) -> tuple[tuple[str, int], ...]:
    counts = {label: 0 for _limit, label in classes}
    for value in values:
        counts[_class_of(value, classes)] += 1
    return tuple(counts.items())


def _groups() -> dict[tuple[str, bool], Group]:
    members: dict[tuple[str, bool], list[Row]] = defaultdict(list)
    for row in register().rows:
        members[row.size, False].append(row)
        if row.small_town:
            members[row.size, True].append(row)
    groups = {}
    for (size, small), rows in members.items():
        changes = sorted(float(row.pop_change_pct) for row in rows if row.pop_change_pct is not None)
        groups[size, small] = Group(
            name=f"{'Kleinstädte' if small else 'Städte und Gemeinden'} mit {Size(size).label} Einwohnern",
            members=len(rows),
            change=_spread(changes, CHANGES),
            distance=_spread([float(row.km_to_city) for row in rows], DISTANCES),
            median_change=changes[len(changes) // 2] if changes else 0.0,
        )
    return groups


_kept_groups: Kept[dict[tuple[str, bool], Group]] = Kept(STAMP, _groups)


def group_of(town: Town | Row) -> Group | None:
    """Return the municipalities of the same size class: small towns for a small town, all others for the others."""
    return _kept_groups.get().get((town.size, bool(town.small_town)))


def standing_of(town: Town | Row, group: Group) -> tuple[Standing, Standing]:
    """Return where a town stands in its group by development and by distance to the next city."""
    change = _class_of(float(town.pop_change_pct), CHANGES) if town.pop_change_pct is not None else ""
    distance = _class_of(float(town.km_to_city), DISTANCES)
    return Standing(group.change, change), Standing(group.distance, distance)


def _people_by_state() -> dict[str, list[int]]:
    people: dict[str, list[int]] = defaultdict(list)
    for row in register().small_towns():
        people[row.state].append(row.population)
    return people


_kept_people: Kept[dict[str, list[int]]] = Kept(STAMP, _people_by_state)


def rank_in_state(town: Town | Row) -> tuple[int, int, int]:
    """Return place by population among the small towns of its Land, their number, and their median population."""
    people = _kept_people.get().get(town.state, [])
    if not people:
        return 0, 0, 0
    return sum(1 for value in people if value > town.population) + 1, len(people), people[len(people) // 2]
