"""Demo people: there in a demo, gone without a trace before going live."""

import hashlib
from collections.abc import Callable, Collection

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from akademie.accounts.actions.account import end_all_sessions
from akademie.accounts.actions.sign_in import sign_in_address
from akademie.accounts.models import User
from akademie.accounts.queries import DEMO_ADDRESSES, DEMO_PEOPLE
from akademie.core.models import OutgoingMail


def demo_version() -> str:
    """Return what the demo people are made from."""
    return hashlib.sha256(repr(DEMO_PEOPLE).encode()).hexdigest()


def load_demo_people(say: Callable[[str], None]) -> None:
    """Create the demo people that are not there yet."""
    for email, first_name, last_name, role in DEMO_PEOPLE:
        if not User.objects.filter(email=email).exists():
            User.objects.create_user(email, first_name=first_name, last_name=last_name, role=role)
    say(f"{len(DEMO_PEOPLE)} Probe-Konten sind da.")


def what_demo_people_leave() -> list[str]:
    """Return what goes with the demo people."""
    lines = [f"Konto {user.email} ({user})" for user in User.objects.filter(email__in=DEMO_ADDRESSES).order_by("pk")]
    if mails := OutgoingMail.objects.filter(address__in=DEMO_ADDRESSES).count():
        lines.append("1 Mail an diese Konten" if mails == 1 else f"{mails} Mails an diese Konten")
    return lines


@transaction.atomic
def remove_demo_people(addresses: Collection[str] = DEMO_ADDRESSES) -> None:
    """Delete people of the demo with their sessions and mails. What they wrote stays, without their name."""
    people = User.objects.filter(email__in=addresses)
    end_all_sessions(people.values_list("pk", flat=True))
    OutgoingMail.objects.filter(address__in=addresses).delete()
    people.delete()


def demo_sign_in_lines() -> list[str]:
    """Return for each demo person an address that signs in once; nothing outside a demo."""
    if not settings.DEMO:
        return []
    lines = [f"Zum Anmelden als Probe-Person (ein Mal, {settings.SIGN_IN_LINK_MINUTES} Minuten lang):"]
    for email, *_, role in DEMO_PEOPLE:
        if User.objects.filter(email=email, is_active=True).exists():
            lines.append(f"  {role.label} ({email}): {sign_in_address(email)}")
    lines.append(f"Danach: {settings.SITE_URL}{reverse('accounts:sign_in')} – alle Mails stehen im Fuß der Website.")
    return lines
