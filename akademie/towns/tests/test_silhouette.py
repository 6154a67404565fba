"""Every municipality has its own small skyline, light, always the same, and made of classes only."""

import re
from xml.etree import ElementTree

import pytest

from akademie.towns.actions import SOURCE
from akademie.towns.reading import read_municipalities
from akademie.towns.silhouette import LAYERS, MOST_LIT, _draw, horizon, silhouette
from akademie.towns.tests.factories import TownFactory


@pytest.fixture(scope="module")
def all_towns():
    return read_municipalities(SOURCE, 10_753)


@pytest.mark.slow
def test_every_silhouette_is_below_two_kilobytes_and_well_formed(all_towns):
    drawn = {town.ags: silhouette(town, 99) for town in all_towns}
    assert [ags for ags, svg in drawn.items() if len(svg.encode()) >= 2000] == []
    classes = {mark.get("class") for svg in drawn.values() for mark in ElementTree.fromstring(svg)}
    assert classes <= set(LAYERS)
    assert [ags for ags, svg in drawn.items() if "style" in svg or "<script" in svg] == []


@pytest.mark.slow
def test_silhouettes_tell_towns_apart(all_towns):
    drawn = [silhouette(town) for town in all_towns if town.small_town]
    assert len(set(drawn)) == len(drawn)


def test_the_same_town_is_always_drawn_the_same():
    town = TownFactory.build(ags="12070424", name="Wittenberge")
    first = silhouette(town, 3)
    _draw.cache_clear()
    assert silhouette(town, 3) == first


def layers(svg: str) -> list[str]:
    return re.findall(r'class="(\w+)" d', svg)


@pytest.mark.parametrize(
    ("kind", "towers"), [("Stadt", True), ("Große Kreisstadt", True), ("Gemeinde", False), ("Markt", False)]
)
def test_only_town_rights_give_a_tower(kind, towers):
    town = TownFactory.build(name="Prüm", kind=kind, state="Rheinland-Pfalz")
    assert ("tower" in layers(silhouette(town))) is towers


@pytest.mark.parametrize(
    ("name", "water"),
    [("Röbel/Müritz", True), ("Laucha an der Unstrut", True), ("Dießen am Ammersee", True), ("Boizenburg/Elbe", True),
     ("Zwönitz", False), ("Seesen", False), ("Wittenberge", False)],
)  # fmt: skip
def test_water_where_the_name_tells_of_it(name, water):
    assert ("water" in layers(silhouette(TownFactory.build(name=name)))) is water


def test_hills_where_the_name_tells_of_them():
    assert "hill" in layers(silhouette(TownFactory.build(name="Schneeberg", location="central")))


def lit(svg: str) -> int:
    found = re.search(r'class="lit" d="([^"]*)"', svg)
    return found[1].count("M") if found else 0


def test_windows_are_lit_by_activity_and_never_by_trend():
    town = TownFactory.build(ags="12070424", population=17_000)
    assert [lit(silhouette(town, activity)) for activity in (0, 1, 2, 99)] == [0, 2, 4, MOST_LIT]
    shrinking = TownFactory.build(ags="12070424", population=17_000, trend="shrinking", pop_change_pct=-20)
    assert silhouette(shrinking, 1) == silhouette(town, 1)


def test_larger_towns_have_more_houses():
    def houses(people: int) -> int:
        town = TownFactory.build(ags="12070424", population=people, kind="Gemeinde", location="central")
        return len(re.findall(r"M\d+ 64v", silhouette(town)))

    assert houses(7) < houses(3_000) < houses(18_000)


def test_silhouettes_are_for_the_eye_only():
    svg = silhouette(TownFactory.build())
    assert 'aria-hidden="true" focusable="false"' in svg
    assert "<title" not in svg


def test_a_name_cannot_write_into_the_drawing():
    assert "<b>" not in silhouette(TownFactory.build(name='<b>"Burg"</b> am See'))


def test_a_horizon_is_a_row():
    towns = TownFactory.build_batch(12)
    assert horizon(towns) == "".join(silhouette(town, 1) for town in towns)
