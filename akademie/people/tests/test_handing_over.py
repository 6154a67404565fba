"""Stelle übergeben: preview, one step, the town stays; by an invitation too."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from akademie.accounts.models import User
from akademie.core.actions import NotPossible
from akademie.people import queries as people_queries
from akademie.people.actions import handing_over
from akademie.people.models import Handover, Membership, MembershipState
from akademie.people.tests.factories import MembershipFactory, PersonFactory
from akademie.towns.tests.factories import TownFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def post():
    """The mayor's post in Perleberg."""
    return MembershipFactory(
        town=TownFactory(name="Perleberg"), function="Bürgermeisterin", user__first_name="Berta", user__last_name="Burg"
    )


@pytest.fixture
def deputy(post):
    """Somebody else of Perleberg."""
    return MembershipFactory(town=post.town, user__first_name="Dora", user__last_name="Deputy").user


def address(post: Membership) -> str:
    return f"/konto/zugehoerigkeit/{post.pk}/uebergeben/"


def current(town) -> list[tuple[str, str]]:
    rows = Membership.objects.current().filter(town=town).order_by("pk")
    return [(one.user.first_name, one.function) for one in rows]


def test_the_preview_says_what_moves_and_changes_nothing(client, post, deputy):
    client.force_login(post.user)
    page = client.post(address(post), {"person": deputy.pk}).content.decode()
    assert "Das geht an Dora Deputy" in page
    assert "Die Stelle: Bürgermeisterin, Perleberg" in page
    assert current(post.town) == [("Berta", "Bürgermeisterin"), ("Dora", "Bauamt")]
    assert Handover.objects.count() == 0


def test_one_post_hands_over_and_tells_both(client, post, deputy, mailoutbox):
    client.force_login(post.user)
    client.post(address(post), {"person": deputy.pk, "sicher": "1"})
    assert current(post.town) == [("Dora", "Bürgermeisterin")]
    post.refresh_from_db()
    assert post.ends_on == timezone.localdate()
    assert {mail.to[0]: mail.subject for mail in mailoutbox} == {
        post.user.email: "Ihre Stelle in Perleberg ist übergeben",
        deputy.email: "Ihre neue Stelle in Perleberg",
    }


def test_pressing_twice_is_pressing_once(client, post, deputy, mailoutbox):
    client.force_login(post.user)
    for _ in range(2):
        answer = client.post(address(post), {"person": deputy.pk, "sicher": "1"}, follow=True)
        assert "Die Stelle ist übergeben." in answer.content.decode()
    assert current(post.town) == [("Dora", "Bürgermeisterin")]
    assert len(mailoutbox) == 2


def test_a_post_that_went_to_somebody_else_cannot_be_handed_over_again(post, deputy):
    handing_over.hand_over(post, to=deputy, by=post.user)
    with pytest.raises(NotPossible, match="schon übergeben oder beendet"):
        handing_over.hand_over(post, to=PersonFactory(), by=post.user)


def test_a_handover_to_oneself_is_refused_clearly(client, post):
    client.force_login(post.user)
    for given in ({"email": post.user.email}, {"email": post.user.email.upper(), "sicher": "1"}):
        page = client.post(address(post), given).content.decode()
        if "sicher" in given:
            assert "Bitte nennen Sie die Person, die Ihnen nachfolgt." in page
    assert current(post.town) == [("Berta", "Bürgermeisterin")]
    assert Handover.objects.count() == 0


def test_an_address_gets_an_invitation_and_a_new_account_by_one_press(client, post, mailoutbox):
    client.force_login(post.user)
    client.post(address(post), {"email": "nachfolge@stadt.example", "sicher": "1"})
    assert [(mail.to, mail.reply_to) for mail in mailoutbox] == [(["nachfolge@stadt.example"], [post.user.email])]
    link = re.search(r"(/aus-der-mail/\S+)", mailoutbox[0].body)[1]
    client.logout()
    assert "Stelle in Perleberg übernehmen" in client.get(link).content.decode()
    assert not User.objects.filter(email="nachfolge@stadt.example").exists()
    assert current(post.town) == [("Berta", "Bürgermeisterin")]
    assert client.post(link).status_code == 200
    follower = Membership.objects.current().get(town=post.town)
    assert (follower.user.email, follower.function) == ("nachfolge@stadt.example", "Bürgermeisterin")
    assert client.post(link).status_code == 410
    assert Membership.objects.current().filter(town=post.town).count() == 1


def test_a_withdrawn_or_redirected_invitation_does_nothing(client, post, mailoutbox):
    client.force_login(post.user)
    client.post(address(post), {"email": "falsch@stadt.example", "sicher": "1"})
    client.post(address(post), {"email": "richtig@stadt.example", "sicher": "1"})
    wrong, right = (re.search(r"(/aus-der-mail/\S+)", mail.body)[1] for mail in mailoutbox)
    assert client.post(wrong).status_code == 410
    client.post(f"/konto/zugehoerigkeit/{post.pk}/einladung-zurueckziehen/")
    assert client.post(right).status_code == 410
    assert current(post.town) == [("Berta", "Bürgermeisterin")]


def test_the_answer_does_not_tell_whether_an_address_has_an_account(client, post, mailoutbox):
    known = PersonFactory(email="bekannt@stadt.example")
    client.force_login(post.user)
    pages = [
        client.post(address(post), {"email": mail}).content.decode() for mail in (known.email, "neu@stadt.example")
    ]
    shown = [re.sub(r'csrfmiddlewaretoken" value="\w+"', "", page) for page in pages]
    assert shown[0].replace("bekannt@", "neu@") == shown[1]


def test_strangers_do_not_hand_over_and_the_office_may(client, post, deputy, lead):
    client.force_login(deputy)
    assert client.post(address(post), {"person": deputy.pk, "sicher": "1"}).status_code == 404
    client.force_login(lead)
    client.post(address(post), {"person": deputy.pk, "sicher": "1"})
    assert current(post.town) == [("Dora", "Bürgermeisterin")]


def test_a_successor_who_has_asked_to_join_is_confirmed_by_it(post):
    asked = MembershipFactory(town=post.town, asked=True)
    handing_over.hand_over(post, to=asked.user, by=post.user)
    asked.refresh_from_db()
    assert (asked.state, asked.function) == (MembershipState.CONFIRMED, "Bürgermeisterin")


def test_an_invitation_nobody_accepts_is_forgotten(post):
    handing_over.offer(post, email="nachfolge@stadt.example", by=post.user)
    assert people_queries.offers_long_ago().count() == 0
    Handover.objects.update(started_at=timezone.now() - timedelta(days=31))
    assert people_queries.offers_long_ago().count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_handovers_at_once_one_happens(mailoutbox):
    post = MembershipFactory()
    followers = [MembershipFactory(town=post.town).user.pk for _ in range(2)]

    def hand_over(pk: int) -> str:
        try:
            handing_over.hand_over(post, to=User.objects.get(pk=pk), by=User.objects.get(pk=post.user_id))
        except NotPossible:
            return "refused"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(hand_over, followers)) == ["done", "refused"]
    assert Handover.objects.filter(done_at__isnull=False).count() == 1
    assert len(mailoutbox) == 2
