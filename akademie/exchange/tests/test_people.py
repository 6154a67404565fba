"""Requests and the people behind them: handed over with a post, claimed by a new account."""

import re

import pytest

from akademie.accounts.actions.account import move_to
from akademie.accounts.models import User
from akademie.exchange import actions, queries
from akademie.exchange.models import HelpRequest
from akademie.exchange.tests.factories import HelpRequestFactory
from akademie.notifications.actions.addresses import note_refusal
from akademie.notifications.queries import undecided_addresses
from akademie.people.actions import handing_over
from akademie.people.models import Handover
from akademie.people.tests.factories import MembershipFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def post():
    return MembershipFactory(user__email="geht@stadt.example")


@pytest.fixture
def successor(post):
    return MembershipFactory(town=post.town, user__email="folgt@stadt.example").user


def test_open_requests_of_the_town_go_to_the_successor(post, successor):
    mine = {"email": "geht@stadt.example", "town": post.town}
    opened = HelpRequestFactory(**mine)
    MembershipFactory(user=post.user)
    others = [HelpRequestFactory(**mine, answered=True), HelpRequestFactory(email="geht@stadt.example")]
    assert "1 offene Frage an die Geschäftsstelle" in handing_over.preview(post, successor)
    handing_over.hand_over(post, to=successor, by=post.user)
    opened.refresh_from_db()
    assert (opened.user, opened.email) == (successor, "folgt@stadt.example")
    assert {one.email for one in HelpRequest.objects.exclude(pk=opened.pk)} == {"geht@stadt.example"}
    assert len(others) == 2
    assert list(queries.preview_hand_over(post.user, successor, post)) == []


def test_what_the_successor_has_asked_too_is_not_asked_twice(post, successor):
    question = "Wer hat schon einen Bahnhof umgebaut?"
    for email in ("geht@stadt.example", "folgt@stadt.example"):
        HelpRequestFactory(question=question, email=email, town=post.town)
    handing_over.hand_over(post, to=successor, by=post.user)
    assert sorted(one.email for one in HelpRequest.objects.all()) == ["folgt@stadt.example", "geht@stadt.example"]


@pytest.mark.each_case
@pytest.mark.parametrize("of_organisation", [False, True])
def test_requests_without_a_town_go_with_the_only_post(of_organisation):
    post = MembershipFactory(of_organisation=True) if of_organisation else MembershipFactory()
    MembershipFactory(user=post.user, ended=True)
    asked = HelpRequestFactory(user=post.user, email=post.user.email, acting_as="Jutta Jung")
    elsewhere = HelpRequestFactory(email=post.user.email, town=MembershipFactory().town)
    successor = PersonFactory()
    line = f"Offene Frage an die Geschäftsstelle für {elsewhere.town.name}: „{elsewhere.excerpt()}“"
    assert list(queries.doubtful_in_hand_over(post.user, successor, post)) == [(str(elsewhere.pk), line)]
    assert list(queries.preview_hand_over(post.user, successor, post)) == ["1 offene Frage an die Geschäftsstelle"]
    handing_over.hand_over(post, to=successor, by=post.user)
    asked.refresh_from_db()
    elsewhere.refresh_from_db()
    assert (asked.user, asked.email, asked.asker) == (successor, successor.email, successor.get_full_name())
    assert (asked.town, elsewhere.email) == (None, post.user.email)


def test_with_two_posts_requests_without_a_town_are_asked_one_by_one(client, successor):
    post = MembershipFactory(of_organisation=True)
    MembershipFactory(user=post.user)
    stays, goes = (HelpRequestFactory(email=post.user.email, question=f"Wer kennt Rufbus {n}?") for n in (1, 2))
    HelpRequestFactory(email=post.user.email, answered=True)
    path = f"/konto/zugehoerigkeit/{post.pk}/uebergeben/"
    client.force_login(post.user)
    page = client.post(path, {"email": successor.email}).content.decode()
    assert re.findall(r'name="mit" value="([^"]*)"', page) == [f"exchange:{stays.pk}", f"exchange:{goes.pk}"]
    assert "Offene Frage an die Geschäftsstelle: „Wer kennt Rufbus 1?“" in page
    assert queries.open_requests_of(post.user, post).count() == 0
    client.post(path, {"email": successor.email, "sicher": "1", "mit": [f"exchange:{goes.pk}", "exchange:x"]})
    handing_over.follow(Handover.objects.get(), email=successor.email)
    asked = HelpRequest.objects.filter(state="open").order_by("pk")
    assert [one.email for one in asked] == [post.user.email, successor.email]


def test_a_question_for_another_town_goes_along_only_when_ticked(client, post, successor):
    other = MembershipFactory(user=post.user, town__name="Wittenberge")
    mine = HelpRequestFactory(email=post.user.email, town=post.town)
    stays = HelpRequestFactory(email=post.user.email, town=other.town)
    goes = HelpRequestFactory(email=post.user.email, town=other.town, question="Wer teilt sich ein Bauamt?")
    path = f"/konto/zugehoerigkeit/{post.pk}/uebergeben/"
    client.force_login(post.user)
    page = client.post(path, {"person": successor.pk}).content.decode()
    assert "<li>1 offene Frage an die Geschäftsstelle</li>" in page
    assert "Offene Frage an die Geschäftsstelle für Wittenberge: „Wer teilt sich ein Bauamt?“" in page
    assert re.findall(r'name="mit" value="([^"]*)"', page) == [f"exchange:{stays.pk}", f"exchange:{goes.pk}"]
    client.post(path, {"person": successor.pk, "sicher": "1", "mit": [f"exchange:{goes.pk}"]})
    asked = {one.pk: one.reply_address for one in HelpRequest.objects.all()}
    assert asked == {mine.pk: successor.email, stays.pk: post.user.email, goes.pk: successor.email}


def test_a_guest_s_requests_are_claimed_at_the_sign_in_and_wait_for_their_confirmation(client):
    asked = HelpRequestFactory(email="gast@stadt.example")
    later = HelpRequestFactory(email="gast@stadt.example", unconfirmed=True)
    user = PersonFactory(email="gast@stadt.example")
    client.force_login(user)
    assert list(HelpRequest.objects.filter(user=user).order_by("pk")) == [asked, later]
    assert list(queries.requests_of(user)) == [asked]


def test_the_answer_follows_a_change_of_address(client, lead, mailoutbox):
    asked = HelpRequestFactory(email="alt@stadt.example")
    later = HelpRequestFactory(email="alt@stadt.example", unconfirmed=True)
    user = PersonFactory(email="alt@stadt.example")
    move_to(user, "neu@stadt.example")
    PersonFactory(email="alt@stadt.example")
    link = actions.confirm_address(later)
    page = client.get(link).content.decode()
    assert ("an die Adresse, die Ihr Konto jetzt hat." in page, "neu@" in page) == (True, False)
    client.post(link)
    office, receipt = mailoutbox
    assert (office.reply_to, receipt.to) == (["neu@stadt.example"], ["neu@stadt.example"])
    assert (", neu@stadt.example" in office.body, "alt@" in office.body) == (True, False)
    assert list(queries.requests_of(user)) == [later, asked]


def test_claiming_twice_changes_nothing_and_takes_nothing_of_others():
    mine, theirs = PersonFactory(email="gast@stadt.example"), PersonFactory()
    asked = HelpRequestFactory(email="gast@stadt.example", user=theirs)
    for user in (mine, mine):
        actions.claim(user)
    asked.refresh_from_db()
    assert asked.user == theirs
    assert User.objects.count() == 2


def test_an_address_that_has_asked_is_no_slip_of_the_pen():
    HelpRequestFactory(email="Gast@stadt.example")
    HelpRequestFactory(email="falsch@stadt.exmaple", unconfirmed=True)
    for email in ("gast@stadt.example", "falsch@stadt.exmaple"):
        note_refusal(email, "550 5.1.1 no such user")
    assert [row.email for row in undecided_addresses()] == ["gast@stadt.example"]
