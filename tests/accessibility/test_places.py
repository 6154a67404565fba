"""No public page is forgotten by the tests of this folder."""

import json
from pathlib import Path

from django.urls import resolve

from akademie.accessibility.test_run import FIELDS, public_routes, read_run
from tests.accessibility.last_run import gathered
from tests.accessibility.places import NO_PAGES, PLACES


def visited_routes() -> set[str]:
    """Routes of all places; a place that is reached by a link of a mail names its route itself."""
    routes = {resolve(place.path.partition("?")[0]).route for place in PLACES}
    return routes | {"anmelden/<str:token>/"}


def test_every_public_page_is_visited() -> None:
    assert sorted(set(public_routes()) - visited_routes() - NO_PAGES.keys()) == []


def test_what_is_left_out_exists() -> None:
    assert sorted(NO_PAGES.keys() - set(public_routes())) == []


def test_every_page_is_walked_by_keyboard_in_one_state_at_least() -> None:
    walked = {resolve(place.path.partition("?")[0]).route for place in PLACES if place.keyboard}
    same_template = {
        "austausch/frage/bestaetigen/<str:token>/", "austausch/frage/gesendet/", "barriere-melden/danke/",
        "aktuelles/<slug:slug>/", "anmelden/<str:token>/",
        "datenschutz/", "barrierefreiheit/", "leichte-sprache/", "gebaerdensprache/", "datenquellen/",
        "nutzungsbedingungen/", "hausregeln/",
        "einbetten/<slug:kind>/<slug:slug>/", "<slug:kind>/<slug:slug>/einbetten.html",  # on pages of others
    }  # fmt: skip
    assert sorted(visited_routes() - walked - same_template) == []


def test_names_are_clear() -> None:
    names = [place.name for place in PLACES]
    assert [name for name in names if names.count(name) > 1] == []


def findings(folder: Path, found: dict[str, list[str]]) -> None:
    for number, place in enumerate(PLACES):
        says = {"place": place.name, "found": found.get(place.name, []), "browser": "130.0"}
        (folder / f"{number}.json").write_text(json.dumps(says))


def test_a_whole_run_becomes_what_the_statement_reads(tmp_path: Path) -> None:
    first, second = PLACES[0].name, PLACES[1].name
    line = "color-contrast (serious): ['p'] <p>"
    findings(tmp_path, {first: [line, f"dark: {line}", "400 px wide at 320 x 640"], second: [line]})
    says = gathered(tmp_path, visited_routes(), "2027-03-01")
    assert says is not None
    assert says.keys() == FIELDS
    assert says["violations"] == {"color-contrast": 2, "reflow": 1}
    path = tmp_path / "last_run.txt"
    path.write_text(json.dumps(says))
    run = read_run(path)
    assert run is not None
    assert (run.states, run.new_pages()) == (len(PLACES), [])


def test_a_part_of_the_places_is_no_run(tmp_path: Path) -> None:
    findings(tmp_path, {})
    (tmp_path / "0.json").unlink()
    assert gathered(tmp_path, visited_routes(), "2027-03-01") is None
