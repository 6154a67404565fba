"""Invented people for the demo, in real towns: their addresses end in `.example`, which nobody owns."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from akademie.accounts.actions import remove_demo_people
from akademie.accounts.models import User
from akademie.core import stamps
from akademie.core.models import OutgoingMail
from akademie.people import queries
from akademie.people.models import (
    Audience,
    ContactRequest,
    Direction,
    Handover,
    Membership,
    MembershipState,
    Organisation,
    OrganisationKind,
    Profile,
    ProfileTopic,
)
from akademie.topics.models import Topic
from akademie.towns.models import Town

INVENTED = "Diese Person ist erfunden. Sie gehört zur Demo."
MAYOR = "buergermeisterin@stadt.example"  # her account is one of the demo accounts
ORGANISATION = "Planungsbüro Marktplatz (Demo)"


class Person(NamedTuple):
    """An invented person: where, what, and the two lists as pairs of topic and sentence."""

    email: str
    first_name: str
    last_name: str
    ags: str  # empty: the organisation of the demo
    function: str
    helps: tuple[tuple[str, str], ...]
    seeks: tuple[tuple[str, str], ...]
    public: bool = False


PEOPLE = (
    Person(
        MAYOR, "Berta", "Burg", "12070296", "Bürgermeisterin",
        (("leerstand", "Wir haben drei leere Läden mit einer Zwischennutzung wieder geöffnet."),),
        (("energie", "Wie kommt eine Stadt ohne eigene Stadtwerke zu einem Wärmenetz?"),),
        public=True,
    ),
    Person(
        "bauamt@stadt.example", "Jörg", "Jansen", "12070296", "Leiter des Bauamts",
        (("innenstadt", "Satzung, Förderantrag und Ausschreibung für den Marktplatz liegen vor."),),
        (("mobilitaet", "Wer hat einen Bürgerbus, der sich trägt?"),),
    ),
    Person(
        "kultur@kleinstadt.example", "Nuray", "Novak", "01053090", "Kulturamt",
        (("daseinsvorsorge", "Unser Kulturhaus trägt ein Verein; ich erzähle gern, was dabei schwierig war."),),
        (("demografie", "Wie gewinnen andere junge Leute für den Vorstand?"),),
        public=True,
    ),
    Person(
        "planung@buero.example", "Tilo", "Thoma", "", "Stadtplaner",
        (("beteiligung", "Werkstätten mit zwanzig Leuten, auch an einem einzigen Abend."),),
        (),
    ),
)  # fmt: skip
INVENTED_ADDRESSES = [one.email for one in PEOPLE if one.email != MAYOR]


def version() -> str:
    """Return what the demo is made from."""
    return hashlib.sha256(repr((PEOPLE, INVENTED, ORGANISATION)).encode()).hexdigest()


@transaction.atomic
def load(say: Callable[[str], None]) -> None:
    """Make the people that are not there yet; whoever has a profile keeps it as it is."""
    towns, topics = (
        Town.objects.in_bulk([one.ags for one in PEOPLE if one.ags]),
        {t.slug: t for t in Topic.objects.all()},
    )
    office, _ = Organisation.objects.get_or_create(name=ORGANISATION, defaults={"kind": OrganisationKind.PLANNING})
    for one in PEOPLE:
        user = User.objects.filter(email=one.email).first()
        user = user or User.objects.create_user(one.email, first_name=one.first_name, last_name=one.last_name)
        if Profile.objects.filter(user=user).exists() or (one.ags and one.ags not in towns):
            continue
        place = {"town": towns[one.ags], "organisation": None} if one.ags else {"town": None, "organisation": office}
        Membership.objects.get_or_create(
            user=user, **place, ends_on=None,
            defaults={"function": one.function, "state": MembershipState.CONFIRMED, "decided_at": timezone.now()},
        )  # fmt: skip
        seen = Audience.PUBLIC if one.public else Audience.PARTICIPANTS
        shown = {f"show_{part}": seen for part in queries.PARTS if part != "phone"}
        profile = Profile.objects.create(user=user, about=INVENTED, **shown)
        ProfileTopic.objects.bulk_create(
            ProfileTopic(profile=profile, topic=topics[slug], direction=direction, position=position, sentence=sentence)
            for direction, lines in ((Direction.HELPS, one.helps), (Direction.SEEKS, one.seeks))
            for position, (slug, sentence) in enumerate(lines, 1)
            if slug in topics
        )
    stamps.bump(queries.STAMP)
    say(f"{len(PEOPLE)} erfundene Menschen sind da.")


def what_it_leaves() -> list[str]:
    """Return what goes with the demo."""
    people = User.objects.filter(email__in=INVENTED_ADDRESSES).order_by("pk")
    lines = [f"Konto {user.email} ({user}) mit Profil" for user in people]
    lines += [f"Profil von {one.user}" for one in Profile.objects.filter(user__email=MAYOR).select_related("user")]
    if mails := OutgoingMail.objects.filter(address__in=INVENTED_ADDRESSES).count():
        lines.append(f"{mails} Mails an diese Konten" if mails > 1 else "1 Mail an diese Konten")
    return lines + [f"Organisation {one}" for one in Organisation.objects.filter(name=ORGANISATION)]


@transaction.atomic
def remove() -> None:
    """Delete the invented people, their organisation, and what the demo's mayor had here."""
    ContactRequest.objects.filter(sender_email__in=[one.email for one in PEOPLE]).delete()
    Handover.objects.filter(to_email__in=[one.email for one in PEOPLE]).delete()
    Membership.objects.filter(user__email=MAYOR).delete()
    Profile.objects.filter(user__email=MAYOR).delete()
    remove_demo_people(INVENTED_ADDRESSES)
    Membership.objects.filter(organisation__name=ORGANISATION).delete()
    Organisation.objects.filter(name=ORGANISATION).delete()
    stamps.bump(queries.STAMP)
