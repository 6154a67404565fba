"""Pages at their addresses: duties, pages of the office, what nobody may see yet."""

import html
import json
import re
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import Page, Site

from akademie.cms import actions
from akademie.cms.models import AcademySettings, Duty, NewsIndexPage, StandardPage
from akademie.cms.tests.factories import body, make_page
from akademie.core.contributions import public_kinds
from akademie.easy.models import Form

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages")]


def text_of(response) -> str:
    words = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(html.unescape(words).split())


def h1(response) -> str:
    return html.unescape(re.search(r"<h1>(.*?)</h1>", response.content.decode())[1])


@pytest.mark.parametrize("duty", Duty)
def test_each_duty_has_its_address_and_says_what_the_operator_completes(client, duty):
    page = StandardPage.objects.get(duty=duty)
    assert page.url == f"/{duty.value}/" == reverse(f"cms:{duty.name.lower()}")
    answer = client.get(page.url)
    assert answer.status_code == 200
    assert h1(answer) == page.title
    drafts = 0 if duty in Form.values else 1  # what is explained in Leichte Sprache and DGS says so for each part
    assert answer.content.decode().count("Entwurf: Der Betreiber ergänzt hier") == drafts


def test_the_sources_are_named_word_for_word(client):
    readme = (Path(django_settings.REFERENCE_DIR) / "README.md").read_text(encoding="utf-8")
    lines = re.findall(r"^> (.+)$", readme, re.MULTILINE)
    assert len(lines) == 3
    shown = text_of(client.get("/datenquellen/"))
    assert [line for line in lines if line not in shown] == []


def test_what_is_missing_is_named_as_missing_until_it_is_set(client, editor):
    assert "Träger noch nicht eingetragen" in text_of(client.get("/impressum/"))
    settings = AcademySettings.load()
    settings.operator, settings.street = "Zweckverband <Kleine> Städte", "Am Markt 1"
    settings.postal_code, settings.city = "19322", "Wittenberge"
    settings.save()
    shown = text_of(client.get("/impressum/"))
    assert "Träger Zweckverband <Kleine> Städte Rechtsform noch nicht eingetragen" in shown
    assert "Anschrift Am Markt 1, 19322 Wittenberge" in shown
    assert "Zweckverband <Kleine> Städte" in text_of(client.get("/datenschutz/"))
    client.force_login(editor)
    register = text_of(client.get("/geschaeftsstelle/datenschutz/verzeichnis/"))
    assert "Verantwortlich: Zweckverband <Kleine> Städte, Am Markt 1, 19322 Wittenberge" in register


def test_a_page_of_the_office_is_where_wagtail_says(client):
    team = make_page("Das Team", "team", summary="Drei Leute.")
    answer = client.get(team.url)
    assert (team.url, answer.status_code, h1(answer)) == ("/team/", 200, "Das Team")


def test_pages_below_pages_show_the_way_up_and_down(client):
    about = make_page("Über uns", "ueber-uns")
    team = make_page("Das Team", "team", below=about)
    make_page("Geheim", "geheim", below=about, live=False)
    lea = make_page("Lea", "lea", below=team)
    assert lea.url == "/ueber-uns/team/lea/"
    links = re.findall(r'<a href="(/ueber-uns/[^"]*)"', client.get("/ueber-uns/").content.decode())
    assert links == ["/ueber-uns/team/"]
    links = re.findall(r'<a href="(/ueber-uns/[^"]*)"', client.get("/ueber-uns/team/lea/").content.decode())
    assert links == ["/ueber-uns/", "/ueber-uns/team/"]


@pytest.mark.parametrize(
    "path", ["/nix/", "/impressum/nix/", "/team/../nix/", "/home/", "/home/impressum/", "/-/", "/x" * 900]
)
def test_an_unknown_address_is_not_found(client, path):
    assert client.get(path if path.endswith("/") else path + "/").status_code == 404


def test_a_draft_is_not_shown_and_an_edit_only_once_published(client):
    page = make_page("Alt", "seite", body=body(("paragraph", "<p>Alter Text</p>")))
    draft = make_page("Entwurf", "entwurf", live=False, body=body(("paragraph", "<p>Streng vertraulich</p>")))
    assert client.get("/entwurf/").status_code == 404
    page.title, page.body = "Neu", body(("paragraph", "<p>Neuer Text</p>"))
    revision = page.save_revision()
    assert "Alter Text" in client.get("/seite/").content.decode()
    assert "Neuer Text" not in client.get("/seite/").content.decode()
    revision.publish()
    assert "Neuer Text" in client.get("/seite/").content.decode()
    draft.save_revision().publish()
    assert "Streng vertraulich" in client.get("/entwurf/").content.decode()
    StandardPage.objects.get(slug="seite").unpublish()
    assert client.get("/seite/").status_code == 404


def test_reading_a_page_costs_the_same_whatever_it_holds(client, queries):
    make_page("Kurz", "kurz")
    long = make_page(
        "Lang", "lang", body=body(*[("paragraph", "<p>Text</p>"), ("settings", {"details": "operator"})] * 20)
    )
    for number in range(5):
        make_page(f"Kind {number}", f"kind-{number}", below=long)
    assert queries(lambda: client.get("/kurz/")) == queries(lambda: client.get("/lang/")) == 4


@pytest.mark.parametrize("slug", ["aktuelles", "anmelden", "barriere-melden", "medien", "dokumente"])
def test_an_address_of_another_area_is_refused(slug):
    if slug in ("medien", "dokumente"):  # only longer addresses below them are taken
        assert make_page("Frei", slug).url == f"/{slug}/"
        return
    NewsIndexPage.objects.all().delete()
    with pytest.raises(ValidationError) as refusal:
        make_page("Belegt", slug)
    assert refusal.value.message_dict == {
        "slug": ["Diese Adresse hat die Akademie schon vergeben. Bitte wählen Sie eine andere."]
    }


def test_a_duty_keeps_its_address():
    page = StandardPage.objects.get(duty=Duty.IMPRINT)
    page.slug = "anbieter"
    with pytest.raises(ValidationError) as refusal:
        page.full_clean()
    assert refusal.value.message_dict == {"slug": ["Diese Pflichtseite bleibt unter /impressum/ erreichbar."]}


def test_a_copy_of_a_duty_is_an_ordinary_page():
    copy = StandardPage.objects.get(duty=Duty.IMPRINT).copy(update_attrs={"slug": "impressum-alt"})
    assert (copy.duty, copy.draft_hash, copy.url) == ("", "", "/impressum-alt/")


# -- loading --------------------------------------------------------------------------------------------------------
def test_loading_again_changes_nothing():
    before = list(StandardPage.objects.order_by("pk").values_list("pk", "slug", "draft_hash", "last_published_at"))
    actions.load_pages(lambda _: None)
    after = list(StandardPage.objects.order_by("pk").values_list("pk", "slug", "draft_hash"))
    assert after == [row[:3] for row in before]
    assert (NewsIndexPage.objects.count(), Site.objects.count()) == (1, 1)


def test_an_edited_page_is_never_overwritten(client, tmp_path, monkeypatch):
    edited = StandardPage.objects.get(duty=Duty.IMPRINT)
    edited.body = body(("paragraph", "<p>Unser Text</p>"))
    edited.save_revision().publish()
    drafted = StandardPage.objects.get(duty=Duty.PRIVACY)
    drafted.title = "Neuer Titel"
    drafted.save_revision()
    for duty in Duty:
        draft = {"title": f"Neu {duty.label}", "summary": "", "body": [["paragraph", "<p>Neue Fassung</p>"]]}
        (tmp_path / f"{duty.value}.json").write_text(json.dumps(draft), encoding="utf-8")
    monkeypatch.setattr("akademie.cms.actions.pages.DRAFTS", tmp_path)
    actions.load_pages(lambda _: None)
    assert "Unser Text" in client.get("/impressum/").content.decode()
    assert h1(client.get("/datenschutz/")) == "Datenschutz"
    assert h1(client.get("/barrierefreiheit/")) == "Neu Barrierefreiheit"
    assert "Neue Fassung" in client.get("/barrierefreiheit/").content.decode()


def test_a_new_start_page_takes_over_everything_below(client):
    make_page("Über uns", "ueber-uns")
    start = StandardPage(title="Start", slug="start")
    for _ in range(2):
        actions.install_start_page(start)
    assert Site.objects.get().root_page_id == start.pk
    assert Page.objects.filter(depth=2).count() == 1
    assert StandardPage.objects.get(slug="ueber-uns").url == "/ueber-uns/"
    assert [client.get(path).status_code for path in ("/ueber-uns/", "/impressum/", "/aktuelles/")] == [200, 200, 200]


def test_the_site_has_the_address_of_the_settings(settings):
    settings.SITE_URL = "https://akademie.example"
    actions.load_pages(lambda _: None)
    site = Site.objects.get()
    assert (site.hostname, site.port, site.root_url) == ("akademie.example", 443, "https://akademie.example")


# -- elsewhere ------------------------------------------------------------------------------------------------------
def test_search_gets_public_pages_with_their_words_only():
    make_page(
        "Über uns", "ueber-uns", summary="Wer wir sind", body=body(("box", {"title": "Zahlen", "text": "<p>Drei</p>"}))
    )
    make_page("Geheim", "geheim", live=False)
    kind = public_kinds.get("seiten")
    entries = [entry for _, entry in kind.entries(kind.visible_to(None))]
    assert sorted(entry.url for entry in entries) == sorted([*(f"/{duty.value}/" for duty in Duty), "/ueber-uns/"])
    entry = next(entry for entry in entries if entry.url == "/ueber-uns/")
    assert (entry.title, entry.summary, entry.text) == ("Über uns", "Wer wir sind", "Zahlen Drei")


def test_the_entries_of_many_pages_cost_as_many_queries_as_those_of_one(queries):
    kind = public_kinds.get("seiten")
    one = queries(lambda: list(kind.entries(kind.visible_to(None)[:1])))
    assert queries(lambda: list(kind.entries(kind.visible_to(None)))) == one


def test_pages_below_a_moved_page_are_told_as_changed():
    about = make_page("Über uns", "ueber-uns")
    make_page("Team", "team", below=about)
    about.slug = "wir"
    about.save_revision().publish()
    kind = public_kinds.get("seiten")
    urls = [entry.url for _, entry in kind.entries(kind.visible_to(None).filter(duty=""))]
    assert sorted(urls) == ["/wir/", "/wir/team/"]
