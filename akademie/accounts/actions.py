"""What people do with their account: ask for a sign-in link, use it; get in without mail."""

import hashlib
import secrets
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import signing
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from akademie.accounts import queries
from akademie.accounts.models import RecoveryCode, Role, User, new_link_word
from akademie.accounts.queries import DEMO_ADDRESSES, DEMO_PEOPLE
from akademie.core import frame, limits, stamps
from akademie.core.actions import NotPossible
from akademie.core.mail import send_mail
from akademie.core.models import OutgoingMail

SALT = "accounts.sign_in"
LINKS_PER_QUARTER_HOUR = 5
LINKS_PER_SENDER_AND_HOUR = 60  # a whole town hall may share one network address, and a workshop signs in at once
ENOUGH_LINKS = (
    "An diese Adresse gingen gerade schon mehrere Links. Bitte sehen Sie in Posteingang und Spam-Ordner nach "
    "oder versuchen Sie es in 15 Minuten noch einmal."
)
ENOUGH_OF_SENDER = (
    "Von Ihrem Anschluss wurden gerade schon sehr viele Links angefordert. Bitte versuchen Sie es in einer Stunde noch "
    "einmal."
)


def sign_in_token(email: str, next_path: str = "") -> str:
    """Return the signed part of a sign-in link. It works once: using it changes the account's word."""
    user = User.objects.filter(email=email).first()
    return signing.dumps({"email": email, "word": user.link_word if user else "", "next": next_path}, salt=SALT)


def sign_in_address(email: str, next_path: str = "") -> str:
    """Return the whole address of a sign-in link."""
    return settings.SITE_URL + reverse("accounts:confirm", args=[sign_in_token(email, next_path)])


def send_sign_in_link(email: str, *, next_path: str = "", sender: str = "") -> None:
    """Send a link to any address, known or not: who has no account yet gets one by using the link.

    `sender` is who counts, see `limits.sender`: nobody writes to many addresses through us. TooMany after five links
    to one address within 15 minutes, or sixty of one sender within an hour.
    """
    if sender:
        limits.count("sign-in sender", sender, most=LINKS_PER_SENDER_AND_HOUR, seconds=3600, says=ENOUGH_OF_SENDER)
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


@transaction.atomic
def make_first_lead(email: str, *, first_name: str, last_name: str) -> User:
    """Make somebody the first Leitung of this academy; NotPossible once there is one. Of two at once one wins."""
    stamps.bump(queries.FIRST_LEAD)  # the row for which a second one waits
    if queries.has_lead():
        raise NotPossible("Diese Akademie hat schon eine Leitung. Bitte melden Sie sich an.")
    if email in DEMO_ADDRESSES:
        raise NotPossible("Diese Adresse gehört einer Person der Demo. Bitte nehmen Sie Ihre eigene.")
    user = make_lead(email)
    user.first_name, user.last_name = first_name, last_name
    user.save(update_fields=["first_name", "last_name"])
    return user


# -- recovery codes -------------------------------------------------------------------------------------------------
CODES = 10
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # 32 signs that nobody mistakes for another on paper
CODE_GROUPS, GROUP_LENGTH = 4, 4
TRIES_PER_QUARTER_HOUR = 10
ENOUGH_TRIES = "Das waren zu viele Versuche. Bitte versuchen Sie es in 15 Minuten noch einmal."
WRONG_CODE = "Adresse und Code passen nicht zusammen, oder der Code wurde schon benutzt. Bitte prüfen Sie beides."


@transaction.atomic
def make_recovery_codes(user: User) -> list[str]:
    """Return ten new codes for a person, to be printed at once: only their hashes are kept. Older ones end."""
    locked = User.objects.select_for_update().get(pk=user.pk)
    RecoveryCode.objects.filter(user=locked).delete()
    codes = [_new_code() for _ in range(CODES)]
    RecoveryCode.objects.bulk_create(RecoveryCode(user=locked, digest=_digest(locked, code)) for code in codes)
    return codes


def _new_code() -> str:
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(GROUP_LENGTH)) for _ in range(CODE_GROUPS))
    return "-".join(groups)


def _digest(user: User, code: str) -> str:
    """Return what is kept of a code. It takes small letters, blanks and missing hyphens as they are meant."""
    meant = "".join(sign for sign in code.upper() if sign.isalnum())
    return hashlib.sha256(f"{user.pk}:{meant}".encode()).hexdigest()


def use_recovery_code(email: str, code: str, *, sender: str) -> User:
    """Use a code up and return its person; one NotPossible for everything that does not fit.

    TooMany after ten tries of one sender (see `limits.sender`) within 15 minutes. Tries for one address are not
    counted: nobody guesses 80 bits from many places either, and anyone could lock the Leitung out.
    """
    limits.count("recovery code", sender, most=TRIES_PER_QUARTER_HOUR, seconds=15 * 60, says=ENOUGH_TRIES)
    with transaction.atomic():
        user = User.objects.filter(email=email, is_active=True).first()
        mine = RecoveryCode.objects.filter(user=user, digest=_digest(user, code) if user else "", used_at=None)
        if user is None or not mine.update(used_at=timezone.now()):  # two at once: the second one changes no row
            raise NotPossible(WRONG_CODE)
        context = {"left": queries.unused_codes(user), "site_name": frame.current()["site_name"]}
        send_mail("accounts/mail/recovery_code_used", [user.email], context)
    return user


# -- demo people ----------------------------------------------------------------------------------------------------
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
def remove_demo_people() -> None:
    """Delete the demo people with their sessions and mails. What they wrote stays, without their name."""
    pks = {str(pk) for pk in User.objects.filter(email__in=DEMO_ADDRESSES).values_list("pk", flat=True)}
    for session in Session.objects.iterator():
        if session.get_decoded().get("_auth_user_id") in pks:
            session.delete()
    OutgoingMail.objects.filter(address__in=DEMO_ADDRESSES).delete()
    User.objects.filter(email__in=DEMO_ADDRESSES).delete()


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
