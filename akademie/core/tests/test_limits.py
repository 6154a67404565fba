"""Limits count for all processes together, for a while, and tell when it is possible again."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connections
from django.test import RequestFactory
from django.utils import timezone

from akademie.core import limits
from akademie.core.models import Tally

LIMIT = {"most": 3, "seconds": 600, "says": "Bitte später."}


def counts(what: str = "ask", who: str = "paula", times: int = 4) -> list[str]:
    """Return what somebody hears who does something several times."""
    heard = []
    for _ in range(times):
        try:
            limits.count(what, who, **LIMIT)
            heard.append("")
        except limits.TooMany as refusal:
            heard.append(str(refusal))
    return heard


@pytest.mark.django_db
def test_after_the_limit_it_is_enough_for_this_sender_and_this_thing():
    assert counts() == ["", "", "", "Bitte später."]
    assert counts(who="berta", times=1) == [""]
    assert counts(what="report", times=1) == [""]


@pytest.mark.django_db
def test_the_waiting_time_runs_from_the_first_time_on():
    counts()
    Tally.objects.update(ends_at=timezone.now() + timedelta(seconds=20.5))
    with pytest.raises(limits.TooMany) as refusal:
        limits.count("ask", "paula", **LIMIT)
    assert refusal.value.seconds == 21
    Tally.objects.update(ends_at=timezone.now())
    assert counts() == ["", "", "", "Bitte später."]
    assert Tally.objects.get().ends_at > timezone.now() + timedelta(seconds=590)


@pytest.mark.django_db
def test_what_happens_once_happens_again_later():
    assert [limits.is_first("mail", "7", seconds=60) for _ in range(2)] == [True, False]
    Tally.objects.update(ends_at=timezone.now())
    assert limits.is_first("mail", "7", seconds=60) is True


@pytest.mark.django_db
def test_nobody_reads_an_address_from_a_tally_and_past_ones_are_forgotten():
    counts(who="paula@stadt.example", times=1)
    tally = Tally.objects.get()
    assert (len(tally.key), "paula" in tally.key) == (64, False)
    limits.forget_past()
    assert Tally.objects.count() == 1
    Tally.objects.update(ends_at=timezone.now())
    limits.forget_past()
    assert Tally.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_two_at_once_are_counted_as_two():
    start = Barrier(4)

    def ask(_: int) -> list[str]:
        start.wait(timeout=10)
        try:
            return counts(times=5)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        heard = [each for one in pool.map(ask, range(4)) for each in one]
    assert sorted(heard) == ["", "", "", *["Bitte später."] * 17]
    assert Tally.objects.get().count == 3


@pytest.mark.parametrize(
    ("behind", "remote", "forwarded", "counted"),
    [
        (False, "192.0.2.7", "198.51.100.1", "192.0.2.7"),
        (True, "127.0.0.1", "198.51.100.1", "198.51.100.1"),
        (True, "127.0.0.1", "invented, 198.51.100.1", "198.51.100.1"),
        (True, "127.0.0.1", None, "127.0.0.1"),
        (False, "2001:db8:1:2:aaaa::1", None, "2001:db8:1:2::/64"),
        (False, "", None, ""),
    ],
)
def test_a_sender_is_whoever_speaks_to_our_own_server(settings, behind, remote, forwarded, counted):
    settings.BEHIND_PROXY = behind
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    assert limits.sender(RequestFactory().get("/", REMOTE_ADDR=remote, headers=headers)) == counted
