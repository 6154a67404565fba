"""Two browsers confirm at the same moment: exactly one is signed in, the other is told why not."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from akademie.accounts import actions
from akademie.accounts.models import User
from akademie.core.actions import NotPossible


def both(token: str) -> list[str]:
    start = Barrier(2)

    def use(_: int) -> str:
        try:
            start.wait(timeout=10)
            return actions.use_sign_in_link(token)[0].email
        except NotPossible as refusal:
            return str(refusal)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(use, range(2)))


USED = "Dieser Link wurde schon benutzt. Bitte fordern Sie einen neuen an."


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_a_known_address():
    User.objects.create_user("paula@stadt.example")
    assert both(actions.sign_in_token("paula@stadt.example")) == [USED, "paula@stadt.example"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_a_new_address():
    assert both(actions.sign_in_token("neu@stadt.example")) == [USED, "neu@stadt.example"]
    assert User.objects.count() == 1
