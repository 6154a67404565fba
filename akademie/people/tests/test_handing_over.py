"""Stelle übergeben: preview, one step, the town stays; by an invitation too."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from akademie.accounts.actions.account import move_to
from akademie.accounts.models import User
from akademie.core.actions import NotPossible
from akademie.core.contributions import ContributionPoint, HandOver, PeopleData
from akademie.notifications.models import SilentAddress
from akademie.people.actions import handing_over
from akademie.people.models import Handover, Membership, MembershipState
from akademie.people.queries import waiting_offers
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
def things(monkeypatch):
    """An area whose things are doubtful; what it moved."""
    moved: list[tuple[User, User, set[str]]] = []
    hand_over = HandOver(
        preview=lambda goes, follows, post: [], run=lambda goes, follows, post: None,
        doubtful=lambda goes, follows, post: [("1", "Ihre Frage nach dem Rufbus"), ("2", "Und eine zweite")],
        run_doubtful=lambda goes, follows, post, keys: moved.append((goes, follows, keys)),
    )  # fmt: skip
    points = ContributionPoint("people_data", PeopleData)
    points.add(
        PeopleData(
            key="probe", title="Proben", models=(), export=lambda subject: [], preview=lambda subject: [],
            erase=lambda subject: None, hand_over=hand_over,
        )
    )  # fmt: skip
    monkeypatch.setattr("akademie.people.actions.handing_over.people_data", points)
    return moved


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


def test_a_handover_to_oneself_is_refused_at_the_first_press(client, post):
    client.force_login(post.user)
    for given in ({"email": post.user.email}, {"email": post.user.email.upper(), "sicher": "1"}):
        page = client.post(address(post), given).content.decode()
        assert "Bitte nennen Sie die Person, die nachfolgt." in page
        assert "Einladung schicken" not in page
    with pytest.raises(NotPossible, match="Adresse der Person, die übergibt"):
        handing_over.hand_over(post, to=post.user, by=post.user)
    assert current(post.town) == [("Berta", "Bürgermeisterin")]
    assert Handover.objects.count() == 0


def test_a_former_address_of_oneself_is_no_successor_unless_a_colleague_has_it_now(client, post, deputy):
    move_to(post.user, "berta@privat.example")
    move_to(post.user, "berta@neu.example")
    client.force_login(post.user)
    for given in ({"email": "Berta@privat.example"}, {"email": "berta@privat.example", "sicher": "1"}):
        page = client.post(address(post), given).content.decode()
        assert handing_over.ONESELF in page
        assert "Einladung schicken" not in page
    with pytest.raises(NotPossible, match="Adresse der Person, die übergibt"):
        handing_over.offer(post, email="berta@privat.example", by=post.user)
    assert Handover.objects.count() == 0
    move_to(deputy, "berta@privat.example")
    assert "Das geht an Dora Deputy" in client.post(address(post), {"email": "berta@privat.example"}).content.decode()


def test_an_invitation_follows_a_change_of_address(client, post, mailoutbox):
    invited = PersonFactory(email="alt@stadt.example", first_name="Nora")
    handing_over.offer(post, email="alt@stadt.example", by=post.user)
    offered, accounts = Handover.objects.get(), User.objects.count()
    link = re.search(r"(/aus-der-mail/\S+)", mailoutbox[0].body)[1]
    move_to(invited, "neu@stadt.example")
    for answer in (client.get(link), client.post(link)):
        assert (answer.status_code, handing_over.MOVED in answer.content.decode()) == (410, True)
        assert "neu@" not in answer.content.decode()
    later = PersonFactory(email="alt@stadt.example")
    assert ([task.url for task in waiting_offers(invited)], waiting_offers(later)) == (
        [f"/konto/zugehoerigkeit/einladung/{offered.pk}/"], [],
    )  # fmt: skip
    client.force_login(later)
    assert client.post(f"/konto/zugehoerigkeit/einladung/{offered.pk}/").status_code == 404
    client.force_login(invited)
    client.post(f"/konto/zugehoerigkeit/einladung/{offered.pk}/")
    assert current(post.town) == [("Nora", "Bürgermeisterin")]
    assert (User.objects.count(), mailoutbox[-1].to) == (accounts + 1, ["neu@stadt.example"])


def test_whoever_gets_the_invited_address_is_not_invited_to_the_own_post(client, post, mailoutbox):
    offered = handing_over.offer(post, email="amt@stadt.example", by=post.user)
    link = re.search(r"(/aus-der-mail/\S+)", mailoutbox[0].body)[1]
    move_to(post.user, "amt@stadt.example")
    client.force_login(post.user)
    assert waiting_offers(post.user) == []
    for path in (link, f"/konto/zugehoerigkeit/einladung/{offered.pk}/"):
        for answer in (client.get(path), client.post(path)):
            assert handing_over.ONESELF in answer.content.decode()
    assert current(post.town) == [("Berta", "Bürgermeisterin")]


def test_a_new_invitation_goes_to_whoever_has_the_address_now(client, post):
    invited = PersonFactory(email="alt@stadt.example")
    handing_over.offer(post, email="alt@stadt.example", by=post.user)
    client.force_login(invited)  # claims it
    assert Handover.objects.get().to_user == invited
    handing_over.offer(post, email="andere@stadt.example", by=post.user)
    assert (Handover.objects.get().to_user, waiting_offers(invited)) == (None, [])
    assert len(waiting_offers(PersonFactory(email="andere@stadt.example"))) == 1


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


def test_the_successor_s_own_post_ends_and_stays_known(client, post, deputy):
    client.force_login(post.user)
    page = client.post(address(post), {"person": deputy.pk}).content.decode()
    assert "Dora Deputy hat hier schon eine Stelle: Bauamt. Sie endet heute, die neue beginnt heute." in page
    Membership.objects.filter(user=deputy).update(starts_on=date(2019, 3, 1))
    new = handing_over.hand_over(post, to=deputy, by=post.user)
    today = timezone.localdate()
    rows = Membership.objects.filter(user=deputy).order_by("pk")
    assert [(one.function, one.starts_on, one.ends_on) for one in rows] == [
        ("Bauamt", date(2019, 3, 1), today), ("Bürgermeisterin", today, None),
    ]  # fmt: skip
    assert (new.state, new.decided_by) == (MembershipState.CONFIRMED, post.user)


def test_what_is_doubtful_goes_along_only_when_ticked(client, post, deputy, things):
    client.force_login(post.user)
    page = client.post(address(post), {"person": deputy.pk}).content.decode()
    assert re.findall(r'name="mit" value="([^"]*)"', page) == ["probe:1", "probe:2"]
    assert "Ihre Frage nach dem Rufbus" in page
    given = {"person": deputy.pk, "sicher": "1", "mit": ["probe:2", "probe:99", "fremd:1", ""]}
    client.post(address(post), given)
    assert things == [(post.user, deputy, {"2"})]


def test_what_was_ticked_goes_along_when_the_invitation_is_accepted(client, post, things):
    client.force_login(post.user)
    client.post(address(post), {"email": "nachfolge@stadt.example", "sicher": "1", "mit": ["probe:1", "fremd:1"]})
    offered = Handover.objects.get()
    assert (offered.along, things) == (["probe:1"], [])
    handing_over.follow(offered, email="nachfolge@stadt.example")
    assert things == [(post.user, User.objects.get(email="nachfolge@stadt.example"), {"1"})]


def test_an_invitation_waits_in_mein_bereich_and_is_accepted_by_one_press(client, post, deputy, mailoutbox):
    handing_over.offer(post, email=deputy.email, by=post.user)
    offered = Handover.objects.get()
    path = f"/konto/zugehoerigkeit/einladung/{offered.pk}/"
    (task,) = waiting_offers(deputy)
    assert (task.url, task.until) == (path, timezone.localdate() + timedelta(days=30))
    client.force_login(post.user)
    assert client.get(path).status_code == 404
    client.force_login(deputy)
    own = client.get("/mein-bereich/").content.decode()
    assert ("Stelle „Bürgermeisterin“ in Perleberg übernehmen" in own, "Frist: Eine Stelle übernehmen" in own) == (
        True, True,
    )  # fmt: skip
    page = client.get(path).content.decode()
    assert "Berta Burg übergibt Ihnen diese Stelle: Bürgermeisterin, Perleberg." in page
    assert "Ihre bisherige Stelle dort (Bauamt) endet damit heute." in page
    assert current(post.town) == [("Berta", "Bürgermeisterin"), ("Dora", "Bauamt")]
    for _ in range(2):
        answer = client.post(path, follow=True)
        assert "Die Stelle „Bürgermeisterin“ in Perleberg ist jetzt Ihre." in answer.content.decode()
    assert current(post.town) == [("Dora", "Bürgermeisterin")]
    assert (waiting_offers(deputy), len(mailoutbox)) == ([], 3)


@pytest.mark.parametrize("fate", ["expired", "ended", "withdrawn"])
def test_an_invitation_that_has_ended_waits_no_more(client, post, deputy, fate):
    offered = handing_over.offer(post, email=deputy.email, by=post.user)
    path = f"/konto/zugehoerigkeit/einladung/{offered.pk}/"
    if fate == "expired":
        Handover.objects.update(started_at=timezone.now() - timedelta(days=32))  # a day more: summer time
    elif fate == "ended":
        Membership.objects.filter(pk=post.pk).update(ends_on=timezone.localdate())
    else:
        handing_over.withdraw(post, by=post.user)
    assert waiting_offers(deputy) == []
    client.force_login(deputy)
    for answer in (client.get(path), client.post(path)):
        assert (answer.status_code == 404) == (fate == "withdrawn")
        assert ("Diese Einladung gilt nicht mehr" in answer.content.decode()) == (fate != "withdrawn")
    assert not Membership.objects.current().filter(user=deputy, function="Bürgermeisterin").exists()


def test_the_office_hands_over_for_somebody_who_is_gone(client, post, deputy, lead, mailoutbox):
    client.force_login(lead)
    client.post(address(post), {"email": "nachfolge@stadt.example", "sicher": "1"})
    (offered,) = mailoutbox
    assert (offered.reply_to, offered.subject) == ([lead.email], "Möchten Sie eine Stelle in Perleberg übernehmen?")
    assert "bittet Sie, die Stelle von Berta Burg zu übernehmen:" in offered.body
    assert "Fragen beantwortet Lena in der Geschäftsstelle" in offered.body
    handing_over.follow(Handover.objects.get(), email="nachfolge@stadt.example")
    goes, follows = mailoutbox[1:]
    assert [goes.reply_to, follows.reply_to] == [[lead.email], [lead.email]]
    assert "hat Ihre Stelle (Bürgermeisterin, Perleberg) an nachfolge@stadt.example übergeben." in goes.body
    assert "hat Ihnen die Stelle von Berta Burg übergeben: Bürgermeisterin, Perleberg." in follows.body
    assert Handover.objects.get().started_by == lead


def test_a_silent_address_leads_to_the_posts_of_its_person(client, post, lead):
    now = timezone.now()
    silent = SilentAddress.objects.create(email=post.user.email, said="550", marked_at=now, last_at=now)
    MembershipFactory(user=post.user, ended=True)
    client.force_login(lead)
    page = client.get(f"/geschaeftsstelle/unzustellbar/{silent.pk}/").content.decode()
    assert re.findall(r'<a href="([^"]*/uebergeben/)">([^<]*)</a>', page) == [
        (address(post), "Stelle in Perleberg übergeben")
    ]
    Membership.objects.update(ends_on=timezone.localdate())
    page = client.get(f"/geschaeftsstelle/unzustellbar/{silent.pk}/").content.decode()
    assert "Jemand folgt der Person nach" not in page


def test_an_invitation_nobody_accepts_is_forgotten(post):
    handing_over.offer(post, email="nachfolge@stadt.example", by=post.user)
    assert Handover.objects.never_accepted().count() == 0
    Handover.objects.update(started_at=timezone.now() - timedelta(days=31))
    assert Handover.objects.never_accepted().count() == 1


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
