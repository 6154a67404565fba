"""A mayor types her concern, sets her town and prints the one page that answers."""

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import formats, timezone

from tests.browser import Visit
from tests.journeys.paper import A4, printed

pytestmark = [pytest.mark.browser, pytest.mark.slow]
CONCERN = "Leerstand in der Innenstadt, kein Geld"
PARTS = ["beispiele", "unterlagen", "staedte", "format", "seite", "sonst"]


@pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without scripts"])
def test_a_mayor_finds_an_answer_and_prints_it(visiting: Callable[..., Visit], script: bool) -> None:
    visit = visiting(script=script)
    page = visit.go("/")
    page.get_by_label("Ihr Anliegen").fill(CONCERN)
    page.get_by_role("button", name="Antworten finden").click()
    page.wait_for_url("**/wegweiser/?q=*")
    assert page.get_by_role("heading", level=1).inner_text() == CONCERN

    sections = page.locator("main section.ak-answer")
    assert [one.get_attribute("aria-labelledby") for one in sections.all()] == PARTS
    hits = {part: page.locator(f"section[aria-labelledby={part}] li").count() for part in PARTS[:4]}
    assert 1 <= hits["beispiele"] <= 3
    assert 1 <= hits["unterlagen"] <= 3
    assert 1 <= hits["staedte"] <= 5
    assert hits["format"] >= 1
    for part in PARTS[:4]:
        for hit in page.locator(f"section[aria-labelledby={part}] li:has(h3)").all():
            reason = hit.locator(".ak-why").inner_text()
            assert re.fullmatch(r"Warum\? .{10,}", reason, re.DOTALL), (part, reason)
    more = [link.get_attribute("href") for link in page.locator("section header a").all()]
    assert [visit.context.request.get(address).status for address in more] == [200] * len(more)

    page.get_by_label("Ihre Stadt").fill("Seelow")
    page.get_by_role("button", name="Antworten finden").click()
    page.wait_for_url("**stadt=*")
    assert parse_qs(urlsplit(page.url).query) == {"q": [CONCERN], "stadt": ["Seelow"]}
    assert page.locator("#staedte").inner_text() == "Städte wie Seelow"

    paper = printed(page)
    assert paper.sheets == [A4]
    assert "/wegweiser/?q=Leerstand" in paper.text.replace(" ", "")  # long addresses are wrapped
    today = formats.date_format(timezone.localdate(), "j. F Y")
    assert f"gedruckt am {today}" in paper.text
    for navigation in ("Zum Inhalt springen", "Menü", "Anmelden", "Impressum", "Antworten finden", "mehr Beispiele"):
        assert navigation not in paper.text
    assert visit.trouble == []
    assert visit.outside == set()


def test_the_own_town_is_remembered_without_an_account(visit: Visit) -> None:
    page = visit.go("/staedte/?q=Seelow")
    page.locator("main").get_by_role("link", name="Seelow").first.click()
    page.locator("form[action$='/merken/'] button").click()
    page.wait_for_load_state()
    visit.go("/wegweiser/?q=Leerstand")
    assert page.locator("#staedte").inner_text() == "Städte wie Seelow"


@pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without scripts"])
def test_a_concern_that_nothing_fits_leads_to_people(visiting: Callable[..., Visit], script: bool) -> None:
    visit = visiting(script=script)
    page = visit.go("/wegweiser/")
    page.get_by_label("Ihr Anliegen").fill("Rezept für Apfelkuchen mit Streuseln")
    page.get_by_role("button", name="Antworten finden").click()
    page.get_by_role("heading", name="Dazu haben wir nichts Passendes").wait_for()
    page.get_by_role("link", name="Die Geschäftsstelle fragen").click()
    page.wait_for_url("**/austausch/frage/?*")
    assert page.get_by_label("Was möchten Sie wissen?").input_value() == "Rezept für Apfelkuchen mit Streuseln"
