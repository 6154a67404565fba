"""Records that the product ships: every area takes them over alike, and never over what people have changed."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.conf import settings
from django.db import connections
from django.db.models.signals import post_save

from akademie.core.actions import NotPossible
from akademie.core.records import Record
from akademie.formats.actions import load_formats
from akademie.formats.models import FormatProfile
from akademie.library.actions import load_library
from akademie.library.models import LibraryItem
from akademie.practices.actions import load_practices
from akademie.practices.models import PracticeCase
from akademie.topics.actions import load_topics
from akademie.towns.tests.factories import TownFactory
from tests.kept import Kept

pytestmark = [pytest.mark.django_db, pytest.mark.each_case]


class Area(NamedTuple):
    load: Callable[..., None]
    model: type[Record]
    file: str
    text: str  # a text of the record and the model that a person may change


AREAS = [
    Area(load_formats, FormatProfile, "formats.json", "purpose"),
    Area(load_library, LibraryItem, "library.json", "title"),
    Area(load_practices, PracticeCase, "practices.json", "title"),
]


def quiet(sentence: str) -> None:
    """Nobody listens."""


@pytest.fixture(params=AREAS, ids=lambda area: area.file)
def area(request: pytest.FixtureRequest, db: None, kept: Kept) -> Area:
    """An area, with the topics and towns that the first of its records name."""
    kept("topics", lambda: load_topics(quiet))
    for name, state in {
        (record["town"], record["state"]) for record in first_records(request.param) if "town" in record
    }:
        TownFactory(name=name, state=state)
    return request.param


def first_records(area: Area) -> list[dict[str, Any]]:
    return json.loads((settings.REFERENCE_DIR / area.file).read_text(encoding="utf-8"))["records"][1:4]


@pytest.fixture
def written(area: Area, tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes three records, the first one with other values, as the area's file."""

    def write(**values: Any) -> Path:
        first, *others = first_records(area)
        path = tmp_path / area.file
        path.write_text(json.dumps({"records": [first | values, *others]}), encoding="utf-8")
        return path

    return write


def rows(area: Area) -> list[dict[str, Any]]:
    return list(area.model.objects.order_by("pk").values())


def first_row(area: Area) -> Any:
    return area.model.objects.get(slug=first_records(area)[0]["id"])


def test_records_arrive_published_and_dated(area, written):
    said = []
    area.load(said.append, written())
    assert area.model.objects.published().exclude(first_published_at=None).exclude(last_published_at=None).count() == 3
    assert said[0].startswith("3 von 3 ")


def test_a_second_load_changes_nothing_and_says_so(area, written):
    area.load(quiet, written())
    before, said = rows(area), []
    area.load(said.append, written())
    assert rows(area) == before
    assert (said[0].startswith("0 von 3 "), said[0].endswith(" die übrigen sind unverändert.")) == (True, True)


def test_new_data_renew_what_nobody_has_touched(area, written):
    area.load(quiet, written())
    area.load(quiet, written(**{area.text: "Neu"}))
    assert [getattr(row, area.text) == "Neu" for row in area.model.objects.order_by("pk")] == [True, False, False]
    area.load(quiet, written())
    assert getattr(first_row(area), area.text) != "Neu"


@pytest.mark.parametrize("how", ["saved", "drafted"])
def test_what_somebody_has_changed_stays(area, written, how):
    area.load(quiet, written())
    row = first_row(area)
    setattr(row, area.text, "Von Hand")
    row.save() if how == "saved" else row.save_revision()
    before = rows(area)
    area.load(quiet, written(**{area.text: "Neu"}))
    assert rows(area) == before


def test_what_somebody_has_hidden_stays_hidden(area, written):
    area.load(quiet, written())
    first_row(area).unpublish()
    area.load(quiet, written(**{area.text: "Neu"}))
    assert not first_row(area).live


def test_what_an_editor_made_before_the_data_had_it_stays(area, written):
    area.load(quiet, written())
    area.model.objects.update(loaded_hash="")
    area.load(quiet, written(**{area.text: "Neu"}))
    assert getattr(first_row(area), area.text) != "Neu"


@pytest.mark.parametrize("content", ["", "{", "[]", '{"records": 3}', '{"records": ["text"]}', "\x00"])
def test_a_broken_file_is_named_and_loads_nothing(area, tmp_path, content):
    path = tmp_path / area.file
    path.write_text(content, encoding="utf-8")
    with pytest.raises(NotPossible) as refusal:
        area.load(quiet, path)
    assert str(refusal.value).startswith(area.file)
    assert area.model.objects.count() == 0


def test_a_record_that_lacks_something_is_named_and_nothing_is_loaded(area, written, tmp_path):
    records = first_records(area)
    del records[2]["source"]
    for broken, said in (
        (records, f"{area.file}, „{records[2]['id']}“: Es fehlt „source“."),
        ([{"title": "ohne id"}], f"{area.file}, Datensatz 1: Es fehlt „id“."),
    ):
        path = tmp_path / area.file
        path.write_text(json.dumps({"records": broken}), encoding="utf-8")
        with pytest.raises(NotPossible) as refusal:
            area.load(quiet, path)
        assert str(refusal.value) == said
    assert area.model.objects.count() == 0


def test_a_record_that_no_form_would_take_is_named_and_nothing_is_loaded(area, written):
    with pytest.raises(NotPossible) as refusal:
        area.load(quiet, written(**{area.text: "x" * 1000}))
    assert str(refusal.value).startswith(f"{area.file}, „{first_records(area)[0]['id']}“: {area.text}: ")
    assert area.model.objects.count() == 0


def test_an_interrupted_load_leaves_nothing_and_can_be_repeated(area, written):
    last = first_records(area)[2]["id"]

    def interrupt(instance: Record, **kwargs: Any) -> None:
        if instance.slug == last:
            raise KeyboardInterrupt

    post_save.connect(interrupt, sender=area.model)
    try:
        with pytest.raises(KeyboardInterrupt):
            area.load(quiet, written())
    finally:
        post_save.disconnect(interrupt, sender=area.model)
    assert area.model.objects.count() == 0
    area.load(quiet, written())
    assert area.model.objects.count() == 3


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_loads_at_once_end_like_one(area, written):
    path, said = written(), []

    def load(_: int) -> None:
        try:
            area.load(said.append, path)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(load, range(2)))
    assert area.model.objects.count() == 3
    assert sorted(sentence[0] for sentence in said) == ["0", "3"]
