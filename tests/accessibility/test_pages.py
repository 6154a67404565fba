"""Every public page in every state: axe in both themes, narrow screens, nothing from outside, a quiet console."""

from collections.abc import Callable

import pytest

from tests.accessibility import last_run
from tests.accessibility.places import PLACES, Place
from tests.browser import Visit

pytestmark = [pytest.mark.browser, pytest.mark.slow]
COLOURS = ["color-contrast", "link-in-text-block"]  # what a theme can change


@pytest.fixture
def reached(visit: Visit) -> Callable[[Place], Visit]:
    """A function that opens a place in its state."""

    def reach(place: Place) -> Visit:
        answer = visit.page.goto(place.path)
        assert answer is not None
        assert answer.status == place.status
        if place.reach:
            place.reach(visit)
        assert place.says in (visit.page.locator("main").text_content() or "")  # what is folded up counts too
        return visit

    return reach


def test_the_header_of_the_office_is_no_higher_than_that_of_a_guest(visit: Visit) -> None:
    """On a usual screen, with a bar to scroll by."""
    height = "document.querySelector('.ak-head').offsetHeight"
    visit.page.set_viewport_size({"width": 1265, "height": 800})
    guests = visit.go("/").evaluate(height)
    visit.be("leitung@akademie.example")
    page = visit.go("/geschaeftsstelle/")
    assert page.evaluate(height) <= guests < 90
    assert page.locator(".ak-menu > li").count() == 12
    assert page.locator(".ak-menu [aria-current]").inner_text() == "Geschäftsstelle"


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_page(reached: Callable[[Place], Visit], place: Place) -> None:
    visit = reached(place)
    assert visit.outside == set()
    assert visit.trouble == []  # now, for axe itself breaks the policy: it adds a style
    found = visit.axe()
    visit.page.emulate_media(color_scheme="dark")
    found += [f"dark: {line}" for line in visit.axe(COLOURS)]
    visit.page.emulate_media(color_scheme="light")
    for height in (640, 256):  # a small phone, and a screen of 1280 x 1024 at 400 %
        visit.page.set_viewport_size({"width": 320, "height": height})
        if visit.width() > 320:
            found.append(f"{visit.width()} px wide at 320 x {height}")
    last_run.note(place.name, found, visit.context.browser.version if visit.context.browser else "")
    assert found == []
