"""On the page of a case a term explains itself on hover, on focus and on the first tap."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from akademie.practices.tests.factories import PracticeCaseFactory
from akademie.terms.tests.factories import TermFactory
from tests.browser import Visit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SAYS = "Ein Gebiet, das die Stadt in einem Zug erneuert."


def test_a_term_explains_itself(visiting: Callable[..., Visit]) -> None:
    term = TermFactory(slug="sanierungsgebiet", title="Sanierungsgebiet", explanation=SAYS)
    case = PracticeCaseFactory(summary="Das Kaufhaus steht im Sanierungsgebiet der Stadt.")
    visit = visiting(width=320)
    page = visit.go(case.get_absolute_url())
    link, card = page.locator("a.ak-term"), page.locator(".ak-term-card")
    link.hover()
    expect(card).to_have_text(SAYS)
    assert visit.width() == 320
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    page.mouse.move(0, 0)
    link.focus()
    expect(card).to_be_visible()
    link.blur()
    expect(card).to_be_hidden()
    link.dispatch_event("pointerdown", {"pointerType": "touch"})
    link.dispatch_event("click")
    expect(card).to_be_visible()
    assert page.url.endswith(case.get_absolute_url()), "the first tap explains"
    link.dispatch_event("pointerdown", {"pointerType": "touch"})
    link.click()
    page.wait_for_url(f"**{term.get_absolute_url()}")
    assert visit.trouble == []
    page.go_back()
    link.focus()
    assert visit.axe() == []


def test_without_scripts_it_is_a_link_with_its_explanation(visiting: Callable[..., Visit]) -> None:
    TermFactory(slug="sanierungsgebiet", title="Sanierungsgebiet", explanation=SAYS)
    case = PracticeCaseFactory(summary="Das Kaufhaus steht im Sanierungsgebiet der Stadt.")
    page = visiting(script=False).go(case.get_absolute_url())
    assert page.locator("a.ak-term").get_attribute("title") == SAYS
    assert page.locator(".ak-terms ol").inner_text() == f"Sanierungsgebiet: {SAYS}"
    page.emulate_media(media="print")
    number = page.locator("a.ak-term").evaluate("link => getComputedStyle(link, '::after').content")
    assert number == '"1"'
