"""What the Wegweiser understands of a concern: topics, needs, limits, and what it leaves alone."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from akademie.portal.guide.understanding import Found, apart, is_slip, rules, telling, understand
from akademie.topics.actions import load_topics
from akademie.topics.models import Topic
from tests.kept import Kept


@pytest.fixture
def shipped_topics(db: None, kept: Kept) -> None:
    kept("topics", lambda: load_topics(lambda sentence: None))


def topics(text: str) -> list[str]:
    return [match.key for match in understand(text).topics]


def needs(text: str) -> list[str]:
    return [match.key for match in understand(text).needs]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Leerstand", ["leerstand"]),
        ("leerstehende Gebäude", ["leerstand"]),
        ("Wärmepumpe", ["energie"]),
        ("Die Kinderärztin geht in den Ruhestand", ["daseinsvorsorge", "verwaltung"]),
        ("Rezept für Pizzateig", []),
        ("", []),
    ],
)
def test_words_point_to_topics(shipped_topics, text, expected):
    assert topics(text) == expected


@pytest.mark.parametrize("text", ["Kita-Plätze fehlen", "Kitaplätze fehlen"])
def test_a_compound_that_is_known_says_more_than_its_parts(shipped_topics, text):
    concern = understand(text)
    assert [match.key for match in concern.topics] == ["daseinsvorsorge", "demografie"]
    assert concern.named in concern.subtopics[:1]
    assert concern.subtopics[0].title == "Bildung und Betreuung"
    assert topics("Bürgerbus") == ["mobilitaet"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Unser Radweg endet an der Stadtgrenze", "rad-fuss"),
        ("freibad", "daseinsvorsorge"),
        ("Unser Hund ist krank", None),  # a main topic has wide words
        ("Wann kommt die U-Bahn?", None),  # a piece of a word
        ("Rezept für Pizzateig", None),
    ],
)
def test_whole_words_name_a_topic(shipped_topics, text, named):
    found = understand(text).named
    assert (found and found.key) == named


def test_a_slip_is_understood(shipped_topics):
    assert topics("Leerstannd") == ["leerstand"]


def test_several_worries_are_all_heard(shipped_topics):
    found = topics("Der Hausarzt hört auf, es fährt kein Bus mehr und die Läden stehen leer")
    assert {"daseinsvorsorge", "mobilitaet", "leerstand"} <= set(found)


def test_words_that_stand_in_any_concern_point_nowhere(shipped_topics):
    filler = " ".join(rules()["filler"]["words"])
    assert topics("Unsere kleine Stadt hat viele Fragen und braucht etwas Neues") == []
    assert telling("Unsere kleine Stadt braucht einen Rufbus für die Dörfer") == "Rufbus Dörfer"
    assert telling("die Stadt und der Rufbus") == "die Stadt und der Rufbus"
    assert telling(filler) != ""


def test_needs_and_limits_are_told_from_the_words(shipped_topics):
    concern = understand("Wie machen das andere? Wir wollen es erst mal ausprobieren, aber es ist kein Geld da.")
    assert {need.key for need in concern.needs} >= {"peers", "trial"}
    assert [limit.key for limit in concern.constraints] == ["money_or_staff"]
    assert needs("Gibt es ein Formular für die Bewerbung?") == ["application"]
    assert needs("Ich suche Studien für meine Masterarbeit") == ["research"]
    assert all(match.words and match.title for match in (*concern.needs, *concern.topics))


def test_each_word_counts_once():
    whole = Found(frozenset({1, 2}), "letzte Kneipe", 1.5)
    part = Found(frozenset({2}), "Kneipe", 1.0)
    half = Found(frozenset({2, 3}), "Kneipe schließt", 1.5)
    assert apart([part, whole]) == {"letzte Kneipe": 1.5}
    assert apart([whole, half]) == {"letzte Kneipe": 1.5, "Kneipe schließt": 0.75}


@pytest.mark.parametrize(
    ("written", "meant", "slip"),
    [("Inenstadt", "Innenstadt", True), ("wegfällt", "verfällt", False), ("brauchen", "Brachen", False)],
)
def test_what_is_a_slip(shipped_topics, written, meant, slip):
    assert is_slip(written, meant) == slip


def test_without_a_vocabulary_nothing_is_understood(db):
    assert Topic.objects.count() == 0
    concern = understand("Leerstand in der Innenstadt")
    assert (concern.topics, concern.subtopics) == ([], [])


def test_a_topic_added_by_the_office_is_known_at_once(shipped_topics):
    assert topics("Zeppelin") == []
    Topic.objects.create(slug="luftfahrt", name="Luftfahrt", synonyms="Zeppelin\nFesselballon", position=99)
    assert topics("Zeppelin") == ["luftfahrt"]


@given(text=st.text(max_size=300))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_understood(shipped_topics, text):
    concern = understand(text)
    assert len(concern.topics) <= 4
    assert all(match.weight > 0 and match.words for match in (*concern.topics, *concern.subtopics, *concern.needs))
    assert isinstance(telling(text), str)


def test_the_rules_name_what_exists(shipped_topics):
    from akademie.library.kinds import Kind

    slugs = set(Topic.objects.values_list("slug", flat=True))
    kinds = {str(kind.label) for kind in Kind}
    assert {slug for need in rules()["need"] for slug in need.get("topics", {})} <= slugs
    assert {kind for need in rules()["need"] for kind in need.get("documents", {})} | rules()[
        "documents"
    ].keys() <= kinds
    assert rules()["topics"].keys() <= slugs
