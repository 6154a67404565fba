"""Joining a town: asked, confirmed by somebody there or by the office, ended."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from akademie.accounts.models import User
from akademie.core.actions import NotPossible
from akademie.people.actions import joining
from akademie.people.models import Membership, MembershipState, Organisation, OrganisationKind
from akademie.people.tests.factories import MembershipFactory, OrganisationFactory, PersonFactory
from akademie.towns.tests.factories import TownFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    return TownFactory(name="Perleberg")


@pytest.fixture
def clerk(town):
    """Somebody who is in the town already."""
    return MembershipFactory(town=town, user__first_name="Carla", user__last_name="Clerk").user


def links(mail) -> list[str]:
    return re.findall(r"https?://[^/\s]+(/aus-der-mail/\S+)", mail.body)


def test_a_membership_is_of_a_town_or_of_an_organisation(town):
    organisation = OrganisationFactory()
    for both_or_none in ({"town": town, "organisation": organisation}, {"town": None, "organisation": None}):
        with pytest.raises(IntegrityError, match="member_of_a_town_or_an_organisation"), transaction.atomic():
            MembershipFactory(**both_or_none)


def test_joining_is_confirmed_from_the_mail_by_somebody_who_is_there(client, town, clerk, mailoutbox):
    joining.ask_to_join(PersonFactory(first_name="Nina", last_name="Neu"), town=town, function="Kultur")
    assert [mail.to for mail in mailoutbox] == [[clerk.email]]
    yes, _no = links(mailoutbox[0])
    page = client.get(yes).content.decode()
    assert "Gehört Nina Neu zu Perleberg?" in page
    assert Membership.objects.get(user__first_name="Nina").state == MembershipState.ASKED
    assert "Nina Neu gehört jetzt zu Perleberg." in client.post(yes).content.decode()
    found = Membership.objects.get(user__first_name="Nina")
    assert (found.state, found.decided_by) == (MembershipState.CONFIRMED, clerk)
    assert mailoutbox[1].subject == "Sie gehören jetzt zu Perleberg"


def test_joining_is_declined_from_the_mail(client, town, clerk, mailoutbox):
    asked = joining.ask_to_join(PersonFactory(), town=town, function="Kultur")
    client.post(links(mailoutbox[0])[1])
    asked.refresh_from_db()
    assert (asked.state, asked.decided_by) == (MembershipState.DECLINED, clerk)
    assert mailoutbox[1].subject == "Ihre Zugehörigkeit zu Perleberg ist nicht bestätigt"


def test_whoever_has_left_decides_no_more(client, town, clerk, mailoutbox):
    asked = joining.ask_to_join(PersonFactory(), town=town, function="Kultur")
    Membership.objects.filter(user=clerk).update(ends_on=timezone.localdate())
    answer = client.post(links(mailoutbox[0])[0])
    assert answer.status_code == 410
    assert "Sie gehören nicht mehr dorthin" in answer.content.decode()
    asked.refresh_from_db()
    assert asked.state == MembershipState.ASKED


def test_nobody_decides_about_somebody_who_was_blocked_meanwhile(client, town, clerk, lead, mailoutbox):
    asked = joining.ask_to_join(PersonFactory(), town=town, function="Kultur")
    User.objects.filter(pk=asked.user_id).update(is_active=False)
    answer = client.post(links(mailoutbox[0])[0])
    assert (answer.status_code, "Konto dieser Person ist gesperrt" in answer.content.decode()) == (410, True)
    client.force_login(lead)
    assert client.get(f"/konto/zugehoerigkeit/{asked.pk}/anfrage/").status_code == 404
    asked.refresh_from_db()
    assert asked.state == MembershipState.ASKED


def test_the_first_of_a_town_is_confirmed_by_the_office(client, town, lead, mailoutbox):
    asked = joining.ask_to_join(PersonFactory(), town=town, function="Kultur")
    assert [mail.to for mail in mailoutbox] == [[lead.email]]
    client.force_login(lead)
    client.post(f"/konto/zugehoerigkeit/{asked.pk}/anfrage/", {"entscheidung": "ja"})
    asked.refresh_from_db()
    assert (asked.state, asked.decided_by) == (MembershipState.CONFIRMED, lead)


def test_nobody_confirms_themselves_or_for_other_towns(client, town):
    asked = MembershipFactory(town=town, asked=True)
    stranger = MembershipFactory().user
    for user in (asked.user, stranger):
        client.force_login(user)
        assert client.post(f"/konto/zugehoerigkeit/{asked.pk}/anfrage/", {"entscheidung": "ja"}).status_code == 404
    asked.refresh_from_db()
    assert asked.state == MembershipState.ASKED


def test_the_same_wish_twice_is_one_and_a_member_joins_no_more(town, mailoutbox, lead):
    person = PersonFactory()
    first = joining.ask_to_join(person, town=town, function="Kultur")
    assert joining.ask_to_join(person, town=town, function="Bauamt") == first
    assert len(mailoutbox) == 1
    joining.confirm(first, by=lead)
    with pytest.raises(NotPossible, match="Sie gehören schon zu Perleberg"):
        joining.ask_to_join(person, town=town, function="Kultur")


def test_whoever_was_declined_or_has_left_may_ask_again(town, lead):
    person = PersonFactory()
    joining.decline(joining.ask_to_join(person, town=town, function="Kultur"), by=lead)
    again = joining.ask_to_join(person, town=town, function="Kultur")
    joining.confirm(again, by=lead)
    joining.end_membership(again, by=person)
    assert joining.ask_to_join(person, town=town, function="Kultur").state == MembershipState.ASKED


def test_a_decision_stands_and_says_who_took_it(town, lead, clerk):
    asked = MembershipFactory(town=town, asked=True)
    joining.confirm(asked, by=clerk)
    joining.confirm(asked, by=lead)
    with pytest.raises(NotPossible, match="Das hat Carla Clerk schon entschieden: bestätigt"):
        joining.decline(asked, by=lead)


def test_the_form_makes_an_organisation_that_nobody_has_named_yet(client, lead, mailoutbox):
    client.force_login(PersonFactory())
    given = {"where": "organisation", "organisation": "Bürgerverein Altstadt", "function": "Vorstand"}
    assert "Bitte wählen Sie ihre Art" in client.post("/konto/zugehoerigkeit/beitreten/", given).content.decode()
    assert Organisation.objects.count() == 0
    client.post("/konto/zugehoerigkeit/beitreten/", {**given, "kind": OrganisationKind.CIVIL_SOCIETY})
    client.force_login(PersonFactory())
    client.post("/konto/zugehoerigkeit/beitreten/", {**given, "organisation": "bürgerverein ALTSTADT"})
    assert [one.name for one in Organisation.objects.all()] == ["Bürgerverein Altstadt"]
    assert Membership.objects.asked().filter(organisation__kind="zivilgesellschaft").count() == 2


def test_the_form_keeps_what_was_typed(client):
    client.force_login(PersonFactory())
    given = {"where": "stadt", "town": "Entenhausen", "function": "Stadtrat", "starts_on": "2099-01-01"}
    page = client.post("/konto/zugehoerigkeit/beitreten/", given).content.decode()
    assert 'value="Entenhausen"' in page
    assert 'value="Stadtrat"' in page
    assert "Bitte prüfen Sie das Jahr." in page
    assert Membership.objects.count() == 0


def test_too_many_wishes_are_refused_with_a_reason(client, lead):
    client.force_login(PersonFactory())
    for number in range(11):
        OrganisationFactory(name=f"Verein {number}")
        given = {"where": "organisation", "organisation": f"Verein {number}", "function": "Mitglied"}
        answer = client.post("/konto/zugehoerigkeit/beitreten/", given)
    assert answer.status_code == 429
    assert "Sie haben heute schon mehrere Beitritte angefragt." in answer.content.decode()


def test_a_person_in_no_town_has_a_page_that_says_so(client):
    client.force_login(PersonFactory())
    assert "Sie gehören zu keiner Stadt" in client.get("/konto/zugehoerigkeit/").content.decode()


def test_ending_and_withdrawing_happen_on_post_only(client, town):
    person = PersonFactory()
    member, asked = MembershipFactory(user=person, town=town), MembershipFactory(user=person, asked=True)
    client.force_login(person)
    for one in (member, asked):
        assert client.get(f"/konto/zugehoerigkeit/{one.pk}/beenden/").status_code == 200
    assert Membership.objects.filter(ends_on=None).count() == 2
    for one in (member, asked, member):
        client.post(f"/konto/zugehoerigkeit/{one.pk}/beenden/")
    assert [(one.pk, one.ends_on) for one in Membership.objects.all()] == [(member.pk, timezone.localdate())]


def test_members_and_office_are_told_what_waits(town, clerk, lead):
    from akademie.people import queries

    asked = MembershipFactory(town=town, asked=True)
    MembershipFactory(asked=True)
    assert [one.url for one in queries.waiting_joinings(clerk)] == [f"/konto/zugehoerigkeit/{asked.pk}/anfrage/"]
    assert len(queries.waiting_joinings_of_office(lead)) == 2
    last = timezone.localdate() + timedelta(days=60)
    assert {one.until for one in (*queries.waiting_joinings(clerk), *queries.waiting_joinings_of_office(lead))} == {
        last
    }


def test_the_office_finds_memberships_by_person_and_place(client, lead, town, clerk):
    MembershipFactory(town=TownFactory(name="Mölln"))
    client.force_login(lead)
    page = client.get("/geschaeftsstelle/zugehoerigkeiten/?stand=bestaetigt&q=clerk perle").content.decode()
    assert "Carla Clerk" in page
    assert "Mölln" not in page


def test_the_office_list_costs_the_same_for_three(client, lead, queries):
    client.force_login(lead)
    address = "/geschaeftsstelle/zugehoerigkeiten/"
    MembershipFactory(asked=True)
    one = queries(lambda: client.get(address))
    MembershipFactory(asked=True, of_organisation=True)
    MembershipFactory(asked=True)
    assert queries(lambda: client.get(address)) == one


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_once_one_decides(mailoutbox):
    asked = MembershipFactory(asked=True)
    deciders = [MembershipFactory(town=asked.town).user for _ in range(2)]

    def decide(number: int) -> str:
        action = (joining.confirm, joining.decline)[number]
        try:
            action(asked, by=User.objects.get(pk=deciders[number].pk))
        except NotPossible:
            return "refused"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(decide, range(2))) == ["done", "refused"]
    assert len(mailoutbox) == 1
