"""One sender does not write to many addresses."""

import pytest

from akademie.accounts.actions import sign_in

pytestmark = pytest.mark.django_db


def test_one_sender_asks_for_sixty_links_within_an_hour_and_others_go_on(client, mailoutbox):
    most = sign_in.LINKS_PER_SENDER_AND_HOUR
    answers = [client.post("/anmelden/", {"email": f"p{number}@stadt.example"}) for number in range(most + 1)]
    assert [answer.status_code for answer in answers] == [200] * most + [429]
    assert 0 < int(answers[-1]["Retry-After"]) <= 3600
    assert answers[-1].context["form"]["email"].value() == f"p{most}@stadt.example"
    assert client.post("/anmelden/", {"email": "x@stadt.example"}, REMOTE_ADDR="192.0.2.9").status_code == 200
