"""What a little JavaScript adds where questions are answered: what applies, characters left, saving by itself."""

import json

import pytest
from playwright.sync_api import Route

from tests.browser import ROOT, Visit, wait_for

pytestmark = pytest.mark.browser
FORMS = "/geschaeftsstelle/frageboegen/"
AUTOSAVE = ROOT / "akademie" / "questionnaires" / "static" / "questionnaires" / "autosave.js"


def test_questions_that_do_not_apply_are_hidden_and_drafts_save_themselves(visit: Visit) -> None:
    visit.be("redaktion@akademie.example")
    page = visit.go(FORMS)
    for name in ("Anmeldung: Standardfragen", "Ansehen und ausprobieren"):
        with page.expect_navigation():
            page.locator("main").get_by_role("link", name=name).first.click()
    meal = page.get_by_role("group", name="Was sollen wir beim Essen beachten?")
    assert not meal.is_visible()
    page.get_by_role("radio", name="vor Ort").check()
    assert meal.is_visible()
    page.get_by_role("textbox", name="Brauchen Sie Unterstützung").fill("x" * 190)
    page.get_by_text("Höchstens 200 Zeichen. Noch 10.").wait_for()

    # An area would put this line into its form (questionnaires/answers/draft.html).
    sent: list[str] = []
    answers = iter([None, {"says": "Zwischengespeichert um 14:05 Uhr", "errors": {}}])

    def answer(route: Route) -> None:
        if route.request.method != "POST":
            return route.continue_()
        sent.append(route.request.post_data or "")
        says = next(answers)
        return route.fulfill(body=json.dumps(says), content_type="application/json") if says else route.abort()

    page.route(page.url, answer)
    page.clock.install()
    page.locator("main form").evaluate(
        "form => form.insertAdjacentHTML('beforeend', '<p data-ak-autosave><span role=status></span></p>')"
    )
    page.evaluate(f"() => {{ {AUTOSAVE.read_text(encoding='utf-8')} }}")
    status = page.locator("[data-ak-autosave] [role=status]")
    page.get_by_role("textbox", name="Welche Frage bringen Sie mit?").fill("Wie fängt man an?")
    page.clock.run_for(5_000)
    wait_for(lambda: "Gerade keine Verbindung" in status.inner_text(), "nothing says that there is no connection")
    page.clock.run_for(21_000)
    wait_for(lambda: status.inner_text() == "Zwischengespeichert um 14:05 Uhr.", "nothing says that it is saved")
    assert page.get_by_role("textbox", name="Welche Frage bringen Sie mit?").input_value() == "Wie fängt man an?"
    assert len(sent) == 2
    assert 'name="entwurf"' in sent[1]
    assert "Wie fängt man an?" in sent[1]
