"""The gallery shows every component, and a browser finds nothing to complain about."""

import os
import re
from itertools import product
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import sync_playwright

from akademie.core.components import COMPONENTS

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
AXE = Path(settings.BUILD_DIR) / "axe" / "axe.min.js"


def test_the_gallery_shows_every_component():
    source = (Path(__file__).parent.parent / "templates/core/gallery.html").read_text(encoding="utf-8")
    assert set(COMPONENTS) - set(re.findall(r'{% ui "(\w+)"', source)) == set()


@pytest.mark.django_db
def test_the_gallery_is_open_and_not_for_search_engines(client):
    answer = client.get("/bausteine/")
    assert answer.status_code == 200
    assert re.findall('<meta name="robots" content="(.*?)">', answer.content.decode()) == ["noindex"]


@pytest.fixture
def browser(monkeypatch):
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright keeps a loop in this thread
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_axe_finds_nothing_in_any_theme_at_any_width(live_server, browser):
    found = []
    for theme, width, address in product(("light", "dark"), (1280, 320), ("/bausteine/", "/gibt-es/nicht/")):
        with browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=theme, bypass_csp=True
        ) as context:
            page = context.new_page()
            page.goto(live_server.url + address)
            page.add_script_tag(content=AXE.read_text(encoding="utf-8"))
            found += page.evaluate(
                """tags => axe.run(document, {runOnly: tags})
                    .then(result => result.violations.map(found => `${found.id}: ${found.nodes[0].html}`))""",
                TAGS,
            )
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                found.append(f"{address} is wider than {width}")
    assert found == []


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_page_obeys_its_policy_and_the_map_moves_on_demand(live_server, browser):
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    trouble, asked = [], []
    page.on("console", lambda message: trouble.append(message.text))
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{live_server.url}/bausteine/", wait_until="networkidle")
    assert [url for url in asked if "leaflet" in url or not url.startswith(live_server.url)] == []
    page.get_by_role("button", name="Karte bewegen und vergrößern").click()
    page.locator(".ak-map__moving path.point").nth(1).click()
    assert page.locator(".leaflet-popup a").first.inner_text() in ("Prüm", "Zwönitz")
    assert [url for url in asked if not url.startswith(live_server.url)] == []
    assert trouble == []


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_menu_of_the_phone_works_without_javascript(live_server, browser):
    page = browser.new_context(viewport={"width": 390, "height": 800}, java_script_enabled=False).new_page()
    page.goto(f"{live_server.url}/bausteine/")
    menu = page.get_by_role("navigation", name="Hauptnavigation")
    assert menu.is_hidden()
    page.get_by_role("button", name="Menü").click()
    menu.get_by_role("link", name="Formate").click()
    assert page.url == f"{live_server.url}/formate/"
