"""Loading the records: every field arrives, nothing of the editors is lost, broken data change nothing."""

import json

import pytest
from django.core.exceptions import ValidationError

from akademie.core.actions import NotPossible
from akademie.library import actions
from akademie.library.models import LibraryItem, check_isbn, check_issn

pytestmark = pytest.mark.django_db


def quiet(sentence):
    """Nobody listens."""


@pytest.fixture
def loaded(topics, kept):
    kept("library", lambda: actions.load_library(quiet))


def in_any_order(record):
    return record | {key: sorted(record[key]) for key in ("topics", "subtopics")}


def write(path, records):
    path.write_text(json.dumps({"records": records}), encoding="utf-8")
    return path


def test_all_58_records_arrive_with_every_field(loaded, records):
    assert len(records) == 58
    for record in records:
        found = actions.record_of(LibraryItem.objects.get(slug=record["id"]))
        assert in_any_order(found) == in_any_order(record)


def test_every_loaded_item_can_be_saved_in_the_back_office(loaded):
    for item in LibraryItem.objects.all():
        item.full_clean()


def test_essays_are_linked_to_their_issue_and_volume(loaded):
    hosts = LibraryItem.objects.exclude(host=None).values_list("host__slug", flat=True)
    assert sorted(hosts) == ["arl-16"] * 3 + ["izr-6-2018"] * 5


def test_load_renews_a_record_that_nobody_has_touched(loaded, records, tmp_path):
    records[0] |= {"title": "Ein neuer Titel", "topics": ["wohnen"], "subtopics": []}
    actions.load_library(quiet, write(tmp_path / "library.json", records))
    item = LibraryItem.objects.get(slug=records[0]["id"])
    assert (item.title, [topic.slug for topic in item.topics.all()]) == ("Ein neuer Titel", ["wohnen"])


def test_load_never_overwrites_topics_that_an_editor_has_chosen(loaded, records, tmp_path):
    item = LibraryItem.objects.get(slug=records[0]["id"])
    item.topics = list(item.topics.all())[:1]
    item.save()
    before = LibraryItem.objects.filter(pk=item.pk).values().get()
    records[0]["title"] = "Ein neuer Titel"
    actions.load_library(quiet, write(tmp_path / "library.json", records))
    assert LibraryItem.objects.filter(pk=item.pk).values().get() == before


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"kind": "Gedicht"}, "library.json, „arl-16“: 'Gedicht' gibt es nicht."),
        ({"topics": ["raumfahrt"]}, "library.json, „arl-16“: 'raumfahrt' gibt es nicht."),
        ({"year": "gestern"}, "library.json, „arl-16“: year: "),
        ({"identifiers": {"isbn": "978-3-88838-103-5"}}, "library.json, „arl-16“: isbn: Diese ISBN stimmt nicht."),
        ({"title": None}, "library.json, „arl-16“: title: "),
        ({"persons": None}, "library.json, „arl-16“: "),
    ],
)
def test_broken_record_is_named_and_nothing_is_loaded(topics, records, tmp_path, change, said):
    broken = [record | change if record["id"] == "arl-16" else record for record in records]
    with pytest.raises(NotPossible) as refusal:
        actions.load_library(quiet, write(tmp_path / "library.json", broken))
    assert str(refusal.value)[: len(said)] == said
    assert LibraryItem.objects.count() == 0


@pytest.mark.parametrize("isbn", ["978-3-87994-533-7", "0-306-40615-2", "9783888381034"])
def test_isbn_that_is_right(isbn):
    check_isbn(isbn)


@pytest.mark.parametrize("isbn", ["978-3-87994-533-8", "978", "keine", "0-306-40615-3"])
def test_isbn_that_is_wrong(isbn):
    with pytest.raises(ValidationError):
        check_isbn(isbn)


@pytest.mark.parametrize("issn", ["1611-9984", "16119983", "abcd-efgh", ""])
def test_issn_that_is_wrong(issn):
    with pytest.raises(ValidationError):
        check_issn(issn)


def test_new_item_gets_a_slug_with_umlauts_spelled_out_and_keeps_it():
    first, second = (LibraryItem(title="Plätze für Grüße", kind="studie") for _ in range(2))
    for item in (first, second):
        item.full_clean()
        item.save()
    assert [first.slug, second.slug] == ["plaetze-fuer-gruesse", "plaetze-fuer-gruesse-2"]
    first.save_revision().publish()
    first.refresh_from_db()
    first.slug = "anders"
    with pytest.raises(ValidationError) as refusal:
        first.full_clean()
    assert refusal.value.message_dict == {"slug": ["Das Kürzel steht schon in Adressen und bleibt gleich."]}


def test_no_item_takes_the_place_of_a_page():
    item = LibraryItem(title="Feed", kind="studie")
    item.full_clean()
    assert item.slug == "feed-2"
    with pytest.raises(ValidationError) as refusal:
        LibraryItem(title="Karten", kind="studie", slug="karte").full_clean()
    assert refusal.value.message_dict == {
        "slug": ["„karte“ ist schon die Adresse einer anderen Seite. Bitte wählen Sie ein anderes."]
    }
