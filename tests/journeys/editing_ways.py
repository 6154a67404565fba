"""Ways through the cards about what is published: its upkeep, approval, links, pictures, words and accessibility."""

import io
from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone
from PIL import Image

from tests.browser import Visit, wait_for
from tests.journeys.handbook import Walk, from_the_desk, run_in_shell

EDITOR, LEAD = "redaktion@akademie.example", "leitung@akademie.example"


def upkeep(walk: Walk, visiting: Callable[..., Visit]) -> None:
    with walk.step():
        from_the_desk(walk, "Aktualität")
    with walk.step():
        walk.press("Ohne Zuständige", leaves=True)
        title = walk.page.locator("tbody th a").first.inner_text()
        walk.page.locator("tbody input[type=checkbox]").first.check()
    with walk.step():
        walk.named.append("Wer kümmert sich um die gewählten Inhalte?")
        field = walk.page.get_by_label("Wer kümmert sich um die gewählten Inhalte?")
        field.select_option(label=field.locator("option", has_text=EDITOR).inner_text())
        walk.press("Zuteilen", leaves=True)
    with walk.step():
        walk.press("Alle", leaves=True)
        walk.page.get_by_label("Wort aus dem Titel").fill(title[:100])
        with walk.page.expect_navigation():
            walk.page.get_by_role("button", name="Suchen").click()
        with walk.page.expect_navigation():
            walk.page.get_by_role("link", name=title, exact=True).click()
        walk.see("Ansehen")
    walk.take_picture()
    with walk.aside():
        walk.see("Muss geändert werden")
    with walk.step():
        walk.press("Stimmt noch", leaves=True)


def approval(walk: Walk, visiting: Callable[..., Visit]) -> None:
    with walk.step():
        from_the_desk(walk, "Redaktion")
        walk.press("Praxisbeispiele")
        walk.page.get_by_role("link", name="Ortsbus auf Abruf", exact=True).click()
    with walk.step():
        walk.press("Mehr Aktionen")
        walk.press("Freigabe anfragen", leaves=True)
    with walk.step():
        walk.fill("Wer soll freigeben?", "Berta Burg")
        walk.fill("Funktion", "Bürgermeisterin")
        walk.fill("E-Mail-Adresse", "freigabe@handbuch.example")
    with walk.step():
        walk.press("Freigabe anfragen", form=True, leaves=True)
        wait_for(lambda: walk.visit.site.mails("freigabe@handbuch.example"), "no mail asks her")
    walk.take_picture()
    with walk.aside():
        walk.see("Erinnern")
    with walk.step():
        from_the_desk(walk, "Freigaben")
    walk.page.locator("main").get_by_text("Berta Burg").first.wait_for()


def links(walk: Walk, visiting: Callable[..., Visit]) -> None:
    run_in_shell(
        walk,
        """
from django.utils import timezone
from akademie.accounts.models import User
from akademie.weblinks.collecting import collect
from akademie.weblinks.models import State, WebLink
from akademie.weblinks.replacing import plan
collect()
new, by = "https://neu.example/leitfaden.pdf", User.objects.get(email="redaktion@akademie.example")
link = next(link for link in WebLink.objects.filter(url__startswith="https://") if plan(link, new, by).possible)
WebLink.objects.filter(pk=link.pk).update(
    state=State.BROKEN, words="Die Seite gibt es dort nicht (404).", first_failed_at=timezone.now(), failures=2,
    checked_at=timezone.now(),
)
""",
    )
    with walk.step():
        from_the_desk(walk, "Links")
    with walk.step():
        walk.page.get_by_role("table").get_by_role("rowheader").get_by_role("link").first.click()
    with walk.aside():
        walk.see("Als richtig bestätigen")
    with walk.step():
        walk.fill("Neue Adresse", "https://neu.example/leitfaden.pdf")
    with walk.step():
        walk.press("Vorschau ansehen", leaves=True)
        walk.see("Vorher")
        walk.see("Nachher")
    walk.take_picture()
    with walk.step():
        walk.press("Überall ersetzen", leaves=True)
    walk.page.get_by_text("Ersetzt: ").wait_for()


def picture(walk: Walk, visiting: Callable[..., Visit]) -> None:
    file = io.BytesIO()
    Image.new("RGB", (1200, 800), "#7a9e87").save(file, "JPEG")
    with walk.step():
        from_the_desk(walk, "Redaktion")
        walk.press("Bilder")
    with walk.step():
        walk.named.append("Ein Bild hinzufügen")
        with walk.page.expect_navigation():  # by key: in a window as narrow as this, Wagtail's own head lies over it
            walk.page.get_by_role("link", name="Ein Bild hinzufügen").press("Enter")
        given = {"name": "markt.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()}
        walk.page.locator("main input[type=file]").first.set_input_files(given)  # type: ignore[arg-type]
    with walk.step():
        walk.fill("Ersatztext", "Der Markt von Perleberg, auf dem ein Brunnen steht.")
        walk.see("schmückt nur")
    with walk.step():
        walk.fill("Urheberin oder Urheber", "Rita Rahn")
        walk.named.append("Rechte")
        walk.page.locator("select[name$=licence]").select_option("CC BY 4.0")
    walk.take_picture(walk.page.locator("select[name$=licence]"))
    with walk.step():
        walk.press("Update")
        walk.page.get_by_text("Bild geändert").first.wait_for()
    with walk.aside():
        walk.visit.go("/")
        from_the_desk(walk, "Medien")


def barrier(walk: Walk, visiting: Callable[..., Visit]) -> None:
    page = visiting().go("/barriere-melden/?adresse=/bibliothek/")
    page.get_by_label("Was geht nicht?").fill("Mein Vorleseprogramm liest die Filter der Bibliothek nicht.")
    page.get_by_label("Ihre E-Mail-Adresse").fill("barriere@handbuch.example")
    with page.expect_navigation():
        page.get_by_role("button", name="Barriere melden").click()

    with walk.step():
        from_the_desk(walk, "Gemeldete Barrieren")
        walk.page.locator("tbody a").first.click()
    with walk.step():
        walk.see("Was nicht geht")
    with walk.step():
        walk.fill("Ihre Antwort", "Danke. Die Filter haben jetzt Namen, und Ihr Programm liest sie vor.")
    with walk.step():
        walk.fill("Behoben am", timezone.localdate().isoformat())
    walk.take_picture(walk.page.get_by_label("Ihre Antwort"))
    with walk.step():
        walk.press("Antwort schicken", leaves=True)
    wait_for(lambda: len(walk.visit.site.mails("barriere@handbuch.example")) == 2, "no answer arrives")


def statement(walk: Walk, visiting: Callable[..., Visit]) -> None:
    with walk.step():
        from_the_desk(walk, "Erklärung zur Barrierefreiheit")
    with walk.step():
        walk.press("Prüfung eintragen", leaves=True)
        fill_all(walk)
        with walk.page.expect_navigation():
            walk.page.get_by_role("button", name="Speichern").click()
    with walk.step():
        walk.press("Barriere eintragen", leaves=True)
        fill_all(walk)
        with walk.page.expect_navigation():
            walk.page.get_by_role("button", name="Speichern").click()
    walk.take_picture()
    with walk.step():
        walk.press("Neu bewerten", leaves=True)
        walk.page.get_by_label("teilweise", exact=False).first.check()
        fill_all(walk)
        walk.press("Bewertung speichern", leaves=True)
    with walk.step():
        walk.press("Öffentliche Seite ansehen", leaves=True)
    walk.page.locator("main").get_by_text("teilweise").first.wait_for()


def fill_all(walk: Walk) -> None:
    """Write something into every field that is still empty, and choose the first of each list."""
    for field in walk.page.locator("main form textarea, main form input[type=text]").all():
        if not field.input_value():
            field.fill("Vorlesen mit NVDA, alle Seiten der Bibliothek, Schritt für Schritt.")
    for field in walk.page.locator("main form input[type=date][required]").all():
        if not field.input_value():
            field.fill(timezone.localdate().isoformat())
    for field in walk.page.locator("main form select").all():
        if not field.input_value():
            field.select_option(index=1)
    radios = walk.page.locator("main form input[type=radio]")
    for name in {one.get_attribute("name") for one in radios.all()}:
        if not walk.page.locator(f"main form input[name={name}]:checked").count():
            walk.page.locator(f"main form input[name={name}]").first.check()


def term(walk: Walk, visiting: Callable[..., Visit]) -> None:
    with walk.step():
        from_the_desk(walk, "Redaktion")
        walk.press("Fachwörter")
    with walk.step():
        walk.press("Fachwort hinzufügen", leaves=True)
    with walk.step():
        walk.fill("Fachwort", "Zwiebelsatzung")
        walk.fill("Andere Formen", "Zwiebelsatzungen")
    with walk.step():
        walk.fill("Erklärung", "Eine Satzung über Zwiebeln. Der Rat beschließt sie.")
    walk.take_picture()
    with walk.step():
        walk.press("Mehr Aktionen")
        walk.press("Veröffentlichen", leaves=True)
    walk.visit.go("/fachwoerter/zwiebelsatzung/").get_by_role("heading", name="Zwiebelsatzung").wait_for()


def absence(walk: Walk, visiting: Callable[..., Visit]) -> None:
    with walk.step():
        from_the_desk(walk, "Vertretung")
    with walk.step():
        for label, address in (("Wer ist nicht da?", LEAD), ("Wer vertritt?", EDITOR)):
            walk.named.append(label)
            field = walk.page.get_by_label(label)
            field.select_option(label=field.locator("option", has_text=address).inner_text())
    with walk.step():
        walk.fill("Letzter Tag", (timezone.localdate() + timedelta(days=4)).isoformat())
    with walk.step():
        walk.press("Vertretung eintragen", leaves=True)
    walk.take_picture()
    with walk.step():
        walk.press("Geschäftsstelle", leaves=True)
        walk.see("Für Sie")
    with walk.aside():
        from_the_desk(walk, "Vertretung")
        walk.named = []
        walk.press("Ist wieder da", leaves=True)


def new_page(walk: Walk, visiting: Callable[..., Visit]) -> None:
    with walk.step():
        from_the_desk(walk, "Neue Seite")
    with walk.step():
        walk.page.get_by_label("Etwas einfach erklären").check()
        walk.fill("Titel", "Was ist ein Verfügungsfonds?")
        walk.press("Entwurf anlegen", leaves=True)
    with walk.step():
        walk.fill("Kurz gesagt", "Geld, über das die Menschen im Viertel selbst entscheiden.")
    with walk.step():
        walk.see("Entwurfshinweis")
        notes = walk.page.locator("[data-contentpath]").filter(has_text="Entwurfshinweis")
        notes.get_by_role("button", name="Löschen").first.click()
    walk.take_picture(walk.page.get_by_text("Kurz gesagt").first)
    with walk.step():
        walk.press("Entwurf speichern", leaves=True)
        walk.see("Lesbarkeit")
    with walk.step():
        walk.press("Mehr Aktionen")
        walk.press("Veröffentlichen", leaves=True)
    walk.visit.go("/was-ist-ein-verfuegungsfonds/").get_by_role(
        "heading", name="Was ist ein Verfügungsfonds?"
    ).wait_for()


def easy_language(walk: Walk, visiting: Callable[..., Visit]) -> None:
    with walk.step():
        from_the_desk(walk, "Leichte Sprache")
    walk.take_picture()
    with walk.step():
        walk.visit.go("/geschaeftsstelle/")
        walk.press("Redaktion", leaves=True)
        walk.press("Seiten")
        walk.page.get_by_role("link", name="Startseite").first.click()
        walk.page.wait_for_url("**/pages/*/")
        walk.page.locator("main table").get_by_role("link", name="Datenschutz", exact=True).first.click()
        walk.page.wait_for_url("**/edit/")
    with walk.step():
        walk.press("Mehr Aktionen")
        walk.press("Fassung in Leichter Sprache anlegen", leaves=True)
    with walk.step():
        walk.page.locator("[name=summary]").fill("Wir passen auf Ihre Daten auf.")
    with walk.step():
        pass  # people read it
    with walk.step():
        walk.press("Mehr Aktionen")
        walk.press("Veröffentlichen", leaves=True)
    walk.visit.go("/datenschutz/leichte-sprache/").locator("[lang=de-simple]").first.wait_for()


def hide(walk: Walk, visiting: Callable[..., Visit]) -> None:
    with walk.step():
        from_the_desk(walk, "Meldungen")
        walk.press("Ausgeblendet und gesperrt", leaves=True)
    with walk.step():
        walk.press("Inhalt ausblenden", leaves=True)
    with walk.step():
        walk.fill("Welche Seite?", f"{walk.visit.site.url}/fachwoerter/leader/")
    with walk.step():
        fill_all(walk)
        walk.fill("Begründung", "Die Erklärung nennt einen Menschen mit Namen, der das nicht möchte.")
    walk.take_picture(walk.page.get_by_label("Begründung"))
    with walk.step():
        walk.press("Ausblenden", form=True, leaves=True)
    with walk.aside():
        walk.see("Ausgeblendete Inhalte")


def evaluation(walk: Walk, visiting: Callable[..., Visit]) -> None:
    run_in_shell(
        walk,
        """
from akademie.surveys.tests.factories import make_survey
texts = ["Mehr Zeit für die Gruppen.", "Ein Vortrag weniger.", "Alles war gut vorbereitet."]
steps = [(5, 4), (4, 4), (5, 5), (3, 4), (4, 2), (5, 5), (4, 5)]
answers = [{"nutzen": use, "empfehlen": tell} for use, tell in steps]
for one, text in zip(answers, texts):
    one["verbessern"] = text
make_survey(answers, closed=True, title="Lernwerkstatt Ortskern", about="Lernwerkstatt in Perleberg")
""",
    )
    with walk.step():
        from_the_desk(walk, "Befragungen")
    with walk.step():
        walk.press("Geschlossen", leaves=True)
        with walk.page.expect_navigation():
            walk.page.get_by_role("link", name="Lernwerkstatt Ortskern", exact=True).click()
    with walk.step():
        walk.see("Als Tabelle")
    walk.take_picture()
    with walk.step():
        walk.see("Bevor Sie die Texte lesen")
    with walk.aside():
        walk.see("Zahlen nur für mich und die Geschäftsstelle")
    walk.page.get_by_text("Ein Vortrag weniger.").wait_for()
