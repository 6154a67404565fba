"""Queries that are worded once answer as Django's own do."""

import pytest
from django.utils import timezone

from akademie.core.models import ScheduledJob, Stamp
from akademie.core.worded import Worded

pytestmark = pytest.mark.django_db


def test_the_values_of_a_call_take_the_places_of_those_in_the_query(django_assert_num_queries):
    Stamp.objects.bulk_create([Stamp(key="a", value="1"), Stamp(key="b", value="2")])
    worded = Worded(lambda: Stamp.objects.filter(key="", value="").values_list("key", "value"))
    with django_assert_num_queries(2):
        assert [worded.rows("b", "2"), worded.rows("a", "2")] == [[("b", "2")], []]
    with pytest.raises(TypeError):
        worded.rows("b")


def test_what_the_database_keeps_as_text_or_number_becomes_what_python_has():
    now = timezone.now()
    ScheduledJob.objects.create(key="nightly", due_at=now)
    assert Worded(lambda: ScheduledJob.objects.values_list("key", "due_at")).rows() == [("nightly", now)]


def test_objects_come_without_what_the_query_defers():
    Stamp.objects.create(key="a", value="1")
    [found] = Worded(lambda: Stamp.objects.filter(value="").defer("value")).objects("1")
    assert (found, found.get_deferred_fields()) == (Stamp.objects.get(key="a"), {"value"})
