"""What a mail to a shared mailbox asks for is done by somebody with a name."""

from urllib.parse import urlsplit

import pytest
from django.test import Client
from wagtail.models import ModelLogEntry

from akademie.notifications.mail_links import mail_link
from akademie.people import acting
from akademie.people.actions import joining, profiles
from akademie.people.models import MembershipState
from akademie.people.tests.factories import MembershipFactory, ProfileFactory
from akademie.privacy.queries import log

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked():
    """Somebody who wants to belong to a town of which a shared mailbox is a member."""
    town_hall = ProfileFactory(is_shared=True, user__email="info@stadt.example").user
    return MembershipFactory(town=MembershipFactory(user=town_hall).town, asked=True)


@pytest.fixture
def path(asked):
    """The link in the mail to the shared mailbox."""
    member = asked.town.memberships.get(user__email="info@stadt.example").user
    return urlsplit(mail_link(joining.CONFIRM, asked, member)).path


def test_whoever_presses_says_their_name_on_the_same_page(client, asked, path, mailoutbox):
    assert "Ihr Name" in client.get(path).content.decode()
    refused = client.post(path, {"name": " "})
    assert (refused.status_code, "Bitte sagen Sie, wer Sie sind." in refused.content.decode()) == (200, True)
    asked.refresh_from_db()
    assert asked.state == MembershipState.ASKED
    assert "Erledigt" in client.post(path, {"name": "Jutta Jung"}).content.decode()
    asked.refresh_from_db()
    assert asked.state == MembershipState.CONFIRMED
    assert ModelLogEntry.objects.get(action="people.confirmed").data["acting_as"] == "Jutta Jung"
    confirmed = next(line for line in log.Listing(log.Asked()).every(whose=False) if line.action == "people.confirmed")
    assert "Jutta Jung (mit dem Konto " in confirmed.what
    assert "Jutta Jung hat bestätigt" in mailoutbox[0].body
    assert acting.current() == ""


def test_a_mail_to_one_person_asks_for_no_name_and_takes_none_of_the_session(client, asked):
    colleague = MembershipFactory(town=asked.town).user
    client.force_login(asked.town.memberships.get(user__email="info@stadt.example").user)
    client.post("/konto/wer-handelt/", {"name": "Jutta Jung"})
    path = urlsplit(mail_link(joining.CONFIRM, asked, colleague)).path
    assert "Ihr Name" not in client.get(path).content.decode()
    client.post(path)
    assert "acting_as" not in ModelLogEntry.objects.get(action="people.confirmed").data


def test_the_name_that_was_said_already_stands_there(client, asked, path):
    client.force_login(asked.town.memberships.get(user__email="info@stadt.example").user)
    client.post("/konto/wer-handelt/", {"name": "Jutta Jung"})
    assert 'value="Jutta Jung"' in client.get(path).content.decode()


def test_all_open_sessions_of_an_account_learn_at_once_that_it_is_shared_and_that_it_is_not():
    town_hall = ProfileFactory(user__email="info@stadt.example").user
    here, there = Client(), Client()
    for browser in (here, there):
        browser.force_login(town_hall)
    asks = []
    for shared in (False, True, False):
        fields = {"requests_per_month": 4, "is_shared": shared}
        profiles.save_profile(town_hall, first_name="Stadt", last_name="Perleberg", **fields)
        asks.append([browser.get("/konto/zugehoerigkeit/").status_code == 302 for browser in (here, there)])
    assert asks == [[False, False], [True, True], [False, False]]
