"""Figures and marks of German texts, held against texts whose figures are known or counted by hand."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akademie.core.readability import (
    Figures,
    Kind,
    marked_html,
    marks,
    measure,
    sentences_of,
    syllables_of,
    text_of,
)

HARD = (
    "Nach Prüfung der Unterlagen erfolgt die Bewilligung der Förderung im Rahmen der Haushaltsplanung, soweit die "
    "Voraussetzungen der Städtebauförderungsrichtlinie durch die antragstellende Gebietskörperschaft nachgewiesen "
    "werden."
)
EASY = "Wir laden Sie ein. Kommen Sie am 3. Mai in das alte Rathaus. Es gibt Kaffee, z. B. mit Milch. Was fehlt Ihnen?"


def sentences(text: str) -> list[str]:
    return [text[start:end].strip() for start, end in sentences_of(text)]


def marked(text: str, kind: Kind) -> list[str]:
    return [text[mark.start : mark.end] for mark in marks(text) if mark.kind == kind]


def test_sentences_end_where_people_end_them() -> None:
    assert sentences(EASY) == [
        "Wir laden Sie ein.", "Kommen Sie am 3. Mai in das alte Rathaus.", "Es gibt Kaffee, z. B. mit Milch.",
        "Was fehlt Ihnen?",
    ]  # fmt: skip
    assert sentences("Überschrift\n\nErster Punkt\nZweiter Punkt (Abs. 2 Nr. 3)") == [
        "Überschrift", "Erster Punkt", "Zweiter Punkt (Abs. 2 Nr. 3)",
    ]  # fmt: skip
    assert sentences("Er sagte: „Kommt!“ Dann ging er. ") == ["Er sagte:", "„Kommt!“", "Dann ging er."]


def test_figures_are_those_counted_by_hand() -> None:
    # 10 words in 2 sentences, 3 of more than six letters; syllables: 2 1 3 1 2, 1 3 1 3 4
    text = "Unsere Stadt hat Theater bekommen. Das neue Rathaus gehört Bürgerinnen."
    figures = measure(text)
    assert (figures.sentences, figures.words, figures.long_words) == (2, 10, 4)
    assert figures.lix == round(10 / 2 + 100 * 4 / 10) == 45
    assert figures.flesch == round(180 - 5 - 58.5 * figures.syllables / 10)


@pytest.mark.parametrize(
    ("word", "count"),
    [("Haus", 1), ("Theater", 3), ("Beamte", 3), ("neue", 2), ("Region", 3), ("Kleinstadt", 2), ("Rathaus", 2),
     ("geeignet", 3), ("bauen", 2), ("Bürgerbeteiligung", 6), ("pst", 1)],
)  # fmt: skip
def test_syllables(word: str, count: int) -> None:
    assert syllables_of(word) == count


def test_a_text_of_an_office_is_hard_and_an_invitation_is_not() -> None:
    hard, easy = measure(" ".join([HARD] * 3)), measure(" ".join([EASY] * 3))
    assert (hard.in_words, easy.in_words) == ("schwer", "leicht")
    assert (hard.flesch < 10, easy.flesch > 60) == (True, True)
    assert measure(EASY).in_words == "zu kurz zum Messen"
    assert measure("") == Figures()
    assert (Figures().lix, Figures().flesch) == (0, 100)


def test_marks_name_long_sentences_words_passive_and_nouns() -> None:
    assert marked(HARD, Kind.NOUNS) == [
        "Prüfung", "Bewilligung", "Förderung", "Haushaltsplanung", "Voraussetzungen",
    ]  # fmt: skip
    assert marked(HARD, Kind.WORD) == ["Städtebauförderungsrichtlinie"]
    assert marked(HARD, Kind.PASSIVE) == ["werden"]
    assert marks(HARD)[0].kind == Kind.SENTENCE
    assert marks(EASY) == []


@pytest.mark.parametrize(
    ("text", "passive"),
    [
        ("Der Antrag wird gestellt.", ["wird"]),
        ("Der Platz ist umgebaut worden.", ["worden"]),
        ("Der Beschluss wurde verschoben.", ["wurde"]),
        ("Es wird gut.", []),
        ("Morgen wird es regnen.", []),
        ("Die Stadt wird älter.", []),
        ("Sie werden staunen, was wir gebaut haben.", []),
    ],
)
def test_passive_is_known_from_future_and_change(text: str, passive: list[str]) -> None:
    assert marked(text, Kind.PASSIVE) == passive


def test_html_becomes_lines_and_marks_are_escaped() -> None:
    assert text_of("<h2>Titel</h2><p>Ein <b>Satz</b></p><ul><li>eins</li><li>zwei</li></ul>") == (
        "Titel\nEin Satz\neins\nzwei"
    )
    shown = marked_html("<script> wird gestellt.\n\nUnd <b>.")
    assert shown == '<p>&lt;script&gt; <mark class="ak-hard-passive">wird</mark> gestellt.</p><p>Und &lt;b&gt;.</p>'


@given(st.text(alphabet=st.sampled_from("abc ABC äöü ung wird gestellt.!?:\n<&„“-3"), max_size=300))
def test_whatever_stands_there_is_measured_and_marked(text: str) -> None:
    assert measure(text).lix >= 0
    for mark in marks(text):
        assert 0 <= mark.start < mark.end <= len(text)
    shown = marked_html(text)
    assert shown.count("<mark") == shown.count("</mark>")
    assert all(first[1] <= second[0] for first, second in pairwise(sentences_of(text)))


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Wir laden Sie ein.", []),
        ("Das Haus der Stadt ist alt. Wir warten auf des Rätsels Lösung.", [Kind.GENITIVE]),
        ("Sie könnten anrufen.", [Kind.CONDITIONAL]),
        ("Bringen Sie z. B. Kuchen mit (gern auch Kaffee).", [Kind.SHORT, Kind.SHORT]),
        ("Der Antrag wird geprüft.", [Kind.PASSIVE]),
        ("Die Wirtschaftsförderung hilft. Die Wirtschafts-Förderung hilft.", [Kind.WORD]),
        ("Wir kommen am Montag mit dem Bus und gehen dann alle zusammen in das Rathaus.", [Kind.SENTENCE]),
    ],
)
def test_leichte_sprache_has_rules_of_its_own(text, kinds):
    assert [mark.kind for mark in marks(text, easy=True)] == kinds
    assert [mark.kind for mark in marks(text)] == [kind for kind in kinds if kind == Kind.PASSIVE]
