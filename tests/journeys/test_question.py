"""Someone asks the office, confirms the address by a link, and the question appears in the back office."""

from collections.abc import Callable

import pytest

from tests.browser import Visit

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LEAD = "leitung@akademie.example"
LIST = "/geschaeftsstelle/cms/anfragen/"


@pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without scripts"])
def test_a_question_reaches_the_office(visiting: Callable[..., Visit], script: bool) -> None:
    asker, scanner, office = visiting(script=script), visiting(script=script), visiting()
    address = f"clara-{script}@stadt.example".lower()
    question = f"Wer hat Erfahrung mit Zwischennutzung leerer Läden? ({address})"
    page = asker.go("/austausch/")
    page.locator("main a[href^='/austausch/frage/']").first.click()
    page.get_by_label("Was möchten Sie wissen?").fill(question)
    page.get_by_label("Ihre E-Mail-Adresse").fill("clara")
    page.get_by_role("button", name="Frage abschicken").click()
    page.get_by_text("Bitte prüfen Sie die Adresse.").first.wait_for()
    assert page.get_by_label("Was möchten Sie wissen?").input_value() == question  # what was typed is kept
    page.get_by_label("Ihre E-Mail-Adresse").fill(address)
    page.get_by_role("button", name="Frage abschicken").click()
    page.wait_for_url("**/austausch/frage/gesendet/")
    link = asker.site.link_to(address)

    scanner.go(link)  # opening it sends nothing
    office.sign_in(LEAD)
    office.go(LIST)
    assert office.page.get_by_text(address).count() == 0

    asker.go(link)
    with page.expect_navigation():
        page.locator("main").get_by_role("button").first.click()
    office.go(LIST)
    office.page.locator("main tbody tr").first.get_by_role("link").first.click()
    office.page.wait_for_url(f"**{LIST}**")
    assert question in office.page.locator("main").inner_text()
    assert asker.trouble == []
    assert asker.outside | office.outside == set()
