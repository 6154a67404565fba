"""The pages of hosts in every state: starting an event, its parts, and the days after."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from tests.accessibility.reaching import PARTICIPANT, Place, as_mayor, press
from tests.browser import Visit

LEAD = "leitung@akademie.example"
START = "/formate/webinar/starten/"
ANY = "/veranstaltungen/gibt-es-nicht/"  # no event has this slug; from here on to one of the demo


class Mine(NamedTuple):
    """Which of somebody's events: that of this link of Mein Bereich."""

    who: str
    number: int


COMING, OVER = Mine(LEAD, 0), Mine(PARTICIPANT, -1)


def hosted(event: Mine, part: str, *buttons: str, **fields: str) -> Callable[[Visit], object]:
    """Open a part of an event as its host; then fill in fields and press buttons."""

    def reach(visit: Visit) -> None:
        visit.be(event.who)
        main = visit.go("/mein-bereich/").locator("main")
        links = main.locator("a[href$='/vorbereiten/']").all()
        place = links[event.number].get_attribute("href")
        assert place is not None
        visit.go(place.replace("vorbereiten/", part))
        for button in buttons:
            press(button, **fields)(visit)

    return reach


def started(who: str, *buttons: str) -> Callable[[Visit], object]:
    """Start an event, then press buttons there."""

    def reach(visit: Visit) -> None:
        visit.be(who)
        visit.go(START)
        begins = f"{date.today() + timedelta(days=120)}T10:00"
        press("Veranstaltung anlegen", title="Rathaus am Abend", starts_at=begins)(visit)
        for button in buttons:
            press(button)(visit)

    return reach


def cancelled(visit: Visit) -> None:
    """Start an event, publish it, and cancel it."""
    started(LEAD, "Veröffentlichen")(visit)
    visit.go(f"{visit.page.url}absagen/")
    press("Jetzt absagen", reason="Der Referent ist krank.")(visit)


def first_task(*buttons: str, **fields: str) -> Callable[[Visit], object]:
    """Open the first task of an event; then fill in fields and press buttons."""

    def reach(visit: Visit) -> None:
        hosted(COMING, "aufgaben/")(visit)
        with visit.page.expect_navigation():
            visit.page.locator("main tbody th a").first.click()
        for button in buttons:
            press(button, **fields)(visit)

    return reach


HOSTING = [
    Place("starten, as a guest", START, keyboard=True, says="Melden Sie sich an, um zu starten"),
    Place("starten", START, keyboard=True, reach=as_mayor(START), says="Das bringt das Format mit"),
    Place("starten, refused", START, reach=as_mayor(START, "Veranstaltung anlegen", contact="keine"), says="Bitte"),
    Place("auswertung", "/formate/webinar/auswertung/", keyboard=True, says="Menschen haben geantwortet"),
    Place("auswertung, none", "/formate/peer-austausch/auswertung/", says="Wie war es?"),
    Place(
        "vorbereiten, draft", f"{ANY}vorbereiten/", 404, started(PARTICIPANT), "Der Geschäftsstelle vorlegen", True
    ),
    Place(
        "vorbereiten, handed in", f"{ANY}vorbereiten/", 404, started(PARTICIPANT, "Der Geschäftsstelle vorlegen"),
        "Sie bekommen eine Mail, sobald",
    ),
    Place("vorbereiten, cancelled", f"{ANY}vorbereiten/", 404, cancelled, "ist abgesagt"),
    *(
        Place(name, f"{ANY}{part}", 404, hosted(event, part, *buttons, **fields), says, keyboard=not buttons)
        for name, event, part, says, buttons, fields in (
            ("vorbereiten", COMING, "vorbereiten/", "Als Nächstes:", (), {}),
            ("vorbereiten, over", OVER, "vorbereiten/", "Alles erledigt", (), {}),
            ("absagen", COMING, "absagen/", "lässt sich nicht zurücknehmen", (), {}),
            ("absagen, refused", COMING, "absagen/", "Bitte", ("Jetzt absagen",), {}),
            ("bearbeiten", COMING, "bearbeiten/", "Die Seite ist öffentlich", (), {}),
            ("bearbeiten, refused", COMING, "bearbeiten/", "Bitte", ("Angaben speichern",), {"title": "", "host": ""}),
            ("programm", COMING, "programm/", "Kleinere Plätze stehen weiter oben", (), {}),
            ("programm, refused", COMING, "programm/", "Bitte prüfen", ("Programm speichern",),
             {"teil-0-title": "", "teil-0-minutes": "-5"}),
            ("ablaufplan of an event", COMING, "ablaufplan/", "Wer spricht", (), {}),
            ("aufgaben", COMING, "aufgaben/", "Neue Aufgabe", (), {}),
            ("aufgaben, refused", COMING, "aufgaben/", "Bitte", ("Aufgabe anlegen",), {}),
            ("text", COMING, "texte/einladung/", "So liest es sich jetzt", (), {}),
            ("text, refused", COMING, "texte/einladung/", "{{quatsch}}", ("Text speichern",),
             {"text": "Am {{quatsch}}"}),
            ("rueckblick", COMING, "rueckblick/", "sobald die Veranstaltung vorbei ist", (), {}),
            ("rueckblick, refused", OVER, "rueckblick/", "Höchstens 5", ("Rückblick speichern",),
             {"learnings": "Eins\nZwei\nDrei\nVier\nFünf\nSechs"}),
            ("nachher", OVER, "nachher/", "Zeiten tragen Sie einmal ein", (), {}),
            ("nachher, refused", OVER, "nachher/", "Meinen Sie 3 Stunden", ("Eintragen",), {"run_minutes": "3"}),
        )
    ),
    Place("aufgabe", f"{ANY}aufgaben/1/", 404, first_task(), "Wer sich neu kümmert", keyboard=True),
    Place("aufgabe, refused", f"{ANY}aufgaben/1/", 404, first_task("Aufgabe speichern", title=""), "Bitte"),
]  # fmt: skip
