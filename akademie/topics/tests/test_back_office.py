"""Topics in the back office."""

import pytest
from django.contrib.auth.models import Permission

from akademie.topics.models import Topic
from akademie.topics.tests.factories import TopicFactory

pytestmark = pytest.mark.django_db
LIST = "/geschaeftsstelle/cms/snippets/topics/topic/"


@pytest.fixture
def office(client, editor):
    wanted = Permission.objects.filter(codename__in=["access_admin", "add_topic", "change_topic", "view_topic"])
    editor.groups.get().permissions.set(wanted)
    client.force_login(editor)
    return client


def fields(**changed):
    return {"name": "Leerstand", "slug": "leerstand", "synonyms": "", "position": "10", **changed}


def test_an_editor_adds_synonyms_and_the_page_of_topics_knows_at_once(office):
    topic = TopicFactory(slug="leerstand", name="Leerstand")
    answer = office.post(f"{LIST}edit/{topic.pk}/", fields(synonyms="Ruine,, leere Läden", name="Leere Häuser"))
    topic.refresh_from_db()
    assert (answer.status_code, topic.synonyms) == (302, "Ruine, leere Läden")
    assert "Leere Häuser" in office.get("/themen/").content.decode()


def test_the_slug_is_kept_and_the_reason_is_said(office):
    topic = TopicFactory(slug="leerstand")
    answer = office.post(f"{LIST}edit/{topic.pk}/", fields(slug="anders"))
    assert "Das Kürzel steht in Adressen und bleibt gleich." in answer.content.decode()
    assert Topic.objects.get().slug == "leerstand"


def test_a_subtopic_of_a_subtopic_is_refused(office):
    below = TopicFactory(slug="unten", parent=TopicFactory(slug="oben"))
    office.post(f"{LIST}add/", fields(parent=str(below.pk)))
    assert not Topic.objects.filter(slug="leerstand").exists()


def test_the_list_needs_the_same_queries_for_three_topics(office, queries):
    TopicFactory(parent=TopicFactory())
    office.get("/")  # the frame is built once
    one = queries(lambda: office.get(LIST))
    TopicFactory(parent=TopicFactory())
    TopicFactory(parent=TopicFactory())
    assert queries(lambda: office.get(LIST)) == one
