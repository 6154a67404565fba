"""Nothing that the office does every day is more than three clicks away from its desk, and the keyboard gets there."""

import re
from collections.abc import Callable

import pytest

from tests.browser import Visit

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LEAD = "leitung@akademie.example"
DESK = "/geschaeftsstelle/"
MOST = 3
QUESTION = "Wer hat Erfahrung mit einem Bürgerbus?"
# What is done every day or week: what is pressed on the way there, one after the other, and what is there then.
WAYS = {
    "answer a question": ([QUESTION], "Als beantwortet vermerken"),
    "decide about a report": (["Meldung .* entscheiden"], "Entscheidung mitteilen"),
    "answer a barrier": (["Gemeldete Barrieren"], "Gemeldete Barrieren"),
    "check what stands on the site": (["gehören niemandem", "@row"], "Stimmt noch"),
    "say who looks after things": (["gehören niemandem"], "Zuständige"),
    "see what is hard to read": (["Aktualität", "Schwer zu lesen"], "Schwer zu lesen"),
    "mend a link that leads nowhere": (["Links"], "Links"),
    "describe a picture": (["Medien"], "Ohne Ersatztext"),
    "ask a town for its release": (["Freigaben"], "Warten auf Antwort"),
    "confirm who belongs where": (["Zugehörigkeiten"], "Warten auf Bestätigung"),
    "stand in for somebody": (["Jemand ist krank"], "Wer vertritt"),
    "write a piece of news": (["Nachricht"], "Neu"),
    "write a page": (["Seite"], "Neu"),
    "write down a case": (["Praxisbeispiel"], "Neu"),
    "write down an item": (["Eintrag der Bibliothek"], "Neu"),
    "write down a format": (["Format"], "Neu"),
    "explain a term": (["Fachwort"], "Neu"),
    "upload a picture": (["Bild"], "Bild"),
    "upload a document": (["Dokument"], "Dokument"),
    "make an account": (["Person"], "Rolle"),
    "change a case": (["Redaktion", "Praxisbeispiele", "@row"], "Worum es geht"),
    "change an item": (["Redaktion", "Bibliothek", "@row"], "Worum es geht"),
    "look after the search's synonyms": (["Redaktion", "Schnipsel", "Synonyme"], "Synonyme"),
    "change who runs the academy": (["Redaktion", "Einstellungen", "Angaben zur Akademie"], "Träger"),
    "see whether all runs well": (["Selbsttest"], "Selbsttest"),
    "see the backups": (["Betrieb", "Sicherung"], "Sicherung"),
    "see where mails do not arrive": (["Unzustellbare Adressen"], "Unzustellbare Adressen"),
    "read the log": (["Datenschutz", "Protokoll"], "Protokoll"),
    "see the site as somebody else": (["Ansehen als"], "Ansehen als"),
    "read how something is done": (["Handbuch"], "Handbuch"),
}


def ask_and_report(visitor: Visit) -> None:
    """Two tasks for the office: a question, and a report of a page."""
    address = "dora@stadt.example"
    page = visitor.go("/austausch/frage/")
    page.get_by_label("Was möchten Sie wissen?").fill(QUESTION)
    page.get_by_label("Ihre E-Mail-Adresse").fill(address)
    page.get_by_role("button", name="Frage abschicken").click()
    page.goto(visitor.site.link_to(address))
    with page.expect_navigation():
        page.get_by_role("button", name="Frage an die Geschäftsstelle senden").click()
    page = visitor.go("/inhalt-melden/?adresse=/praxis/seelow-mitte/")
    page.get_by_label("Falsch oder veraltet").check()
    page.get_by_label("Was genau, und warum?").fill("Die Zahl im zweiten Absatz stimmt seit 2020 nicht mehr.")
    page.get_by_label("Ich bin nach bestem Wissen überzeugt").check()
    with page.expect_navigation():
        page.get_by_role("button", name="Inhalt melden").click()


def press(visit: Visit, label: str) -> None:
    """Press a link or a button that is called so; `@row` is the first row of a table."""
    scope = visit.page.locator("main") if visit.page.url.endswith(DESK) else visit.page
    name = re.compile(label)
    called = scope.get_by_role("link", name=name).or_(scope.get_by_role("button", name=name)).filter(visible=True)
    (visit.page.locator("main tbody a") if label == "@row" else called).first.click()


def test_everything_is_three_clicks_from_the_desk(visiting: Callable[..., Visit]) -> None:
    ask_and_report(visiting())
    visit = visiting()
    visit.be(LEAD)
    for task, (ways, there) in WAYS.items():
        assert len(ways) <= MOST, task
        visit.go(DESK)
        for label in ways:
            press(visit, label)
        visit.page.locator("main").get_by_text(there).first.wait_for()
    visit.go(DESK)
    assert visit.width() == 1280
    for key in ("Tab", "Enter", "Tab"):  # past the frame, then the first task: who has waited for an answer longest
        visit.page.keyboard.press(key)
    assert visit.page.locator(":focus").inner_text().startswith(("Frage", "Erfahrungsbericht"))
    visit.page.set_viewport_size({"width": 320, "height": 640})
    assert visit.width() == 320
    assert visit.trouble == []
