"""A visitor finds a format and takes its Steckbrief and the table along on paper."""

from collections.abc import Callable

import pytest

from tests.browser import Visit
from tests.journeys.paper import A4, printed, read_pdf

pytestmark = [pytest.mark.browser, pytest.mark.slow]
FORMATS = 18
LYING = A4[::-1]


@pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without scripts"])
def test_a_visitor_prints_a_steckbrief(visiting: Callable[..., Visit], script: bool) -> None:
    visit = visiting(script=script)
    page = visit.go("/")
    page.get_by_role("navigation", name="Hauptnavigation").get_by_role("link", name="Formate").click()
    page.wait_for_url("**/formate/")
    page.locator("main a[href='/formate/peer-austausch/']").first.click()
    page.wait_for_url("**/formate/peer-austausch/")
    name = page.get_by_role("heading", level=1).inner_text()

    link = page.get_by_role("link", name="Steckbrief drucken").get_attribute("href")
    answer = visit.context.request.get(link)
    assert answer.headers["content-type"] == "application/pdf"
    steckbrief = read_pdf(answer.body())
    assert steckbrief.sheets == [A4]
    assert name in steckbrief.text
    assert printed(page).sheets == [A4]

    visit.go("/formate/")
    page.get_by_role("link", name="Tabelle").first.click()
    page.wait_for_url("**/formate/tabelle/")
    assert page.locator("main table tbody tr").count() == FORMATS
    page.locator("main thead a").first.click()
    page.wait_for_url("**/formate/tabelle/?*")
    assert page.locator("main table tbody tr").count() == FORMATS
    assert set(printed(page).sheets) == {LYING}
    assert visit.trouble == []
    assert visit.outside == set()


def test_on_a_phone_each_format_of_the_table_is_a_card(visiting: Callable[..., Visit]) -> None:
    page = visiting(width=320).go("/formate/tabelle/")
    table = page.get_by_role("table")
    assert table.get_by_role("rowheader").count() == FORMATS
    assert table.evaluate("table => table.parentElement.scrollWidth === table.parentElement.clientWidth")
    duration = table.get_by_role("row").filter(has=page.get_by_role("link", name="Peer-to-Peer-Austausch"))
    assert "Dauer 1 bis 2 Stunden" in " ".join(duration.aria_snapshot().split())
    page.set_viewport_size({"width": 800, "height": 640})
    assert page.get_by_text("Sie lässt sich zur Seite schieben.").is_visible()
