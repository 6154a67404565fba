"""Mails that do not arrive although somebody waits for an answer: the office hears of it."""

import pytest

from akademie.notifications.actions.addresses import note_refusal
from akademie.notifications.models import SilentAddress
from akademie.notifications.queries import unknown_addresses, waiting_addresses
from akademie.people.actions import handing_over
from akademie.people.tests.factories import MembershipFactory
from akademie.towns.tests.factories import TownFactory

pytestmark = pytest.mark.django_db
SUCCESSOR = "Nachfolge@stadt.example"
ASKS = "nachfolge@stadt.example ist nicht erreichbar: Wer ist Nachfolgerin?"


@pytest.fixture
def post():
    return MembershipFactory(town=TownFactory(name="Perleberg"), function="Bürgermeisterin", user__first_name="Berta")


def asked(lead) -> list[str]:
    return [task.text for task in waiting_addresses(lead)]


def test_an_invited_successor_who_cannot_be_reached_is_a_task_while_the_invitation_waits(client, post, lead):
    handing_over.offer(post, email=SUCCESSOR, by=post.user)
    note_refusal(SUCCESSOR, "550 5.1.1 no such user")
    assert asked(lead) == [ASKS]
    client.force_login(lead)
    page = client.get(f"/geschaeftsstelle/unzustellbar/{SilentAddress.objects.get().pk}/").text
    again = f'<a href="/konto/zugehoerigkeit/{post.pk}/uebergeben/">Stelle in Perleberg noch einmal anbieten</a>'
    assert (page.count(again), "(Bürgermeisterin, bisher Berta" in page) == (1, True)
    handing_over.withdraw(post, by=lead)
    assert (asked(lead), unknown_addresses().count()) == ([], 1)


def test_an_address_that_was_marked_first_becomes_a_task_once_somebody_waits_for_it(post, lead):
    note_refusal(SUCCESSOR, "550 5.1.1 no such user")
    assert asked(lead) == []
    handing_over.offer(post, email=SUCCESSOR, by=post.user)
    assert asked(lead) == [ASKS]
