"""The 18 formats of the data: all arrive, none is overwritten, broken data are refused whole."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from akademie.core.actions import NotPossible, load_data_sets
from akademie.core.contributions import reference_data
from akademie.formats import actions
from akademie.formats.models import FormatProfile, FormatStep

pytestmark = pytest.mark.django_db
RECORDS = actions.read_records(actions.SOURCE)


def silent(line: str) -> None:
    """Say nothing."""


def data_file(folder: Path, records: list[Any]) -> Path:
    path = folder / "formats.json"
    path.write_text(json.dumps({"records": records}), encoding="utf-8")
    return path


def changed(**values: Any) -> list[dict[str, Any]]:
    """The records of the data with other values in the first one."""
    return [copy.deepcopy(RECORDS[0]) | values, *RECORDS[1:]]


def test_every_field_of_every_record_arrives() -> None:
    actions.load_formats(silent)
    loaded = {one.slug: actions.record_of(one) for one in FormatProfile.objects.all()}
    assert loaded == {record["id"]: record for record in RECORDS}
    assert (len(loaded), FormatStep.objects.count()) == (18, sum(len(record["steps"]) for record in RECORDS))


def test_records_of_the_data_say_of_each_field_where_it_comes_from() -> None:
    actions.load_formats(silent)
    for profile in FormatProfile.objects.all():
        profile.full_clean()
        assert set(profile.sourced_fields) & set(profile.proposed_fields) == set()


def test_loaded_formats_are_public_and_dated() -> None:
    actions.load_formats(silent)
    assert FormatProfile.objects.published().exclude(last_published_at=None).count() == 18


def test_a_second_load_changes_nothing() -> None:
    said: list[str] = []
    actions.load_formats(said.append)
    before = list(FormatStep.objects.order_by("pk").values_list("pk", "title"))
    actions.load_formats(said.append)
    assert said == ["18 Formate geladen.", "0 Formate geladen, 18 unverändert gelassen."]
    assert list(FormatStep.objects.order_by("pk").values_list("pk", "title")) == before


def test_new_data_renew_what_nobody_has_touched(tmp_path: Path) -> None:
    actions.load_formats(silent)
    steps = [{"nr": 2, "title": "Zweiter", "minutes": 10}, {"nr": 1, "title": "Erster", "minutes": 5}]
    actions.load_formats(silent, data_file(tmp_path, changed(purpose="Neu.", steps=steps)))
    profile = FormatProfile.objects.get(slug=RECORDS[0]["id"])
    assert profile.purpose == "Neu."
    assert [step.title for step in profile.steps.all()] == ["Erster", "Zweiter"]


def test_what_an_editor_has_changed_stays(tmp_path: Path) -> None:
    actions.load_formats(silent)
    profile = FormatProfile.objects.get(slug=RECORDS[0]["id"])
    profile.tips = "Aus der Praxis: Kaffee."
    profile.save()
    actions.load_formats(silent, data_file(tmp_path, changed(purpose="Neu.")))
    profile.refresh_from_db()
    assert (profile.tips, profile.purpose) == ("Aus der Praxis: Kaffee.", RECORDS[0]["purpose"])


def test_steps_that_an_editor_has_changed_stay(tmp_path: Path) -> None:
    actions.load_formats(silent)
    profile = FormatProfile.objects.get(slug=RECORDS[0]["id"])
    profile.steps.filter(sort_order=0).update(minutes=77)
    actions.load_formats(silent, data_file(tmp_path, changed(purpose="Neu.")))
    assert profile.steps.get(sort_order=0).minutes == 77


def test_a_draft_in_work_and_a_hidden_format_stay(tmp_path: Path) -> None:
    actions.load_formats(silent)
    drafted, hidden = FormatProfile.objects.order_by("pk")[:2]
    drafted.save_revision()
    hidden.unpublish()
    records = [record | {"purpose": "Neu."} for record in RECORDS]
    actions.load_formats(silent, data_file(tmp_path, records))
    drafted.refresh_from_db()
    hidden.refresh_from_db()
    assert (drafted.purpose == "Neu.", hidden.live) == (False, False)


@pytest.mark.parametrize(
    ("records", "says"),
    [
        ([{"name": "ohne id"}], "formats.json, Datensatz 1: Es fehlt „id“."),
        (["text"], "formats.json, Datensatz 1: Es fehlt „id“."),
        ([{"id": "x", "name": "y"}], "formats.json, Format „x“: Es fehlt „kind“."),
        (changed(kind="tanzen"), "formats.json, Format „webinar“: Wert 'tanzen' ist keine gültige Option."),
        (changed(mode=["telepathie"]), "formats.json, Format „webinar“: Möglich sind nur: digital, hybrid, vor Ort."),
        (changed(id="tabelle"), "formats.json, Format „tabelle“: „tabelle“ ist schon die Adresse einer anderen Seite."),
        (changed(steps=[{"nr": 1, "title": "x" * 101, "minutes": 5}]), "formats.json, Format „webinar“: Bitte sich"),
        (changed(duration_minutes=5), "formats.json, Format „webinar“: "),
        (changed(piloted=None), "formats.json, Format „webinar“: "),
        (changed(sourced_fields=["name"], proposed_fields=["name"]), "formats.json, Format „webinar“: Entweder belegt"),
    ],
)  # fmt: skip
def test_broken_data_are_refused_whole_and_named(tmp_path: Path, records: list[Any], says: str) -> None:
    path = data_file(tmp_path, [*RECORDS[1:], *records])
    with pytest.raises(NotPossible) as refusal:
        actions.load_formats(silent, path)
    place = f"Datensatz {len(RECORDS)}"
    assert str(refusal.value).replace(place, "Datensatz 1").startswith(says)
    assert FormatProfile.objects.count() == 0


@pytest.mark.parametrize("content", ["", "{", "[]", '{"records": 5}', "\x00"])
def test_unreadable_data_are_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "formats.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(NotPossible, match=r"^formats\.json"):
        actions.load_formats(silent, path)


def test_formats_are_loaded_once_per_version_of_the_data() -> None:
    mine = [one for one in reference_data if one.key == "formats"]
    said: list[str] = []
    load_data_sets(mine, said.append)
    load_data_sets(mine, said.append)
    assert said == ["Formate laden …", "18 Formate geladen."]
