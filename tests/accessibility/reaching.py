"""How a visit comes to states that no address has: by forms, links of mails, and as somebody else."""

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass

from django.core import signing

from akademie.core.forms import DRAWN
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
            if visit.page.get_by_role("button", name=button).count():  # else somebody was here before
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
        visit.page.evaluate("localStorage.clear(), sessionStorage.clear()")
        visit.context.clear_cookies()  # the person leaves: who is signed in gets no form to sign in
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


def times_in_doubt(visit: Visit) -> None:
    """Correct the times of a run with a number that may be hours or minutes."""
    as_office(f"{REPORTS_OF_RUNS}2/")(visit)
    visit.page.get_by_text("Zeiten korrigieren").click()
    press("Zeiten speichern", run_minutes="3")(visit)


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
