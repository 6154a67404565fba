"""The gallery shows every component, and a browser finds nothing to complain about."""

import re
from pathlib import Path

import pytest

from akademie.core.components import COMPONENTS


def test_the_gallery_shows_every_component():
    source = (Path(__file__).parent.parent / "templates/core/gallery.html").read_text(encoding="utf-8")
    assert set(COMPONENTS) - set(re.findall(r'{% ui "(\w+)"', source)) == set()


@pytest.mark.django_db
def test_the_gallery_is_open_and_not_for_search_engines(client):
    answer = client.get("/bausteine/")
    assert answer.status_code == 200
    assert re.findall('<meta name="robots" content="(.*?)">', answer.content.decode()) == ["noindex"]


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_map_moves_on_demand_and_is_not_loaded_before(visit):
    asked = []
    visit.page.on("request", lambda request: asked.append(request.url))
    page = visit.go("/bausteine/")
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if "leaflet" in url] == []
    page.get_by_role("button", name="Karte bewegen und vergrößern").click()
    page.locator(".ak-map__moving path.point").nth(1).click()
    assert page.locator(".leaflet-popup a").first.inner_text() in ("Prüm", "Zwönitz")
    assert (visit.outside, visit.trouble) == (set(), [])


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_menu_of_the_phone_works_without_javascript(visiting, site):
    page = visiting(script=False, width=390).go("/bausteine/")
    menu = page.get_by_role("navigation", name="Hauptnavigation")
    assert menu.is_hidden()
    page.get_by_role("button", name="Menü").click()
    menu.get_by_role("link", name="Formate").click()
    assert page.url == f"{site.url}/formate/"
