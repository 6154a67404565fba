"""The vocabulary that the product ships: it arrives whole, stays editable, and broken files change nothing."""

import json
from collections import Counter

import pytest

from akademie.core import stamps
from akademie.core.actions import NotPossible
from akademie.topics.actions import SOURCE, load_topics
from akademie.topics.models import MAX_SYNONYM, Topic

pytestmark = pytest.mark.django_db
SHIPPED = json.loads(SOURCE.read_text(encoding="utf-8"))["records"]


def quiet(_line):
    """Take the progress and show nothing."""


def records():
    return json.loads(json.dumps(SHIPPED[:2]))


@pytest.fixture
def source(tmp_path):
    def write(content):
        path = tmp_path / "topics.json"
        text = content if isinstance(content, str) else json.dumps({"records": content})
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_every_topic_arrives_with_every_field():
    load_topics(quiet)
    arrived = [
        {
            "id": topic.slug, "name": topic.name, "description": topic.description, "source": topic.source,
            "synonyms": topic.synonym_list(),
            "subtopics": [
                {"id": one.slug, "name": one.name, "synonyms": one.synonym_list()}
                for one in topic.children.in_order()
            ],
        }
        for topic in Topic.objects.main().in_order()
    ]  # fmt: skip
    assert arrived == [{key: value for key, value in record.items() if key != "sourced"} for record in SHIPPED]
    assert len(arrived) == 14


def test_slugs_are_unique_over_both_levels():
    slugs = [one["id"] for record in SHIPPED for one in (record, *record["subtopics"])]
    assert [slug for slug, number in Counter(slugs).items() if number > 1] == []


def test_there_are_everyday_words_for_every_topic():
    words = {one["id"]: one["synonyms"] for record in SHIPPED for one in (record, *record["subtopics"])}
    main = {record["id"] for record in SHIPPED}
    assert [slug for slug, found in words.items() if len(found) < (25 if slug in main else 8)] == []
    assert [word for found in words.values() for word in found if len(word) > MAX_SYNONYM] == []


def test_loading_again_changes_nothing(django_assert_num_queries):
    load_topics(quiet)
    before = list(Topic.objects.order_by("pk").values())
    load_topics(quiet)
    assert list(Topic.objects.order_by("pk").values()) == before


def test_a_new_version_reaches_untouched_topics_only(source):
    load_topics(quiet, source(records()))
    edited = Topic.objects.get(slug=SHIPPED[0]["id"])
    edited.name = "Unsere Mitte"
    edited.save()
    newer = records()
    newer[0]["name"], newer[1]["synonyms"] = "Zentrum", ["Geisterhaus"]
    load_topics(quiet, source(newer))
    edited.refresh_from_db()
    assert edited.name == "Unsere Mitte"
    assert Topic.objects.get(slug=newer[1]["id"]).synonyms == "Geisterhaus"


def test_the_office_may_add_a_topic_of_its_own_before_the_data_have_it(source):
    own = Topic.objects.create(slug=SHIPPED[0]["id"], name="Eigenes")
    load_topics(quiet, source(records()))
    own.refresh_from_db()
    assert own.name == "Eigenes"


def test_loading_renews_the_stamp():
    before = stamps.current().get("themen")
    load_topics(quiet)
    assert stamps.current()["themen"] != before


@pytest.mark.parametrize(
    ("break_it", "said"),
    [
        (lambda found: "{", "lässt sich nicht lesen"),
        (lambda found: '{"records": 7}', "„records“ ist keine Liste"),
        (lambda found: [{"id": "x", "name": "X"}], "topics.json, „x“: Es fehlt „subtopics“."),
        (lambda found: [*found, {"id": 4, "name": "X", "subtopics": []}], "Es fehlt „id“."),
        (lambda found: [*found, {"id": "x", "name": "X", "subtopics": [], "synonyms": "wort"}], "„synonyms“ Listen"),
        (lambda found: [*found, {"id": "x", "name": "X", "subtopics": ["y"]}], "topics.json, „x“: „id“ und „name“"),
        (lambda found: [*found, {"id": "x", "name": "X" * 200, "subtopics": []}], "topics.json, „x“: name"),
        (lambda found: [*found, {"id": "nicht gut", "name": "X", "subtopics": []}], "topics.json, „nicht gut“: slug"),
    ],
)
def test_a_broken_file_says_where_and_changes_nothing(source, break_it, said):
    with pytest.raises(NotPossible) as refusal:
        load_topics(quiet, source(break_it(records())))
    assert said in str(refusal.value)
    assert Topic.objects.count() == 0


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(NotPossible, match=r"topics\.json lässt sich nicht lesen"):
        load_topics(quiet, tmp_path / "topics.json")
