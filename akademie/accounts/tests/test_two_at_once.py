"""Two browsers confirm at the same moment: exactly one is signed in, the other is told why not."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import OperationalError, connections

from akademie.accounts import actions
from akademie.accounts.models import User
from akademie.core.actions import NotPossible


def wait_for_lock(call: Callable[[], str]) -> str:
    """Wait as the database in a file does; SQLite's database in memory answers at once that it is locked."""
    for _ in range(500):
        try:
            return call()
        except OperationalError as error:
            if "locked" not in str(error):
                raise
            time.sleep(0.01)
    raise AssertionError("locked for five seconds")


def both(token: str) -> list[str]:
    start = Barrier(2)

    def use(_: int) -> str:
        try:
            start.wait(timeout=10)
            return wait_for_lock(lambda: actions.use_sign_in_link(token)[0].email)
        except NotPossible as refusal:
            return str(refusal)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(use, range(2)))


USED = "Dieser Link wurde schon benutzt. Bitte fordern Sie einen neuen an."


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.slow
def test_a_known_address():
    User.objects.create_user("paula@stadt.example")
    assert both(actions.sign_in_token("paula@stadt.example")) == [USED, "paula@stadt.example"]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.slow
def test_a_new_address():
    assert both(actions.sign_in_token("neu@stadt.example")) == [USED, "neu@stadt.example"]
    assert User.objects.count() == 1
