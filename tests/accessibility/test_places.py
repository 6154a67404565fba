"""No public page is forgotten by the tests of this folder."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.urls import URLResolver, get_resolver, resolve

from tests.accessibility.places import NO_PAGES, PLACES


def public_routes(resolver: Any = None, prefix: str = "") -> Iterator[str]:
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from public_routes(pattern, route)
        elif getattr(pattern.callback, "access", "") == "public" and not f"/{route}".startswith(
            settings.BACK_OFFICE_PREFIX
        ):
            yield route


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
    }  # fmt: skip
    assert sorted(visited_routes() - walked - same_template) == []


def test_names_are_clear() -> None:
    names = [place.name for place in PLACES]
    assert [name for name in names if names.count(name) > 1] == []
