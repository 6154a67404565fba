"""What people do with their account: ask for a sign-in link, use it."""

import hashlib
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.db import IntegrityError, transaction
from django.urls import reverse

from akademie.accounts.models import Role, User, new_link_word
from akademie.core import frame, limits
from akademie.core.actions import NotPossible
from akademie.core.mail import send_mail

SALT = "accounts.sign_in"
LINKS_PER_QUARTER_HOUR = 5
ENOUGH_LINKS = (
    "An diese Adresse gingen gerade schon mehrere Links. Bitte sehen Sie in Posteingang und Spam-Ordner nach "
    "oder versuchen Sie es in 15 Minuten noch einmal."
)


def sign_in_token(email: str, next_path: str = "") -> str:
    """Return the signed part of a sign-in link. It works once: using it changes the account's word."""
    user = User.objects.filter(email=email).first()
    return signing.dumps({"email": email, "word": user.link_word if user else "", "next": next_path}, salt=SALT)


def sign_in_address(email: str, next_path: str = "") -> str:
    """Return the whole address of a sign-in link."""
    return settings.SITE_URL + reverse("accounts:confirm", args=[sign_in_token(email, next_path)])


def send_sign_in_link(email: str, *, next_path: str = "") -> None:
    """Send a link to any address, known or not: who has no account yet gets one by using the link.

    TooMany after five links to one address within 15 minutes.
    """
    limits.count("sign-in", email, most=LINKS_PER_QUARTER_HOUR, seconds=15 * 60, says=ENOUGH_LINKS)
    context = {
        "link": sign_in_address(email, next_path),
        "minutes": settings.SIGN_IN_LINK_MINUTES,
        "site_name": frame.current()["site_name"],
    }
    send_mail("accounts/mail/sign_in_link", [email], context)


def read_token(token: str) -> dict[str, str]:
    """Return what a link says; NotPossible when it is too old, changed or used. Changes nothing."""
    try:
        says: dict[str, str] = signing.loads(token, salt=SALT, max_age=timedelta(minutes=settings.SIGN_IN_LINK_MINUTES))
    except signing.BadSignature:
        raise NotPossible("Dieser Link ist abgelaufen oder unvollständig. Bitte fordern Sie einen neuen an.") from None
    user = User.objects.filter(email=says["email"]).first()
    if (user.link_word if user else "") != says["word"]:
        raise NotPossible("Dieser Link wurde schon benutzt. Bitte fordern Sie einen neuen an.")
    if user and not user.is_active:
        raise NotPossible("Dieses Konto ist gesperrt. Bitte wenden Sie sich an die Geschäftsstelle.")
    return says


@transaction.atomic
def use_sign_in_link(token: str) -> tuple[User, str]:
    """Use a link up and return the person and the path to go on to. Creates the account of a new address."""
    says = read_token(token)
    user = User.objects.select_for_update().filter(email=says["email"]).first()
    if user is None:
        try:
            with transaction.atomic():
                user = User.objects.create_user(says["email"])
        except IntegrityError:  # two browsers at once with a new address: there was no row to wait for
            raise NotPossible("Dieser Link wurde schon benutzt. Bitte fordern Sie einen neuen an.") from None
    elif user.link_word != says["word"]:  # two browsers at once: the second one waited for the lock
        raise NotPossible("Dieser Link wurde schon benutzt. Bitte fordern Sie einen neuen an.")
    else:
        user.link_word = new_link_word()
        user.save(update_fields=["link_word"])
    return user, says["next"]


def make_lead(email: str) -> User:
    """Make the person with this address Leitung, with a new account if need be: the first one, from the terminal."""
    user = User.objects.filter(email=email).first() or User(email=email)
    user.role, user.is_active = Role.LEAD, True
    if user.pk is None:
        user.set_unusable_password()
    user.save()
    return user


# -- demo people ----------------------------------------------------------------------------------------------------
DEMO_PEOPLE = (
    ("leitung@akademie.example", "Lena", "Leitner", Role.LEAD),
    ("redaktion@akademie.example", "Rita", "Rahn", Role.EDITOR),
    ("buergermeisterin@stadt.example", "Berta", "Burg", Role.PARTICIPANT),
)


def demo_version() -> str:
    """Return what the demo people are made from."""
    return hashlib.sha256(repr(DEMO_PEOPLE).encode()).hexdigest()


def load_demo_people(say: Callable[[str], None]) -> None:
    """Create the demo people that are not there yet. Nobody owns their addresses, which end in `.example`."""
    for email, first_name, last_name, role in DEMO_PEOPLE:
        if not User.objects.filter(email=email).exists():
            User.objects.create_user(email, first_name=first_name, last_name=last_name, role=role)
    say(f"{len(DEMO_PEOPLE)} Probe-Konten sind da.")


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
