"""Writing to somebody: the address stays hidden, the limit holds, guests confirm theirs."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from akademie.accounts.actions.account import move_to
from akademie.accounts.models import User
from akademie.core.actions import NotPossible
from akademie.notifications.actions.addresses import note_refusal
from akademie.notifications.queries import undecided_addresses
from akademie.people.actions import contact
from akademie.people.models import ContactRequest, ContactState, Profile
from akademie.people.tests.factories import PersonFactory, ProfileFactory

pytestmark = pytest.mark.django_db
TEXT = "Wie haben Sie den Bürgerbus bezahlt? Wir planen gerade einen."


@pytest.fixture
def profile():
    """Somebody who takes two messages a month and is shown to all."""
    return ProfileFactory(
        public=True, requests_per_month=2, user__email="versteckt@stadt.example", user__last_name="Helferin"
    )


def address(profile: Profile) -> str:
    return f"/menschen/{profile.pk}/kontakt/"


def links(mail) -> list[str]:
    return re.findall(r"(/aus-der-mail/\S+)", mail.body)


def test_a_person_with_an_account_writes_at_once(client, profile, mailoutbox):
    sender = PersonFactory(last_name="Frager")
    client.force_login(sender)
    answer = client.post(address(profile), {"text": TEXT}, follow=True)
    assert "Ihre Nachricht ist unterwegs" in answer.content.decode()
    (mail,) = mailoutbox
    assert (mail.to, mail.reply_to) == ([profile.user.email], [sender.email])
    assert mail.subject == "Anna Frager schreibt Ihnen über Kleinstadtakademie"
    assert TEXT in mail.body
    assert "versteckt" not in answer.content.decode()


def test_a_guest_confirms_the_address_first(client, profile, mailoutbox):
    given = {"text": TEXT, "name": "Gerd Gast", "email": "Gerd@Gast.example"}
    answer = client.post(address(profile), given, follow=True)
    assert "Bitte sehen Sie in Ihr Postfach" in answer.content.decode()
    (mail,) = mailoutbox
    assert mail.to == ["gerd@gast.example"]
    assert TEXT not in mail.body  # nobody sends strangers texts through us
    (link,) = links(mail)
    assert TEXT in client.get(link).content.decode()
    assert ContactRequest.objects.get().state == ContactState.UNCONFIRMED
    client.post(link)
    client.post(link)
    assert [(one.to, one.reply_to) for one in mailoutbox[1:]] == [([profile.user.email], ["gerd@gast.example"])]


def test_the_answer_to_a_message_follows_a_change_of_address(client, profile, mailoutbox):
    client.post(address(profile), {"text": TEXT, "name": "Gerd Gast", "email": "gerd@gast.example"})
    (link,) = links(mailoutbox[0])
    move_to(PersonFactory(email="gerd@gast.example"), "gerd@neu.example")
    pages = [client.get(link).content.decode(), client.post(link).content.decode()]
    assert ["die Adresse, die Ihr Konto jetzt hat." in page for page in pages] == [True, True]
    assert ["gerd@" in page for page in pages] == [False, False]  # whoever reads the former address may see it
    (mail,) = mailoutbox[1:]
    assert (mail.to, mail.reply_to) == ([profile.user.email], ["gerd@neu.example"])
    assert "dann geht Ihre Antwort an gerd@neu.example." in mail.body


def test_whoever_writes_with_a_shared_account_says_who_they_are(client, profile, mailoutbox):
    client.force_login(ProfileFactory(is_shared=True, user__first_name="Rathaus", user__last_name="Prüm").user)
    refused = client.post(address(profile), {"text": TEXT}).content.decode()
    assert ("Bitte nennen Sie Ihren Namen." in refused, mailoutbox) == (True, [])
    client.post(address(profile), {"text": TEXT, "name": "Jutta Jung"})
    client.post(address(profile), {"text": f"{TEXT} Und noch etwas."})
    assert [mail.subject for mail in mailoutbox] == ["Jutta Jung schreibt Ihnen über Kleinstadtakademie"] * 2


def test_the_limit_of_a_month_holds_and_ends(client, profile, mailoutbox):
    client.force_login(PersonFactory())
    for number in range(2):
        client.post(address(profile), {"text": f"{TEXT} {number}"})
    answer = client.post(address(profile), {"text": f"{TEXT} noch einmal"})
    page = answer.content.decode()
    free = timezone.localdate() + timedelta(days=30)
    for shown in (page, client.get(address(profile)).content.decode()):
        assert shown.count(f"Ab dem {free.day}.") == 1
    assert f"{TEXT} noch einmal" in page
    assert len(mailoutbox) == 2
    ContactRequest.objects.update(sent_at=timezone.now() - timedelta(days=31))
    client.post(address(profile), {"text": f"{TEXT} noch einmal"})
    assert len(mailoutbox) == 3


def test_nobody_writes_to_somebody_who_wants_no_messages(client, profile, mailoutbox):
    Profile.objects.update(requests_per_month=0)
    client.force_login(PersonFactory())
    assert "nimmt zurzeit keine Nachrichten an" in client.get(address(profile)).content.decode()
    client.post(address(profile), {"text": TEXT})
    assert mailoutbox == []
    assert ContactRequest.objects.count() == 0


def test_a_guest_whose_turn_comes_too_late_is_told(client, profile, mailoutbox):
    client.post(address(profile), {"text": TEXT, "name": "Gerd", "email": "gerd@gast.example"})
    Profile.objects.update(requests_per_month=0)
    answer = client.post(links(mailoutbox[0])[0])
    assert answer.status_code == 410
    assert "nimmt zurzeit keine Anfragen an" in answer.content.decode()
    assert len(mailoutbox) == 1


def test_the_recipient_reports_and_switches_off_from_the_mail(client, profile, lead, mailoutbox):
    client.force_login(PersonFactory())
    client.post(address(profile), {"text": TEXT})
    report, no_more = links(mailoutbox[0])
    client.logout()
    for link in (report, no_more):
        assert client.get(link).status_code == 200
    assert (ContactRequest.objects.get().reported_at, Profile.objects.get().requests_per_month) == (None, 2)
    client.post(report)
    assert mailoutbox[1].to == [lead.email]
    assert TEXT in mailoutbox[1].body
    client.post(no_more)
    assert Profile.objects.get().requests_per_month == 0


def test_the_same_twice_is_one_and_a_filled_trap_sends_nothing(client, profile, mailoutbox):
    client.force_login(PersonFactory())
    client.post(address(profile), {"text": TEXT, "website": "https://spam.example"})
    assert mailoutbox == []
    for _ in range(2):
        client.post(address(profile), {"text": TEXT})
    assert len(mailoutbox) == 1


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"text": "Kurz"}, "Bitte schreiben Sie etwas mehr"),
        ({"text": "x" * 2001}, "Bitte kürzen Sie die Nachricht"),
        ({"text": TEXT, "name": "Gerd", "email": "keine-adresse"}, "Bitte prüfen Sie die Adresse."),
        ({"text": TEXT, "email": "gerd@gast.example"}, "Bitte nennen Sie Ihren Namen."),
    ],
)
def test_what_is_wrong_is_said(client, profile, given, says):
    assert says in client.post(address(profile), given).content.decode()
    assert ContactRequest.objects.count() == 0


def test_too_many_messages_are_refused_with_the_waiting_time(client, mailoutbox):
    client.force_login(PersonFactory())
    for _ in range(10):
        client.post(address(ProfileFactory()), {"text": TEXT})
    answer = client.post(address(ProfileFactory()), {"text": TEXT})
    assert (answer.status_code, len(mailoutbox)) == (429, 10)
    assert "in einer Stunde" in answer.content.decode()


def test_whoever_has_an_account_by_then_keeps_the_message(client, profile, mailoutbox):
    given = {"text": TEXT, "name": "Gerd Gast", "email": "gerd@gast.example"}
    client.post(address(profile), given)
    (link,) = links(mailoutbox[0])
    person = PersonFactory(email=given["email"])
    client.post(link)
    assert ContactRequest.objects.get().sender == person


def test_whoever_has_claimed_a_message_keeps_it_when_the_address_is_somebody_elses(client, profile, mailoutbox):
    client.post(address(profile), {"text": TEXT, "name": "Gerd Gast", "email": "gerd@gast.example"})
    person = PersonFactory(email="gerd.neu@gast.example")
    ContactRequest.objects.update(sender=person)
    PersonFactory(email="gerd@gast.example")
    client.post(links(mailoutbox[0])[0])
    assert ContactRequest.objects.get().sender == person


def test_an_address_does_not_collect_unconfirmed_messages(client, mailoutbox):
    for _ in range(4):
        given = {"text": TEXT, "name": "Gerd", "email": "gerd@gast.example"}
        answer = client.post(address(ProfileFactory(public=True)), given)
    assert (answer.status_code, len(mailoutbox)) == (429, 3)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_do_not_both_take_the_last_place(mailoutbox):
    profile = ProfileFactory(requests_per_month=1)
    senders = [PersonFactory().pk for _ in range(2)]

    def write(pk: int) -> str:
        user = User.objects.get(pk=pk)
        try:
            found = Profile.objects.select_related("user").get(pk=profile.pk)
            contact.write_to(found, text=TEXT, name="Anna", email=user.email, sender=str(pk), user=user)
        except NotPossible:
            return "refused"
        finally:
            connection.close()
        return "sent"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(write, senders)) == ["refused", "sent"]
    assert len(mailoutbox) == 1


def test_an_address_that_has_written_is_no_slip_of_the_pen(profile):
    sent = {"recipient": profile.user, "sender_name": "Otto", "text": TEXT}
    ContactRequest.objects.create(
        sender_email="Otto@stadt.example", digest="a", state=ContactState.SENT, sent_at=timezone.now(), **sent
    )
    ContactRequest.objects.create(sender_email="falsch@stadt.exmaple", digest="b", **sent)
    for email in ("otto@stadt.example", "falsch@stadt.exmaple"):
        note_refusal(email, "550 5.1.1 no such user")
    assert [row.email for row in undecided_addresses()] == ["otto@stadt.example"]
