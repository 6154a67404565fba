"""Was passt? The rules over the 18 real formats, what a sentence says, and what is answered when nothing fits."""

from datetime import date
from typing import Any

import pytest

from akademie.formats import actions, finder
from akademie.formats.finder import Fit, Wishes, find
from akademie.formats.sentence import understood
from akademie.formats.tests.factories import FormatProfileFactory, FormatRunFactory
from tests.kept import Kept

pytestmark = pytest.mark.django_db


@pytest.fixture
def catalogue(kept: Kept) -> None:
    """The 18 formats that the product ships."""
    kept("formats", lambda: actions.load_formats(lambda _: None))


def slugs(wishes: Wishes) -> list[str]:
    return [one.format.slug for one in find(wishes).suggestions]


@pytest.mark.parametrize(
    ("wishes", "expected"),
    [
        ({"zeit": "halber-tag", "personen": 12, "staedte": "6", "aufwand": "gering"},
         ["bm-forum", "peer-austausch", "webinar"]),
        ({"stunden": 4.0, "personen": 12, "staedte": "6", "geld": "keins"},
         ["lernwerkstatt", "expertengespraech", "bm-forum"]),
        ({"zeit": "halber-tag", "personen": 12, "wo": "digital", "aufwand": "mittel", "zweck": "lernen"},
         ["lernwerkstatt", "szenario-werkstatt", "webinar"]),
        ({"zeit": "ganzer-tag", "personen": 30, "wo": "praesenz"},
         ["erfahrungswerkstatt", "auf-tour", "szenario-werkstatt"]),
        ({"zeit": "mehrere-tage", "personen": 30, "zweck": "austausch"},
         ["erfahrungswerkstatt", "transferwerkstatt", "auf-tour"]),
        ({"zeit": "stunde", "personen": 2}, ["sprechstunde", "peer-austausch", "tandem"]),
        ({"zeit": "stunde", "personen": 1, "wo": "digital"}, ["sprechstunde", "selbstlernmodul", "entscheidungsbaum"]),
        ({"personen": 200, "wo": "digital"}, ["fachkonferenz"]),
        ({"personen": 12, "zeit": "stunde", "wo": "praesenz", "zweck": "beratung"},
         ["bm-forum", "kollegiales-coaching", "peer-austausch"]),
    ],
)  # fmt: skip
def test_the_shipped_formats(catalogue: None, wishes: dict[str, Any], expected: list[str]) -> None:
    assert slugs(Wishes(**wishes)) == expected


def test_reasons_stand_in_words(catalogue: None) -> None:
    best = find(Wishes(zeit="halber-tag", personen=12, staedte="6", aufwand="gering", geld="keins")).suggestions[0]
    assert best.format.slug == "bm-forum"
    assert [one.text for one in best.good] == [
        "dauert 1 bis 2 Stunden, das passt leicht in einen halben Tag",
        "für 8 bis 25 Personen, Sie sind 12",
        "geht digital, niemand muss reisen",
        "geringer Aufwand",
    ]
    assert [one.text for one in best.doubts] == ["Die Kosten sind nicht dokumentiert."]


def test_what_does_not_fit_is_said() -> None:
    FormatProfileFactory(
        slug="gross", mode=["praesenz"], effort="hoch", duration_min=480, duration_max=960, group_min=15, group_max=40,
        cost_eur=900,
    )  # fmt: skip
    everything = Wishes(zeit="halber-tag", personen=10, staedte="6", wo="digital", aufwand="gering", geld="keins",
                        zweck="beratung")  # fmt: skip
    nearest = find(everything).nearest
    assert nearest is not None
    assert [(one.fit, one.text) for one in nearest.doubts] == [
        (Fit.NOT, "braucht mehr Zeit: ab 8 Stunden"),
        (Fit.NOT, "braucht mehr Leute: ab 15"),
        (Fit.NOT, "geht nur vor Ort"),
        (Fit.NOT, "mehr als gewünscht: hoher Aufwand"),
        (Fit.NOT, "kostet 900 Euro (angegeben)"),
        (Fit.NEARLY, "findet nur vor Ort statt: Die meisten müssen anreisen"),
        (Fit.NEARLY, "ist eher zum Lernen da"),
    ]


def test_without_an_answer_the_wish_to_loosen_is_named_and_the_nearest_format(catalogue: None) -> None:
    answer = find(Wishes(zeit="stunde", personen=300, wo="praesenz"))
    assert (answer.suggestions, answer.loosen, answer.then) == ((), "personen", 4)
    assert answer.loosened == Wishes(zeit="stunde", wo="praesenz")
    assert slugs(answer.loosened) == ["bm-forum", "kollegiales-coaching", "peer-austausch"]
    assert answer.nearest
    assert answer.nearest.format.slug == "bm-forum"  # of the Pop-up-Labor neither time nor size is documented
    assert [one.text for one in answer.nearest.doubts] == ["ist für kleinere Gruppen: bis 25"]


def test_no_format_at_all_is_no_answer() -> None:
    answer = find(Wishes(zeit="stunde"))
    assert (answer.suggestions, answer.loosen, answer.nearest) == ((), "", None)


def test_measured_hours_from_three_runs_on_count_instead_of_the_class() -> None:
    profile = FormatProfileFactory(slug="eins", effort="gering")
    wishes = Wishes(aufwand="gering")

    def says() -> list[tuple[Fit, str]]:
        answer = find(wishes)
        found = answer.suggestions[0] if answer.suggestions else answer.nearest
        assert found
        return [(one.fit, one.text) for one in found.reasons]

    assert says() == [(Fit.FITS, "geringer Aufwand")]
    for hours in (20, 30):
        FormatRunFactory(profile=profile, hours=hours)
    two = "geringer Aufwand; gemessen: 20\xa0Stunden und 30\xa0Stunden Arbeit, aus 2 Durchführungen"
    assert says() == [(Fit.FITS, two)]
    FormatRunFactory(profile=profile, hours=40)
    three = "mehr als gewünscht: gemessen: 30\xa0Stunden Arbeit, Median aus 3 Durchführungen: hoher Aufwand"
    assert says() == [(Fit.NOT, three)]


def test_entered_figures_are_said_where_nothing_is_measured() -> None:
    FormatProfileFactory(effort="gering", office_minutes=300, cost_eur=0)
    (one,) = find(Wishes(aufwand="gering", geld="keins")).suggestions
    assert [reason.text for reason in one.good] == [
        "geringer Aufwand; angegeben: 5 Stunden Arbeit der Geschäftsstelle", "kostet nichts (angegeben)",
    ]  # fmt: skip


def test_unknown_figures_are_said_and_not_guessed() -> None:
    FormatProfileFactory()
    answer = find(Wishes(zeit="stunde", personen=5, staedte="6", wo="digital", aufwand="mittel", geld="keins"))
    assert answer.suggestions == ()  # nothing is known of it, so nothing says that it fits
    assert answer.nearest
    assert [(reason.fit, reason.wish) for reason in answer.nearest.reasons] == [
        (Fit.UNKNOWN, wish) for wish in ("zeit", "personen", "staedte", "wo", "aufwand", "geld")
    ]


def test_drafts_are_not_found() -> None:
    FormatProfileFactory(draft=True, duration_min=10, duration_max=10)
    assert find(Wishes(zeit="stunde")).nearest is None


def test_a_changed_run_is_in_the_next_answer() -> None:
    profile = FormatProfileFactory()
    run = FormatRunFactory(profile=profile, hours=None, cost_eur=0, held_on=date(2026, 1, 1))
    (one,) = find(Wishes(geld="keins")).suggestions
    assert [reason.text for reason in one.good] == ["kostet nichts (gemessen, aus 1 Durchführung)"]
    run.cost_eur = 500
    run.save()
    assert find(Wishes(geld="keins")).suggestions == ()


def test_finding_asks_the_database_no_more_for_three_formats_than_for_one(queries: Any) -> None:
    FormatProfileFactory()
    one = queries(lambda: find(Wishes(zeit="stunde")))
    FormatProfileFactory.create_batch(2)
    assert queries(lambda: find(Wishes(zeit="stunde"))) == one


# -- a sentence -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("sentence", "wishes"),
    [
        ("Ich habe einen halben Tag, 12 Leute in 6 Städten, wenig Aufwand",
         {"zeit": "halber-tag", "personen": 12, "staedte": "6", "aufwand": "gering"}),
        ("Ich habe 4 Stunden, 0 Euro, 12 Leute in 6 Städten",
         {"stunden": 4.0, "personen": 12, "staedte": "6", "geld": "keins"}),
        ("zwei Stunden online mit zwanzig Personen aus drei Kommunen zum Austausch",
         {"stunden": 2.0, "wo": "digital", "personen": 20, "staedte": "2-5", "zweck": "austausch"}),
        ("Ein ganzer Tag vor Ort, 1.200 Teilnehmende, 500 €, viel Aufwand",
         {"zeit": "ganzer-tag", "wo": "praesenz", "personen": 1200, "geld": "etwas", "aufwand": "hoch"}),
        ("Wir wollen in 90 Minuten zu dritt etwas lernen, nicht online",
         {"stunden": 1.5, "personen": 3, "zweck": "lernen", "wo": "praesenz"}),
        ("Höchstens 10 Stunden Arbeit, hybrid, mehrere Tage",
         {"aufwand": "mittel", "wo": "hybrid", "zeit": "mehrere-tage"}),
        ("eine Stunde, allein, kostenlos, Beratung",
         {"zeit": "stunde", "personen": 1, "geld": "keins", "zweck": "beratung"}),
        ("Guten Tag, was haben Sie denn so?", {}),
        ("999999999999 Leute, 99999 Stunden", {}),
        ("", {}),
    ],
)  # fmt: skip
def test_a_sentence_is_understood(sentence: str, wishes: dict[str, Any]) -> None:
    assert understood(sentence) == Wishes(**wishes)


def test_a_long_sentence_takes_no_time() -> None:
    assert understood("zu " * 100_000 + "1" * 100_000) == Wishes()


def test_every_wish_has_words_and_a_judge() -> None:
    whole = Wishes("halber-tag", None, 12, "6", "hybrid", "mittel", "keins", "lernen")
    assert whole.in_words() == [
        "ein halber Tag", "12 Personen", "6 Städte und mehr", "gemischt", "mittlerer Aufwand", "kein Geld", "lernen",
    ]  # fmt: skip
    assert list(finder.WISHES) == list(finder._JUDGES)
