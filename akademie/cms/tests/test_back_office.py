"""The back office: who gets in, what each role may do, and that nothing English or forbidden is left."""

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, GroupApprovalTask, Page, Task, Workflow
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from akademie.accounts.models import Role, User
from akademie.cms import actions
from akademie.cms.models import AcademySettings, Duty, Menu, MenuLink, NewsIndexPage, StandardPage
from akademie.cms.tests.factories import make_news, make_page
from akademie.files.models import AcademyDocument, AcademyImage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages")]
DESK = "/geschaeftsstelle/cms/"
EDITORS_PLACES = [
    "",
    "pages/",
    "images/",
    "documents/",
    "settings/cms/menu/{menu}/",
    "reports/site-history/",
    "account/",
]
LEADS_PLACES = ["settings/cms/academysettings/{academy}/", "users/", "users/new/"]
NOBODYS_PLACES = ["groups/", "sites/", "workflows/list/", "users/roles/"]


@pytest.fixture
def at_desk(client: Client, editor: User) -> Client:
    """The Redaktion at its desk."""
    client.force_login(editor)
    return client


@pytest.fixture
def lead_at_desk(lead: User) -> Client:
    """The Leitung at its desk."""
    client = Client()
    client.force_login(lead)
    return client


def opens(client: Client, path: str) -> bool:
    keys = {"menu": Menu.load().pk, "academy": AcademySettings.load().pk}
    answer = client.get(DESK + path.format(**keys))
    assert answer.status_code in (200, 302, 404)
    return answer.status_code == 200


# -- who gets in ----------------------------------------------------------------------------------------------------
def test_a_guest_is_led_to_the_sign_in_by_mail(client):
    assert client.get(DESK)["Location"] == f"/anmelden/?next={DESK}"
    assert client.get(f"{DESK}login/?next={DESK}images/")["Location"] == (
        "/anmelden/?next=%2Fgeschaeftsstelle%2Fcms%2Fimages%2F"
    )
    assert client.get(f"{DESK}login/?next=//boese.example/")["Location"] == (
        "/anmelden/?next=%2Fgeschaeftsstelle%2Fcms%2F"
    )


def test_there_is_no_password_to_try(client, editor):
    editor.set_password("geheim")
    editor.save()
    assert client.post(f"{DESK}login/", {"username": editor.email, "password": "geheim"}).status_code == 405
    assert "_auth_user_id" not in client.session
    assert client.get(f"{DESK}password_reset/").status_code in (302, 404)


def test_a_participant_does_not_get_in_and_is_told_why(client, participant):
    client.force_login(participant)
    answer = client.get(DESK, follow=True)
    assert answer.redirect_chain == [(f"/anmelden/?next={DESK}", 302)]
    assert "ist für Ihr Konto nicht freigegeben" in answer.content.decode()


def test_each_role_opens_its_places_only(at_desk, lead_at_desk):
    assert [path for path in EDITORS_PLACES if not opens(at_desk, path)] == []
    assert [path for path in LEADS_PLACES + NOBODYS_PLACES if opens(at_desk, path)] == []
    assert [path for path in EDITORS_PLACES + LEADS_PLACES if not opens(lead_at_desk, path)] == []
    assert [path for path in NOBODYS_PLACES if opens(lead_at_desk, path)] == []


def test_who_loses_the_role_loses_the_desk(at_desk, editor):
    assert opens(at_desk, "")
    editor.role = Role.PARTICIPANT
    editor.save()
    assert not opens(at_desk, "")


# -- set up ---------------------------------------------------------------------------------------------------------
def permissions() -> list[tuple[str, list[str], int, int]]:
    return [
        (
            group.name,
            sorted(group.permissions.values_list("codename", flat=True)),
            group.page_permissions.count(),
            group.collection_permissions.count(),
        )
        for group in Group.objects.order_by("name")
    ]


def test_setting_up_again_changes_nothing_and_mends_what_was_taken_away():
    before = permissions()
    actions.set_up_office(lambda _: None)
    assert permissions() == before
    Group.objects.get(name="Redaktion").permissions.clear()
    Group.objects.get(name="Leitung").page_permissions.all().delete()
    actions.set_up_office(lambda _: None)
    assert permissions() == before


def test_groups_workflow_and_roots_have_german_names():
    assert list(Group.objects.order_by("name").values_list("name", flat=True)) == ["Leitung", "Redaktion"]
    assert [workflow.name for workflow in Workflow.objects.all()] == ["Freigabe durch die Leitung"]
    assert [task.name for task in Task.objects.all()] == ["Freigabe durch die Leitung"]
    assert [group.name for task in GroupApprovalTask.objects.all() for group in task.groups.all()] == ["Leitung"]
    assert list(Page.objects.filter(depth__lte=2).order_by("path").values_list("title", flat=True)) == [
        "Website", "Startseite",
    ]  # fmt: skip
    assert Collection.get_first_root_node().name == "Alle Dateien"


def test_nobody_is_a_superuser_and_groups_follow_roles(lead, editor, participant):
    assert User.objects.filter(is_superuser=True).count() == 0
    assert {user.email: [g.name for g in user.groups.all()] for user in (lead, editor, participant)} == {
        lead.email: ["Leitung"], editor.email: ["Redaktion"], participant.email: [],
    }  # fmt: skip


# -- pages ----------------------------------------------------------------------------------------------------------
def page_form(title: str, slug: str, html: str, **more: str) -> dict[str, str]:
    return nested_form_data(
        {
            "title": title,
            "slug": slug,
            "summary": "",
            "language": "de",
            "original": "",
            "search_description": "",
            "go_live_at": "",
            "expire_at": "",
            "body": streamfield([("paragraph", rich_text(html, features=["bold", "link"]))]),
            "comments-TOTAL_FORMS": "0",
            "comments-INITIAL_FORMS": "0",
            "comments-MIN_NUM_FORMS": "0",
            "comments-MAX_NUM_FORMS": "",
            **more,
        }
    )


def test_an_editor_writes_a_page_and_everybody_reads_it(at_desk):
    root = Page.objects.get(title="Startseite")
    form = page_form("Über uns", "ueber-uns", "<p>Wir sind <b>drei</b> Leute.</p>", **{"action-publish": "1"})
    answer = at_desk.post(f"{DESK}pages/add/cms/standardpage/{root.pk}/", form)
    assert answer.status_code == 302
    assert "Wir sind <b>drei</b> Leute." in Client().get("/ueber-uns/").content.decode()


def test_text_from_the_editor_is_cleaned(at_desk):
    page = make_page("Seite", "seite")
    bad = '<p>Gut<script>alert(1)</script><a href="javascript:x()" onclick="x()">Link</a><img src="x" onerror="y"/></p>'
    at_desk.post(f"{DESK}pages/{page.pk}/edit/", page_form("Seite", "seite", bad, **{"action-publish": "1"}))
    html = Client().get("/seite/").content.decode()
    main = html[html.index("<article") : html.index("</article>")]
    assert "Gut" in main
    assert [word for word in ("<script", "javascript:", "onclick", "onerror") if word in main] == []


def test_an_address_that_is_taken_is_explained_in_the_form(at_desk):
    root = Page.objects.get(title="Startseite")
    form = page_form("Melden", "barriere-melden", "<p>Text</p>", **{"action-publish": "1"})
    answer = at_desk.post(f"{DESK}pages/add/cms/standardpage/{root.pk}/", form)
    assert "Diese Adresse hat die Akademie schon vergeben." in answer.content.decode()
    assert not StandardPage.objects.filter(slug="barriere-melden").exists()


@pytest.mark.parametrize("verb", ["delete", "unpublish"])
def test_a_duty_is_not_taken_away(lead_at_desk, verb):
    for page in (StandardPage.objects.get(duty=Duty.IMPRINT), NewsIndexPage.objects.get()):
        answer = lead_at_desk.post(f"{DESK}pages/{page.pk}/{verb}/", follow=True)
        assert "Diese Seite gehört zu den Pflichten der Akademie." in answer.content.decode()
        page.refresh_from_db()
        assert page.live


def test_a_duty_is_not_moved_or_taken_away_with_others(lead_at_desk):
    duty = StandardPage.objects.get(duty=Duty.IMPRINT)
    other, news = make_page("Andere", "andere"), make_news("Neu", "neu")
    lead_at_desk.post(f"{DESK}pages/{duty.pk}/move/{other.pk}/confirm/")
    lead_at_desk.post(f"{DESK}bulk/wagtailcore/page/delete/?id={duty.pk}&id={news.pk}")
    assert StandardPage.objects.get(pk=duty.pk).url == "/impressum/"
    lead_at_desk.post(f"{DESK}bulk/wagtailcore/page/delete/?id={news.pk}&id={other.pk}")
    assert Page.objects.filter(pk__in=[news.pk, other.pk]).count() == 0


# -- settings and menus ---------------------------------------------------------------------------------------------
def test_the_leitung_sets_the_name_and_every_page_shows_it(lead_at_desk):
    address = f"{DESK}settings/cms/academysettings/{AcademySettings.load().pk}/"
    form = lead_at_desk.get(address).context["form"]
    values = {name: field.value() or "" for name, field in ((n, form[n]) for n in form.fields)}
    values |= {"site_name": "Akademie Nord", "operator": "Verein Nord", "postal_code": "1933"}
    answer = lead_at_desk.post(address, values)
    assert "Bitte geben Sie fünf Ziffern ein." in answer.content.decode()
    lead_at_desk.post(
        f"{DESK}settings/cms/academysettings/{AcademySettings.load().pk}/", {**values, "postal_code": "19322"}
    )
    assert AcademySettings.load().site_name == "Akademie Nord"
    html = Client().get("/leichte-sprache/").content.decode()
    assert ("Akademie Nord" in html, "Verein Nord" in html) == (True, True)


def test_links_of_the_menu_stand_in_header_and_footer_while_their_page_is_public(client):
    page = make_page("Das Team", "team")
    menu = Menu.load()
    MenuLink.objects.create(menu=menu, title="Team", page=page, place="main")
    MenuLink.objects.create(menu=menu, title="Bund", url="https://www.bund.de/", place="footer")
    html = client.get("/impressum/").content.decode()
    header, footer = html[: html.index("<main")], html[html.index("ak-foot") :]
    assert ('<a href="/team/">Team</a>' in header, 'href="https://www.bund.de/"' in footer) == (True, True)
    page.unpublish()
    assert 'href="/team/"' not in client.get("/impressum/").content.decode()


# -- people ---------------------------------------------------------------------------------------------------------
def test_the_leitung_adds_a_person_and_gives_a_role(lead_at_desk):
    html = lead_at_desk.get(f"{DESK}users/new/").content.decode()
    assert [name for name in ("password1", "is_superuser", "groups") if f'name="{name}"' in html] == []
    form = {"email": "Neu@Akademie.example", "first_name": "Nele", "last_name": "Neu", "role": "participant"}
    assert lead_at_desk.post(f"{DESK}users/new/", {**form, "is_superuser": "on"}).status_code == 302
    user = User.objects.get(email="neu@akademie.example")
    assert (user.role, user.is_superuser, user.has_usable_password()) == ("participant", False, False)
    form = {**form, "email": user.email, "role": "editor", "is_active": "on"}
    assert lead_at_desk.post(f"{DESK}users/edit/{user.pk}/", form).status_code == 302
    user.refresh_from_db()
    assert (user.role, [group.name for group in user.groups.all()]) == ("editor", ["Redaktion"])


def test_the_leitung_blocks_a_person_but_not_itself(lead_at_desk, lead, participant):
    form = {"email": participant.email, "first_name": "", "last_name": "", "role": "participant"}
    lead_at_desk.post(f"{DESK}users/edit/{participant.pk}/", form)
    participant.refresh_from_db()
    assert not participant.is_active
    lead_at_desk.post(f"{DESK}users/edit/{lead.pk}/", {"email": lead.email, "role": "participant"})
    lead_at_desk.post(f"{DESK}users/delete/{lead.pk}/")
    lead.refresh_from_db()
    assert (lead.is_active, lead.role) == (True, Role.LEAD)


def test_the_list_of_people_finds_by_name_and_role(lead_at_desk, editor, participant):
    for query, found in ((f"?q={editor.first_name}", [editor.email]), ("?role=participant", [participant.email])):
        users = lead_at_desk.get(f"{DESK}users/{query}").context["users"]
        assert [user.email for user in users] == found


# -- files ----------------------------------------------------------------------------------------------------------
def picture(**fields: str) -> dict:
    file = SimpleUploadedFile("markt.png", get_test_image_file().file.getvalue(), "image/png")
    return {"title": "Markt", "file": file, "credit": "Rita Rahn", "licence": "CC BY 4.0", "tags": "", **fields}


def upload(client: Client, **fields: str) -> str:
    return client.post(f"{DESK}images/add/", {**picture(**fields), "collection": "1"}).content.decode()


def test_a_picture_comes_in_with_alternative_and_rights_only(at_desk):
    missing = "Bitte beschreiben Sie das Bild, oder setzen Sie den Haken bei „schmückt nur“."
    assert missing in upload_form_errors(at_desk, description="")
    assert AcademyImage.objects.count() == 0
    both = "Ein Bild mit Ersatztext schmückt nicht nur."
    assert both in upload_form_errors(at_desk, description="Der Markt", decorates_only="on")
    assert "Bitte nennen Sie, von wem das Bild ist." in upload_form_errors(at_desk, description="Der Markt", credit="")


def upload_form_errors(client: Client, **fields: str) -> str:
    """Send a picture through the chooser, as the page editor does."""
    data = {f"image-chooser-upload-{name}": value for name, value in picture(**fields).items()}
    answer = client.post(f"{DESK}images/chooser/create/", {**data, "image-chooser-upload-collection": "1"})
    assert answer.status_code == 200
    return answer.json().get("htmlFragment", "")


def test_a_described_picture_is_taken(at_desk):
    assert upload_form_errors(at_desk, description="Der Markt") == ""
    image = AcademyImage.objects.get()
    assert (image.default_alt_text, image.caption_line) == ("Der Markt", "Bild: Rita Rahn, CC BY 4.0")


@pytest.mark.parametrize("name", ["rechner.exe", "seite.html", "bild.svg", "makro.docm"])
def test_only_known_kinds_of_documents_come_in(at_desk, name):
    form = {"title": "Datei", "file": SimpleUploadedFile(name, b"x"), "licence": "eigenes Dokument", "collection": "1"}
    data = {f"document-chooser-upload-{key}": value for key, value in form.items()}
    answer = at_desk.post(f"{DESK}documents/chooser/create/", data)
    assert "ist nicht erlaubt" in answer.json()["htmlFragment"]
    assert AcademyDocument.objects.count() == 0


def test_reports_write_no_formulas(at_desk):
    page = make_page("=HYPERLINK(1)", "formel")
    page.save_revision(log_action=True).publish()
    for report in ("site-history", "aging-pages"):
        answer = at_desk.get(f"{DESK}reports/{report}/?export=csv")
        text = b"".join(answer.streaming_content).decode()
        assert "HYPERLINK" in text
        assert "'=HYPERLINK(1)" in text
        assert ",=HYPERLINK" not in text
        assert at_desk.get(f"{DESK}reports/{report}/?export=xlsx").status_code == 200
