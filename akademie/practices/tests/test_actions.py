"""Loading the cases: every field arrives, each town is found, nothing of the editors is lost."""

import json

import pytest
from django_tasks_db.models import DBTaskResult

from akademie.core.actions import NotPossible
from akademie.practices import actions
from akademie.practices.models import PracticeCase, PracticeTown, read_years
from akademie.towns.models import Town
from akademie.towns.tests.factories import TownFactory

pytestmark = pytest.mark.django_db


def quiet(sentence):
    """Nobody listens."""


@pytest.fixture
def loaded(surroundings, kept):
    kept("practices", lambda: actions.load_practices(quiet))


def in_any_order(record):
    return record | {key: sorted(record[key]) for key in ("topics", "subtopics")}


def write(path, records):
    path.write_text(json.dumps({"records": records}), encoding="utf-8")
    return path


def test_all_29_cases_arrive_with_every_field(loaded, records):
    assert len(records) == 29
    for record in records:
        found = actions.record_of(PracticeCase.objects.get(slug=record["id"]))
        towns = [Town.objects.get(ags=ags) for ags in found.pop("towns")]
        expected = {key: value for key, value in record.items() if key not in ("town", "state")}
        assert in_any_order(found) == in_any_order(expected)
        assert [actions.folded(town.name) for town in towns] == [
            actions.folded(name) for name in record["town"].split(", ")
        ]
        assert [town.state for town in towns] == [
            actions.STATES.get(state, state) for state in record["state"].split(", ")
        ]


def test_networks_belong_to_four_towns_each(loaded):
    towns = {
        case.slug: [(town.name, town.state) for town in case.town_list()]
        for case in PracticeCase.objects.filter(kind="verbund")
    }
    assert towns == {
        "verbund-sommer": [
            ("Bad Soden-Salmünster", "Hessen"),
            ("Penkun", "Mecklenburg-Vorpommern"),
            ("Seelow", "Brandenburg"),
            ("Stadtroda", "Thüringen"),
        ],
        "verbund-innenstadt": [
            ("Zwönitz", "Sachsen"),
            ("Bönen", "Nordrhein-Westfalen"),
            ("Demmin", "Mecklenburg-Vorpommern"),
            ("Münnerstadt", "Bayern"),
        ],
    }


def test_names_that_the_register_shortens_are_found(loaded):
    assert [town.ags for town in PracticeCase.objects.get(slug="murnau-omobi").town_list()] == ["09180124"]


def test_namesake_in_another_state_is_not_taken(loaded):
    assert [town.state for town in PracticeCase.objects.get(slug="moelln-woche").town_list()] == ["Schleswig-Holstein"]
    assert Town.objects.filter(name="Mölln").count() == 2


def test_every_loaded_case_can_be_saved_in_the_back_office(loaded):
    for case in PracticeCase.objects.all():
        case.full_clean()


def test_load_renews_a_case_that_nobody_has_touched(loaded, records, tmp_path):
    records[0] |= {"lesson": "Eine neue Lehre.", "town": "Prüm", "state": "RP"}
    actions.load_practices(quiet, write(tmp_path / "practices.json", records))
    case = PracticeCase.objects.get(slug=records[0]["id"])
    assert (case.lesson, [town.name for town in case.town_list()]) == ("Eine neue Lehre.", ["Prüm"])


def test_a_second_load_leaves_the_towns_rows_in_place(surroundings, settings, records, tmp_path):
    """Wagtail's jobs about them may still wait, and would not find them."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    actions.load_practices(quiet)
    before = list(PracticeTown.objects.order_by("pk").values_list("pk", "town", "sort_order"))
    actions.load_practices(quiet)
    for record in records:
        record["lesson"] = "Eine neue Lehre."
        record["town"], record["state"] = (
            ", ".join(reversed(record[name].split(", "))) for name in ("town", "state")
        )  # fmt: skip
    actions.load_practices(quiet, write(tmp_path / "practices.json", records))
    after = list(PracticeTown.objects.order_by("pk").values_list("pk", "town"))
    assert after == [(pk, town) for pk, town, _order in before]
    assert [town.name for town in PracticeCase.objects.get(slug="verbund-sommer").town_list()] == [
        "Stadtroda", "Seelow", "Penkun", "Bad Soden-Salmünster",
    ]  # fmt: skip
    jobs = list(DBTaskResult.objects.all())
    assert len(jobs) > len(records)
    for job in jobs:
        job.task.call(*job.args_kwargs["args"])  # raises for a row that is gone


def test_load_never_overwrites_towns_that_an_editor_has_chosen(loaded, records, tmp_path):
    case = PracticeCase.objects.get(slug="verbund-sommer")
    case.practice_towns = list(case.practice_towns.all())[:2]
    case.save()
    next(record for record in records if record["id"] == case.slug)["title"] = "Ein neuer Titel"
    actions.load_practices(quiet, write(tmp_path / "practices.json", records))
    after = PracticeCase.objects.get(pk=case.pk)
    assert (after.title, len(after.town_list())) == (case.title, 2)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"town": "Atlantis"}, "practices.json, „loitz-jahr“: Atlantis (Mecklenburg-Vorpommern) gibt es im"),
        ({"town": "Loitz, Demmin"}, "practices.json, „loitz-jahr“: 2 Städte, aber 1 Länder."),
        ({"state": "Sachsen"}, "practices.json, „loitz-jahr“: Loitz (Sachsen) gibt es im"),
        ({"status": "vielleicht"}, "practices.json, „loitz-jahr“: 'vielleicht' gibt es nicht."),
        ({"kind": "Dorf"}, "practices.json, „loitz-jahr“: 'Dorf' gibt es nicht."),
        ({"topics": ["raumfahrt"]}, "practices.json, „loitz-jahr“: 'raumfahrt' gibt es nicht."),
        ({"years": "früher"}, "practices.json, „loitz-jahr“: years: Bitte schreiben Sie 2019–2021"),
        ({"title": "x" * 500}, "practices.json, „loitz-jahr“: title: "),
        ({"source": None}, "practices.json, „loitz-jahr“: "),
    ],
)
def test_broken_case_is_named_and_nothing_is_loaded(surroundings, records, tmp_path, change, said):
    broken = [record | change if record["id"] == "loitz-jahr" else record for record in records]
    with pytest.raises(NotPossible) as refusal:
        actions.load_practices(quiet, write(tmp_path / "practices.json", broken))
    assert str(refusal.value)[: len(said)] == said
    assert PracticeCase.objects.count() == 0


def test_town_that_exists_twice_in_a_state_is_not_guessed(surroundings, records, tmp_path):
    TownFactory(name="Loitz", state="Mecklenburg-Vorpommern")
    with pytest.raises(NotPossible, match="gibt es in diesem Land mehrmals"):
        actions.load_practices(quiet)
    assert PracticeCase.objects.count() == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", (None, None, False)),
        ("2022", (2022, 2022, False)),
        ("2019–2021", (2019, 2021, False)),
        ("2019 - 2021", (2019, 2021, False)),
        ("seit 1995", (1995, None, True)),
    ],
)
def test_years_are_read(text, expected):
    assert read_years(text) == expected


@pytest.mark.parametrize("text", ["2021–2019", "seit 2019–2021", "bald", "19", "2019-", " 2019", "2019\n"])
def test_years_that_cannot_be_read_are_refused(text):
    with pytest.raises(ValueError, match=r".*"):
        read_years(text)
