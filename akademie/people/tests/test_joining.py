"""Joining a town: asked, confirmed by somebody there or by the office, ended."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from wagtail.models import ModelLogEntry

from akademie.accounts.models import User
from akademie.core.actions import NotPossible
from akademie.notifications.models import Notice
from akademie.people.actions import joining
from akademie.people.forms.places import MonthField
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


def test_whoever_has_not_said_a_name_is_named_by_the_address_once(town, clerk, mailoutbox):
    joining.ask_to_join(PersonFactory(email="neu@stadt.example", first_name="", last_name=""), town=town, function="?")
    assert "neu@stadt.example möchte auf Kleinstadtakademie zu Perleberg gehören." in mailoutbox[0].body
    joining.ask_to_join(PersonFactory(email="nina@stadt.example", last_name="Neu"), town=town, function="Kultur")
    assert "Anna Neu (nina@stadt.example) möchte auf" in mailoutbox[1].body


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
    given = {"where": "stadt", "town": "Entenhausen", "function": "Stadtrat", "starts_on": "Januar 2099"}
    page = client.post("/konto/zugehoerigkeit/beitreten/", given).content.decode()
    assert 'value="Entenhausen"' in page
    assert 'value="Stadtrat"' in page
    assert 'value="Januar 2099"' in page
    assert "Bitte prüfen Sie das Jahr." in page
    assert Membership.objects.count() == 0


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("September 2019", date(2019, 9, 1)), ("sept. 2019", date(2019, 9, 1)), ("9/2019", date(2019, 9, 1)),
        ("09.2019", date(2019, 9, 1)), ("2019-09", date(2019, 9, 1)), ("15.09.2019", date(2019, 9, 1)),
        ("15. März 2019", date(2019, 3, 1)), ("  mai  2019 ", date(2019, 5, 1)), ("", None),
    ],
)  # fmt: skip
def test_a_month_may_be_written_in_many_ways(typed, day):
    assert MonthField().clean(typed) == day


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("2019", "Bitte nennen Sie Monat und Jahr"), ("13/2019", "Bitte nennen Sie Monat und Jahr"),
        ("0/2019", "Bitte nennen Sie Monat und Jahr"), ("Brumaire 2019", "Bitte nennen Sie Monat und Jahr"),
        ("5/1066", "Bitte prüfen Sie das Jahr."), ("5/9999", "Bitte prüfen Sie das Jahr."),
        ("²/2019", "Bitte nennen Sie Monat und Jahr"),
    ],
)  # fmt: skip
def test_what_is_no_month_is_said(typed, says):
    with pytest.raises(ValidationError, match=says):
        MonthField().clean(typed)


def test_a_month_that_has_not_come_is_said():
    with time_machine.travel(datetime(2027, 3, 31, 12, tzinfo=UTC)):
        assert MonthField().clean("3/2027") == date(2027, 3, 1)
        with pytest.raises(ValidationError, match="Dieser Monat liegt in der Zukunft"):
            MonthField().clean("4/2027")


def test_what_is_typed_into_the_half_not_chosen_hinders_nobody(client, town):
    client.force_login(PersonFactory())
    given = {"where": "organisation", "organisation": "Verein", "kind": "verband", "town": "Entenhausen"}
    client.post("/konto/zugehoerigkeit/beitreten/", {**given, "function": "Vorstand"})
    client.post(
        "/konto/zugehoerigkeit/beitreten/",
        {**given, "where": "stadt", "town": "Perleberg", "kind": "quatsch", "function": "Kultur"},
    )
    assert [one.place.name for one in Membership.objects.order_by("pk")] == ["Verein", "Perleberg"]


# -- function and beginning -------------------------------------------------------------------------------------------
def test_the_own_function_is_changed_and_those_who_are_there_hear_of_it(client, town, clerk):
    mine = MembershipFactory(town=town, user__first_name="Anna", user__last_name="Beck", starts_on=date(2020, 5, 17))
    path = f"/konto/zugehoerigkeit/{mine.pk}/aendern/"
    client.force_login(mine.user)
    page = client.get(path).content.decode()
    assert 'value="Mai 2020"' in page
    for _ in range(2):
        client.post(path, {"function": "Bauamtsleitung", "starts_on": "Mai 2020"})
    mine.refresh_from_db()
    assert (mine.function, mine.starts_on, mine.state) == ("Bauamtsleitung", date(2020, 5, 17), "confirmed")
    assert [(one.user, one.text) for one in Notice.objects.all()] == [
        (clerk, "Anna Beck hat in Perleberg eine neue Funktion")
    ]
    client.post(path, {"function": "Bauamtsleitung", "starts_on": "6/2021"})
    mine.refresh_from_db()
    assert (mine.starts_on, Notice.objects.count()) == (date(2021, 6, 1), 1)
    assert ModelLogEntry.objects.filter(action="people.change").count() == 2
    assert "Bitte nennen Sie Ihre Funktion" in client.post(path, {"function": " "}).content.decode()


def test_where_nobody_else_is_the_office_hears_of_a_new_function(town, lead):
    mine = MembershipFactory(town=town)
    joining.change(mine, function="Bürgermeisterin", starts_on=None, by=mine.user)
    assert [one.user for one in Notice.objects.all()] == [lead]


def test_only_the_own_present_membership_is_changed(client, town, clerk, lead):
    mine, ended, asked = (
        MembershipFactory(user=PersonFactory(), **more) for more in ({}, {"ended": True}, {"asked": True})
    )
    for user, one in ((clerk, mine), (lead, mine), (ended.user, ended), (asked.user, asked)):
        client.force_login(user)
        path = f"/konto/zugehoerigkeit/{one.pk}/aendern/"
        assert [client.get(path).status_code, client.post(path, {"function": "X"}).status_code] == [404, 404]
    with pytest.raises(NotPossible, match="beendet oder noch nicht bestätigt"):
        joining.change(ended, function="X", starts_on=None, by=ended.user)
    assert not Membership.objects.filter(function="X").exists()


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
