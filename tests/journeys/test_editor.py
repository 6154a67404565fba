"""An editor signs in by mail, changes an item of the library and finds it in the search within a second."""

import re
import time
from collections.abc import Callable

import pytest

from tests.browser import Visit, wait_for

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.long]
EDITOR = "redaktion@akademie.example"
DESK = "/geschaeftsstelle/cms/"
TITLE = "Die Zwiebelmarkthalle: ein Leitfaden"


def test_an_editor_changes_an_item_and_finds_it_within_a_second(visiting: Callable[..., Visit]) -> None:
    visit, reader = visiting(), visiting()
    page = visit.go(DESK)
    assert page.url.startswith(f"{visit.site.url}/anmelden/?next=")
    before = len(visit.site.mails(EDITOR))
    page.get_by_label("E-Mail-Adresse").fill(EDITOR)
    page.get_by_role("button", name="Link schicken").click()
    link = visit.site.link_to(EDITOR, before)

    reader.go(link)  # a mail scanner opens it first
    reader.page.get_by_role("button", name="Jetzt anmelden").wait_for()
    reader.go(DESK)
    assert "/anmelden/" in reader.page.url

    visit.go(link)
    page.get_by_role("button", name="Jetzt anmelden").click()
    page.wait_for_url(f"**{DESK}")
    reader.go(link)
    reader.page.get_by_text("Dieser Link wurde schon benutzt").first.wait_for()

    visit.go(f"{DESK}snippets/library/libraryitem/")
    page.locator("main table tbody a[href*='/edit/']").last.click()
    page.locator("[name=title]").fill(TITLE)
    assert not is_found(reader)
    page.locator("footer [data-w-dropdown-target=toggle]").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Veröffentlichen").click()
    published = time.monotonic()
    wait_for(lambda: is_found(reader), "the item is not found")
    assert time.monotonic() - published < 1
    reader.go("/suche/?q=Zwiebelmarkt")  # a part of the word
    reader.page.locator("main").get_by_role("link", name=TITLE).click()
    reader.page.wait_for_url("**/bibliothek/*/")
    assert reader.page.get_by_role("heading", level=1).inner_text() == TITLE
    assert visit.outside == set()


def is_found(reader: Visit) -> bool:
    """Whether the item is among the hits under its new title; parts of the word find others too."""
    hits = re.sub(r"</?mark>", "", reader.context.request.get("/suche/?q=Zwiebelmarkthalle").text())
    return f">{TITLE}</a>" in hits
