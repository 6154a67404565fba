"""The 18 formats of the data: all arrive, none is overwritten, broken data are refused whole."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from akademie.core.actions import NotPossible, load_data_sets
from akademie.core.contributions import reference_data
from akademie.core.shipped import fingerprint, read_records
from akademie.formats import actions, texts
from akademie.formats.models import FormatProfile, FormatStep

pytestmark = pytest.mark.django_db
RECORDS = read_records(actions.SOURCE, actions.FIELDS)


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
    shipped = {record["id"]: texts.usual_checklist(record["id"], record["mode"]) for record in RECORDS}
    assert loaded == {record["id"]: record | {"checklist": shipped[record["id"]]} for record in RECORDS}
    assert (len(loaded), FormatStep.objects.count()) == (18, sum(len(record["steps"]) for record in RECORDS))


def test_records_of_the_data_say_of_each_field_where_it_comes_from() -> None:
    actions.load_formats(silent)
    for profile in FormatProfile.objects.all():
        profile.full_clean()
        assert set(profile.sourced_fields) & set(profile.proposed_fields) == set()


def test_new_data_renew_what_nobody_has_touched(tmp_path: Path) -> None:
    actions.load_formats(silent)
    steps = [{"nr": 2, "title": "Zweiter", "minutes": 10}, {"nr": 1, "title": "Erster", "minutes": 5}]
    actions.load_formats(silent, data_file(tmp_path, changed(purpose="Neu.", steps=steps)))
    profile = FormatProfile.objects.get(slug=RECORDS[0]["id"])
    assert profile.purpose == "Neu."
    assert [step.title for step in profile.steps.all()] == ["Erster", "Zweiter"]


def test_steps_that_an_editor_has_changed_stay(tmp_path: Path) -> None:
    actions.load_formats(silent)
    profile = FormatProfile.objects.get(slug=RECORDS[0]["id"])
    profile.steps.filter(sort_order=0).update(minutes=77)
    actions.load_formats(silent, data_file(tmp_path, changed(purpose="Neu.")))
    assert profile.steps.get(sort_order=0).minutes == 77


@pytest.mark.parametrize(
    ("records", "says"),
    [
        (changed(kind="tanzen"), "formats.json, „webinar“: kind: Wert 'tanzen' ist keine gültige Option."),
        (changed(mode=["telepathie"]), "formats.json, „webinar“: mode: Möglich sind nur: digital, hybrid, vor Ort."),
        (changed(id="tabelle"), "formats.json, „tabelle“: slug: „tabelle“ ist schon die Adresse einer anderen Seite."),
        (changed(steps=[{"nr": 1, "title": "x" * 101, "minutes": 5}]), "formats.json, „webinar“: title: Bitte sich"),
        (changed(duration_minutes=5), "formats.json, „webinar“: "),
        (changed(piloted=None), "formats.json, „webinar“: "),
        (changed(sourced_fields=["name"], proposed_fields=["name"]), "formats.json, „webinar“: proposed_fields: Entw"),
    ],
)  # fmt: skip
def test_broken_data_are_refused_whole_and_named(tmp_path: Path, records: list[Any], says: str) -> None:
    path = data_file(tmp_path, [*RECORDS[1:], *records])
    with pytest.raises(NotPossible) as refusal:
        actions.load_formats(silent, path)
    place = f"Datensatz {len(RECORDS)}"
    assert str(refusal.value).replace(place, "Datensatz 1").startswith(says)
    assert FormatProfile.objects.count() == 0


def test_formats_are_loaded_once_per_version_of_the_data() -> None:
    mine = [one for one in reference_data if one.key == "formats"]
    said: list[str] = []
    load_data_sets(mine, said.append)
    load_data_sets(mine, said.append)
    assert said == ["Formate laden …", "18 von 18 Formaten geladen, die übrigen sind unverändert."]


def test_what_an_older_version_has_loaded_is_renewed_with_all_that_came_since(tmp_path: Path) -> None:
    """Rows of a version that knew no roles, co-producers and tasks count as untouched."""
    actions.load_formats(silent)
    profile = FormatProfile.objects.get(slug="lernwerkstatt")
    profile.checklist.all().delete()
    profile.steps.update(role="", script="")
    FormatProfile.objects.filter(pk=profile.pk).update(co_producers=[])
    as_it_was = actions.record_of(FormatProfile.objects.get(pk=profile.pk))
    assert {"co_producers", "checklist"} & as_it_was.keys() == set()
    assert set(as_it_was["steps"][0]) == {"nr", "title", "minutes"}
    FormatProfile.objects.filter(pk=profile.pk).update(loaded_hash=fingerprint(as_it_was))
    actions.load_formats(silent)
    renewed = FormatProfile.objects.get(pk=profile.pk)
    assert renewed.co_producers == ["inter 3"]
    assert [step.role for step in renewed.steps.all()][:2] == ["externe Moderation", "alle"]
    assert renewed.checklist.count() == 15
