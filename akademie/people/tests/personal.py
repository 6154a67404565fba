"""Data of one person in people, for the round trip of tests/test_privacy.py."""

from django.utils import timezone

from akademie.accounts.models import User
from akademie.people.models import ContactRequest, ContactState, Direction, Handover
from akademie.people.tests.factories import MembershipFactory, OrganisationFactory, ProfileFactory, add_topics


def leave_traces(person: User, token: str) -> list[str]:
    """Have a profile, belong somewhere, decide, hand over, write and be written to. Return what the archive shows."""
    profile = ProfileFactory(user=person, about=f"{token} über sich", phone="03876 781-0")
    add_topics(profile, Direction.HELPS, ["leerstand"])
    post = MembershipFactory(user=person, function=f"Amt von {token}", decided_by=person)
    MembershipFactory(user=person, town=None, organisation=OrganisationFactory(), asked=True)
    Handover.objects.create(post=post, to_email="nachfolge@stadt.example", started_by=person)
    other = MembershipFactory(decided_by=person)
    Handover.objects.create(post=other, to_email=person.email, to_user=person, started_by=other.user)
    for recipient, sender in ((other.user, person), (person, other.user)):
        ContactRequest.objects.create(
            recipient=recipient, sender=sender, sender_name=sender.get_full_name(), sender_email=sender.email,
            text=f"Nachricht mit {token} vom {sender.pk}", state=ContactState.SENT, sent_at=timezone.now(),
            digest=ContactRequest.digest_of(recipient, sender.email, "x"),
        )  # fmt: skip
    return [f"{token} über sich", f"Amt von {token}", f"Nachricht mit {token} vom {other.user_id}", "03876 781-0"]
