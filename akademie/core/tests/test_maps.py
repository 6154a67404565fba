"""Maps: the outline is small and complete, a point lies where its town lies, links and names are safe."""

import json
import re

import pytest

from akademie.core import maps
from akademie.core.maps import Map, Point

FLENSBURG, PASSAU = (54.78, 9.44), (48.57, 13.43)


def test_outline_has_all_states_and_stays_light():
    outline = maps.outline_of_states()
    assert len(outline.path) < 12_000
    assert outline.path.count("M") == outline.path.count("z")
    assert outline.path.count("M") >= 16
    assert set(re.sub(r"[\d\s-]", "", outline.path)) == {"M", "l", "z"}


def test_places_lie_inside_the_drawing_and_north_is_up():
    outline = maps.outline_of_states()
    (north_x, north_y), (south_x, south_y) = outline.place(*FLENSBURG), outline.place(*PASSAU)
    assert 0 < north_x < south_x < maps.WIDTH
    assert 0 < north_y < south_y < outline.height


def test_points_are_links_with_names_and_stay_out_of_the_keyboards_way():
    points = [
        Point(title="Passau", url="/p/", lat=PASSAU[0], lon=PASSAU[1], label='"<b>'),
        Point(title="Flensburg", url="/f/?a=1&b=2", lat=FLENSBURG[0], lon=FLENSBURG[1]),
    ]
    svg = Map(title="x", points=points).svg
    assert re.findall(r'<a href="([^"]+)" tabindex="(-1)"><title>([^<]+)</title>', svg) == [
        ("/f/?a=1&amp;b=2", "-1", "Flensburg"),
        ("/p/", "-1", "Passau: &quot;&lt;b&gt;"),
    ]


def test_very_many_points_become_one_path():
    many = [Point(title="x", url="/", lat=51.5 - n / 100, lon=10.0) for n in range(maps.LINKED_POINTS)]
    assert Map(title="x", points=many).svg.count("<a ") == maps.LINKED_POINTS
    svg = Map(title="x", points=[*many, Point(title="x", url="/", lat=PASSAU[0], lon=PASSAU[1])]).svg
    assert svg.count("<a ") == 0
    scale, path = re.search(r'class="dots" transform="scale\((.+?)\)" d="(.+?)"', svg).groups()
    steps = [(int(x), int(y)) for x, y in re.findall(r"m(-?\d+) ?(-?\d+)h0", path)]
    assert "".join(f"m{x} {y}h0" for x, y in steps).replace(" -", "-") == path
    x, y = (sum(step) * float(scale) for step in zip(*steps, strict=True))  # the southernmost is the last
    assert (x, y) == pytest.approx(maps.outline_of_states().place(*PASSAU), abs=0.26)


def test_points_in_the_same_spot_are_one_dot():
    one = Point(title="x", url="/", lat=51.0, lon=10.0)
    assert Map(title="x", points=[one] * (maps.LINKED_POINTS + 1)).svg.count("h0") == 1


def test_a_map_without_points_is_the_land():
    assert re.findall(r'class="(\w+)"', Map(title="x").svg) == ["land"]


def test_moving_map_gets_the_same_points():
    answer = json.loads(maps.points_json([Point(title="Prüm", url="/p/", lat=50.20712, lon=6.4, label="Ä")]).content)
    assert answer == {"points": [{"title": "Prüm", "url": "/p/", "label": "Ä", "lat": 50.2071, "lon": 6.4}]}


def test_outline_for_the_moving_map(client):
    answer = client.get("/karte/laender.geojson")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/geo+json")
    assert answer["Cache-Control"] == "public, max-age=604800"
    outline = json.loads(answer.content)
    assert len(outline["features"]) == 16
    assert outline["attribution"] == maps.ATTRIBUTION
    assert len(answer.content) < 100_000
