"""A format becomes an event: at most eight typed fields and four page loads, for three formats, by the office."""

import time
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from akademie.core.dates import MONTHS
from tests.browser import Visit

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LEAD = "leitung@akademie.example"
MOST_FIELDS, MOST_LOADS = 8, 4
TYPED = "main form:has(button) :is(input:not([type=hidden]), textarea, select)"


class Counted:
    """A page that counts what is typed and what is loaded."""

    def __init__(self, visit: Visit) -> None:
        self.page, self.typed, self.loads = visit.page, 0, 0
        self.page.on("load", self._count)

    def _count(self, _page: object) -> None:
        self.loads += 1

    def fill(self, label: str, value: str) -> None:
        """Type into a field."""
        self.page.get_by_label(label).fill(value)
        self.typed += 1

    def choose(self, label: str, value: str) -> None:
        """Choose from a list."""
        self.page.get_by_label(label).select_option(label=value)
        self.typed += 1


@pytest.mark.parametrize(
    ("slug", "title", "place"),
    [
        ("webinar", "Leerstand melden mit einem Formular", ""),
        ("lernwerkstatt", "Die Bücherei als dritter Ort", ""),
        ("transferwerkstatt", "Was Dießen gelernt hat", "Rathaus, Marktplatz 1"),
    ],
)
def test_a_format_is_an_event_after_eight_fields_and_four_pages(
    visiting: Callable[..., Visit], record_property: Callable[[str, object], None], slug: str, title: str, place: str
) -> None:
    visit, day = visiting(), date.today() + timedelta(days=100)
    visit.be(LEAD)
    visit.go(f"/formate/{slug}/")
    counted, began = Counted(visit), time.monotonic()
    page = counted.page

    page.get_by_role("link", name="Format starten").click()
    page.wait_for_url(f"**/formate/{slug}/starten/")
    fields = page.locator(TYPED).count()
    assert fields <= MOST_FIELDS
    counted.fill("Titel", title)
    counted.choose("Thema", "Leerstand und Problemimmobilien")
    counted.fill("Beginn", f"{day}T10:00")
    if place:
        counted.fill("Wo?", place)
    counted.fill("Ein Satz dazu", "Für alle, die es zum ersten Mal versuchen.")
    page.get_by_role("button", name="Veranstaltung anlegen").click()
    page.wait_for_url("**/vorbereiten/")
    assert "Noch sieht das niemand außer Ihnen." in page.locator("main").inner_text()
    page.get_by_role("button", name="Veröffentlichen").click()
    page.get_by_role("heading", level=1, name=title).wait_for()
    page.wait_for_load_state("load")

    seconds = time.monotonic() - began
    # setup/checks.py says it in its summary
    record_property("report", f"{slug}: {counted.typed} Felder, {counted.loads} Seiten, {seconds:.1f} s")
    assert counted.typed <= MOST_FIELDS
    assert 0 < counted.loads <= MOST_LOADS
    guest = visiting()
    shown = guest.go(page.url).locator("main").inner_text()
    assert title in shown
    assert f"{day.day}. {MONTHS[day.month - 1]}" in shown
    assert (place or "online") in shown
    assert visit.trouble == guest.trouble == []
