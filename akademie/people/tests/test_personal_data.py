"""What people keeps: export, deletion, retention, what a guest did before; the demo."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from akademie.core.contributions import Subject, people_data, retention_rules
from akademie.people import demo
from akademie.people.actions import handing_over, personal_data
from akademie.people.models import ContactRequest, ContactState, Handover, Membership, Organisation, Profile
from akademie.people.tests.factories import MembershipFactory, PersonFactory, ProfileFactory
from akademie.towns.models import Town
from akademie.towns.tests.factories import TownFactory

pytestmark = pytest.mark.django_db


def message(recipient, email: str, **more) -> ContactRequest:
    text = "Wie haben Sie das bezahlt?"
    return ContactRequest.objects.create(
        recipient=recipient, sender_name="Gerd Gast", sender_email=email, text=text,
        digest=ContactRequest.digest_of(recipient, email, text), **more,
    )  # fmt: skip


@pytest.fixture
def everything():
    """A person with one of everything, and another person beside."""
    profile = ProfileFactory(helps=["leerstand"], user__email="anna@stadt.example", user__last_name="Abend")
    post = MembershipFactory(user=profile.user)
    handing_over.offer(post, email="nachfolge@stadt.example", by=profile.user)
    other = ProfileFactory(user__email="versteckt@stadt.example", user__last_name="Berg").user
    MembershipFactory(user=other, decided_by=profile.user)
    message(profile.user, "gerd@gast.example")
    message(other, profile.user.email, sender=profile.user)
    return profile.user


def test_the_export_has_everything_and_hides_the_addresses_of_others(everything):
    parts = {part.title: list(part.rows) for part in personal_data.export(Subject(everything.email, everything))}
    assert {title: len(rows) for title, rows in parts.items()} == {
        "Mein Profil": 1, "Meine Themen": 1, "Meine Städte und Organisationen": 1, "Übergaben von Stellen": 1,
        "Nachrichten über das Kontaktformular": 2,
    }  # fmt: skip
    assert "versteckt@stadt.example" not in repr(parts)
    assert parts["Mein Profil"][0]["Zeigen: Telefon"] == "niemand"


def test_deletion_does_what_the_preview_says_and_leaves_others(everything):
    subject = Subject(everything.email, everything)
    assert [str(line.fate) for line in personal_data.preview(subject)] == ["goes", "goes", "stays", "goes", "goes"]
    for _ in range(2):
        personal_data.erase(subject)
    assert [one.user.last_name for one in Profile.objects.all()] == ["Berg"]
    assert [one.decided_by for one in Membership.objects.all()] == [None]
    assert (Handover.objects.count(), ContactRequest.objects.count()) == (0, 0)
    assert Town.objects.count() == 2
    assert list(personal_data.preview(subject)) == []


def test_a_guest_gets_and_deletes_by_the_address_alone(everything):
    guest = Subject("gerd@gast.example")
    parts = {part.title: list(part.rows) for part in personal_data.export(guest)}
    assert [row["Nachricht"] for row in parts["Nachrichten über das Kontaktformular"]] == ["Wie haben Sie das bezahlt?"]
    personal_data.erase(guest)
    assert ContactRequest.objects.count() == 1


def test_what_a_guest_wrote_is_claimed_at_the_sign_in(client, everything):
    guest = PersonFactory(email="gerd@gast.example")
    client.force_login(guest)
    assert ContactRequest.objects.get(sender_email=guest.email).sender == guest


def test_what_is_over_is_due(everything):
    long_ago = timezone.now() - timedelta(days=3 * 365)
    Membership.objects.all().delete()
    MembershipFactory(ends_on=long_ago.date())
    MembershipFactory(asked=True, asked_at=long_ago)
    MembershipFactory(state="declined", decided_at=long_ago)
    ContactRequest.objects.filter(sender=None).update(created_at=long_ago)
    ContactRequest.objects.exclude(sender=None).update(state=ContactState.SENT, sent_at=long_ago)
    handing_over.offer(MembershipFactory(), email="neu@stadt.example", by=everything)
    Handover.objects.update(started_at=long_ago)
    due = {rule.key: rule.due().count() for rule in retention_rules if rule.key.startswith("people.")}
    assert due == {
        "people.unanswered": 1, "people.declined": 1, "people.ended": 1, "people.offers": 1, "people.contact": 1,
        "people.contact_unconfirmed": 1,
    }  # fmt: skip


def test_every_model_with_a_person_is_answered_for():
    models = {model.__name__ for model in people_data.get("people").models}
    assert models == {"Profile", "ProfileTopic", "Membership", "Handover", "ContactRequest"}


def test_the_demo_comes_twice_and_goes_without_a_trace():
    TownFactory(ags="12070296"), TownFactory(ags="01053090")
    before = get_user_model().objects.count()
    for _ in range(2):
        demo.load(lambda _: None)
    assert (Profile.objects.count(), Membership.objects.current().count()) == (4, 4)
    assert len(demo.what_it_leaves()) == 5
    demo.remove()
    assert demo.what_it_leaves() == []
    assert (Profile.objects.count(), Membership.objects.count(), Organisation.objects.count()) == (0, 0, 0)
    assert get_user_model().objects.count() == before + 1  # the mayor is of the demo accounts
