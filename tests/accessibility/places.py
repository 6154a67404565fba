"""Every public page in every state that a visitor can meet. A new address belongs here: a test misses it otherwise."""

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass

from django.core import signing

from akademie.core.forms import DRAWN, TOO_FAST, TOO_OLD
from tests.browser import SECRET_KEY, Visit

PARTICIPANT = "buergermeisterin@stadt.example"
LONG = "Leerstand+in+der+Innenstadt+" * 80


@dataclass(frozen=True)
class Place:
    """A page in one state. `reach` goes on from the path to a state that no address has: by a form, for example."""

    name: str
    path: str
    status: int = 200
    reach: Callable[[Visit], object] | None = None
    says: str = ""  # stands on the page in this state only
    keyboard: bool = False  # walk through it by keyboard too: once for each template


def press(name: str, /, **fields: str) -> Callable[[Visit], object]:
    """Fill in fields by their names and press the button."""

    def reach(visit: Visit) -> None:
        main = visit.page.locator("main")
        for field, value in fields.items():
            main.locator(f"[name={field}]").fill(value)
        with visit.page.expect_navigation():
            main.get_by_role("button", name=name).click()

    return reach


def after_mail(button: str, address: str, again: bool = False, **fields: str) -> Callable[[Visit], object]:
    """Fill in a form, then open the link that comes by mail; `again` opens it once it has been used."""

    def reach(visit: Visit) -> None:
        before = len(visit.site.mails(address))
        press(button, **fields)(visit)
        link = visit.site.link_to(address, before)
        visit.go(link)
        if again:
            with visit.page.expect_navigation():
                visit.page.locator("main").get_by_role("button").first.click()

    return reach


def clock(minutes: int = 0, button: str = "") -> Callable[[Visit], object]:
    """Start the clock of an Ablaufplan so many minutes ago; then press a button."""

    def reach(visit: Visit) -> None:
        main = visit.page.locator("main")
        main.get_by_role("button", name="Uhr starten").click()
        visit.page.evaluate(
            """minutes => Object.keys(localStorage).filter(key => key.startsWith("ablaufplan")).forEach(key => {
                const kept = JSON.parse(localStorage.getItem(key));
                localStorage.setItem(key, JSON.stringify({...kept, since: kept.since - minutes * 60000}));
            })""",
            minutes,
        )
        visit.page.reload()
        if button:
            main.get_by_role("button", name=button).click()

    return reach


def signed_in(path: str) -> Callable[[Visit], object]:
    """Sign in, then open a path."""

    def reach(visit: Visit) -> None:
        visit.sign_in("zu-gast@stadt.example")
        visit.go(path)

    return reach


def at_account(path: str, button: str = "", **fields: str) -> Callable[[Visit], object]:
    """Open a page of one's own account, and press a button with these fields if one is named."""

    def reach(visit: Visit) -> None:
        visit.be("konto@stadt.example")
        visit.go(path)
        if button:
            press(button, **fields)(visit)

    return reach


def wrong_mail_code(visit: Visit) -> None:
    """Ask for a mail and type another code than the one in it."""
    press("Link schicken", email="vertippt@stadt.example")(visit)
    press("Anmelden", code="1234 5678")(visit)


def as_office(path: str, *buttons: str) -> Callable[[Visit], object]:
    """Open a path as the Leitung; then press buttons."""

    def reach(visit: Visit) -> None:
        visit.be("leitung@akademie.example")
        visit.go(path)
        for button in buttons:
            press(button)(visit)

    return reach


EVENTS, EVENTS_OF_OFFICE = "/veranstaltungen/", "/geschaeftsstelle/veranstaltungen/"


def first_event(path: str, office: bool = False) -> Callable[[Visit], object]:
    """Open the first event of a list, as everybody or as the Leitung."""

    def reach(visit: Visit) -> None:
        as_office(path)(visit) if office else visit.go(path)
        with visit.page.expect_navigation():
            visit.page.locator("main tbody th a, main article h3 a").first.click()

    return reach


def in_questionnaire(*steps: str) -> Callable[[Visit], object]:
    """Open the list of questionnaires as the Leitung; then press links and buttons by their names."""

    def reach(visit: Visit) -> None:
        visit.be("leitung@akademie.example")
        visit.go("/geschaeftsstelle/frageboegen/")
        main = visit.page.locator("main")
        for name in steps:
            with visit.page.expect_navigation():
                main.get_by_role("link", name=name).or_(main.get_by_role("button", name=name)).first.click()

    return reach


def as_mayor(path: str, *buttons: str, **fields: str) -> Callable[[Visit], object]:
    """Open a path as a person who takes part; then fill in fields and press buttons."""

    def reach(visit: Visit) -> None:
        visit.be(PARTICIPANT)
        visit.go(path)
        for button in buttons:
            press(button, **fields)(visit)

    return reach


def own_variant(*buttons: str, office: str = "") -> Callable[[Visit], object]:
    """Make a variant and press buttons there; then, with a list of the office, open its first row as the Leitung."""

    def reach(visit: Visit) -> None:
        as_mayor(NEW_VARIANT, "Variante anlegen", name="Feierabend-Webinar", differs="nach Dienstschluss")(visit)
        for button in buttons:
            press(button)(visit)
        open_first(visit, office)

    return reach


def own_proposal(office: str) -> Callable[[Visit], object]:
    """Propose something, then open it as the Leitung."""

    def reach(visit: Visit) -> None:
        said = {"after": "Nie länger als eine Stunde.", "why": "So steht es bei uns im Kalender."}
        as_mayor(f"{PROPOSE}?feld=tips", "Vorschlag abschicken", **said)(visit)
        open_first(visit, office)

    return reach


def open_first(visit: Visit, path: str) -> None:
    """Open the first row of a list of the office; no path: stay."""
    if path:
        as_office(path)(visit)
        with visit.page.expect_navigation():
            visit.page.locator("main tbody th a").first.click()


def to_approve(*buttons: str) -> Callable[[Visit], object]:
    """Have somebody asked to approve a text, open the link of their mail, press buttons."""

    def reach(visit: Visit) -> None:
        email = f"burg{time.monotonic_ns()}@stadt.example"
        as_office(TEXT_TO_APPROVE)(visit)
        press("Freigabe anfragen", name="Berta Burg", email=email)(visit)
        visit.go(visit.site.link_to(email))
        for button in buttons:
            press(button)(visit)

    return reach


def reported(visit: Visit) -> None:
    """Report a page, then open the report as the Leitung."""
    main = visit.page.locator("main")
    main.locator("[name=address]").fill(f"{visit.site.url}/praxis/")
    main.locator("[name=category][value=wrong]").check()
    main.locator("[name=good_faith]").check()
    press("Inhalt melden", text="Die Zahl im zweiten Absatz stimmt seit 2020 nicht mehr.")(visit)
    as_office(REPORTS)(visit)
    with visit.page.expect_navigation():
        main.locator("tbody a").first.click()


def barrier_met(visit: Visit) -> None:
    """Report a barrier, then open the report as the Leitung."""
    press("Barriere melden", text="Der Filter lässt sich nicht mit der Tastatur öffnen.")(visit)
    as_office(BARRIERS)(visit)
    with visit.page.expect_navigation():
        visit.page.locator("main tbody th a").first.click()


def barrier_refused(visit: Visit) -> None:
    """Send no answer."""
    barrier_met(visit)
    press("Vermerken")(visit)


def document_to_check(visit: Visit) -> None:
    """Upload a document in the back office, then open the list of those that nobody has checked."""
    as_office("/geschaeftsstelle/cms/documents/add/")(visit)
    page = visit.page
    page.locator("[name=file]").set_input_files({"name": "satzung.pdf", "mimeType": "", "buffer": b"%PDF-1.7"})
    page.locator("[name=title]").fill("Satzung")
    page.locator("[name=licence]").select_option("gemeinfrei")
    with page.expect_navigation():
        page.get_by_role("button", name="Hochladen").click()
    visit.go(f"{MEDIA}?liste=barrieren")


def broken_link(path: str) -> Callable[[Visit], object]:
    """Note that the address of a law is broken, as the nightly job does; then open a path for this link."""

    def reach(visit: Visit) -> None:
        with closing(sqlite3.connect(visit.site.folder / "db.sqlite3", timeout=20)) as database, database:
            pk, url = database.execute("SELECT id, law_url FROM terms_term WHERE law_url > '' ORDER BY id").fetchone()
            database.execute(
                "INSERT OR IGNORE INTO weblinks_weblink (id, url, digest, host, state, words, target, due_on, failures,"
                " first_failed_at) VALUES (1, ?, 'x', 'x', 'broken', 'x', '', '2999-01-01', 3, '2026-11-01 12:00:00')",
                [url],
            )
            database.execute(
                "INSERT OR IGNORE INTO weblinks_weblinkuse (link_id, kind, object_pk, field, title, url)"
                " VALUES (1, 'fachwoerter', ?, 'Adresse', 'Fachwort', '/fachwoerter/')",
                [str(pk)],
            )
        as_office(path)(visit)

    return reach


def survey(state: str, path: str = "", *buttons: str, office: bool = False) -> Callable[[Visit], object]:
    """Open a survey of the demo that is in this state; "open" makes one so."""

    def reach(visit: Visit) -> None:
        with closing(sqlite3.connect(visit.site.folder / "db.sqlite3", timeout=20)) as database, database:
            bags = "FROM surveys_survey JOIN surveys_answerbag ON survey_id = id WHERE"
            if state == "closed":
                which = "count >= 5 ORDER BY id LIMIT 1"
            else:
                which = f"count = 0 ORDER BY id LIMIT 1 OFFSET {('open', 'over', 'coming').index(state)}"
            ((number,),) = database.execute(f"SELECT slug {bags} {which}").fetchall()
            if state in ("open", "over"):
                end = "2999-01-01" if state == "open" else "2026-01-02"
                times = f"opens_at = '2026-01-01 12:00:00', closes_at = '{end} 12:00:00'"
                database.execute(f"UPDATE surveys_survey SET {times} WHERE slug = ?", [number])
        as_office("/")(visit) if office else None
        if path == "?":
            home = f"{visit.site.url}/befragungen/{number}/"
            visit.context.add_cookies([{"name": "schon_geantwortet", "value": "1", "url": home}])
        visit.go(f"/befragungen/{number}/{path}")
        for button in buttons:
            press(button)(visit)

    return reach


def first_to_check(visit: Visit) -> None:
    """Open the first thing of the list of all that are looked after."""
    as_office(f"{UPKEEP}?liste=alle")(visit)
    with visit.page.expect_navigation():
        visit.page.locator("main tbody th a").first.click()


def drawn_before(seconds: int, button: str, **fields: str) -> Callable[[Visit], object]:
    """Send a form that was drawn so long ago; below zero it comes faster than people write."""

    def reach(visit: Visit) -> None:
        stamp = signing.dumps(time.time() - seconds, salt=DRAWN, key=SECRET_KEY)
        visit.page.locator("[name=website-seit]").evaluate("(field, stamp) => field.value = stamp", stamp)
        press(button, **fields)(visit)

    return reach


def without_cookies(button: str) -> Callable[[Visit], object]:
    """Send a form after the browser has lost its cookies."""

    def reach(visit: Visit) -> None:
        visit.context.clear_cookies()
        press(button)(visit)

    return reach


def own_town(path: str) -> Callable[[Visit], object]:
    """Remember the town that is shown as one's own, then open a path."""

    def reach(visit: Visit) -> None:
        with visit.page.expect_navigation():
            visit.page.locator("form[action$='/merken/'] button").click()
        visit.go(path)

    return reach


def opened_map(visit: Visit) -> None:
    """Have the moving map loaded."""
    visit.page.locator("[data-ak-map] button, button[data-ak-map]").first.click()
    visit.page.locator(".leaflet-container").wait_for()
    visit.page.wait_for_load_state("networkidle")


def phone_menu(visit: Visit) -> None:
    """Open the menu as on a phone."""
    visit.page.set_viewport_size({"width": 320, "height": 640})
    visit.page.get_by_role("button", name="Menü").click()


QUESTION = {"question": "Wie haben andere ihre leeren Läden wieder gefüllt?", "email": "frage@stadt.example"}
EMPTY = {  # how a list says that nothing is left, what leaves nothing, and one choice
    "bibliothek": ("0 Einträge", "thema=energie&jahr=2005", "thema=leerstand"),
    "praxis": ("0 Beispiele", "land=Bayern&status=uebergeben", "land=Brandenburg"),
    "formate": ("0 Formate", "aufwand=gering&gruppe=bis-5&dauer=ganzer-tag", "modus=digital"),
}
UNKNOWN = "kennen wir nicht"
SCRIPT = "/formate/webinar/ablaufplan/"
OVERVIEW = "/geschaeftsstelle/betrieb/"
SURVEY = "/befragungen/000-000-000/"  # nobody has this number; from here on to one of the demo
REPORTS = "/geschaeftsstelle/meldungen/"
UPKEEP = "/geschaeftsstelle/aktualitaet/"
LINKS = "/geschaeftsstelle/links/"
MEDIA = "/geschaeftsstelle/medien/"
ABSENCES = "/geschaeftsstelle/vertretung/"
APPROVALS = "/geschaeftsstelle/freigaben/"
TEXT_TO_APPROVE = f"{APPROVALS}zu/bibliothek/1/"
HANDBOOK = "/geschaeftsstelle/handbuch/"
FINDER, RUN_FORM = "/formate/was-passt/", "/formate/webinar/durchfuehrung/"
NEW_VARIANT, PROPOSE = "/formate/webinar/variante/", "/formate/webinar/vorschlag/"
VARIANTS, PROPOSALS = "/geschaeftsstelle/formate/varianten/", "/geschaeftsstelle/formate/vorschlaege/"
REPORTS_OF_RUNS = "/geschaeftsstelle/formate/berichte/"
BARRIER, BARRIERS = "/barriere-melden/?adresse=", "/geschaeftsstelle/barrieren/"
STATEMENT = "/geschaeftsstelle/barrierefreiheit/"
MEASURES = "/geschaeftsstelle/massnahmen/"
FORMS = "/geschaeftsstelle/frageboegen/"
DRAFT, TRY = "Werkstatt: Was bringen Sie mit?", "Ansehen und ausprobieren"
LAST_PAGE = "gibt es nicht. Hier ist die letzte Seite."

PLACES = [
    Place("start", "/", keyboard=True),
    Place("start with the menu open", "/", reach=phone_menu),
    Place("wegweiser", "/wegweiser/", keyboard=True),
    Place("wegweiser, answer", "/wegweiser/?q=Leerstand+in+der+Innenstadt,+kein+Geld", keyboard=True),
    Place("wegweiser, answer for a town", "/wegweiser/?q=Leerstand&stadt=12070296", says="Städte wie Perleberg"),
    Place(
        "wegweiser, answer for the own town", "/staedte/12070296/", reach=own_town("/wegweiser/?q=Leerstand"),
        says="Städte wie Perleberg",
    ),
    Place(
        "wegweiser, nothing fits", "/wegweiser/?q=Rezept+für+Apfelkuchen+mit+Streuseln", keyboard=True,
        says="Dazu haben wir nichts Passendes",
    ),
    Place("wegweiser, unknown town", "/wegweiser/?q=Leerstand&stadt=Entenhausen", says="Bitte prüfen Sie"),
    Place("wegweiser, too long", f"/wegweiser/?q={LONG}", says="Gelesen haben wir die ersten"),
    Place("wegweiser, explained", "/wegweiser/so-geht-es/", keyboard=True),
    Place("wegweiser, words", "/wegweiser/so-geht-es/leerstand/", keyboard=True, says="leere Läden"),
    Place("search", "/suche/", keyboard=True),
    Place("search, hits", "/suche/?q=Leerstand", keyboard=True),
    Place("search, narrowed", "/suche/?q=Leerstand&art=praxis", says="(1 gewählt)"),
    Place("search, none", "/suche/?q=xyzzyqwertz", keyboard=True, says="Kein Treffer"),
    Place("search, misspelt", "/suche/?q=Lehrstant", says="Meinten Sie"),
    Place("search, page 99999", "/suche/?q=Stadt&seite=99999", says=LAST_PAGE),
    Place("search, unknown facet", "/suche/?q=Stadt&art=quatsch&thema=quatsch", says=UNKNOWN),
    Place("search, quotes and signs", "/suche/?q=%22Leerstand+%28%E2%80%AE%00"),
    *(
        place
        for name, (none, nothing, narrow) in EMPTY.items()
        for place in (
            Place(name, f"/{name}/", keyboard=True),
            Place(f"{name}, narrowed", f"/{name}/?{narrow}", says="(1 gewählt)"),
            Place(f"{name}, empty", f"/{name}/?{nothing}", says=none),
            Place(f"{name}, page 99999", f"/{name}/?seite=99999", says=LAST_PAGE),
            Place(f"{name}, unknown facet", f"/{name}/?thema=quatsch&land=99&art=quatsch&jahr=0&seite=x", says=UNKNOWN),
        )
    ),
    Place("staedte", "/staedte/", keyboard=True),
    Place("staedte, narrowed", "/staedte/?land=Brandenburg&groesse=unter-5000", says="gewählt)"),
    Place("staedte, page 99999", "/staedte/?seite=99999", says=LAST_PAGE),
    Place("staedte, unknown facet", "/staedte/?land=99&groesse=x", says=UNKNOWN),
    Place("staedte, found", "/staedte/?q=M%C3%B6lln"),
    Place("staedte, empty", "/staedte/?q=xyzzyqwertz", keyboard=True, says="Diese Stadt kennen wir nicht"),
    Place("staedte, map", "/staedte/karte/", keyboard=True),
    Place("staedte, empty map", "/staedte/karte/?q=xyzzyqwertz", says="Diese Stadt kennen wir nicht"),
    Place("praxis, empty map", "/praxis/karte/?land=Bayern&status=uebergeben", says="0 Beispiele"),
    Place("staedte, moving map", "/staedte/karte/", reach=opened_map),
    Place("staedte, profile", "/staedte/12070296/", keyboard=True),
    Place("staedte, own town", "/staedte/12070296/", reach=own_town("/staedte/12070296/")),
    Place("staedte, village", "/staedte/01051001/"),
    Place("staedte, unknown", "/staedte/Entenhausen/", status=404, keyboard=True),
    Place("praxis, map", "/praxis/karte/", keyboard=True),
    Place("praxis, moving map", "/praxis/karte/", reach=opened_map),
    Place("praxis, case", "/praxis/seelow-mitte/", keyboard=True),
    Place("praxis, case of many towns", "/praxis/verbund-sommer/"),
    Place("praxis, case handed on", "/praxis/murnau-omobi/"),
    Place("bibliothek, item", "/bibliothek/moro-15/", keyboard=True),
    Place("bibliothek, article", "/bibliothek/arl-16/"),
    Place("bibliothek, thesis", "/bibliothek/gareis-2021/"),
    Place("bibliothek, part of a series", "/bibliothek/stbf-50/"),
    Place("formate, table", "/formate/tabelle/", keyboard=True),
    Place("formate, table sorted", "/formate/tabelle/?sortieren=aufwand"),
    Place("formate, profile", "/formate/peer-austausch/", keyboard=True),
    Place("formate, script", SCRIPT, keyboard=True, says="Wer spricht"),
    Place("formate, script from two on", f"{SCRIPT}?beginn=14:00", says="14:00"),
    Place("formate, script from never on", f"{SCRIPT}?beginn=irgendwann", says="Bitte geben Sie eine Uhrzeit ein"),
    Place("formate, clock runs", SCRIPT, reach=clock(), says="Min. übrig"),
    Place("formate, clock is over", SCRIPT, reach=clock(60), says="Die Zeit ist um"),
    Place("formate, clock is halted", SCRIPT, reach=clock(1, "Pause"), says="❚❚ Pause"),
    Place("was passt", FINDER, keyboard=True, says="Oder wählen Sie"),
    Place("was passt, answered", f"{FINDER}?zeit=halber-tag&personen=12&staedte=6&aufwand=gering", says="Gesucht:"),
    Place("was passt, a sentence", f"{FINDER}?satz=Ein+halber+Tag,+12+Leute,+kein+Geld", says="12 Personen"),
    Place("was passt, nothing", f"{FINDER}?zeit=stunde&personen=9999&wo=praesenz", says="Nichts passt zu allem"),
    Place("was passt, not understood", f"{FINDER}?satz=Hallo", says="Das haben wir nicht verstanden"),
    Place("was passt, refused", f"{FINDER}?personen=viele&zeit=ewig", says="Bitte geben Sie eine ganze Zahl ein"),
    Place("formate, measured", "/formate/webinar/", says="Median aus"),
    Place("formate, reports", "/formate/webinar/berichte/", keyboard=True, says="von denen, die das Format durchgeführt haben"),
    Place("formate, no report", "/formate/video-tutorial/berichte/", says="Noch kein Erfahrungsbericht"),
    Place("durchfuehrung", RUN_FORM, keyboard=True, reach=as_mayor(RUN_FORM), says="Nur Titel, Tag und Ort sind nötig"),
    Place(
        "durchfuehrung, refused", RUN_FORM, says="Meinen Sie 3 Stunden",
        reach=as_mayor(RUN_FORM, "Durchführung eintragen", run_minutes="3"),
    ),
    *(
        Place(f"durchfuehrung, {name}", f"/formate/durchfuehrung/{pk}/", keyboard=name == "to change",
              reach=as_mayor(f"/formate/durchfuehrung/{pk}/"), says=says)
        for name, pk, says in (("public", 5, "Er steht beim Format"), ("to change", 31, "ist zurückgekommen"))
    ),
    Place("formate, templates", "/formate/webinar/vorlagen/", keyboard=True),
    Place("formate, templates filled", "/formate/webinar/vorlagen/?beispiel=1", says="So sehen die Vorlagen"),
    Place("formate, checklist", "/formate/webinar/checkliste/", keyboard=True),
    Place("formate, cannot be started yet", "/formate/tandem/starten/", keyboard=True, says="Das kommt noch"),
    Place("formate, new variant", NEW_VARIANT, keyboard=True, reach=as_mayor(NEW_VARIANT)),
    Place("formate, variant", NEW_VARIANT, keyboard=True, reach=own_variant(), says="Stand: Entwurf"),
    Place(
        "formate, variant handed in", NEW_VARIANT, reach=own_variant("Variante einreichen"),
        says="liegt der Geschäftsstelle vor",
    ),
    Place("formate, field to change", PROPOSE, keyboard=True, reach=as_mayor(PROPOSE)),
    Place("formate, proposal", f"{PROPOSE}?feld=steps", reach=as_mayor(f"{PROPOSE}?feld=steps")),
    Place(
        "formate, proposal refused", f"{PROPOSE}?feld=effort", says="geht hier nicht",
        reach=as_mayor(f"{PROPOSE}?feld=effort", "Vorschlag abschicken", after="riesig", why="Es war sehr viel."),
    ),
    Place("varianten", VARIANTS, keyboard=True, reach=as_office(VARIANTS)),
    Place(
        "varianten, one", NEW_VARIANT, keyboard=True, reach=own_variant("Variante einreichen", office=VARIANTS),
        says="Was sich gegenüber dem Original",
    ),
    Place("vorschlaege", PROPOSALS, keyboard=True, reach=as_office(PROPOSALS)),
    Place("vorschlaege, one", f"{PROPOSE}?feld=tips", keyboard=True, reach=own_proposal(PROPOSALS), says="Heute"),
    Place("berichte", REPORTS_OF_RUNS, keyboard=True, reach=as_office(REPORTS_OF_RUNS), says="Lesen Sie, ob jemand"),
    *(
        Place(f"berichte, {name}", f"{REPORTS_OF_RUNS}{pk}/", keyboard=name == "one",
              reach=as_office(f"{REPORTS_OF_RUNS}{pk}/", *buttons), says=says)
        for name, pk, says, *buttons in (
            ("one", 29, "Bericht lesen und freigeben"),
            ("refused", 2, "Bitte tragen Sie auch diese Zeit ein", "Zeiten speichern"),
            ("given back", 31, "Zurückgegeben"),
        )
    ),
    Place("einbetten", "/formate/peer-austausch/einbetten/", keyboard=True, says="Als Rahmen"),
    Place("einbetten, frame", "/einbetten/formate/peer-austausch/", says="Quelle:"),
    Place("einbetten, frame of nothing", "/einbetten/formate/nichts/", status=404, says="gibt es nicht mehr"),
    Place("einbetten, copy", "/formate/peer-austausch/einbetten.html", says="Quelle:"),
    Place("terms", "/fachwoerter/", keyboard=True),
    Place("terms, found", "/fachwoerter/?q=ISEK"),
    Place("terms, not found", "/fachwoerter/?q=quatsch"),
    Place("terms, one", "/fachwoerter/sanierungsgebiet/", keyboard=True),
    Place("themen", "/themen/", keyboard=True),
    Place("themen, topic", "/themen/leerstand/", keyboard=True),
    Place("themen, subtopic", "/themen/bahnhoefe/"),
    Place("themen, unknown", "/themen/quatsch/", status=404),
    Place("menschen", "/menschen/", keyboard=True),
    Place("menschen, narrowed", "/menschen/?hilft=leerstand", says="(1 gewählt)"),
    Place("menschen, empty", "/menschen/?stadt=Entenhausen", says="Hier zeigt sich niemand"),
    Place("menschen, page 99999", "/menschen/?seite=99999", says=LAST_PAGE),
    Place("menschen, unknown facet", "/menschen/?hilft=quatsch&sucht=x&land=99&art=quatsch", says=UNKNOWN),
    Place("menschen, for participants", "/menschen/", reach=as_mayor("/menschen/"), says="Jörg Jansen"),
    Place("menschen, profile", "/menschen/1/", keyboard=True, says="Berta Burg"),
    Place("menschen, own profile", "/menschen/1/", reach=as_mayor("/menschen/1/"), says="Das ist Ihr Profil."),
    Place("menschen, message", "/menschen/1/kontakt/", keyboard=True),
    Place(
        "menschen, message refused", "/menschen/1/kontakt/", says="Bitte",
        reach=press("bestätigen lassen", text="x"),
    ),
    Place("menschen, message sent", "/menschen/1/kontakt/gesendet/", keyboard=True),
    *(
        Place(f"{path}{', refused' if buttons else ''}", path, keyboard=not buttons, reach=as_mayor(path, *buttons),
              says=says)
        for path, says, *buttons in (
            ("/konto/profil/", "wer was von Ihnen sieht"),
            ("/konto/profil/themen/", "zu jedem ein Satz"),
            ("/konto/zugehoerigkeit/", "Perleberg"),
            ("/konto/zugehoerigkeit/beitreten/", "Sagen Sie, wo Sie tätig sind."),
            ("/konto/zugehoerigkeit/beitreten/", "Bitte nennen Sie Ihre Stadt", "Beitritt anfragen"),
            ("/konto/zugehoerigkeit/1/uebergeben/", "Wer folgt Ihnen nach?"),
            ("/konto/zugehoerigkeit/1/uebergeben/", "Bitte nennen Sie die Person", "Vorschau ansehen"),
            ("/konto/zugehoerigkeit/1/aendern/", "Was machen Sie in Perleberg?"),
            ("/konto/zugehoerigkeit/1/beenden/", "Folgt jemand nach?"),
        )
    ),
    Place(
        "stelle uebergeben, preview", "/konto/zugehoerigkeit/1/uebergeben/", keyboard=True, says="eine Einladung",
        reach=as_mayor("/konto/zugehoerigkeit/1/uebergeben/", "Vorschau ansehen", email="folgt@stadt.example"),
    ),
    Place("wer handelt", "/konto/wer-handelt/", keyboard=True, reach=as_mayor("/konto/wer-handelt/")),
    Place(
        "zugehoerigkeiten", "/geschaeftsstelle/zugehoerigkeiten/", keyboard=True, says="Berta Burg",
        reach=as_office("/geschaeftsstelle/zugehoerigkeiten/?stand=bestaetigt"),
    ),
    Place("fassungen", "/geschaeftsstelle/fassungen/", keyboard=True, reach=as_office("/geschaeftsstelle/fassungen/")),
    Place("daten", "/daten/", keyboard=True),
    Place("schnittstelle", "/api/v1/docs", keyboard=True),
    Place("aktuelles", "/aktuelles/", keyboard=True),
    Place("aktuelles, unknown", "/aktuelles/quatsch/", status=404),
    *(
        Place(duty, f"/{duty}/")
        for duty in (
            "datenschutz", "barrierefreiheit", "leichte-sprache", "gebaerdensprache", "datenquellen",
            "nutzungsbedingungen", "hausregeln",
        )
    ),
    Place("impressum", "/impressum/", keyboard=True),
    Place("barriere-melden", "/barriere-melden/", keyboard=True),
    Place("barriere-melden, refused", "/barriere-melden/", reach=press("Barriere melden"), says="Bitte"),
    Place("barriere-melden, thanks", "/barriere-melden/danke/"),
    Place("anmelden", "/anmelden/", keyboard=True),
    Place("anmelden, refused", "/anmelden/", reach=press("Link schicken", email="keine-adresse"), says="Bitte prüfen"),
    Place("anmelden, link sent", "/anmelden/", reach=press("Link schicken", email="gesendet@stadt.example")),
    Place(
        "anmelden, link opened", "/anmelden/", keyboard=True,
        reach=after_mail("Link schicken", "geoeffnet@stadt.example", email="geoeffnet@stadt.example"),
    ),
    Place("anmelden, useless link", "/anmelden/x/", status=410),
    Place("anmelden, wrong mail code", "/anmelden/", reach=wrong_mail_code, says="Code passt nicht", keyboard=True),
    Place("anmelden, passkey", "/anmelden/passkey/", keyboard=True),
    Place("anmelden, password", "/anmelden/passwort/", keyboard=True),
    Place(
        "anmelden, wrong password", "/anmelden/passwort/", says="passen nicht zusammen",
        reach=press("Anmelden", email="niemand@stadt.example", password="falsch"),
    ),
    *(
        Place(f"{path}, {button or 'open'}", "/anmelden/", says=says, keyboard=not button,
              reach=at_account(path, button, **fields))
        for path, says, button, fields in (
            ("/konto/", "Hier sind Sie angemeldet", "", {}),
            ("/konto/", "Ihr Name ist gespeichert", "Name speichern", {"first_name": "Paula"}),
            ("/konto/adresse/", "Ihre neue E-Mail-Adresse", "", {}),
            ("/konto/adresse/", "Bitte prüfen", "Link schicken", {"email": "keine"}),
            ("/konto/adresse/x/", "abgelaufen", "", {}),
            ("/konto/app/", "Scannen Sie dieses Bild", "", {}),
            ("/konto/app/", "Code passt nicht", "App einrichten", {"code": "000000"}),
            ("/konto/bestaetigen/", "noch einmal, dass Sie es sind", "", {}),
            ("/konto/passkeys/", "Sie haben noch keinen", "", {}),
            ("/konto/passwort/", "Sie brauchen keines", "", {}),
            ("/konto/passwort/", "zu kurz", "Passwort speichern", {"password": "kurz"}),
            ("/konto/zweiter-schritt/", "Mit einer App", "", {}),
        )
    ),
    Place("anmelden, paper code", "/anmelden/notfallcode/", keyboard=True),
    Place(
        "anmelden, wrong paper code", "/anmelden/notfallcode/", says="passen nicht zusammen",
        reach=press("Anmelden", email="niemand@stadt.example", code="AAAA-BBBB-CCCC-DDDD"),
    ),
    Place("anmelden, signed in already", "/anmelden/", reach=signed_in("/anmelden/?next=/geschaeftsstelle/cms/")),
    Place("anmelden, no cookies", "/anmelden/", reach=without_cookies("Link schicken"), says="noch einmal ab"),
    Place("einrichten, done already", "/geschaeftsstelle/einrichten/x/", status=410, keyboard=True),
    Place("austausch", "/austausch/", keyboard=True),
    Place("austausch, question", "/austausch/frage/", keyboard=True),
    Place("austausch, question about a case", "/austausch/frage/?anliegen=Leerstand&praxis=seelow-mitte"),
    Place("austausch, refused", "/austausch/frage/", reach=press("schicken", question="Kurz"), says="Bitte"),
    *(
        Place(f"austausch, {name}", "/austausch/frage/", says=says,
              reach=drawn_before(seconds, "schicken", **QUESTION))
        for name, says, seconds in (("too fast", TOO_FAST, -60), ("open for too long", TOO_OLD, 8 * 24 * 60 * 60))
    ),
    Place("austausch, sent", "/austausch/frage/gesendet/"),
    Place("austausch, link opened", "/austausch/frage/", reach=after_mail("schicken", QUESTION["email"], **QUESTION)),
    Place(
        "austausch, confirmed", "/austausch/frage/",
        reach=after_mail("schicken", "zweite@stadt.example", True, **{**QUESTION, "email": "zweite@stadt.example"}),
    ),
    Place("austausch, useless link", "/austausch/frage/bestaetigen/x/", status=410),
    Place("mails of the demo", "/demo/mails/", keyboard=True),
    Place("betrieb, self-test", OVERVIEW, keyboard=True, reach=as_office(OVERVIEW), says="Der Hintergrunddienst läuft"),
    Place(
        "betrieb, errors", f"{OVERVIEW}fehler/", keyboard=True, reach=as_office(f"{OVERVIEW}fehler/"),
        says="Was schiefging",
    ),
    Place(
        "betrieb, backups", f"{OVERVIEW}sicherungen/", keyboard=True, reach=as_office(f"{OVERVIEW}sicherungen/"),
        says="Jede Nacht schreibt die Akademie alles",
    ),
    Place("betrieb, mails", f"{OVERVIEW}mails/", keyboard=True, reach=as_office(f"{OVERVIEW}mails/")),
    Place("inhalt-melden", "/inhalt-melden/?adresse=/praxis/", keyboard=True),
    Place("inhalt-melden, refused", "/inhalt-melden/", reach=press("Inhalt melden", text="Kurz"), says="Bitte prüfen"),
    Place("inhalt-melden, sent", "/inhalt-melden/danke/?nummer=2027-1", keyboard=True),
    *(
        Place(name, path, keyboard=True, reach=as_mayor(path), says=says)
        for name, path, says in (
            ("mein bereich", "/mein-bereich/", "Das wartet auf Sie"),
            ("benachrichtigungen", "/konto/benachrichtigungen/", "Wochenmail"),
            ("meine daten", "/konto/meine-daten/", "Meine Daten zusammenstellen"),
            ("konto loeschen", "/konto/loeschen/", "löschen"),
        )
    ),
    *(
        Place(f"geschaeftsstelle, {name}", path, keyboard=True, reach=as_office(path), says=says)
        for name, path, says in (
            ("desk", "/geschaeftsstelle/", "So läuft die Akademie"),
            ("ansehen als", "/geschaeftsstelle/ansehen-als/", "eine halbe Stunde lang"),
            ("protokoll", "/geschaeftsstelle/protokoll/", "Wer hat wann was getan?"),
            ("fristen", "/geschaeftsstelle/datenschutz/", "Wie lange wir was behalten"),
            ("aufbewahrt", "/geschaeftsstelle/datenschutz/aufbewahrt/", "aufbewahrt"),
            ("verzeichnis", "/geschaeftsstelle/datenschutz/verzeichnis/", "Verzeichnis"),
            ("unzustellbar", "/geschaeftsstelle/unzustellbar/", "zustellbar"),
            ("access keys", "/konto/zugangsschluessel/", "Alles kommt als Entwurf an"),
        )
    ),
    Place(
        "access keys, refused", "/konto/zugangsschluessel/", says="Bitte sagen Sie kurz",
        reach=as_office("/konto/zugangsschluessel/", "Schlüssel erstellen"),
    ),
    Place("daten, use", "/daten/nutzung/", keyboard=True),
    Place("data without account", "/datenschutz/meine-daten/", keyboard=True),
    Place("data without account, link sent", "/datenschutz/meine-daten/unterwegs/", keyboard=True),
    Place("data without account, deleted", "/datenschutz/meine-daten/geloescht/", keyboard=True),
    Place("data without account, useless link", "/datenschutz/meine-daten/x/", status=410, keyboard=True),
    Place("data without account, useless archive", "/datenschutz/meine-daten/archiv/x/", status=410, keyboard=True),
    Place("mail link, useless", "/aus-der-mail/x/", status=410, keyboard=True),
    Place("abbestellen, useless link", "/abbestellen/x/", status=410, keyboard=True),
    Place("hilfe", "/hilfe/", keyboard=True),
    Place("hilfe, card", "/hilfe/anmelden/", keyboard=True),
    Place("handbuch", HANDBOOK, keyboard=True, reach=as_office(HANDBOOK)),
    Place("handbuch, card", f"{HANDBOOK}notfallcode/", keyboard=True, reach=as_office(f"{HANDBOOK}notfallcode/")),
    Place("lesbarkeit", "/lesbarkeit/", keyboard=True, says="So wird gemessen"),
    Place(
        "medien", MEDIA, keyboard=True, reach=as_office(f"{MEDIA}?liste=gross"), says="Hier ist alles in Ordnung"
    ),
    Place("medien, to check", MEDIA, reach=document_to_check, says="Ist barrierefrei"),
    Place("links, none", LINKS, reach=as_office(f"{LINKS}?liste=bestaetigt"), says="Hier ist nichts"),
    Place("links", LINKS, keyboard=True, reach=broken_link(LINKS), says="führt ins Leere"),
    Place("links, one", LINKS, keyboard=True, reach=broken_link(f"{LINKS}1/"), says="Wo steht er?"),
    Place(
        "links, replaced", LINKS, keyboard=True, reach=broken_link(f"{LINKS}1/ersetzen/?neu=https://neu.example/"),
        says="Nachher",
    ),
    Place(
        "links, no address", LINKS, reach=broken_link(f"{LINKS}1/ersetzen/?neu=Unsinn"), says="Das ist keine Adresse"
    ),
    Place("aktualitaet, hard to read", f"{UPKEEP}?liste=schwer", reach=as_office(f"{UPKEEP}?liste=schwer")),
    Place("aktualitaet", UPKEEP, keyboard=True, reach=as_office(UPKEEP), says="Alles ist geprüft"),
    Place(
        "aktualitaet, of nobody", f"{UPKEEP}?liste=niemand", reach=as_office(f"{UPKEEP}?liste=niemand"),
        says="Ausgewähltes zuteilen",
    ),
    Place(
        "aktualitaet, nothing chosen", f"{UPKEEP}?liste=alle", reach=as_office(f"{UPKEEP}?liste=alle", "Zuteilen"),
        says="mindestens einen Inhalt",
    ),
    Place("aktualitaet, one", UPKEEP, keyboard=True, reach=first_to_check, says="Was haben Sie gefunden?"),
    Place("veranstaltungen", EVENTS, keyboard=True),
    Place("veranstaltungen, past", f"{EVENTS}?zeit=vergangene", says="Vorbei:"),
    Place("veranstaltungen, none", f"{EVENTS}?zeit=2001-01", says="In dieser Zeit gibt es keine"),
    Place("veranstaltungen, unknown time", f"{EVENTS}?zeit=quatsch", says=UNKNOWN),
    Place("veranstaltung", EVENTS, keyboard=True, reach=first_event(EVENTS), says="In den Kalender eintragen"),
    Place("veranstaltung, over", EVENTS, reach=first_event(f"{EVENTS}?zeit=vergangene"), says="ist vorbei"),
    Place("kalender", "/kalender/", keyboard=True),
    Place("kalender, unknown month", "/kalender/?monat=quatsch", says="zeigt der Kalender nicht"),
    *(
        Place(f"of the office, {name}", path, keyboard=not buttons, reach=as_office(path, *buttons), says=says)
        for name, path, says, *buttons in (
            ("events", EVENTS_OF_OFFICE, "Offene Aufgaben"),
            ("no events", f"{EVENTS_OF_OFFICE}?liste=vorgelegt", "Niemand wartet"),
            ("sorts", f"{EVENTS_OF_OFFICE}arten/", "Neue Art"),
            ("sort refused", f"{EVENTS_OF_OFFICE}arten/", "der Art einen Namen", "Art hinzufügen"),
            ("one sort", f"{EVENTS_OF_OFFICE}arten/1/", "Der neue Name gilt"),
        )
    ),
    Place(
        "of the office, event", EVENTS_OF_OFFICE, keyboard=True,
        reach=first_event(EVENTS_OF_OFFICE, office=True), says="Zuständig",
    ),
    Place("freigabe, useless link", "/freigabe/x/", status=410, keyboard=True),
    Place("freigabe", APPROVALS, keyboard=True, reach=to_approve(), says="Was sagen Sie zu diesem Text?"),
    Place("freigabe, without a word", APPROVALS, reach=to_approve("Ändern"), says="was sich ändern soll"),
    Place("freigaben", f"{APPROVALS}?liste=alle", keyboard=True, reach=as_office(APPROVALS), says="Wer hat welchen"),
    Place("freigaben, of a text", APPROVALS, keyboard=True, reach=as_office(TEXT_TO_APPROVE), says="um Freigabe"),
    Place("vertretung", ABSENCES, keyboard=True, reach=as_office(ABSENCES), says="Wer vertritt wen?"),
    Place(
        "vertretung, wrong", ABSENCES, reach=as_office(ABSENCES, "Vertretung eintragen"),
        says="Bitte geben Sie einen Tag ein",
    ),
    Place("barrieren", BARRIERS, keyboard=True, reach=as_office(BARRIERS), says="innerhalb von vier Wochen"),
    Place("barrieren, one", f"{BARRIER}/praxis/", keyboard=True, reach=barrier_met, says="noch 28 Tage"),
    Place("barrieren, refused", f"{BARRIER}/themen/", reach=barrier_refused, says="Bitte schreiben Sie"),
    *(
        Place(name, path, keyboard=not buttons, reach=as_office(path, *buttons), says=says)
        for name, path, says, *buttons in (
            ("erklaerung", STATEMENT, "Was ein Programm prüft"),
            ("erklaerung, review", f"{STATEMENT}bewerten/", "Bewerten Sie einmal im Jahr"),
            ("erklaerung, review refused", f"{STATEMENT}bewerten/", "Bitte wählen Sie", "Bewertung speichern"),
            ("erklaerung, check", f"{STATEMENT}pruefung/", "Wer hat geprüft?"),
            ("erklaerung, barrier", f"{STATEMENT}barriere/", "Unverhältnismäßige Belastung"),
            ("erklaerung, barrier refused", f"{STATEMENT}barriere/", "Bitte begründen Sie", "Speichern"),
        )
    ),
    *(
        Place(name, path, keyboard=not buttons, reach=as_office(path, *buttons), says=says)
        for name, path, says, *buttons in (
            ("frageboegen", FORMS, "Einmal bauen, überall verwenden"),
            ("fragebogen, new", f"{FORMS}neu/", "Wofür brauchen Sie die Antworten?"),
            ("fragebogen, new refused", f"{FORMS}neu/", "Bitte geben Sie dem", "Anlegen und Fragen hinzufügen"),
        )
    ),
    *(
        Place(name, FORMS, keyboard="refused" not in name, reach=in_questionnaire(*steps), says=says)
        for name, says, *steps in (
            ("fragebogen, draft", "ist ein Entwurf", DRAFT),
            ("fragebogen, published", "Beginnen Sie eine neue Fassung", "Anmeldung: Standardfragen"),
            ("fragebogen, tried", "nirgends gespeichert", DRAFT, TRY),
            ("fragebogen, refused", "Bitte beantworten Sie diese Frage.", DRAFT, TRY, "Antworten prüfen"),
            ("fragebogen, on paper", "Drucken Sie diese Seite", DRAFT, "Zum Ausdrucken"),
            ("frage, new", "Neue Frage: Kurzer Text", DRAFT, "Frage schreiben"),
            ("frage, refused", "Bitte schreiben Sie die Frage.", DRAFT, "Frage schreiben", "Frage hinzufügen"),
        )
    ),
    *(
        Place(f"befragung, {name}", f"{SURVEY}{path.strip('?')}", status=404, keyboard="refused" not in name,
              says=says, reach=survey(state, path, *buttons))
        for name, state, path, says, *buttons in (
            ("open", "open", "", "Diese Befragung ist anonym, und das bleibt so"),
            ("refused", "open", "", "Bitte beantworten Sie diese Frage.", "Antworten abschicken"),
            ("answered", "open", "?", "Auf diesem Gerät wurde schon geantwortet"),
            ("coming", "coming", "", "noch nicht offen"),
            ("over", "over", "", "geschlossen"),
            ("thanks", "open", "danke/", "Wie es weitergeht"),
            ("poster", "open", "aushang/", "Wie war es für Sie?"),
        )
    ),
    Place("befragung, results", "/", reach=survey("closed", "ergebnis/"), says="Alle Antworten sind anonym"),
    Place("befragung, no results", "/", reach=survey("open", "ergebnis/"), says="wenn die Befragung geschlossen ist"),
    Place(
        "befragung, for the office", "/", reach=survey("closed", "ergebnis/", office=True),
        says="Bevor Sie die Texte lesen",
    ),
    Place(
        "befragungen", "/geschaeftsstelle/befragungen/", keyboard=True, says="Geschlossen (",
        reach=as_office("/geschaeftsstelle/befragungen/?liste=alle"),
    ),
    Place("meldungen", REPORTS, keyboard=True, reach=as_office(REPORTS), says="Jemand sagt, dass etwas"),
    *(
        Place(name, path, keyboard=not buttons, reach=as_office(path, *buttons), says=says)
        for name, path, says, *buttons in (
            ("massnahmen", MEASURES, "wer zurzeit nichts schreiben darf"),
            ("massnahmen, hide", f"{MEASURES}ausblenden/", "Es gilt sofort."),
            ("massnahmen, hide refused", f"{MEASURES}ausblenden/", "Bitte begründen Sie", "Ausblenden"),
            ("massnahmen, lock", f"{MEASURES}sperren/", "Bis wann?"),
            ("massnahmen, lock refused", f"{MEASURES}sperren/", "Bitte begründen Sie", "Sperren"),
        )
    ),
    Place("meldungen, one", "/inhalt-melden/", keyboard=True, reach=reported, says="Zuerst handeln"),
    Place(
        "betrieb, visits", f"{OVERVIEW}zugriffe/", keyboard=True, reach=as_office(f"{OVERVIEW}zugriffe/"),
        says="So wird gezählt",
    ),
    Place("bausteine", "/bausteine/", keyboard=True),
    Place("nothing here", "/gibt-es-nicht/", status=404, keyboard=True),
]  # fmt: skip

# Public addresses that are no pages for people.
NO_PAGES = {
    "api/v1/": "for programs",
    "api/v1/openapi.json": "for programs",
    "api/v1/<str:kind>/": "for programs",
    "api/v1/<str:kind>/<str:name>/": "for programs",
    "api/v1/<path:rest>": "for programs",
    r"^daten/katalog\.(?P<ending>ttl|rdf|jsonld)$": "a file",
    r"^daten/themen\.(?P<ending>ttl|rdf|jsonld)$": "a file",
    r"^daten/(?P<kind>[a-z-]+)\.(?P<ending>csv|json|xlsx|geojson)$": "a file",
    **{f"{path}feed/": "a feed" for path in ("praxis/", "bibliothek/", "formate/", "aktuelles/", "staedte/")},
    "themen/<slug:slug>/feed/": "a feed",
    "archivierte-fassung/<int:pk>/": "a file",
    "robots.txt": "for search engines",
    "sitemap.xml": "for search engines",
    "sitemap-<int:number>.xml": "for search engines",
    ".well-known/security.txt": "whom to tell about a security hole, for machines",
    "gesundheit/": "tells machines how the academy is",
    "bausteine/karte.json": "points of a map",
    "karte/laender.geojson": "outline of a map",
    "praxis/karte/orte.json": "points of a map",
    "staedte/karte/punkte.json": "points of a map",
    "suche/vorschlaege/": "options of a list, fetched while typing",
    "formate/tabelle.csv": "a file",
    **{f"formate/<slug:slug>/vorlagen/<slug:kind>.{ending}": "a file" for ending in ("txt", "docx")},
    "formate/<slug:slug>/steckbrief.pdf": "a file",
    "formate/<slug:slug>/steckbrief.docx": "a file",
    "formate/<slug:slug>/ablaufplan/ohne-netz.js": "a script",
    "oembed/": "for programs",
    "wegweiser/code.svg": "a picture for the printer",
    r"^bibliothek/(?P<slug>[-a-zA-Z0-9_]+)\.(?P<ending>bib|ris|csl\.json)$": "a file",
    "medien/<str:folder>/<str:name>": "a picture",
    r"^medien/videos/(?P<name>[0-9a-f]{32}\.(?:webm|mp4))$": "a film",
    "medien/videos/<int:pk>/untertitel.vtt": "the captions of a film",
    "daten/nutzung/monate.csv": "a file",
    "daten/nutzung/seiten.csv": "a file",
    "hilfe/<slug:slug>/bild.webp": "a picture",
    "mein-bereich/kalender/<str:word>.ics": "for calendar programs",
    "abmelden/": "takes a form only",
    "anmelden/anbieter/": "takes a form only",
    "anmelden/anbieter/zurueck/": "for the operator's own provider of sign-ins",
    "anmelden/code/": "leads back to the sign-in when it is opened by itself; its form is walked there",
    "anmelden/zweiter-schritt/": "shown in a sign-in only; accounts walks it with axe",
    "datenschutz/meine-daten/<str:token>/bestellen/": "takes a form only",
    "datenschutz/meine-daten/<str:token>/loeschen/": "takes a form only",
    "staedte/vergessen/": "takes a form only",
    "staedte/<str:ags>/merken/": "takes a form only",
}
