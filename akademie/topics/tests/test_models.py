"""What a topic refuses."""

import pytest
from django.core.exceptions import ValidationError

from akademie.topics.models import Topic
from akademie.topics.tests.factories import TopicFactory

pytestmark = pytest.mark.django_db


def test_synonyms_are_put_in_order():
    topic = Topic(slug="leerstand", name="Leerstand", synonyms=" leere  Läden,,\nLeere Läden; Ruine\u200b ,")
    topic.full_clean()
    assert topic.synonyms == "leere Läden, Ruine"
    assert topic.synonym_list() == ["leere Läden", "Ruine"]


def test_a_synonym_that_is_a_text_is_refused():
    with pytest.raises(ValidationError) as refusal:
        Topic(slug="leerstand", name="Leerstand", synonyms="x" * 90).full_clean()
    assert list(refusal.value.message_dict) == ["synonyms"]


def test_there_are_two_levels_only():
    above = TopicFactory(slug="wohnen")
    TopicFactory(slug="altbau", parent=above)
    above.parent = TopicFactory(slug="leerstand")
    with pytest.raises(ValidationError) as refusal:
        above.full_clean()
    assert list(refusal.value.message_dict) == ["parent"]


def test_a_topic_is_not_its_own_subtopic():
    topic = TopicFactory()
    topic.parent = topic
    with pytest.raises(ValidationError) as refusal:
        topic.full_clean()
    assert list(refusal.value.message_dict) == ["parent"]


def test_the_slug_stays():
    topic = TopicFactory(slug="wohnen")
    topic.slug = "wohnung"
    with pytest.raises(ValidationError) as refusal:
        topic.full_clean()
    assert list(refusal.value.message_dict) == ["slug"]
