"""Pages in Leichte Sprache and in English: versions of a German page, told as such."""

import re
from datetime import datetime
from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.models import Page, Revision

from akademie.cms import actions
from akademie.cms.models import Duty, Language, StandardPage
from akademie.cms.tests.factories import body, make_news, make_page
from akademie.core.contributions import public_kinds

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages")]


def at(day: int) -> datetime:
    return timezone.make_aware(datetime(2026, 11, day, 12))


def make_version(original: Page, language: Language = Language.EASY, day: int = 2, **more) -> StandardPage:
    more = {"title": f"{original.title} ({language})", "slug": str(language), "last_published_at": at(day), **more}
    return original.add_child(instance=StandardPage(language=language, original=original, **more))


def links(html: str) -> list[str]:
    nav = re.search(r'<nav class="ak-versions.*?</nav>', html, re.DOTALL)
    return re.findall(r'<a href="([^"]+)" hreflang="([^"]+)" lang="([^"]+)">([^<]+)', nav[0]) if nav else []


def test_versions_lead_to_each_other_and_say_their_language(client, settings):
    team = make_page("Team", "team", body=body(("paragraph", "<p>Drei Leute.</p>")), last_published_at=at(1))
    assert links(client.get("/team/").text) == []
    make_version(team)
    make_version(team, Language.ENGLISH)
    german, easy, english = (client.get(url).text for url in ("/team/", "/team/de-simple/", "/team/en/"))
    assert links(german) == [
        ("/team/de-simple/", "de-simple", "de", "Diese Seite in Leichter Sprache"),
        ("/team/en/", "en", "en", "This page in English"),
    ]
    assert links(easy) == [
        ("/team/", "de", "de", "Diese Seite in Alltagssprache"),
        ("/team/en/", "en", "en", "This page in English"),
    ]
    assert [re.search(r'<article class="([^"]+)"(?: lang="([^"]+)")?', html).groups() for html in (german, easy)] == [
        ("ak-prose", None), ("ak-prose ak-easy", "de-simple"),
    ]  # fmt: skip
    assert '<article class="ak-prose" lang="en">' in english
    ends = {"de": "", "de-simple": "de-simple/", "en": "en/"}
    told = [(tongue, f"{settings.SITE_URL}/team/{end}") for tongue, end in ends.items()]
    for html in (german, easy, english):
        assert re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', html) == told
    assert '"inLanguage":"de-simple"' in easy.replace(" ", "")
    assert "Mehr dazu" not in german  # not once more below the text


def test_a_piece_of_news_has_versions_too(client):
    make_version(make_news("Neues", "neues"))
    assert links(client.get("/aktuelles/neues/").text) == [
        ("/aktuelles/neues/de-simple/", "de-simple", "de", "Diese Seite in Leichter Sprache")
    ]
    assert links(client.get("/aktuelles/neues/de-simple/").text) == [
        ("/aktuelles/neues/", "de", "de", "Diese Seite in Alltagssprache")
    ]


def test_what_is_not_published_is_not_linked(client):
    team = make_page("Team", "team", last_published_at=at(1))
    easy = make_version(team, live=False)
    assert links(client.get("/team/").text) == []
    easy.save_revision().publish()
    assert len(links(client.get("/team/").text)) == 1
    easy.refresh_from_db()
    easy.unpublish()
    assert links(client.get("/team/").text) == []


def test_a_version_says_its_day_and_that_the_original_is_newer(client):
    team = make_page("Team", "team", last_published_at=at(1))
    make_version(team)
    make_version(team, Language.ENGLISH)
    assert "Dieser Text ist vom 2. November 2026.</p>" in client.get("/team/de-simple/").text
    assert "Last updated: 2 November 2026</p>" in client.get("/team/en/").text
    team.save_revision().publish()
    today = date_format(timezone.localdate(), "j. F Y")
    assert f"Der Text in Alltags-Sprache ist neuer. Er ist vom {today}.</p>" in client.get("/team/de-simple/").text
    assert f"The German page is newer: {timezone.localdate():%-d %B %Y}.</p>" in client.get("/team/en/").text
    assert f"Stand: {today}</p>" in client.get("/team/").text


def test_versions_cost_no_question(client, queries):
    make_page("Kurz", "kurz")
    make_version(make_page("Team", "team", last_published_at=at(1)))
    assert queries(lambda: client.get("/kurz/")) == queries(lambda: client.get("/team/"))


@pytest.mark.parametrize("change", ["german", "itself", "of a version", "second"])
def test_what_is_no_version_is_refused(change):
    team = make_page("Team", "team")
    easy = make_version(team)
    page = StandardPage(title="Neu", slug="neu", language=Language.EASY, original=team)
    if change == "german":
        page.language, page.original = Language.GERMAN, make_page("Wir", "wir")
        says = "Eine Fassung ist in Leichter Sprache oder auf Englisch. Bitte wählen Sie die Sprache."
    elif change == "second":
        says = "Von dieser Seite gibt es schon eine Fassung in dieser Sprache."
    else:
        page.original = easy
        if change == "itself":
            page = easy
            page.original = page
        says = "Bitte wählen Sie die deutsche Seite, von der dies eine Fassung ist."
    with pytest.raises(ValidationError) as refusal:
        page.clean()
    assert refusal.value.message_dict == {"original": [says]}


def test_versions_are_found_as_such():
    make_version(make_page("Team", "team"))
    kind = public_kinds.get("seiten")
    labels = {entry.url: entry.label for _, entry in kind.entries(kind.visible_to(None))}
    assert (labels["/team/"], labels["/team/de-simple/"]) == ("Seite", "Leichte Sprache")


def test_the_pages_about_them_list_what_there_is(client):
    make_version(make_page("Team", "team"))
    html = client.get("/leichte-sprache/").text
    assert re.findall(r'<li><a href="(/team/[^"]*)"', html) == ["/team/de-simple/"]


# -- what was a field of its own ------------------------------------------------------------------------------------
def test_shipped_drafts_are_known_after_the_change():
    page = StandardPage.objects.get(duty=Duty.EASY_LANGUAGE)
    assert (page.language, page.draft_hash) == (Language.EASY, actions.fingerprint(page))
    page.language = Language.GERMAN
    assert page.draft_hash != actions.fingerprint(page)


def test_drafts_of_before_keep_their_mark():
    page = make_page("Alt", "alt")
    revision = page.save_revision()
    revision.content.pop("language")
    revision.content.pop("original")
    revision.content["easy_language"] = True
    revision.save()
    migration = import_module("akademie.cms.migrations.0003_languages")
    migration._change(apps, migration._to_language)
    revision = Revision.objects.get(pk=revision.pk)
    assert "easy_language" not in revision.content
    revision.publish()
    assert StandardPage.objects.get(pk=page.pk).language == Language.EASY
    migration._change(apps, migration._to_easy)
    assert Revision.objects.get(pk=revision.pk).content["easy_language"] is True


# -- blocks and the panel -------------------------------------------------------------------------------------------
def test_what_opens_on_a_click_stands_open_in_leichte_sprache():
    details = body(("details", {"summary": "Mehr", "text": "<p>Text</p>"}))
    team = make_page("Team", "team", body=details)
    assert '<details class="ak-details">' in team.body_html
    assert '<details class="ak-details" open>' in make_version(team, body=details).body_html


def test_a_version_in_leichte_sprache_is_read_by_its_rules(client, editor):
    client.force_login(editor)
    text = body(("paragraph", "<p>Sie könnten den Bürgermeister anrufen.</p>"))
    team = make_page("Team", "team", body=text)
    easy = make_version(team, body=text)
    screens = [client.get(f"/geschaeftsstelle/cms/pages/{page.pk}/edit/").text for page in (team, easy)]
    assert ["Es gelten die Regeln für Leichte Sprache." in screen for screen in screens] == [False, True]
    assert ["Konjunktiv. Sagen Sie, was ist." in screen for screen in screens] == [False, True]
