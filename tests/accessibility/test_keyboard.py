"""Everything by keyboard: the skip link comes first, every control is reached in turn and is seen to be."""

from collections.abc import Callable

import pytest

from tests.accessibility.places import PLACES, Place
from tests.browser import Visit

pytestmark = [pytest.mark.browser, pytest.mark.slow]
# Marks every control that a person can see and use, and notes each that gets the focus.
WATCH = """
() => {
    const seen = document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]');
    const usable = [...seen].filter(one => one.type !== 'hidden' && one.tabIndex >= 0 && !one.disabled
        && one.checkVisibility({visibilityProperty: true}));
    window.reached = [];
    const named = one => one.type === 'radio' ? `radio ${one.name}`
        : `${one.tagName} ${one.getAttribute('href') || one.name || ''} ${one.textContent.trim().slice(0, 40)}`;
    document.addEventListener('focusin', event => {
        const marked = ['', '::after'].some(part => {  // a card's link marks the whole card
            const style = getComputedStyle(event.target, part || null);
            return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
        });
        window.reached.push([named(event.target), marked]);
    });
    return usable.map(named);
}
"""


@pytest.mark.parametrize("place", [place for place in PLACES if place.keyboard], ids=lambda place: place.name)
def test_by_keyboard(visit: Visit, place: Place) -> None:
    page = visit.go(place.path)
    if place.reach:
        place.reach(visit)
    page.evaluate("document.activeElement.blur()")
    controls = page.evaluate(WATCH)
    # Day, month, year and calendar are stops of their own, and so are hour and minute.
    inside_dates = 3 * page.locator("input[type=date]").count() + 6 * page.locator("input[type=datetime-local]").count()
    inside_frames = sum(frame.locator("a[href]").count() for frame in page.frames[1:])
    for _ in range(len(controls) + inside_dates + inside_frames):
        page.keyboard.press("Tab")
    reached = page.evaluate("window.reached")
    assert reached[0][0] == "A #inhalt Zum Inhalt springen"
    assert sorted(set(controls) - {name for name, _ in reached}) == []
    assert sorted({name for name, is_marked in reached if not is_marked}) == []


def test_the_skip_link_leads_to_the_content(visit: Visit) -> None:
    page = visit.go("/praxis/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "inhalt"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without scripts"])
def test_the_menu_on_the_phone_opens_and_closes_by_keyboard(visiting: Callable[..., Visit], script: bool) -> None:
    page = visiting(script=script, width=320, height=640).go("/")
    link = page.get_by_role("navigation", name="Hauptnavigation").get_by_role("link", name="Praxis")
    assert not link.is_visible()
    page.get_by_role("button", name="Menü").focus()
    page.keyboard.press("Enter")
    assert link.is_visible()
    page.keyboard.press("Escape")
    assert not link.is_visible()
    page.keyboard.press("Enter")
    for _ in range(12):
        page.keyboard.press("Tab")
        if link.evaluate("link => link === document.activeElement"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/praxis/")


def test_a_concern_is_answered_by_keyboard_alone(visit: Visit) -> None:
    page = visit.go("/")
    while page.evaluate("document.activeElement.id") != "anliegen":
        page.keyboard.press("Tab")
    page.keyboard.type("Leerstand in der Innenstadt, kein Geld")
    page.keyboard.press("Enter")
    page.wait_for_url("**/wegweiser/?q=*")
    assert page.locator("main section.ak-answer").count() == 6
