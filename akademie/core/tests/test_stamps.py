"""What is kept per process follows the stamps."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from akademie.core import stamps
from akademie.core.stamps import Kept

pytestmark = pytest.mark.django_db


def test_current_is_read_once_within_a_request():
    stamps.bump("a")
    with stamps.once(), CaptureQueriesContext(connection) as captured:
        stamps.current()
        stamps.current()
    assert len(captured) == 1


def test_a_change_within_the_request_is_seen():
    stamps.bump("a")
    with stamps.once():
        before = stamps.current()["a"]
        stamps.bump("a")
        assert stamps.current()["a"] != before


def test_kept_builds_once_per_stamp():
    built = []
    kept = Kept(("a", "b"), lambda: built.append(1) or len(built))
    assert [kept.get(), kept.get()] == [1, 1]
    stamps.bump("b")
    assert [kept.get(), kept.get()] == [2, 2]
    stamps.bump("unrelated")
    assert kept.get() == 2


def test_a_rolled_back_change_leaves_what_was_kept():
    kept = Kept("a", lambda: object())
    first = kept.get()
    with transaction.atomic():
        stamps.bump("a")
        assert kept.get() is not first
        transaction.set_rollback(True)
    assert stamps.current().get("a") is None


def test_stamps_know_the_second_of_the_last_change():
    assert stamps.changed_at(["a", "b"]) == 0
    with time_machine.travel("2027-03-10 12:00:00+00:00", tick=False) as clock:
        stamps.bump("a")
        clock.shift(90)
        stamps.bump("b")
    noon = int(datetime(2027, 3, 10, 12, tzinfo=UTC).timestamp())
    assert [stamps.changed_at(keys) for keys in (["a"], ["a", "b"], ["c"])] == [noon, noon + 90, 0]
