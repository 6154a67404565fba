"""What is put back is what was loaded."""

import pytest
from django.db import transaction

from akademie.cms import actions as cms
from akademie.cms.models import StandardPage
from akademie.core.models import Stamp
from akademie.topics.actions import load_topics
from akademie.topics.models import Topic
from akademie.topics.tests.factories import TopicFactory
from tests.kept import Contents, Kept, contents

pytestmark = pytest.mark.django_db


def load() -> None:
    load_topics(lambda _: None)
    cms.load_pages(lambda _: None)
    cms.set_up_office(lambda _: None)


def undone(kept: Kept) -> Contents:
    """Return what stands in the database after the loader, and undo it."""
    with transaction.atomic():
        kept("house", load)
        assert [page.slug for page in StandardPage.objects.search("Impressum")] == ["impressum"]
        found = contents()
        transaction.set_rollback(True)
    return found


def test_what_is_put_back_is_what_was_loaded_with_new_stamps():
    kept = Kept()
    first, second = undone(kept), undone(kept)
    stamps = [{key: row[1] for key, row in found.pop(Stamp).items()} for found in (first, second)]
    assert second == first
    assert stamps[0].keys() == stamps[1].keys()
    assert not set(stamps[0].values()) & set(stamps[1].values())


def test_other_contents_before_are_loaded_for_themselves():
    kept = Kept()
    runs: list[int] = []
    for made in (0, 0, 1, 0):
        with transaction.atomic():
            TopicFactory.create_batch(made)
            kept("topics", lambda: (runs.append(Topic.objects.count()), load_topics(lambda _: None)))
            assert Topic.objects.filter(slug="leerstand").exists()
            transaction.set_rollback(True)
    assert runs == [0, 1]


def test_rows_that_come_after_have_keys_of_their_own():
    kept = Kept()
    undone(kept)
    kept("house", load)
    last = Topic.objects.order_by("pk").last()
    assert TopicFactory().pk > last.pk
