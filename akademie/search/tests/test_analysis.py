"""The German analysis: spelling, gender forms, stems, compounds, synonyms, the lexicon file."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akademie.search.analysis import (
    Analyzer,
    Splitter,
    Synonyms,
    canonical,
    german_analyzer,
    german_lexicon,
    german_synonyms,
    lexicon_path,
    load_lexicon,
    normalise,
    own_words,
    words,
)
from akademie.search.analysis.tables import WordTable

ANALYZER = german_analyzer()


def stem(word: str) -> str:
    return ANALYZER.stem(canonical(word))


def leaves(word: str) -> tuple[str, ...]:
    return ANALYZER.query(word)[0].leaves


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Bürger:innen", "Bürgerinnen"),
        ("Bürger*innen", "Bürgerinnen"),
        ("Bürger_innen", "Bürgerinnen"),
        ("BürgerInnen", "Bürgerinnen"),
        ("Bürger/-innen", "Bürgerinnen"),
        ("Bürger/innen", "Bürgerinnen"),
        ("Bürger(innen)", "Bürgerinnen"),
        ("Städte\u00adbau", "Städtebau"),
        ("Sta\u0308dte", "Städte"),
        ("Leer-\nstand", "Leerstand"),
        ("Rat\x00haus", "Rat haus"),
        ("\u202eRathaus\u200f", "Rathaus"),
        ("und/oder", "und/oder"),
    ],
)
def test_normalise(written: str, plain: str) -> None:
    assert normalise(written) == plain


def test_words_of_a_hyphen_compound() -> None:
    assert [(word.form, word.closed) for word in words("B-Plan für Kleinstadt-Akademien")] == [
        ("bplan", True),
        ("plan", False),
        ("fuer", False),
        ("kleinstadtakademien", True),
        ("kleinstadt", False),
        ("akademien", False),
    ]


def test_overlong_runs_are_no_words() -> None:
    assert list(words("a" * 61)) == []


@pytest.mark.parametrize(
    "family",
    [
        "Stadt Städte Staedte staedten",
        "Bürger Bürgerinnen Buergern",
        "Arzt Ärzte Ärztin Ärztinnen ärztlich",
        "Kundin Kunde Kunden",
        "versickern versickert Versickerung",
        "entwickeln entwickelt Entwicklung",
        "fördern gefördert Förderung",
        "Kommune kommunal kommunale",
        "gründen Gründerinnen Gründung",
    ],
)
def test_a_family_has_one_stem(family: str) -> None:
    assert len({stem(word) for word in family.split()}) == 1


@pytest.mark.parametrize("pair", ["Bürger Burg", "Zeit Zeitung", "Steuern Steuerung", "sicher sich"])
def test_strangers_have_different_stems(pair: str) -> None:
    left, right = pair.split()
    assert stem(left) != stem(right)


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("Leerstandsmanagement", "leer stand management"),
        ("Kleinstadtakademie", "klein stadt akademi"),
        ("Straßenlaternen", "strass latern"),
        ("Städtebauförderung", "stadt bau forder"),
        ("Staedtebaufoerderung", "stadt bau forder"),
        ("Schulhaus", "schul haus"),
        ("Mitfahrbänke", "mitfahr bank"),
        ("Fördermittel", "forder mittel"),
        ("Geburtstag", "geburt tag"),
    ],
)
def test_compounds_give_their_leaves(word: str, parts: str) -> None:
    assert leaves(word) == tuple(parts.split())


@pytest.mark.parametrize(
    "word",
    ["Transport", "Verstand", "Demokratie", "Verwaltung", "Gesellschaft", "Bürgerinnen", "Rathaus1", "xqzwvxqzw"],
)
def test_these_stay_whole(word: str) -> None:
    assert leaves(word) == ()


def test_every_run_of_leaves_is_a_span() -> None:
    spans = ANALYZER.query("Stadtentwicklungskonzept")[0].spans
    assert set(spans) == {"stadt", "entwickl", "konzept", stem("Stadtentwicklung"), stem("Entwicklungskonzept")}


def test_both_spellings_of_a_compound_meet() -> None:
    closed, open_ = ANALYZER.index("Kleinstadtakademie"), ANALYZER.index("Kleinstadt Akademie")
    assert set(open_.stems) <= set(closed.parts)


def test_stop_words_go_unless_nothing_is_left() -> None:
    assert [word.form for word in ANALYZER.query("Was ist mit dem Leerstand?")] == ["leerstand"]
    assert [word.form for word in ANALYZER.query("wie wo was")] == ["wie", "wo", "was"]


def test_own_words_extend_the_splitter() -> None:
    own = own_words(["Quibbelwork am Markt"], ["Text"])
    assert own == {"quibbelwork": 1, "markt": 1}
    assert leaves("Quibbelworkkonzept") == ()
    splitter = german_lexicon().splitter.with_words(own)
    assert german_analyzer(splitter).query("Quibbelworkkonzept")[0].leaves == ("quibbelwork", "konzept")


def test_synonyms_work_both_ways_in_any_inflection() -> None:
    synonyms = Synonyms(["Kita, Kindergarten", "kein Bus fährt => Rufbus"], ANALYZER.stems)
    assert synonyms.of(stem("Kindergärten")) == ((stem("Kita"),),)
    assert synonyms.of(stem("Kitas")) == ((stem("Kindergarten"),),)
    assert synonyms.of(stem("Rufbus")) == ()


def test_synonyms_of_several_words_match_in_a_row() -> None:
    synonyms = Synonyms(["leere Läden, Leerstand"], ANALYZER.stems)
    [match] = synonyms.matches(ANALYZER.stems("viele leere Läden hier"))
    assert (match.first, match.last, match.targets) == (0, 2, ((stem("Leerstand"),),))


def test_shipped_synonyms_load_and_editors_add_to_them() -> None:
    shipped, more = german_synonyms(ANALYZER), german_synonyms(ANALYZER, ["Quibbel, Quabbel"])
    assert len(more) == len(shipped) + 2
    assert (stem("Kita"),) in shipped.of(stem("Kindergarten"))


def test_the_lexicon_knows_parts_and_families() -> None:
    lexicon = load_lexicon()
    assert [word in lexicon.splitter.counts for word in ("stadt", "staedte", "qzx")] == [True, True, False]
    assert [lexicon.stem.base(word) for word in ("versickert", "kitas", "aerztinnen", "stadt")] == [
        "versickerung",
        "kita",
        "arzt",
        "stadt",
    ]


@pytest.mark.slow
def test_a_folder_that_cannot_be_written_gives_the_same_lexicon(tmp_path: Path) -> None:
    """Also says that the lexicon is deterministic: the files were written by another process."""
    blocked = tmp_path / "file"
    blocked.write_text("")
    lexicon = load_lexicon(blocked / "below")
    lexicon.splitter.save(tmp_path)
    lexicon.stem.derived.save(tmp_path / "derived")
    for name in ("counts", "shortened", "stems", "derived"):
        assert (tmp_path / name).read_bytes() == (lexicon_path() / name).read_bytes()


def test_an_empty_lexicon_splits_nothing() -> None:
    stem = german_lexicon().stem
    assert Analyzer(stem, Splitter.of(stem, {})).query("Leerstandsmanagement")[0].leaves == ()


def test_a_table_finds_its_words_and_those_that_begin_a_text(tmp_path: Path) -> None:
    numbers = {"stadt": 3, "stad": 0, "staedte": 2**32 - 1, "": 7}
    table = WordTable(numbers)
    table.save(tmp_path / "table")
    for one in (table, WordTable.load(tmp_path / "table")):
        assert dict(one.items()) == numbers
        assert [one.get("stadt"), one["stadt"], one.get("st"), "stad" in one, "s" in one] == [3, 3, None, True, False]
        assert list(one.beginnings("stadtbau")) == [("", 7), ("stad", 0), ("stadt", 3)]
        with pytest.raises(KeyError):
            one["dorf"]


@given(st.text())
def test_any_text_can_be_analysed(text: str) -> None:
    tokens = ANALYZER.index(text)
    assert all(token and not token.isspace() for token in tokens.stems + tokens.parts)
    assert len({word.stem for word in ANALYZER.query(text)}) == len(ANALYZER.query(text))
