"""Topic pages assemble themselves from what all areas make public."""

import html

import pytest

from akademie.core.contributions import public_kinds
from akademie.practices.tests.factories import PracticeCaseFactory, TownFactory
from akademie.topics import queries as topics
from akademie.topics.tests.factories import TopicFactory

pytestmark = pytest.mark.django_db
PAGE = "/themen/leerstand/"


def text_of(response):
    return " ".join(html.unescape(response.content.decode()).split())


@pytest.fixture
def leerstand():
    topic = TopicFactory(slug="leerstand", name="Leerstand", position=1)
    TopicFactory(slug="bahnhoefe", name="Bahnhöfe", parent=topic)
    return topic


def shown(response):
    return [
        (shelf.kind.key, shelf.count, [entry.title for entry in shelf.entries]) for shelf in response.context["shelves"]
    ]


def test_a_page_shows_the_newest_three_and_how_many_there_are(client, leerstand):
    for number in range(4):
        PracticeCaseFactory(title=f"Fall {number}", about=["leerstand"])
    PracticeCaseFactory(title="Anderes", about=["wohnen"])
    response = client.get(PAGE)
    assert shown(response) == [("praxis", 4, ["Fall 3", "Fall 2", "Fall 1"])]
    assert (
        'href="/praxis/?thema=leerstand">Alle 4 ansehen<span class="ak-hidden">: Praxisbeispiele</span></a>'
        in text_of(response)
    )


def test_a_subtopic_counts_for_its_topic_once(client, leerstand):
    PracticeCaseFactory(title="Bahnhof", about=["bahnhoefe", "leerstand"])
    PracticeCaseFactory(title="Laden", about=["leerstand"])
    assert shown(client.get(PAGE)) == [("praxis", 2, ["Laden", "Bahnhof"])]
    assert shown(client.get("/themen/bahnhoefe/")) == [("praxis", 1, ["Bahnhof"])]
    assert "Bahnhöfe <small>(1)</small>" in text_of(client.get(PAGE))


def test_drafts_stay_invisible_and_appear_when_published(client, leerstand):
    case = PracticeCaseFactory(draft=True, about=["leerstand"])
    assert shown(client.get(PAGE)) == []
    case.live = True
    case.save()
    assert shown(client.get(PAGE)) == [("praxis", 1, [case.title])]
    case.delete()
    assert shown(client.get(PAGE)) == []


def test_a_signed_in_person_sees_the_same(client, leerstand, participant):
    case = PracticeCaseFactory(about=["leerstand"])
    client.force_login(participant)
    assert shown(client.get(PAGE)) == [("praxis", 1, [case.title])]


def test_the_page_follows_the_name_of_a_town(client, leerstand):
    town = TownFactory(name="Prüm")
    PracticeCaseFactory(about=["leerstand"], towns=[town])
    assert "Praxisbeispiel aus Prüm" in text_of(client.get(PAGE))
    town.name = "Kyritz"
    town.save()
    assert "Praxisbeispiel aus Kyritz" in text_of(client.get(PAGE))


def test_an_empty_topic_leads_on(client, leerstand):
    text = text_of(client.get("/themen/bahnhoefe/"))
    assert "Dazu hat die Akademie noch nichts" in text
    assert 'das Thema <a href="/themen/leerstand/">Leerstand</a>' in text
    assert 'href="/austausch/frage/?anliegen=Bahnh%C3%B6fe"' in text


@pytest.mark.parametrize("slug", ["gibt-es-nicht", "LEERSTAND", "%00", "a b", "%E2%80%AE", "x" * 400])
def test_an_unknown_topic_leads_on(client, leerstand, slug):
    response = client.get(f"/themen/{slug}/")
    assert response.status_code == 404
    assert [node.slug for node in response.context["topics"]] == ["leerstand"]


def test_the_overview_counts_by_kind(client, leerstand):
    assert '<p class="ak-note">noch nichts gesammelt</p>' in text_of(client.get("/themen/"))
    PracticeCaseFactory(about=["leerstand"])
    assert '<p class="ak-note">Praxisbeispiele: 1</p>' in text_of(client.get("/themen/"))
    PracticeCaseFactory(about=["leerstand"])
    assert '<p class="ak-note">Praxisbeispiele: 2</p>' in text_of(client.get("/themen/"))


def test_the_overview_without_topics_says_so(client, db):
    assert "Noch keine Themen" in text_of(client.get("/themen/"))


@pytest.mark.parametrize("address", ["/themen/", PAGE])
def test_pages_need_the_same_queries_for_three_cases_and_topics(client, queries, leerstand, address):
    PracticeCaseFactory(about=["leerstand"])
    one = queries(lambda: client.get(address))
    for slug in ("leerstand", "bahnhoefe", "wohnen"):
        PracticeCaseFactory(about=[slug, "leerstand"])
    assert queries(lambda: client.get(address)) == one


def test_choices_follow_the_office(leerstand):
    assert topics.choices() == [("leerstand", "Leerstand")]
    TopicFactory(slug="wohnen", name="Wohnen", position=0)
    assert topics.choices() == [("wohnen", "Wohnen"), ("leerstand", "Leerstand")]


def test_topics_are_public_themselves(leerstand):
    kind = public_kinds.get("themen")
    found = [(entry.title, entry.url, entry.label) for _pk, entry in kind.entries(kind.visible_to(None).order_by("pk"))]
    assert found == [
        ("Leerstand", "/themen/leerstand/", "Thema"),
        ("Bahnhöfe", "/themen/bahnhoefe/", "Unterthema von Leerstand"),
    ]
