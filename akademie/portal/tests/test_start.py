"""The start page: one question, what to begin with, and what the office words."""

import html

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Page, Site

from akademie.cms import actions as cms
from akademie.formats.actions import load_formats
from akademie.portal.actions import install_start_page
from akademie.portal.models import StartPage
from akademie.practices.tests.factories import PracticeCaseFactory, TownFactory
from akademie.topics.models import Topic

pytestmark = pytest.mark.django_db


def quiet(_line):
    """Take the progress and show nothing."""


def text_of(response):
    return " ".join(html.unescape(response.content.decode()).split())


@pytest.fixture
def start(db, kept):
    kept("pages", lambda: cms.load_pages(quiet))
    kept("start page", lambda: install_start_page(quiet))
    return StartPage.objects.get()


def test_it_asks_the_question_and_leads_to_the_wegweiser(client, start):
    text = text_of(client.get("/"))
    assert '<h1 id="frage">Was beschäftigt Ihre Stadt?</h1>' in text
    assert 'method="get" action="/wegweiser/"' in text
    assert '<a href="/wegweiser/?q=Jugendliche%20sollen%20mitreden">Jugendliche sollen mitreden</a>' in text


def test_it_is_there_before_anything_is_set_up(client):
    assert "Was beschäftigt Ihre Stadt?" in text_of(client.get("/"))
    assert client.post("/").status_code == 405


def test_empty_parts_are_left_out(client, start):
    text = text_of(client.get("/"))
    assert [word in text for word in ("Formate zum Anfangen", "Neu aus der Praxis")] == [False, False]


def test_it_shows_formats_cases_topics_and_their_towns(client, start):
    load_formats(quiet)
    Topic.objects.create(slug="wohnen", name="Wohnen")
    case = PracticeCaseFactory(title="Kaufhaus am Markt", towns=[TownFactory()])
    context = client.get("/").context
    assert len(context["formats"]) >= 3
    assert [entry.title for entry in context["newest"]] == [case.title]
    assert context["topics"] == [("wohnen", "Wohnen")]
    assert context["horizon"].count("<svg") == 1


def test_drafts_do_not_appear_and_published_cases_do_at_once(client, start):
    case = PracticeCaseFactory(draft=True, title="Geheim", towns=[TownFactory()])
    context = client.get("/").context
    assert (context["newest"], context["horizon"]) == ([], "")
    case.live = True
    case.save()
    context = client.get("/").context
    assert [entry.title for entry in context["newest"]] == ["Geheim"]
    assert context["horizon"].count("<svg") == 1


def test_the_horizon_is_a_street_of_twelve_at_most(client, start):
    for _ in range(15):
        PracticeCaseFactory(towns=[TownFactory()])
    assert client.get("/").context["horizon"].count("<svg") == 12


def test_what_the_office_words_appears_when_published(client, start):
    start.question, start.examples = "Was bewegt Sie <heute>?", "Erstes\n\n  Zweites  "
    revision = start.save_revision()
    assert "Was bewegt Sie" not in text_of(client.get("/"))
    revision.publish()
    text = client.get("/").content.decode()
    assert '<h1 id="frage">Was bewegt Sie &lt;heute&gt;?</h1>' in text
    assert [text.count(f">{word}</a>") for word in ("Erstes", "Zweites", "Jugendliche sollen mitreden")] == [1, 1, 0]


def test_more_than_three_examples_are_refused(start):
    start.examples = "\n".join("abcd")
    with pytest.raises(ValidationError) as refusal:
        start.full_clean()
    assert list(refusal.value.message_dict) == ["examples"]


def test_installing_again_changes_nothing(start):
    start.question = "Eigene Frage"
    start.save()
    below = set(Page.objects.values_list("url_path", flat=True))
    install_start_page(quiet)
    assert StartPage.objects.get().question == "Eigene Frage"
    assert set(Page.objects.values_list("url_path", flat=True)) == below
    assert Site.objects.get().root_page_id == start.pk


def test_the_other_pages_keep_their_addresses(client, start):
    assert client.get("/impressum/").status_code == 200


def test_it_needs_the_same_queries_for_three_cases(client, start, queries):
    load_formats(quiet)
    PracticeCaseFactory(towns=[TownFactory()])
    one = queries(lambda: client.get("/"))
    for _ in range(2):
        PracticeCaseFactory(towns=[TownFactory()])
    assert queries(lambda: client.get("/")) == one


def test_the_preview_shows_the_draft(start):
    start.question = "Wie im Entwurf?"
    response = start.make_preview_request()
    response.render()
    assert '<h1 id="frage">Wie im Entwurf?</h1>' in response.content.decode()
