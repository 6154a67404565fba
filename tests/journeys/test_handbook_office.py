"""Every task card of the office can be walked as it stands."""

import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from akademie.portal import handbook
from tests.browser import Browser, Site, Visit, filled, running_site, wait_for
from tests.journeys import editing_ways, event_ways, format_ways, questionnaire_ways
from tests.journeys.handbook import (
    SIZE,
    Walk,
    Way,
    ask_to_join,
    assert_good_page,
    from_the_desk,
    run_in_shell,
    walk_whole,
)

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LEAD, EDITOR, NEW_LEAD = "leitung@akademie.example", "redaktion@akademie.example", "anna@stadt.example"
DESK = "/geschaeftsstelle/cms/"
CARDS = handbook.book(handbook.OFFICE).cards


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data folder of its own: the cards change what other tests count."""
    own = tmp_path_factory.mktemp("handbuch")
    shared = own.parent.parent if "PYTEST_XDIST_WORKER" in os.environ else own.parent
    with filled(shared, own) as folder:
        yield folder


@pytest.fixture(scope="module")
def site(folder: Path) -> Iterator[Site]:
    """The academy as a demo."""
    with running_site(folder) as site:
        yield site


def selftest(walk: Walk, visiting: Callable[..., Visit]) -> None:
    with walk.step():
        from_the_desk(walk, "Betrieb")
    with walk.step():
        walk.press("Jetzt prüfen", leaves=True)
    for _ in range(3):
        with walk.step():
            pass  # reading
    walk.take_picture(walk.page.locator(".ak-light--yellow").first)
    with walk.step():
        walk.press("Fehler")
    walk.page.get_by_role("heading", name="Was schiefging").wait_for()


def question(walk: Walk, visiting: Callable[..., Visit]) -> None:
    asker, address = visiting(), "handbuch@stadt.example"
    page = asker.go("/austausch/frage/")
    page.get_by_label("Was möchten Sie wissen?").fill("Wer hat Erfahrung mit einem Rufbus, der auch abends fährt?")
    page.get_by_label("Ihre E-Mail-Adresse").fill(address)
    page.get_by_role("button", name="Frage abschicken").click()
    page.goto(walk.visit.site.link_to(address))
    with page.expect_navigation():
        page.get_by_role("button", name="Frage an die Geschäftsstelle senden").click()

    with walk.step():
        from_the_desk(walk, "Redaktion")
        walk.press("Anfragen")
    with walk.step():
        walk.see("offen")
        walk.page.get_by_role("link", name=re.compile("Erfahrung mit einem Rufbus")).click()
    with walk.step():
        walk.see("Frage")
    walk.take_picture()
    with walk.step():
        walk.see("Von")
        assert walk.page.get_by_role("link", name=address).get_attribute("href") == f"mailto:{address}"
    with walk.aside():
        walk.see("Ohne Antwort schließen")
    with walk.step():
        walk.press("Als beantwortet vermerken", leaves=True)
    with walk.step():
        walk.visit.go(f"{DESK}anfragen/")
        walk.see("beantwortet")


def report(walk: Walk, visiting: Callable[..., Visit]) -> None:
    reporter = visiting()
    page = reporter.go("/inhalt-melden/?adresse=/praxis/seelow-mitte/")
    page.get_by_label("Falsch oder veraltet").check()
    page.get_by_label("Was genau, und warum?").fill("Die Zahl im zweiten Absatz stimmt seit 2020 nicht mehr.")
    page.get_by_label("Ich bin nach bestem Wissen überzeugt").check()
    with page.expect_navigation():
        page.get_by_role("button", name="Inhalt melden").click()

    with walk.step():
        from_the_desk(walk, "Meldungen")
        walk.page.locator("tbody a").first.click()
    with walk.step():
        walk.see("Was gemeldet wurde")
    with walk.step():
        walk.see("Inhalt bearbeiten")
    with walk.step():
        walk.see("Was ist entschieden?")
        walk.page.get_by_label("Geändert: Der Inhalt ist berichtigt oder ergänzt").check()
        walk.see("Worauf beruht die Entscheidung?")
        walk.page.get_by_label("redaktionelle Sorgfalt").check()
    with walk.step():
        walk.fill("Begründung", "Die Zahl war von 2019. Wir haben sie durch die des letzten Jahres ersetzt.")
    walk.take_picture(walk.page.get_by_label("Begründung"))
    with walk.step():
        walk.press("Entscheidung mitteilen", leaves=True)
    with walk.step():
        walk.press("Entschieden")
    walk.page.locator("tbody").get_by_text("geändert").wait_for()


def news(walk: Walk, visiting: Callable[..., Visit]) -> None:
    with walk.step():
        from_the_desk(walk, "Redaktion")
        walk.press("Seiten")
        walk.press("Startseite")
    with walk.step():
        walk.page.wait_for_url("**/pages/*/")
        walk.press("Aktuelles", leaves=True)
        walk.press("Aktionen")
        walk.press("Unterseite hinzufügen", leaves=True)
    with walk.step():
        walk.fill("Titel", "Kleinstädte treffen sich in Wittenberge")
    with walk.step():
        walk.fill("Kurz gesagt", "Am 5. März reden zwölf Städte über leere Läden. Noch sind Plätze frei.")
    walk.take_picture()
    with walk.aside():
        walk.see("Veröffentlichung")
    with walk.step():
        walk.press("Mehr Aktionen")
        walk.press("Veröffentlichen", leaves=True)
    with walk.step():
        walk.visit.go("/")
        walk.press("Aktuelles", leaves=True)
    walk.page.locator("main").get_by_role("link", name="Kleinstädte treffen sich in Wittenberge").wait_for()


def library(walk: Walk, visiting: Callable[..., Visit]) -> None:
    with walk.step():
        from_the_desk(walk, "Redaktion")
        walk.press("Bibliothek")
    with walk.step():
        walk.fill("Suchbegriff", "Resiliente")
        walk.page.get_by_role("link", name="Resiliente Kleinstädte", exact=True).click()
    with walk.step():
        walk.fill("Titel", "Resiliente Kleinstädte und ihre Zwiebelmärkte")
    with walk.aside():
        walk.see("Entwurf speichern")
    with walk.step():
        walk.press("Mehr Aktionen")
        walk.take_picture()
        walk.press("Veröffentlichen", leaves=True)
    with walk.step():
        walk.visit.go("/")
        walk.press("Suche", leaves=True)
        wait_for(lambda: found(walk, "Zwiebelmärkte"), "the item is not found")


def found(walk: Walk, words: str) -> bool:
    """Whether the search of the site finds something."""
    walk.visit.go(f"/suche/?q={words}")
    return walk.page.locator("main").get_by_text("Kein Treffer").count() == 0


def practice(walk: Walk, visiting: Callable[..., Visit]) -> None:
    writer = visiting()
    writer.be(EDITOR)
    page = writer.go(f"{DESK}snippets/practices/practicecase/")
    page.get_by_role("link", name="Ortsbus auf Abruf", exact=True).click()
    page.get_by_role("button", name="Mehr Aktionen").click()
    page.get_by_role("link", name="Veröffentlichung aufheben").click()
    with page.expect_navigation():
        page.locator("main form").get_by_role("button").first.click()

    with walk.step():
        from_the_desk(walk, "Redaktion")
        walk.press("Praxisbeispiele")
    with walk.step():
        walk.see("Veröffentlicht")
        drafts = walk.page.get_by_role("row").filter(has_text="False")
        drafts.get_by_role("link", name="Ortsbus auf Abruf", exact=True).click()
    with walk.step():
        walk.see("Wer")
        walk.see("Wann und wie weit")
    with walk.step():
        walk.see("Nachweis")
    with walk.step():
        walk.press("Mehr Aktionen")
        walk.take_picture()
        walk.press("Veröffentlichen", leaves=True)
    with walk.step():
        walk.visit.go("/")
        walk.press("Praxis", leaves=True)
    walk.visit.go("/praxis/?q=Ortsbus")
    walk.page.locator("main").get_by_text("Ortsbus auf Abruf").first.wait_for()


def synonyms(walk: Walk, visiting: Callable[..., Visit]) -> None:
    assert not found(walk, "Ruckelkarre")
    walk.visit.go("/")
    with walk.step():
        from_the_desk(walk, "Redaktion")
        walk.press("Schnipsel")
        walk.press("Synonyme")
    with walk.step():
        walk.press("Synonyme hinzufügen")
    with walk.step():
        walk.fill("Wörter", "Ruckelkarre, Rufbus")
    walk.take_picture()
    with walk.step():
        walk.press("Speichern", leaves=True)
    with walk.step():
        walk.visit.go("/")
        walk.press("Suche", leaves=True)
        wait_for(lambda: found(walk, "Ruckelkarre"), "the new word finds nothing")


def person(walk: Walk, visiting: Callable[..., Visit]) -> None:
    with walk.step():
        from_the_desk(walk, "Redaktion")
        walk.press("Einstellungen")
        walk.press("Personen")
    with walk.step():
        walk.press("Person hinzufügen", leaves=True)
    with walk.step():
        walk.fill("E-Mail-Adresse", "nora@akademie.example")
        walk.fill("Vorname", "Nora")
        walk.fill("Nachname", "Neumann")
    with walk.step():
        walk.fill("Rolle", "Redaktion")
    walk.take_picture()
    with walk.step():
        walk.press("Erstellen", leaves=True)
    with walk.step():
        new = visiting()
        new.go("/")
        theirs = Walk(new, walk.card)
        theirs.press("Anmelden", leaves=True)
        walk.named += theirs.named
    new.sign_in("nora@akademie.example")
    assert new.go(DESK).url == f"{new.site.url}{DESK}"
    walk.page.get_by_role("link", name="Nora Neumann").first.click()
    with walk.aside():
        walk.see("Aktiv")


def codes(walk: Walk, visiting: Callable[..., Visit]) -> None:
    with walk.step():
        from_the_desk(walk, "Betrieb")
        walk.press("Vor dem Start")
        walk.press("Erledigen", beside="Notfallcodes der Leitung sind gedruckt")
    with walk.step():
        walk.press("Zehn neue Codes erstellen", leaves=True)
        code = walk.page.locator(".ak-codes code").first.inner_text()
    walk.visit.context.clear_cookies()
    walk.visit.site.sessions.pop(LEAD, None)
    walk.visit.go("/")
    with walk.step():
        walk.press("Anmelden", leaves=True)
        walk.press("Mit einem Notfallcode", leaves=True)
    with walk.step():
        walk.fill("Ihre E-Mail-Adresse", LEAD)
        walk.fill("Notfallcode", code)
    walk.take_picture()
    with walk.step():
        walk.press("Anmelden", form=True, leaves=True)
    with walk.step():
        from_the_desk(walk, "Betrieb")
        walk.press("Mails")


def duties(walk: Walk, visiting: Callable[..., Visit]) -> None:
    given = {
        "Rechtsform": "Körperschaft des öffentlichen Rechts", "Straße und Hausnummer": "Markt 1",
        "Postleitzahl": "15306", "Ort": "Seelow", "Vertreten durch": "die Bürgermeisterin Anna Amt",
        "E-Mail-Adresse der Geschäftsstelle": "akademie@stadt.example", "Verantwortlich für den Inhalt": "Anna Amt",
        "Datenschutz-Aufsichtsbehörde": "Die Landesbeauftragte", "Rechenzentrum": "Kommunales Rechenzentrum, Seelow",
    }  # fmt: skip
    with walk.step():
        from_the_desk(walk, "Betrieb")
        walk.press("Vor dem Start")
    with walk.step():
        walk.press("Erledigen", beside="Angaben zur Akademie")
    with walk.step():
        walk.fill("Träger", "Stadt Seelow")
        for label, value in given.items():
            walk.page.get_by_role("textbox", name=label, exact=True).fill(value)
        walk.press("Speichern", leaves=True)
    with walk.step():
        walk.visit.go("/geschaeftsstelle/betrieb/")
        walk.press("Vor dem Start", leaves=True)
        walk.press("Erledigen", beside="Impressum")
    with walk.step():
        walk.see("Entwurfshinweis")
        walk.take_picture(walk.page.get_by_text("Entwurfshinweis").first)
        walk.page.locator("[data-contentpath]").filter(has_text="Entwurfshinweis").get_by_role(
            "button", name="Löschen"
        ).first.click()
        walk.page.get_by_text("Entwurfshinweis").first.wait_for(state="hidden")
    with walk.step():
        walk.press("Mehr Aktionen")
        walk.press("Veröffentlichen", leaves=True)
    with walk.step():
        walk.visit.go("/geschaeftsstelle/betrieb/vor-dem-start/")
        walk.see("Offen")
    done = walk.page.get_by_role("table", name="Erledigte Pflichten")
    assert done.get_by_role("rowheader").filter(has_text=re.compile("Angaben zur Akademie|Impressum")).count() == 2


def backup(walk: Walk, visiting: Callable[..., Visit]) -> None:
    with walk.step():
        from_the_desk(walk, "Betrieb")
        walk.press("Sicherungen")
    with walk.step():
        walk.see("Sicherung")
    with walk.step():
        walk.press("Jetzt sichern", leaves=True)
    with walk.step():
        wait_for(lambda: walk.page.reload() and walk.page.get_by_text("ja, in").count(), "no backup is made", 120)
        walk.see("Geprüft")
    walk.take_picture(walk.page.get_by_role("heading", level=1))  # further down stands a path of this machine
    with walk.step():
        walk.see("Probe")


def set_up(walk: Walk, visiting: Callable[..., Visit]) -> None:
    given = {
        "Rechtsform": "Körperschaft des öffentlichen Rechts", "Straße und Hausnummer": "Markt 1",
        "Postleitzahl": "15306", "Ort": "Seelow", "E-Mail-Adresse der Geschäftsstelle": "akademie@stadt.example",
        "Vorname der Leitung": "Anna", "Nachname der Leitung": "Amt", "E-Mail-Adresse der Leitung": NEW_LEAD,
    }  # fmt: skip
    folder = walk.visit.site.folder
    said = folder.with_name(f"{folder.name}.log").read_text(encoding="utf-8")
    address = re.search(r"\S+/geschaeftsstelle/einrichten/\S+", said)
    assert address is not None
    with walk.step():
        walk.page.goto(address[0])
    with walk.step():
        walk.fill("Träger", "Stadt Seelow")
        for label, value in given.items():
            walk.page.get_by_label(label).fill(value)
    walk.take_picture(walk.page.get_by_label("Träger"))
    with walk.step():
        walk.press("Einrichten und anmelden", leaves=True)
    with walk.step():
        walk.press("App einrichten", leaves=True)
        walk.fill("Code aus der App", code_of_app(walk))
        walk.press("App einrichten", form=True, leaves=True)
    with walk.step():
        walk.press("Zehn neue Codes erstellen", leaves=True)
        assert walk.page.locator(".ak-codes li").count() == 10
    with walk.step():
        wait_for(lambda: walk.visit.site.mails(NEW_LEAD), "no mail arrives")
    with walk.step():
        from_the_desk(walk, "Betrieb")
        walk.press("Vor dem Start")


def end_demo(walk: Walk, visiting: Callable[..., Visit]) -> None:
    with walk.step():
        from_the_desk(walk, "Betrieb")
        walk.press("Vor dem Start")
    with walk.step():
        walk.press("Erledigen", beside="Demo abgeschaltet und entfernt")
    with walk.step():
        walk.page.get_by_text("Konto leitung@akademie.example").wait_for()
    walk.take_picture()
    with walk.step():
        walk.press("Daten der Demo entfernen", leaves=True)
    with walk.step():
        walk.see("Erledigt")
    done = walk.page.get_by_role("table", name="Erledigte Pflichten")
    assert done.get_by_role("rowheader", name="Demo abgeschaltet und entfernt").count() == 1


def desk(walk: Walk, visiting: Callable[..., Visit]) -> None:
    ask_to_join(visiting(), "tisch@handbuch.example", "Theo Tisch", "Angermünde", "Bürgermeister")
    with walk.step():
        walk.press("Geschäftsstelle", leaves=True)
    with walk.step():
        walk.see("Was zu tun ist")
    with walk.step():
        walk.see("Was offen ist")
    with walk.step():
        walk.see("So läuft die Akademie")
    with walk.step():
        walk.see("Hier geht es zu")
    walk.take_picture()
    with walk.step():
        walk.see("Was zu tun ist")
        walk.page.get_by_role("link", name=re.compile("Theo Tisch")).click()
    walk.page.get_by_role("button", name="Ja, gehört dazu").wait_for()


def joining(walk: Walk, visiting: Callable[..., Visit]) -> None:
    new, address = visiting(), "berta@handbuch.example"
    ask_to_join(new, address, "Bert Baum", "Seelow", "Leiter des Bauamts")
    with walk.step():
        from_the_desk(walk, "Zugehörigkeiten")
    with walk.step():
        walk.page.get_by_role("row").filter(has_text="Bert Baum").get_by_role("link", name="Entscheiden").click()
        walk.named.append("Entscheiden")
    with walk.step():
        walk.see("Funktion")
        walk.see("E-Mail-Adresse")
    with walk.aside():
        walk.see("Nein, gehört nicht dazu")
    walk.take_picture()
    with walk.step():
        walk.press("Ja, gehört dazu", leaves=True)
    with walk.step():
        wait_for(lambda: "bestätigt, dass Sie zu Seelow" in walk.visit.site.mails(address)[-1], "no mail tells him")
        walk.press("Bestätigt", leaves=True)
    walk.page.get_by_role("rowheader", name=re.compile("Bert Baum")).wait_for()


def undeliverable(walk: Walk, visiting: Callable[..., Visit]) -> None:
    address = "rathaus@handbuch.example"
    ask_to_join(visiting(), address, "Rosa Rath", "Beelitz", "Büroleiterin")
    run_in_shell(
        walk,
        f"""
from akademie.accounts.models import User
from akademie.notifications.actions.addresses import note_refusal
from akademie.people.actions.joining import confirm
from akademie.people.models import Membership
confirm(Membership.objects.get(user__email={address!r}), by=User.objects.get(email={EDITOR!r}))
note_refusal({address!r}, "550 5.1.1 Dieses Postfach gibt es nicht")
""",
    )
    with walk.step():
        from_the_desk(walk, "Unzustellbare Adressen")
        walk.page.get_by_role("link", name=address).click()
    with walk.step():
        walk.see("Der Server dort sagt")
    with walk.step():
        pass  # calling
    with walk.step():
        walk.fill("Neue E-Mail-Adresse der Person", "rosa.rath@handbuch.example")
    walk.take_picture(walk.page.get_by_role("button", name="Neue Adresse speichern"))
    with walk.aside():
        walk.see("Jemand folgt der Person nach")
        walk.see("Gilt wieder")
        walk.see("Adresse sperren")
    with walk.step():
        walk.press("Neue Adresse speichern", leaves=True)


def retention(walk: Walk, visiting: Callable[..., Visit]) -> None:
    page = visiting().go("/austausch/frage/")
    page.get_by_label("Was möchten Sie wissen?").fill("Wer hat einen Bürgerbus, der sich trägt? Wir fangen gerade an.")
    page.get_by_label("Ihre E-Mail-Adresse").fill("frist@handbuch.example")
    with page.expect_navigation():
        page.get_by_role("button", name="Frage abschicken").click()
    run_in_shell(
        walk,
        """
from datetime import timedelta
from akademie.exchange.models import HelpRequest
for one in HelpRequest.objects.filter(email="frist@handbuch.example"):
    HelpRequest.objects.filter(pk=one.pk).update(created_at=one.created_at - timedelta(days=9))
""",
    )
    with walk.step():
        from_the_desk(walk, "Datenschutz")
    with walk.step():
        walk.see("Wie lange")
    with walk.step():
        walk.see("Jetzt fällig")
    with walk.step():
        walk.press("Unbestätigte Fragen", leaves=True)
    walk.take_picture()
    with walk.step():
        walk.press("Aufbewahren", leaves=True)
    with walk.step():
        walk.fill("Warum muss der Vorgang bleiben?", "Prüfung durch den Rechnungshof, Aktenzeichen 12/345.")
        walk.press("Aufbewahren", form=True, leaves=True)
    with walk.aside():
        walk.visit.go("/geschaeftsstelle/datenschutz/")
        walk.press("Aufbewahrt", leaves=True)
        walk.see("Nummer")
    with walk.aside():
        walk.visit.go("/geschaeftsstelle/datenschutz/")
        walk.press("Aufbewahrt", leaves=True)
        walk.press("Beenden", leaves=True)


def log(walk: Walk, visiting: Callable[..., Visit]) -> None:
    lead = visiting()
    lead.be(LEAD)
    page = lead.go("/geschaeftsstelle/ansehen-als/")
    page.get_by_label("E-Mail-Adresse der Person").fill("buergermeisterin@stadt.example")
    for button in ("Ansehen", "Beenden"):
        with page.expect_navigation():
            page.get_by_role("button", name=button, exact=True).click()

    with walk.step():
        from_the_desk(walk, "Datenschutz")
        walk.press("Protokoll", leaves=True)
    with walk.step():
        walk.see("Was geschah")
    with walk.step():
        walk.see("Eingrenzen")
        walk.page.locator("summary").filter(has_text="Eingrenzen").click()
    with walk.step():
        walk.fill("Person", "Lena Leitner")
        walk.press("Eingrenzen", form=True, leaves=True)
    walk.take_picture(walk.page.get_by_role("cell", name=re.compile("Berta Burg.+angesehen")).first)
    with walk.step(), walk.page.expect_download() as download:
        walk.press("Als Tabelle laden")
    assert download.value.suggested_filename.endswith(".csv")
    with walk.aside():
        walk.see("Woran")
    with walk.aside():
        walk.press("Alles dazu", leaves=True)


def look_as(walk: Walk, visiting: Callable[..., Visit]) -> None:
    with walk.step():
        pass  # asking
    with walk.step():
        from_the_desk(walk, "Ansehen als")
    with walk.step():
        walk.fill("E-Mail-Adresse der Person", "buergermeisterin@stadt.example")
        walk.press("Ansehen", form=True, leaves=True)
    with walk.step():
        walk.page.get_by_text("Sie sehen die Akademie als Berta Burg").wait_for()
    walk.take_picture()
    with walk.step():
        walk.press("Beenden", leaves=True)


def second_step(walk: Walk, visiting: Callable[..., Visit] | None = None) -> None:
    with walk.step():
        pass  # on the phone
    with walk.step():
        walk.press("Geschäftsstelle", leaves=True)
    with walk.step():
        walk.press("App einrichten", leaves=True)
    with walk.step():
        code = code_of_app(walk)
    with walk.step():
        walk.fill("Code aus der App", code)
        walk.take_picture()
        walk.press("App einrichten", form=True, leaves=True)
    with walk.aside():
        walk.press("Mein Bereich", leaves=True)
        walk.press("Konto und Anmeldung", leaves=True)
        walk.press("Passkeys ansehen und anlegen", leaves=True)


def code_of_app(walk: Walk) -> str:
    """Return the six digits that an app shows which has read the picture."""
    secret = walk.page.locator("main code").inner_text().replace(" ", "")
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


WAYS: dict[str, tuple[str, Way]] = {
    "selbsttest-lesen": (EDITOR, selftest),
    "frage-beantworten": (EDITOR, question),
    "meldung-entscheiden": (EDITOR, report),
    "nachricht-veroeffentlichen": (EDITOR, news),
    "bibliothek-aendern": (EDITOR, library),
    "praxisbeispiel-freigeben": (LEAD, practice),
    "suche-pflegen": (EDITOR, synonyms),
    "person-anlegen": (LEAD, person),
    "notfallcode": (LEAD, codes),
    "pflichtangaben": (LEAD, duties),
    "sicherung-pruefen": (EDITOR, backup),
    "schreibtisch": (EDITOR, desk),
    "aktualitaet": (EDITOR, editing_ways.upkeep),
    "freigabe-anfragen": (EDITOR, editing_ways.approval),
    "links-pruefen": (EDITOR, editing_ways.links),
    "medien": (EDITOR, editing_ways.picture),
    "erfahrungsbericht": (EDITOR, format_ways.release),
    "format-pflegen": (EDITOR, format_ways.keep),
    "verbesserungsvorschlag": (EDITOR, format_ways.decide),
    "variante": (EDITOR, format_ways.publish_variant),
    "barriere-beantworten": (EDITOR, editing_ways.barrier),
    "barrierefreiheit-bewerten": (EDITOR, editing_ways.statement),
    "auswertung": (EDITOR, editing_ways.evaluation),
    "fachwort": (EDITOR, editing_ways.term),
    "veranstaltung-veroeffentlichen": (EDITOR, event_ways.publish),
    "veranstaltungsarten": (EDITOR, event_ways.sorts),
    "fragebogen-bauen": (EDITOR, questionnaire_ways.build),
    "seite-schreiben": (EDITOR, editing_ways.new_page),
    "leichte-sprache": (EDITOR, editing_ways.easy_language),
    "ausblenden": (EDITOR, editing_ways.hide),
    "vertretung": (EDITOR, editing_ways.absence),
    "beitritt": (EDITOR, joining),
    "zustellung": (EDITOR, undeliverable),
    "fristen": (LEAD, retention),
    "protokoll": (LEAD, log),
    "ansehen-als": (LEAD, look_as),
}


@pytest.mark.parametrize("slug", WAYS)
def test_a_card_can_be_walked_as_it_stands(visiting: Callable[..., Visit], slug: str) -> None:
    who, way = WAYS[slug]
    visit = visiting(**SIZE)
    visit.be(who)
    walk_whole(visit, handbook.OFFICE, slug, way, visiting)


def test_the_cards_of_the_first_day(chromium: Browser, tmp_path: Path, folder: Path) -> None:
    own = shutil.copytree(folder, tmp_path / "data")
    with running_site(own, demo=False) as site, closing(Visit(chromium, site, **SIZE)) as visit:
        walk_whole(visit, handbook.OFFICE, "einrichten", set_up)
        with closing(Visit(chromium, site, **SIZE)) as editor:
            editor.sign_in(EDITOR)
            walk_whole(editor, handbook.OFFICE, "zweiter-schritt", second_step)
        walk_whole(visit, handbook.OFFICE, "demo-beenden", end_demo)


def test_every_card_is_walked() -> None:
    assert sorted([*WAYS, "einrichten", "zweiter-schritt", "demo-beenden"]) == sorted(card.slug for card in CARDS)


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.slug)
def test_a_card_prints_on_one_page_and_passes_axe(visiting: Callable[..., Visit], card: handbook.Card) -> None:
    visit = visiting(width=320)
    visit.be(EDITOR)
    assert_good_page(visit, "/geschaeftsstelle/handbuch/", card)
