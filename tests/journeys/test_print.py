"""Every practice case, library item and format comes out of the printer on one sheet, a town on two."""

import re

import pytest

from tests.browser import Visit
from tests.journeys.paper import A4, printed

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.long]


@pytest.mark.parametrize(("listing", "count"), [("/praxis/", 29), ("/bibliothek/", 58), ("/formate/", 18)])
def test_every_item_prints_on_one_page(visit: Visit, listing: str, count: int) -> None:
    paths: dict[str, None] = {}
    page, number = visit.go(listing), 1
    while found := re.findall(rf'href="({listing}[a-z0-9-]+/)"', page.locator("main").inner_html()):
        paths |= dict.fromkeys(
            path for path in found if not path.endswith(("/karte/", "/feed/", "/tabelle/", "/was-passt/"))
        )
        if not page.locator("a[rel=next]").count():
            break
        number += 1
        page = visit.go(f"{listing}?seite={number}")
    assert len(paths) == count
    assert {path: sheets for path in paths if (sheets := printed(visit.go(path)).sheets) != [A4]} == {}


@pytest.mark.parametrize("ags", ["12070296", "01051001"])
def test_a_town_prints_its_figures_on_a_sheet_of_their_own(visit: Visit, ags: str) -> None:
    page = visit.go(f"/staedte/{ags}/")
    assert printed(page).sheets == [A4, A4]
    page.emulate_media(media="print")
    assert page.locator(".ak-profile > .ak-scroll").evaluate("one => getComputedStyle(one).breakInside") == "avoid"
