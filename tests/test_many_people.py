"""What everybody uses every day costs as many queries with three hundred accounts as with two hundred."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone

from akademie.accounts.models import User
from akademie.core import stamps
from akademie.exchange.models import HelpRequest, HelpRequestState
from akademie.people.models import Audience, Direction, Membership, MembershipState, Profile, ProfileTopic
from akademie.people.queries import STAMP
from akademie.topics.tests.factories import TopicFactory
from akademie.towns.tests.factories import TownFactory

pytestmark = pytest.mark.django_db


def people(first: int, count: int) -> None:
    """Make people of a town with a profile, a topic, an open question and somebody waiting to join."""
    town, topic, now = TownFactory(), TopicFactory(slug="leerstand"), timezone.now()
    users = User.objects.bulk_create(
        User(email=f"person-{n}@stadt.example", first_name="Anna", last_name=f"Beck {n}")
        for n in range(first, first + count)
    )
    shown = {f"show_{part}": Audience.PUBLIC for part in ("name", "function", "helps")}
    profiles = Profile.objects.bulk_create(Profile(user=user, **shown) for user in users)
    ProfileTopic.objects.bulk_create(
        ProfileTopic(profile=profile, topic=topic, direction=Direction.HELPS, position=1) for profile in profiles
    )
    Membership.objects.bulk_create(
        Membership(user=user, town=town, function="Bauamt", state=state, decided_at=decided)
        for n, user in enumerate(users)
        for state, decided in ([(MembershipState.CONFIRMED, now), (MembershipState.ASKED, None)][n % 2],)
    )
    HelpRequest.objects.bulk_create(
        HelpRequest(
            question=f"Wer hilft uns beim Bahnhof, Nummer {user.pk}?", email=user.email, user=user, town=town,
            state=HelpRequestState.OPEN, confirmed_at=now, digest=HelpRequest.digest_of(user.email, "x"),
        ) for user in users
    )  # fmt: skip
    stamps.bump(STAMP)  # bulk_create tells nobody


def test_sign_in_directory_and_desk_cost_the_same(
    lead: User, queries: Callable[[Callable[[], Any]], int], mailoutbox: list[EmailMessage]
) -> None:
    people(0, 210)  # more of each than the desk counts one by one
    guest, person, office = Client(), Client(), Client()
    person.force_login(User.objects.get(email="person-0@stadt.example"))
    office.force_login(lead)

    def sign_in(number: int) -> None:
        client = Client(REMOTE_ADDR=f"192.0.2.{number + 1}")
        client.post("/anmelden/", {"email": f"person-{number}@stadt.example"})
        link = re.search(r"https?://[^/\s]+(/anmelden/\S+)", str(mailoutbox[-1].body))
        assert link
        assert client.get(link[1]).status_code == 200
        assert client.post(link[1]).status_code == 302
        assert "_auth_user_id" in client.session

    def costs(number: int) -> dict[str, int]:
        visits = {"/menschen/": guest, "/menschen/?thema=leerstand": person, "/mein-bereich/": person}
        visits |= {"/konto/zugehoerigkeit/": person, "/geschaeftsstelle/": office}
        found = {path: queries(lambda path=path, who=who: who.get(path)) for path, who in visits.items()}
        return {**found, "sign in": queries(lambda: sign_in(number))}

    few = costs(0)  # each time somebody who has never signed in
    people(210, 90)
    assert costs(2) == few
    assert "300 Menschen" in guest.get("/menschen/").content.decode()
