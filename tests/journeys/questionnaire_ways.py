"""The way through the card about building a questionnaire."""

from collections.abc import Callable

from tests.browser import Visit
from tests.journeys.handbook import Walk, from_the_desk


def build(walk: Walk, visiting: Callable[..., Visit]) -> None:
    with walk.step():
        from_the_desk(walk, "Fragebögen")
        walk.press("Neuen Fragebogen anlegen", leaves=True)
    with walk.step():
        walk.fill("Titel", "Anmeldung zum Forum")
        walk.fill("Wofür brauchen Sie die Antworten?", "Damit wir Räume und Essen planen können.")
        walk.press("Anlegen und Fragen hinzufügen", leaves=True)
    with walk.step():
        walk.fill("Wie wird sie beantwortet?", "Zahl")
        walk.press("Frage schreiben", leaves=True)
    with walk.step():
        walk.fill("Frage", "Mit wie vielen Menschen kommen Sie?")
        walk.fill("Wozu?", "Wir bestellen Stühle und Essen.")
        walk.press("Frage hinzufügen", leaves=True)
    walk.take_picture()
    with walk.step():
        walk.press("Ansehen und ausprobieren", leaves=True)
        page = walk.page
        field = page.get_by_role("textbox", name="Mit wie vielen Menschen kommen Sie?")
        field.fill("zwölf")
        with page.expect_navigation():
            page.get_by_role("button", name="Antworten prüfen").click()
        page.locator(".kern-error").get_by_text("zum Beispiel 12.").wait_for()
        assert field.input_value() == "zwölf"
        with page.expect_navigation():
            page.get_by_role("link", name="Anmeldung zum Forum").click()
    with walk.step():
        walk.press("Fassung veröffentlichen", leaves=True)
    with walk.aside():
        walk.see("Neue Fassung beginnen")
