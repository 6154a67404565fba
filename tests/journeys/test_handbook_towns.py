"""Every task card for everybody can be walked as it stands."""

import re
from collections.abc import Callable

import pytest

from akademie.portal import handbook
from tests.browser import Visit, wait_for
from tests.journeys import event_ways, format_ways, hosting_ways, taking_ways
from tests.journeys.handbook import SIZE, Walk, Way, ask_to_join, assert_good_page, walk_whole
from tests.journeys.paper import A4, printed

pytestmark = [pytest.mark.browser, pytest.mark.slow]
MAYOR, COLLEAGUE = "buergermeisterin@stadt.example", "bauamt@stadt.example"  # both of Perleberg, of the demo
CARDS = handbook.book(handbook.TOWNS).cards


def from_my_area(walk: Walk, place: str) -> None:
    """Go to a page of one's own, by Mein Bereich."""
    walk.press("Mein Bereich", leaves=True)
    walk.press(place, leaves=True)


def guide(walk: Walk, visiting: Callable[..., Visit]) -> None:
    with walk.step():
        walk.press("Wegweiser", leaves=True)
    with walk.step():
        walk.fill("Ihr Anliegen", "In unserer Innenstadt stehen Läden leer, und wir haben kaum Geld.")
    with walk.step():
        walk.fill("Ihre Stadt", "Perleberg")
    with walk.step():
        walk.press("Antworten finden", leaves=True)
    with walk.step():
        walk.see("Ein erster Schritt")
    walk.take_picture()
    with walk.step():
        assert printed(walk.page).sheets == [A4]
    with walk.aside():
        walk.press("Frage stellen", leaves=True)


def ask(walk: Walk, visiting: Callable[..., Visit]) -> None:
    address = "frage@handbuch.example"
    with walk.step():
        walk.press("Austausch", leaves=True)
        walk.press("Die Geschäftsstelle fragen", leaves=True)
    with walk.step():
        walk.fill("Was möchten Sie wissen?", "Wir planen einen Rufbus. Wer hat Erfahrung mit Fahrten am Abend?")
    with walk.step():
        walk.fill("Ihre Stadt", "Perleberg")
        walk.fill("Ihre E-Mail-Adresse", address)
    walk.take_picture(walk.page.get_by_label("Ihre E-Mail-Adresse"))
    with walk.step():
        walk.press("Frage abschicken", leaves=True)
    with walk.step():
        walk.page.goto(walk.visit.site.link_to(address))
    with walk.step():
        walk.press("Frage an die Geschäftsstelle senden", leaves=True)
    walk.page.get_by_role("heading", name="Ihre Frage ist angekommen").wait_for()


def sign_in(walk: Walk, visiting: Callable[..., Visit]) -> None:
    address, site = "neu@handbuch.example", walk.visit.site
    with walk.step():
        walk.press("Anmelden", leaves=True)
    with walk.step():
        walk.fill("Ihre E-Mail-Adresse", address)
        walk.press("Link schicken", leaves=True)
    with walk.step():
        link = site.link_to(address)
        code = re.search(r"(?m)^\d{4} \d{4}(?=\s)", site.mails(address)[-1])
        assert code is not None
    with walk.step():
        walk.fill("Code aus der Mail", code[0])
        walk.take_picture()
        walk.press("Anmelden", form=True, leaves=True)
    with walk.aside():
        from_my_area(walk, "Abmelden")
    with walk.step():
        other = visiting()
        other.go("/anmelden/")
        other.page.get_by_label("Ihre E-Mail-Adresse").fill(address)
        other.page.get_by_role("button", name="Link schicken").click()
        walk.page.goto(site.link_to(address, 1))
        assert walk.page.url != link
        walk.press("Jetzt anmelden", leaves=True)
    walk.page.get_by_role("link", name="Mein Bereich").wait_for()


def join(walk: Walk, visiting: Callable[..., Visit]) -> None:
    with walk.step():
        from_my_area(walk, "Meine Städte")
    with walk.step():
        walk.press("Stadt oder Organisation beitreten", leaves=True)
    with walk.step():
        walk.fill("Stadt oder Gemeinde", "Perleberg")
    with walk.step():
        walk.fill("Ihre Funktion", "Wirtschaftsförderung")
    walk.take_picture(walk.page.get_by_label("Ihre Funktion"))
    with walk.step():
        walk.press("Beitritt anfragen", leaves=True)
    with walk.step():
        walk.see("angefragt")


def confirm(walk: Walk, visiting: Callable[..., Visit]) -> None:
    new, address = visiting(), "jana@handbuch.example"
    before = len(walk.visit.site.mails(MAYOR))
    ask_to_join(new, address, "Jana Jost", "Perleberg", "Stadtplanung")
    with walk.step():
        mail = wait_for(lambda: walk.visit.site.mails(MAYOR)[before:], "no mail asks")[-1]
        assert ("Jana Jost" in mail, "Stadtplanung" in mail, address in mail) == (True, True, True)
    with walk.step():
        pass  # calling
    with walk.aside():
        walk.press("Mein Bereich", leaves=True)
        walk.see("Das wartet auf Sie")
        walk.page.get_by_role("link", name=re.compile("^Jana Jost möchte zu")).wait_for()
    with walk.step():
        links = re.findall(r"https?://[^\s)]+/aus-der-mail/[^\s)]+", mail)
        walk.visit.context.clear_cookies()
        walk.page.goto(links[0])
    walk.take_picture()
    with walk.step():
        walk.press("Ja", leaves=True)
    with walk.step():
        wait_for(lambda: "bestätigt, dass Sie zu Perleberg" in walk.visit.site.mails(address)[-1], "no mail tells her")


def shared(walk: Walk, visiting: Callable[..., Visit]) -> None:
    with walk.step():
        from_my_area(walk, "Mein Profil")
    with walk.step():
        walk.fill("Vorname", "Stadt")
        walk.fill("Nachname", "Perleberg")
    with walk.step():
        walk.tick("Mehrere Menschen nutzen dieses Postfach")
        walk.press("Profil speichern", leaves=True)
    with walk.step():
        walk.fill("Ihr Name", "Anna Amt")
        walk.take_picture()
        walk.press("Weiter", leaves=True)
    with walk.step():
        pass


def profile(walk: Walk, visiting: Callable[..., Visit]) -> None:
    with walk.step():
        from_my_area(walk, "Mein Profil")
    with walk.step():
        walk.see("Wer darf Ihr Profil sehen?")
        walk.tick("alle im Internet")
    with walk.aside():
        walk.see("Genauer einstellen")
    with walk.step():
        walk.press("Profil speichern", leaves=True)
        walk.press("Meine Themen", leaves=True)
    with walk.step():
        walk.see("Kann helfen bei")
        walk.see("Sucht Rat zu")
    walk.take_picture()
    with walk.step():
        walk.press("Themen speichern", leaves=True)
    with walk.step():
        walk.press("So sehen es andere", leaves=True)
    walk.page.get_by_role("heading", name="Berta Burg").wait_for()


def write(walk: Walk, visiting: Callable[..., Visit]) -> None:
    with walk.step():
        walk.press("Austausch", leaves=True)
        walk.press("Menschen finden, die helfen", leaves=True)
    with walk.step():
        walk.see("Kann helfen bei")
        walk.page.get_by_label("Daseinsvorsorge").first.check()
        walk.press("Liste eingrenzen", leaves=True)
    with walk.step():
        walk.page.get_by_role("link", name="Nuray Novak").click()
        walk.press("Nachricht schreiben", leaves=True)
    with walk.step():
        walk.fill("Ihre Nachricht", "Auch bei uns soll ein Verein das Kulturhaus tragen. Können wir dazu reden?")
    walk.take_picture()
    with walk.step():
        walk.press("Nachricht schicken", leaves=True)
    with walk.aside():
        from_my_area(walk, "Mein Profil")
        walk.fill("Höchstens so viele Anfragen im Monat", "2")
        walk.press("Profil speichern", leaves=True)


def notices(walk: Walk, visiting: Callable[..., Visit]) -> None:
    with walk.step():
        from_my_area(walk, "Benachrichtigungen")
    with walk.step():
        walk.fill("Wochenmail am Dienstag", "ja")
    with walk.step():
        walk.page.get_by_label("Jemand möchte zu Ihrer Stadt").select_option(label="in der Wochenmail")
    walk.take_picture()
    with walk.step():
        walk.press("Auswahl speichern", leaves=True)


def calendar(walk: Walk, visiting: Callable[..., Visit]) -> None:
    with walk.step():
        walk.press("Mein Bereich", leaves=True)
    with walk.step():
        walk.see("Ihre Termine")
        walk.press("Kalender abonnieren", leaves=True)
    with walk.step():
        shown = walk.page.locator("#termine ~ p code")
        address = shown.inner_text()
    # The picture shows an address as it looks in earnest.
    shown.evaluate("(one, url) => {one.textContent = url}", "https://akademie.example/mein-bereich/kalender/x3Kq9….ics")
    walk.take_picture(shown)
    with walk.step():
        read = walk.visit.context.request.get(address)
        assert (read.status, read.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    with walk.aside():
        walk.press("Neue Adresse", leaves=True)
        walk.see("Adresse beenden")


def hand_over(walk: Walk, visiting: Callable[..., Visit]) -> None:
    follower, site = "nachfolge@handbuch.example", walk.visit.site
    with walk.step():
        from_my_area(walk, "Meine Städte")
    with walk.step():
        walk.press("Stelle übergeben", leaves=True)
    with walk.aside():
        walk.see("Jemand, der schon dabei ist")
    with walk.step():
        walk.fill("Oder eine E-Mail-Adresse", follower)
    with walk.step():
        walk.press("Vorschau ansehen", leaves=True)
    walk.take_picture()
    with walk.step():
        walk.press("Einladung schicken", leaves=True)
    with walk.aside():
        walk.see("Funktion ändern")
    with walk.step():
        new = visiting()
        new.go(site.link_to(follower))
        with new.page.expect_navigation():
            new.page.locator("main").get_by_role("button").first.click()
    wait_for(lambda: "ist an" in site.mails(COLLEAGUE)[-1], "no mail says that it is handed over")


def own_data(walk: Walk, visiting: Callable[..., Visit]) -> None:
    address = "weg@handbuch.example"
    with walk.step():
        from_my_area(walk, "Meine Daten")
    with walk.step():
        walk.press("Meine Daten zusammenstellen", leaves=True)
    with walk.step():
        wait_for(lambda: "liegt" in walk.visit.site.mails(address)[-1], "no archive is ready", 60)
        walk.page.reload()
        with walk.page.expect_download() as download:
            walk.press("Meine Daten laden")
        assert download.value.suggested_filename.endswith(".zip")
    with walk.step():
        walk.press("Konto und Daten löschen", leaves=True)
    with walk.step():
        walk.tick("Ja, das alles endgültig löschen")
    walk.take_picture()
    with walk.step():
        walk.press("Konto und Daten löschen", form=True, leaves=True)
    walk.page.get_by_role("heading", name="Ihre Daten sind gelöscht").wait_for()
    with walk.aside():
        walk.press("Datenschutz", leaves=True)
        walk.press("Was ist über mich gespeichert?", leaves=True)


WAYS: dict[str, tuple[str, Way]] = {
    "antwort-finden": ("", guide),
    "format-finden": ("", format_ways.find),
    "durchfuehrung": (MAYOR, format_ways.enter),
    "format-starten": (MAYOR, hosting_ways.start),
    "nach-der-veranstaltung": (MAYOR, hosting_ways.afterwards),
    "geschaeftsstelle-fragen": ("", ask),
    "termine-abonnieren": ("", event_ways.subscribe),
    "anmelden": ("", sign_in),
    "beitreten": ("beitritt@handbuch.example", join),
    "kollegin-bestaetigen": (MAYOR, confirm),
    "postfach": ("info@handbuch.example", shared),
    "profil": (MAYOR, profile),
    "anschreiben": (MAYOR, write),
    "benachrichtigungen": (COLLEAGUE, notices),
    "ablaufplan": ("", taking_ways.moderate),
    "einbetten": ("", taking_ways.embed),
    "kalender": (MAYOR, calendar),
    "stelle-uebergeben": (COLLEAGUE, hand_over),
    "meine-daten": ("weg@handbuch.example", own_data),
}


@pytest.mark.parametrize("slug", WAYS)
def test_a_card_can_be_walked_as_it_stands(visiting: Callable[..., Visit], slug: str) -> None:
    who, way = WAYS[slug]
    visit = visiting(**SIZE)
    if who:
        visit.be(who)
    walk_whole(visit, handbook.TOWNS, slug, way, visiting)


def test_every_card_is_walked() -> None:
    assert sorted(WAYS) == sorted(card.slug for card in CARDS)


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.slug)
def test_a_card_prints_on_one_page_and_passes_axe(visiting: Callable[..., Visit], card: handbook.Card) -> None:
    assert_good_page(visiting(width=320), "/hilfe/", card)
