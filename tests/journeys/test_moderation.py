"""Somebody moderates by the clock of an Ablaufplan, and the connection breaks."""

from collections.abc import Callable
from datetime import datetime

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Visit

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SCRIPT = "/formate/webinar/ablaufplan/"


def shown(page: Page) -> tuple[str, str, str]:
    """Return which step it is, the minutes left and what the clock says about them."""
    parts = (page.locator(f"[data-part={name}]").inner_text() for name in ("count", "left", "state"))
    return tuple(parts)  # type: ignore[return-value]


def test_the_clock_goes_on_without_a_connection(visiting: Callable[..., Visit]) -> None:
    visit = visiting(width=320)
    page = visit.page
    page.clock.install(time=datetime(2027, 3, 1, 14, 0))
    visit.go(SCRIPT)
    minutes = [
        int(row)
        for row in page.locator(".ak-script tbody tr").evaluate_all("rows => rows.map(row => row.dataset.minutes)")
    ]
    assert min(minutes[:2]) > 3
    press = lambda name: page.get_by_role("button", name=name, exact=True).click()  # noqa: E731
    press("Uhr starten")
    page.wait_for_function("navigator.serviceWorker.ready.then(one => Boolean(one.active))")
    page.wait_for_function(
        "caches.keys().then(names => Promise.all(names.map(name => caches.open(name).then(one => one.keys()))))"
        ".then(kept => kept.flat().some(one => one.url.endsWith('/ablaufplan/')) && kept.flat().length > 3)"
    )
    assert shown(page) == (f"Schritt 1 von {len(minutes)}", str(minutes[0]), "")

    visit.context.set_offline(True)
    page.clock.fast_forward((minutes[0] - 1) * 60_000)
    expect(page.locator("[data-part=left]")).to_have_text("1")
    assert shown(page)[2] == "▲ Gleich ist die Zeit um"
    press("+5 Minuten")
    press("−1 Minute")
    assert shown(page) == (f"Schritt 1 von {len(minutes)}", "5", "")
    page.clock.fast_forward(7 * 60_000)
    expect(page.locator("[data-part=unit]")).to_have_text("Min. darüber")
    assert shown(page) == (f"Schritt 1 von {len(minutes)}", "2", "■ Die Zeit ist um")
    assert page.get_by_role("status").inner_text() == "Die Zeit ist um"
    press("Nächster Schritt")
    assert shown(page) == (f"Schritt 2 von {len(minutes)}", str(minutes[1]), "")
    title = page.locator("[data-part=title]").first.inner_text()
    assert title.startswith("2. ")
    assert page.locator(".ak-script tr[aria-current=step] th").inner_text() == title
    press("Pause")
    page.clock.fast_forward(60 * 60_000)
    assert shown(page)[1:] == (str(minutes[1]), "❚❚ Pause")

    page.reload()  # still without a connection
    assert shown(page) == (f"Schritt 2 von {len(minutes)}", str(minutes[1]), "❚❚ Pause")
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.ak-clock')).borderStyle") == "solid"
    )  # with its styles
    press("Weiter")
    page.clock.fast_forward(2 * 60_000)
    expect(page.locator("[data-part=left]")).to_have_text(str(minutes[1] - 2))

    visit.context.set_offline(False)
    press("Uhr beenden")
    page.reload()
    expect(page.get_by_role("button", name="Uhr starten")).to_be_visible()
    assert visit.width() == 320
    assert visit.outside == set()


def test_without_scripts_the_plan_is_there_and_no_clock_is_promised(visiting: Callable[..., Visit]) -> None:
    page = visiting(script=False).go(f"{SCRIPT}?beginn=14:00")
    assert page.locator(".ak-script tbody td").first.inner_text().startswith("14:00")
    assert not page.get_by_text("Mit Uhr moderieren").is_visible()
