"""Ways through the cards about formats: finding one, entering a run, and what the office does with all of it."""

from collections.abc import Callable

from tests.browser import Visit
from tests.journeys.handbook import Walk, from_the_desk, run_in_shell


def find(walk: Walk, visiting: Callable[..., Visit]) -> None:
    with walk.step():
        walk.press("Formate", leaves=True)
        walk.press("Was passt?", leaves=True)
    with walk.step():
        walk.fill("Was haben Sie vor?", "Ein halber Tag, 12 Leute in 6 Städten, wenig Aufwand")
    with walk.step():
        walk.press("Formate finden", leaves=True)
    with walk.step():
        walk.see("Das passt")
    walk.take_picture(walk.page.get_by_text("Das passt").first)
    with walk.step():
        walk.see("Angaben ändern")


def enter(walk: Walk, visiting: Callable[..., Visit]) -> None:
    with walk.step():
        walk.press("Formate", leaves=True)
        walk.press("Webinar", leaves=True)
        walk.press("Durchführung eintragen", leaves=True)
    with walk.step():
        walk.fill("Titel", "Webinar: Protokolle, die alle lesen")
        walk.fill("Wann war es?", "2026-03-12")
        walk.fill("Wo fand es statt?", "digital")
    with walk.step():
        walk.fill("Zeit zum Vorbereiten", "8:30")
        walk.fill("Zeit zum Durchführen", "3 Stunden")
        walk.fill("Zeit zum Nachbereiten", "45 Min.")
    with walk.step():
        walk.fill("Was lief gut", "Alle haben ein eigenes Protokoll umgeschrieben.")
    with walk.step():
        walk.press("Durchführung eintragen", form=True, leaves=True)
    walk.take_picture(walk.page.get_by_text("12 Std.").first)
    with walk.step():
        walk.see("wartet auf die Freigabe")


def release(walk: Walk, visiting: Callable[..., Visit]) -> None:
    with walk.step():
        from_the_desk(walk, "Erfahrungsberichte")
        walk.page.locator("tbody a").first.click()
    with walk.step():
        walk.see("Was lief gut?")
    with walk.step():
        walk.fill("Was raten Sie einer Stadt", "Fragen Sie vorher, was weitergegeben werden darf.")
    walk.take_picture(walk.page.get_by_label("Was raten Sie einer Stadt"))
    with walk.aside():
        walk.see("Bericht zurückgeben")
        walk.see("Zeiten korrigieren")
    with walk.step():
        walk.press("Bericht freigeben", leaves=True)
    walk.page.get_by_text("Der Bericht steht jetzt beim Format.").wait_for()


MAYOR = """
from akademie.accounts.models import User
from akademie.formats.actions import proposals, variants
from akademie.formats.models import FormatProfile
mayor = User.objects.get(email="buergermeisterin@stadt.example")
origin = FormatProfile.objects.get(slug="tandem")
"""
PROPOSED = f"""{MAYOR}
why = "Zwei Gespräche im Monat waren uns zu viel."
proposals.propose(origin, field="tips", after="Ein Gespräch im Monat reicht.", why=why, by=mayor)
"""
HANDED_IN = f"""{MAYOR}
variant = variants.make_variant(origin, name="Tandem im Landkreis", differs="Beide Städte liegen im Kreis.", by=mayor)
variants.hand_in(variant, by=mayor)
"""


def keep(walk: Walk, visiting: Callable[..., Visit]) -> None:
    with walk.step():
        from_the_desk(walk, "Redaktion")
        walk.press("Formate")
        with walk.page.expect_navigation():
            walk.page.get_by_role("link", name="Szenario-Werkstatt", exact=True).click()
    with walk.step():
        walk.fill("Tipps", "Zukunftsbilder mit Orten aus der eigenen Stadt füllen.")
    with walk.step():
        walk.fill("Was hat sich geändert", "Tipps ergänzt")
    with walk.step():
        walk.see("Nachweis")
    with walk.step():
        walk.press("Mehr Aktionen")
        walk.take_picture()
        walk.press("Veröffentlichen", leaves=True)
    walk.visit.go("/formate/szenario-werkstatt/")
    walk.page.get_by_text("Tipps ergänzt").first.wait_for()


def decide(walk: Walk, visiting: Callable[..., Visit]) -> None:
    run_in_shell(walk, PROPOSED)
    with walk.step():
        from_the_desk(walk, "Verbesserungsvorschläge")
        walk.page.locator("tbody a").first.click()
    with walk.step():
        for label in ("Heute", "Vorschlag", "Warum"):
            walk.see(label)
    walk.take_picture(walk.page.get_by_text("Heute", exact=True))
    with walk.aside():
        walk.see("Nicht übernehmen")
    with walk.step():
        walk.fill("Antwort an die Person", "Danke, das hilft allen.")
    with walk.step():
        walk.press("Vorschlag übernehmen", leaves=True)
    walk.page.get_by_text("ist mit der Änderung veröffentlicht").wait_for()


def publish_variant(walk: Walk, visiting: Callable[..., Visit]) -> None:
    run_in_shell(walk, HANDED_IN)
    with walk.step():
        from_the_desk(walk, "Varianten von Formaten")
        walk.page.locator("tbody a").first.click()
    with walk.step():
        walk.see("Was anders ist")
    with walk.step():
        walk.see("Die ganze Variante lesen")
    walk.take_picture(walk.page.get_by_text("Was anders ist").first)
    with walk.aside():
        walk.see("Variante zurückgeben")
    with walk.step():
        walk.press("Variante veröffentlichen", leaves=True)
    walk.page.get_by_text("ist veröffentlicht").first.wait_for()
