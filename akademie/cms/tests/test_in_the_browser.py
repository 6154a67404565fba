"""In a real browser: the back office asks nobody outside and obeys its policy; the pages pass axe."""

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from playwright.sync_api import BrowserContext, Page, sync_playwright

from akademie.accounts.actions import sign_in_token
from akademie.accounts.models import Role, User
from akademie.cms import actions
from akademie.cms.models import Duty, NewsIndexPage, StandardPage
from akademie.cms.tests.factories import body, make_news, make_page

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
DESK = "/geschaeftsstelle/cms/"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = Path(settings.BUILD_DIR) / "axe" / "axe.min.js"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@pytest.fixture
def site(db: None) -> None:
    """The site with its drafts and a person of the Leitung."""
    actions.load_pages(lambda _: None)
    actions.set_up_office(lambda _: None)
    User.objects.create_user("leitung@akademie.example", first_name="Lena", role=Role.LEAD)


class Visit:
    """A browser that notes who is asked and what goes wrong."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.address, self.page = address, context.new_page()
        self.hosts: set[str] = set()
        self.trouble: list[str] = []
        context.on("request", lambda request: self.hosts.add(urlsplit(request.url).netloc))
        self.page.on("pageerror", lambda error: self.trouble.append(str(error)))
        self.page.on("console", self._note)
        self.page.on("response", lambda r: self.trouble.append(f"{r.status} {r.url}") if r.status >= 400 else None)

    def _note(self, message) -> None:
        if message.type == "error":
            self.trouble.append(message.text)

    def go(self, path: str) -> Page:
        """Open a path and wait until nothing more is asked."""
        self.page.goto(self.address + path, wait_until="networkidle")
        return self.page

    def axe(self) -> list[str]:
        """Return what axe finds on the page."""
        self.page.add_script_tag(content=AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate(
            """tags => axe.run(document, {runOnly: tags})
                .then(result => result.violations.map(found => `${found.id}: ${found.nodes[0].html}`))""",
            TAGS,
        )
        return [f"{urlsplit(self.page.url).path} {line}" for line in found]


@pytest.fixture
def visit(live_server, monkeypatch) -> Iterator[Visit]:
    """A visit with a light theme."""
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright keeps a loop in this thread
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        visit = Visit(browser.new_context(locale="de-DE", bypass_csp=False), live_server.url)
        yield visit
        visit.go("/impressum/")  # leaving a form tells the server so; that must be over before the tables are emptied
        browser.close()


@pytest.fixture
def readings(live_server, monkeypatch) -> Iterator[list[Visit]]:
    """Visits in both themes, with a policy that lets axe in."""
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        yield [
            Visit(browser.new_context(locale="de-DE", bypass_csp=True, color_scheme=scheme), live_server.url)
            for scheme in ("light", "dark")
        ]
        browser.close()


def test_the_back_office_asks_nobody_outside_and_breaks_no_rule_of_its_policy(site, visit):
    page = visit.go(f"/anmelden/{sign_in_token('leitung@akademie.example', DESK)}/")
    page.get_by_role("button", name="Jetzt anmelden").click()
    page.wait_for_url(f"**{DESK}")
    imprint = StandardPage.objects.get(duty=Duty.IMPRINT)
    news, root = NewsIndexPage.objects.get(), imprint.get_parent()
    for path in (
        "", f"pages/{root.pk}/", f"pages/{imprint.pk}/edit/", f"pages/{imprint.pk}/history/",
        f"pages/add/cms/newspage/{news.pk}/", "images/", "images/add/", "documents/", "documents/multiple/add/",
        "settings/cms/academysettings/1/", "settings/cms/menu/1/", "users/", "users/new/", "account/",
        "reports/site-history/",
    ):  # fmt: skip
        visit.go(DESK + path)
    page = visit.go(f"{DESK}pages/{imprint.pk}/edit/")
    page.locator("[data-side-panel-toggle=preview]").first.click()
    preview = page.frame_locator("iframe[title]").last
    preview.get_by_role("heading", name="Impressum", exact=True).wait_for()
    page.wait_for_load_state("networkidle")
    assert visit.trouble == []
    assert visit.hosts == {urlsplit(visit.address).netloc}


def test_pages_pass_axe_in_both_themes(site, readings):
    blocks = [
        ("heading", {"text": "Zahlen", "level": "2"}),
        ("paragraph", '<p>Mehr <a href="/datenquellen/">Zahlen</a></p>'),
        ("quote", {"text": "Wir machen das.", "person": "Berta Burg", "role": "Bürgermeisterin"}),
        ("box", {"title": "Kurz", "text": "<p>Drei Leute</p>"}),
        ("details", {"summary": "Und dann?", "text": "<p>Weiter</p>"}),
        ("table", {"caption": "Einwohner", "rows": "Ort|Zahl\nMölln|19627"}),
        ("links", [{"text": "Bund", "page": None, "document": None, "url": "https://www.bund.de/"}]),
        ("draft_note", {"text": "<p>Namen</p>"}),
    ]
    about = make_page("Über uns", "ueber-uns", body=body(*blocks))
    make_page("Team", "team", below=about)
    make_news("Neu", "neu", summary="Kurz", body=body(*blocks))
    paths = [f"/{duty.value}/" for duty in Duty]
    paths += ["/ueber-uns/", "/ueber-uns/team/", "/aktuelles/", "/aktuelles/?thema=quatsch&seite=9", "/aktuelles/neu/"]
    paths += ["/barriere-melden/", "/barriere-melden/danke/", "/anmelden/", "/anmelden/x/"]
    token = sign_in_token("leitung@akademie.example")
    paths.append(f"/anmelden/{token}/")
    found: list[str] = []
    for reading in readings:
        for path in paths:
            page = reading.go(path)
            found += reading.axe()
            page.set_viewport_size({"width": 320, "height": 640})
            if page.evaluate("document.documentElement.scrollWidth") > 320:
                found.append(f"{path} is wider than 320 px")
            page.set_viewport_size({"width": 1280, "height": 800})
        for path, label in (("/barriere-melden/", "Barriere melden"), ("/anmelden/", "Link schicken")):
            reading.go(path).locator("main").get_by_role("button", name=label).click()
            found += reading.axe()
    assert found == []
