"""What the Wegweiser answers: practices, documents, towns and formats with their reasons, or honestly nothing."""

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as runs
from hypothesis import strategies as st

from akademie.library.tests.factories import LibraryItemFactory
from akademie.portal.guide import ranking
from akademie.portal.guide.answer import answer
from akademie.portal.guide.page import first_step
from akademie.practices.models import PracticeTown
from akademie.practices.tests.factories import PracticeCaseFactory, TownFactory
from akademie.search import actions
from akademie.search import queries as search
from akademie.towns.models import Town


def titles(text: str, **more: object) -> tuple[list[str], list[str]]:
    given_ = answer(text, **more)  # type: ignore[arg-type]
    return [one.entry.title for one in given_.practices], [one.entry.title for one in given_.documents]


def test_practices_documents_and_towns_with_reasons(index):
    found = answer("Wir brauchen einen Rufbus")
    assert sorted(one.entry.title for one in found.practices) == ["Rufbus in Gross", "Rufbus in Klein"]
    assert [one.entry.title for one in found.documents] == ["Der Rufbus: eine Arbeitshilfe"]
    assert sorted(one.town.name for one in found.towns) == ["Gross", "Klein"]
    everything = (*found.practices, *found.documents, *found.towns)
    assert all(one.reasons and all(one.reasons) for one in everything)
    assert found.practices[0].reasons[0] == "gleiches Thema „Mobilität“"
    assert (found.page.entry.title, found.page.words, found.money) == ("Mobilität", ("Rufbus",), None)


def test_a_town_like_ones_own_comes_first(index):
    assert titles("Rufbus", town=TownFactory(name="Winzig", population=6_100))[0][0] == "Rufbus in Klein"
    assert titles("Rufbus", town=TownFactory(name="Riesig", population=61_000))[0][0] == "Rufbus in Gross"


def test_a_slip_is_put_right_and_shown(index):
    found = answer("Rufbuss")
    assert (len(found.practices), found.corrected_text) == (2, "Rufbus")


@pytest.mark.parametrize("text", ["Rezept für Pizzateig", "asdfgh qwertz", "", "?!", "Wer hat gestern gewonnen?"])
def test_nothing_fits_and_it_says_so(index, text):
    assert answer(text).is_empty


def test_a_withdrawn_practice_is_gone_at_once(index):
    case = PracticeTown.objects.get(town__name="Gross").case
    case.live = False
    case.save()
    assert titles("Rufbus")[0] == ["Rufbus in Klein"]


def test_more_practices_cost_no_more_queries(index, queries):
    before = queries(lambda: answer("Rufbus"))
    for number in range(3):
        case = PracticeCaseFactory(title=f"Noch ein Rufbus {number}", about=["on-demand"])
        PracticeTown.objects.create(case=case, town=Town.objects.get(name="Klein"))
    actions.index_changes(search.engine())
    assert len(answer("Rufbus").practices) == 3
    assert queries(lambda: answer("Rufbus")) == before


@given(text=st.text(max_size=200))
@runs(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_answered(index, text):
    found = answer(text)
    assert len(found.practices) <= 3
    assert len(found.documents) <= 3
    assert len(found.towns) <= 5


def test_ones_own_practice_is_said_to_be_ones_own(index):
    klein, other = Town.objects.get(name="Klein"), TownFactory(name="Nachbarn", population=6_050)
    PracticeTown.objects.create(case=PracticeTown.objects.get(town__name="Gross").case, town=klein)
    case = PracticeCaseFactory(title="Rufbus in Nachbarn", about=["on-demand"])
    PracticeTown.objects.create(case=case, town=other)
    actions.index_changes(search.engine())
    found = answer("Rufbus", klein)
    told = {one.entry.title: one.reasons for one in found.practices}
    assert told["Rufbus in Klein"][0] == "aus Ihrer Stadt"
    assert [reason for reason in told["Rufbus in Gross"] if "Stadt" in reason] == ["aus Ihrer Stadt"]
    assert told["Rufbus in Nachbarn"][-1].startswith("Nachbarn: 6.050 Einwohner, ähnlich groß")
    assert {one.entry.title: one.only_own for one in found.practices} == {
        "Rufbus in Klein": True,
        "Rufbus in Gross": False,
        "Rufbus in Nachbarn": False,
    }
    assert [one.town.name for one in found.towns] == ["Nachbarn", "Gross"]


@pytest.mark.parametrize(
    ("text", "page", "money"),
    [
        ("Leerstand in der Innenstadt, kein Geld", "innenstadt", "foerderung"),
        ("Den Rufbus können wir nicht bezahlen", "mobilitaet", "foerderung"),
        ("Wer hilft bei Antrag und Verwendungsnachweis für die Städtebauförderung?", "foerderung", None),
        ("kein Geld", "foerderung", None),
        ("Rufbus", "mobilitaet", None),
    ],
)
def test_the_page_is_that_of_the_subject_and_money_comes_second(index, text, page, money):
    found = answer(text)
    assert (found.page.topic, found.money and found.money.topic) == (page, money)


def test_few_practices_are_not_hidden_by_many_documents(index, monkeypatch):
    monkeypatch.setattr(ranking, "TOGETHER", 1)
    assert sorted(titles("Rufbus")[0]) == ["Rufbus in Gross", "Rufbus in Klein"]
    assert titles("Rufbus")[1] == ["Der Rufbus: eine Arbeitshilfe"]


@pytest.mark.parametrize(("text", "nearest"), [("Starkregen", "Starkregen und Wasser"), ("Radwege fehlen", "Rad- und Fußverkehr"), ("Kita-Plätze fehlen", "Bildung und Betreuung")])  # fmt: skip  # noqa: E501
def test_a_topic_that_is_named_is_led_to_though_nothing_answers(index, client, text, nearest):
    found = answer(text)
    assert (found.nearest and found.nearest.title, found.is_empty) == (nearest, False)
    assert (found.practices, found.documents, found.towns) == ([], [], [])
    page = client.get("/wegweiser/", {"q": text})
    said = f'Am nächsten kommt: <a href="{found.nearest.url}">{nearest}</a>. Beispiele haben wir dazu noch nicht.'
    assert said in page.content.decode()
    assert page.context["step"].link == "Frage stellen"


def test_what_answers_needs_no_nearest_topic(index):
    assert answer("Rufbus").nearest is None


def test_a_practice_that_only_shares_a_wide_topic_is_nothing_to_begin_with(index):
    case = PracticeCaseFactory(title="Hausarztzentrum am Markt", summary="Es schließt eine Lücke.", about=["hausarzt"])
    PracticeTown.objects.create(case=case, town=Town.objects.get(name="Klein"))
    actions.index_changes(search.engine())
    steps = {}
    for text in ("Der Supermarkt schließt, wir brauchen Geschäfte", "Uns fehlt ein Hausarzt"):
        found = answer(text)
        assert [one.entry.title for one in found.practices] == ["Hausarztzentrum am Markt"]
        steps[text] = (found.practices[0].is_close, "Hausarztzentrum" in first_step(found, text).text)
    assert list(steps.values()) == [(False, False), (True, True)]


def test_it_says_where_the_words_stand(index):
    about = {"abstract": "", "series": "MORO Praxis 15", "keywords": "Bürgerbus"}
    LibraryItemFactory(title="Der Rufbus & mehr", about=["on-demand"], **about)
    actions.index_changes(search.engine())
    found = {one.entry.title: one for one in answer("Rufbus oder Bürgerbus").documents}["Der Rufbus & mehr"]
    assert found.title == "Der <mark>Rufbus</mark> &amp; mehr"
    assert found.excerpt == "MORO Praxis 15. Eine Zusammenfassung ist nicht dokumentiert."
    assert found.reasons[1:] == ("Treffer im Titel: „Rufbus“", "in unseren Stichwörtern: „Bürgerbus“")
