"""Versions of a page as the office makes them and keeps them up."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, rich_text, streamfield

from akademie.cms import actions
from akademie.cms import queries as cms_queries
from akademie.cms.models import Language, StandardPage
from akademie.cms.tests.factories import body, make_news, make_page
from akademie.core.contributions import waiting_tasks

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages")]
EDIT = "/geschaeftsstelle/cms/pages/{}/edit/"
PREVIEW = "/geschaeftsstelle/cms/pages/{}/edit/preview/?mode={}"


def publish_before(page: Page, days: int) -> None:
    page.save_revision().publish()
    Page.objects.filter(pk=page.pk).update(last_published_at=timezone.now() - timedelta(days=days))


def filled(screen: str) -> dict[str, str]:
    """The form as it stands there; blocks are drawn by a script."""
    blocks = streamfield([("paragraph", rich_text("<p>Drei Leute.</p>"))])
    return {**querydict_from_html(screen, form_id="page-edit-form").dict(), **nested_form_data({"body": blocks})}


def test_one_click_saves_the_page_and_starts_a_draft_with_its_blocks(client, editor):
    client.force_login(editor)
    team = make_page("Team", "team", summary="Wer wir sind.", body=body(("paragraph", "<p>Drei Leute.</p>")))
    screen = client.get(EDIT.format(team.pk)).text
    assert [f'name="action-version-{tongue}"' in screen for tongue in ("de-simple", "en")] == [True, True]
    form = filled(screen)
    form["summary"] = "Wer wir jetzt sind."
    form["action-version-de-simple"] = "1"
    answer = client.post(EDIT.format(team.pk), form)
    version = StandardPage.objects.get(original=team)
    assert answer["Location"] == EDIT.format(version.pk)
    assert (version.title, version.summary, version.language, version.live, version.owner) == (
        "Team", "Wer wir jetzt sind.", "de-simple", False, editor,
    )  # fmt: skip
    assert version.prose() == "Wer wir jetzt sind.\nDrei Leute."
    assert (version.url, client.get("/team/leichte-sprache/").status_code) == ("/team/leichte-sprache/", 404)
    screen = client.get(EDIT.format(team.pk)).text
    assert "Fassung in Leichter Sprache öffnen" in screen
    assert 'name="action-version-de-simple"' not in screen


def test_it_is_started_once_and_a_taken_address_is_no_hindrance(editor):
    team = make_page("Team", "team")
    make_page("English", "english", below=team)
    first = actions.start_version(team, Language.ENGLISH, by=editor)
    assert actions.start_version(team, Language.ENGLISH, by=editor) == first
    assert first.slug == "english-1"
    news = actions.start_version(make_news("Neues", "neues"), Language.EASY, by=editor)
    assert news.url == "/aktuelles/neues/leichte-sprache/"


def test_a_version_offers_no_versions(client, editor):
    client.force_login(editor)
    version = actions.start_version(make_page("Team", "team"), Language.EASY, by=editor)
    screen = client.get(EDIT.format(version.pk))
    assert (screen.status_code, "action-version-" in screen.text) == (200, False)
    form = filled(screen.text)
    form["action-version-en"] = "1"
    client.post(EDIT.format(version.pk), form)
    assert StandardPage.objects.filter(language="en").count() == 0


def test_the_preview_of_the_original_shows_the_draft_of_the_version(client, editor):
    client.force_login(editor)
    team = make_page("Team", "team")
    version = actions.start_version(team, Language.EASY, by=editor)
    version.title = "Unser Team in Leicht"
    version.save_revision()
    screen = client.get(EDIT.format(team.pk)).text
    form = filled(screen)
    client.post(PREVIEW.format(team.pk, ""), form)
    shown = client.get(PREVIEW.format(team.pk, "de-simple"))
    assert (shown.status_code, "Unser Team in Leicht" in shown.text, 'lang="de-simple"' in shown.text) == (
        200, True, True,
    )  # fmt: skip
    assert "Unser Team in Leicht" not in client.get(PREVIEW.format(team.pk, "")).text


def test_the_desk_asks_for_versions_older_than_their_original(client, editor, queries):
    team = make_page("Team", "team")
    publish_before(team, 1)
    version = actions.start_version(team, Language.EASY, by=editor)
    tasks = waiting_tasks.get("cms.versions")
    assert tasks.tasks(editor) == []  # a draft waits for nobody
    publish_before(version, 2)
    (task,) = tasks.tasks(editor)
    team.refresh_from_db()
    assert (task.text, task.url, task.since) == (
        "„Team“ in Leichter Sprache nachziehen", EDIT.format(version.pk), team.last_published_at,
    )  # fmt: skip
    one = queries(lambda: tasks.tasks(editor))
    publish_before(actions.start_version(team, Language.ENGLISH, by=editor), 2)
    assert len(tasks.tasks(editor)) == 2
    assert queries(lambda: tasks.tasks(editor)) == one == 1
    version.refresh_from_db()
    version.save_revision().publish()  # looked at again
    assert [task.text for task in tasks.tasks(editor)] == ["„Team“ in Englisch nachziehen"]


def test_the_list_shows_dates_and_states(client, editor, queries):
    client.force_login(editor)
    empty = client.get("/geschaeftsstelle/fassungen/")
    assert "Noch gibt es keine Fassungen" in empty.text
    team = make_page("Team", "team")
    publish_before(team, 1)
    publish_before(actions.start_version(team, Language.EASY, by=editor), 2)
    one = queries(lambda: client.get("/geschaeftsstelle/fassungen/"))
    actions.start_version(team, Language.ENGLISH, by=editor)
    answer = client.get("/geschaeftsstelle/fassungen/")
    assert [row.is_old for row in answer.context["page"]] == [True, False]
    assert (answer.text.count("nachziehen</"), answer.text.count("<td>Entwurf</td>")) == (1, 1)
    assert queries(lambda: client.get("/geschaeftsstelle/fassungen/")) == one


def test_the_figure_counts_pages_in_leichte_sprache(editor):
    pages, easy = cms_queries.figures_of_versions()
    team = make_page("Team", "team")
    version = actions.start_version(team, Language.EASY, by=editor)
    assert cms_queries.figures_of_versions() == (pages + 1, easy)
    version.save_revision().publish()
    assert cms_queries.figures_of_versions() == (pages + 1, easy + 1)
