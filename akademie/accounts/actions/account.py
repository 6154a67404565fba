"""What people change about their account: address, password, sessions."""

from collections.abc import Iterable
from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.sessions.models import Session
from django.core import signing
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from akademie.accounts.actions.notices import tell
from akademie.accounts.models import AddressChange, FormerAddress, Role, User, new_link_word
from akademie.core import frame, limits
from akademie.core.actions import NotPossible
from akademie.core.contributions import people_data
from akademie.core.mail import send_mail

SALT = "accounts.address"
CHANGE_HOURS = 24
CHANGES_PER_HOUR = 5
ENOUGH_CHANGES = "Das waren schon mehrere Links. Bitte versuchen Sie es in einer Stunde noch einmal."
USELESS = (
    "Dieser Link ist abgelaufen, unvollständig oder durch einen neueren ersetzt. Ihre Adresse bleibt, wie sie ist."
)
NOT_YOURS = "Dieser Link gehört zu einem anderen Konto. Melden Sie sich mit dessen bisheriger Adresse an."
TRIES_PER_QUARTER_HOUR, TRIES_PER_ADDRESS = 10, 20
ENOUGH_TRIES = (
    "Das waren zu viele Versuche. Bitte nehmen Sie den Link per Mail oder versuchen Sie es in 15 Minuten noch einmal."
)
NOT_TOGETHER = "Adresse und Passwort passen nicht zusammen. Ohne Passwort geht es mit dem Link per Mail."


# -- address ----------------------------------------------------------------------------------------------------------
def ask_for_address(user: User, email: str) -> None:
    """Send a link to a new address. Nothing changes before it is confirmed; an older link ends now."""
    if email == user.email:
        raise NotPossible("Das ist schon Ihre Adresse.")
    limits.count("address", str(user.pk), most=CHANGES_PER_HOUR, seconds=3600, says=ENOUGH_CHANGES)
    word = new_link_word()
    with transaction.atomic():
        values = {"email": email, "word": word, "asked_at": timezone.now()}
        AddressChange.objects.update_or_create(user=user, defaults=values)
        token = signing.dumps({"pk": user.pk, "word": word}, salt=SALT)
        context = {
            "link": settings.SITE_URL + reverse("accounts:confirm_address", args=[token]),
            "hours": CHANGE_HOURS,
            "site_name": frame.current()["site_name"],
        }
        send_mail("accounts/mail/confirm_address", [email], context)


def read_address_change(user: User, token: str) -> AddressChange:
    """Return the change that a link stands for; NotPossible when it is over or another person's. Changes nothing."""
    try:
        says = signing.loads(token, salt=SALT, max_age=timedelta(hours=CHANGE_HOURS))
    except signing.BadSignature:
        raise NotPossible(USELESS) from None
    if says["pk"] != user.pk:
        raise NotPossible(NOT_YOURS)
    change = AddressChange.objects.filter(user=user, word=says["word"]).first()
    if change is None:
        raise NotPossible(USELESS)
    return change


def change_address(user: User, token: str) -> User:
    """Take over the new address, tell the old one, and end all links and codes that were sent to it."""
    email = read_address_change(user, token).email
    try:
        with transaction.atomic():
            locked = User.objects.select_for_update().get(pk=user.pk)
            if not AddressChange.objects.filter(user=locked, email=email).delete()[0]:  # two browsers at once
                raise NotPossible(USELESS)
            tell(locked, f"Die E-Mail-Adresse ist jetzt {email}.")
            move_to(locked, email)
    except IntegrityError:
        raise NotPossible("Zu dieser Adresse gibt es schon ein Konto. Melden Sie sich dort an.") from None
    return locked


@transaction.atomic
def move_to(user: User, email: str) -> None:
    """Give an account another address. What was done with the old one stays theirs; links and codes sent to it end."""
    for area in people_data:
        if area.claim:
            area.claim(user)
    FormerAddress.objects.create(user=user, email=user.email)
    drop_address_change(user)
    user.email, user.link_word = email, new_link_word()
    user.save(update_fields=["email", "link_word"])


@transaction.atomic
def correct_address(user: User, email: str, *, by: User) -> User:
    """The office gives an account another address, because mails to the present one do not arrive.

    All links and codes that were sent to the old one end. NotPossible when the new one is taken, or when somebody who
    is not of the Leitung would get into an account of the office this way.
    """
    if user.is_office and by.role != Role.LEAD:
        raise NotPossible("Die Adresse einer Person der Geschäftsstelle ändert nur die Leitung.")
    if User.objects.filter(email=email).exclude(pk=user.pk).exists():
        raise NotPossible("Zu dieser Adresse gibt es schon ein Konto. Nehmen Sie eine andere.")
    move_to(user, email)
    tell(
        user,
        f"Die Geschäftsstelle hat Ihre E-Mail-Adresse auf {email} geändert, weil Mails an die bisherige nicht ankamen.",
    )
    return user


def drop_address_change(user: User) -> None:
    """End an open change; repeatable."""
    AddressChange.objects.filter(user=user).delete()


# -- password ---------------------------------------------------------------------------------------------------------
def check_password(request: HttpRequest, email: str, password: str, *, sender: str) -> User:
    """Return who has this address and password; one NotPossible for everything that does not fit.

    TooMany after ten tries of one sender or twenty for one address within 15 minutes; the link by mail stays open.
    """
    limits.count("password sender", sender, most=TRIES_PER_QUARTER_HOUR, seconds=15 * 60, says=ENOUGH_TRIES)
    limits.count("password", email, most=TRIES_PER_ADDRESS, seconds=15 * 60, says=ENOUGH_TRIES)
    user = authenticate(request, username=email, password=password)
    if not isinstance(user, User):
        raise NotPossible(NOT_TOGETHER)
    return user


@transaction.atomic
def set_password(user: User, password: str | None) -> None:
    """Set a password, or take it away with None. Sessions in other browsers end; the person hears of it."""
    user.set_password(password)
    user.save(update_fields=["password"])
    tell(user, "Das Passwort wurde gesetzt." if password else "Das Passwort wurde entfernt.")


# -- sessions ---------------------------------------------------------------------------------------------------------
def end_sessions(user: User, *, keep: str, only: int | None = None) -> int:
    """End one of a person's sessions, or all but the one with the key `keep`; return how many."""
    sessions = UserSession.objects.filter(user=user).exclude(session_key=keep)
    ended = list(sessions.filter(pk=only) if only is not None else sessions)
    for session in ended:
        session.end()
    return len(ended)


def end_all_sessions(people: Iterable[int]) -> None:
    """End every session of these people, by their keys, those of lost browsers too."""
    keys = {str(pk) for pk in people}
    for session in Session.objects.iterator(chunk_size=500):
        if session.get_decoded().get("_auth_user_id") in keys:
            session.delete()


def follow_session(user: User, old: str, new: str) -> None:
    """Keep this browser in the list when its session gets a new key."""
    UserSession.objects.filter(user=user, session_key=old).update(session_key=new)
