"""Maps without a map service: the outline of the states and points on it, drawn on the server as SVG.

The list of the same places stands beside every map and is the equal way for everyone; the drawing is for the eye. Who
wants to move and zoom loads the moving map on demand (`static/core/js/map.js`), which reads the same points as JSON.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from math import cos, radians
from typing import Any

from django.conf import settings
from django.http import JsonResponse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

ATTRIBUTION = "© GeoBasis-DE / BKG 2016 (Daten verändert)"
WIDTH = 320  # units of the drawing, about 2 km each
# Equirectangular: a degree of longitude is that much shorter than one of latitude in the middle of Germany.
SHORTER = cos(radians(51.2))
LINKED_POINTS = 200  # beyond that a drawing of links helps nobody; the points become one path without links
FINER = 2  # steps in a unit of the drawing where dots lie: half a unit is a pixel or so
FLAT = 1.0  # corners whose triangle is no larger than this (in square units) are left out


@dataclass(frozen=True, kw_only=True)
class Point:
    """A place on a map. `title` is the link's text in the list ("Prüm"), `label` one line about it."""

    title: str
    url: str
    lat: float
    lon: float
    label: str = ""


@dataclass(frozen=True, kw_only=True)
class Map:
    """A map as the component `map` shows it; `points_url` answers the same points as JSON, see `points_json`."""

    title: str
    points: list[Point] = field(default_factory=list)
    points_url: str = ""
    attribution: str = ATTRIBUTION

    @property
    def svg(self) -> SafeString:
        """The drawing: land, then points from north to south, so that southern ones lie in front."""
        outline = outline_of_states()
        places = [(*outline.place(point.lat, point.lon), point) for point in self.points]
        places.sort(key=lambda place: place[1])
        if len(places) > LINKED_POINTS:
            path = _dotted((x, y) for x, y, _ in places)
            dots = format_html('<path class="dots" transform="scale({})" d="{}"/>', 1 / FINER, path)
        else:
            # Not reachable by keyboard on purpose: the same links stand in the list, where they are easier to hit.
            dots = format_html_join(
                "",
                '<a href="{}" tabindex="-1"><title>{}</title><circle class="reach" cx="{}" cy="{}" r="7"/>'
                '<circle class="point" cx="{}" cy="{}" r="3"/></a>',
                (
                    (p.url, f"{p.title}: {p.label}" if p.label else p.title, *(f"{n:.1f}" for n in (x, y, x, y)))
                    for x, y, p in places
                ),
            )
        return format_html(
            '<svg viewBox="0 0 {} {}" aria-hidden="true" focusable="false"><path class="land" d="{}"/>{}</svg>',
            WIDTH,
            outline.height,
            outline.path,
            dots,
        )


@dataclass(frozen=True)
class Outline:
    """The land as one path, and where a coordinate lies on it."""

    path: str
    height: int
    west: float
    north: float
    scale: float  # units per degree of latitude

    def place(self, lat: float, lon: float) -> tuple[float, float]:
        """Return x and y in units of the drawing."""
        return (lon - self.west) * SHORTER * self.scale, (self.north - lat) * self.scale


@lru_cache(maxsize=1)
def outline_of_states() -> Outline:
    """Return the outline of the 16 states, read and drawn once per process."""
    collection = json.loads((settings.REFERENCE_DIR / "germany-states.geojson").read_text(encoding="utf-8"))
    west, south, east, north = collection["bbox"]
    scale = WIDTH / ((east - west) * SHORTER)
    outline = Outline("", round((north - south) * scale), west, north, scale)
    rings = (_drawn([outline.place(lat, lon) for lon, lat in ring]) for ring in _rings(collection["features"]))
    return Outline("".join(rings), outline.height, west, north, scale)


def _rings(features: Iterable[dict[str, Any]]) -> Iterator[list[list[float]]]:
    for feature in features:
        if feature["properties"]["level"] != "state":
            continue
        geometry = feature["geometry"]
        parts = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
        for part in parts:
            yield from part


def _drawn(places: list[tuple[float, float]]) -> str:
    """Return a ring as a path of whole units and relative steps; nothing for islands too small to see."""
    kept: list[tuple[int, int]] = []
    for place in ((round(x), round(y)) for x, y in places):
        if kept and kept[-1] == place:
            continue
        if len(kept) > 1 and _triangle(kept[-2], kept[-1], place) <= FLAT:
            kept[-1] = place
        else:
            kept.append(place)
    if len(kept) < 4:
        return ""
    steps = [f"{b[0] - a[0]} {b[1] - a[1]}" for a, b in pairwise(kept[:-1])]
    return f"M{kept[0][0]} {kept[0][1]}l{' '.join(steps).replace(' -', '-')}z"


def _dotted(places: Iterable[tuple[float, float]]) -> str:
    """Return dots as one path of relative steps, row by row: packed half the size of where each lies by itself."""
    dots = sorted({(round(y * FINER), round(x * FINER)) for x, y in places})
    steps = (f"m{x - px} {y - py}h0".replace(" -", "-") for (py, px), (y, x) in pairwise([(0, 0), *dots]))
    return "".join(steps)


def _triangle(a: tuple[int, int], b: tuple[int, int], c: tuple[int, int]) -> float:
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2


def points_json(points: Iterable[Point]) -> JsonResponse:
    """Answer the points for the moving map: title, url, label, lat, lon."""
    rows = [
        {"title": p.title, "url": p.url, "label": p.label, "lat": round(p.lat, 4), "lon": round(p.lon, 4)}
        for p in points
    ]
    return JsonResponse({"points": rows}, json_dumps_params={"ensure_ascii": False})


@lru_cache(maxsize=1)
def outline_json() -> str:
    """Return the states as GeoJSON for the moving map, which has no tiles under it."""
    collection = json.loads((settings.REFERENCE_DIR / "germany-states.geojson").read_text(encoding="utf-8"))
    states = [
        {
            "type": "Feature",
            "properties": {"name": state["properties"]["name"]},
            "geometry": _rounded(state["geometry"]),
        }
        for state in collection["features"]
        if state["properties"]["level"] == "state"
    ]
    return json.dumps(
        {"type": "FeatureCollection", "attribution": ATTRIBUTION, "features": states},
        ensure_ascii=False,
        separators=(",", ":"),
    )


def _rounded(value: Any) -> Any:
    """Three digits are about 100 m: finer than the outline itself."""
    if isinstance(value, dict):
        return {key: _rounded(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_rounded(part) for part in value]
    return round(value, 3) if isinstance(value, float) else value
