"""In a real browser: the back office asks nobody outside and obeys its policy; the pages pass axe."""

import pytest

from akademie.accounts.actions import sign_in_token
from akademie.accounts.models import Role, User
from akademie.cms.models import AcademySettings, Duty, Menu, NewsIndexPage, StandardPage
from akademie.cms.tests.factories import body, make_news, make_page

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
DESK = "/geschaeftsstelle/cms/"


@pytest.fixture(autouse=True)
def leitung(pages: None) -> None:
    User.objects.create_user("leitung@akademie.example", first_name="Lena", role=Role.LEAD)


def test_the_back_office_asks_nobody_outside_and_breaks_no_rule_of_its_policy(visit):
    page = visit.go(f"/anmelden/{sign_in_token('leitung@akademie.example', DESK)}/")
    page.get_by_role("button", name="Jetzt anmelden").click()
    page.wait_for_url(f"**{DESK}")
    imprint = StandardPage.objects.get(duty=Duty.IMPRINT)
    news, root = NewsIndexPage.objects.get(), imprint.get_parent()
    menu, office = Menu.objects.get(), AcademySettings.objects.get()
    for path in (
        "", f"pages/{root.pk}/", f"pages/{imprint.pk}/edit/", f"pages/{imprint.pk}/history/",
        f"pages/add/cms/newspage/{news.pk}/", "images/", "images/add/", "documents/", "documents/multiple/add/",
        f"settings/cms/academysettings/{office.pk}/", f"settings/cms/menu/{menu.pk}/", "users/", "users/new/",
        "account/", "reports/site-history/",
    ):  # fmt: skip
        answer = visit.page.goto(DESK + path, wait_until="networkidle")
        assert (path, answer.status) == (path, 200)
    page = visit.go(f"{DESK}pages/{imprint.pk}/edit/")
    page.locator("[data-side-panel-toggle=preview]").first.click()
    preview = page.frame_locator("iframe[title]").last
    preview.get_by_role("heading", name="Impressum", exact=True).wait_for()
    page.wait_for_load_state("networkidle")
    assert (visit.outside, visit.trouble) == (set(), [])
    visit.go("/impressum/")  # leaving a form tells the server so; that must be over before the test is


def test_what_editors_put_together_passes_axe_in_both_themes(visit):
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
    found = []
    for path in ("/ueber-uns/", "/ueber-uns/team/", "/aktuelles/", "/aktuelles/?seite=9", "/aktuelles/neu/"):
        page = visit.go(path)
        assert visit.trouble == [], path  # now, for axe itself breaks the policy: it adds a style
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            found += [f"{path} {scheme}: {line}" for line in visit.axe()]
        page.set_viewport_size({"width": 320, "height": 640})
        if visit.width() > 320:
            found.append(f"{path} is wider than 320 px")
        page.set_viewport_size({"width": 1280, "height": 800})
        visit.trouble.clear()
    assert found == []
