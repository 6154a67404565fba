"""Signing in by mail: a link and a short code, which end together."""

import secrets
from datetime import timedelta
from typing import TypedDict

from django.conf import settings
from django.core import signing
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from akademie.accounts.models import User, new_link_word
from akademie.core import frame, limits
from akademie.core.actions import NotPossible
from akademie.core.mail import send_mail

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
CODE_DIGITS = 8  # five tries for each mail, five mails in a quarter of an hour: a guess a day in forty thousand
TRIES_PER_MAIL = 5
TRIES_PER_SENDER_AND_QUARTER_HOUR = 60
ENOUGH_CODES = "Das waren zu viele falsche Codes. Bitte nehmen Sie den Link in der Mail oder fordern Sie eine neue an."
ENOUGH_TRIES_OF_SENDER = (
    "Von Ihrem Anschluss kamen gerade sehr viele Versuche. Bitte versuchen Sie es in 15 Minuten noch einmal."
)
WRONG_MAIL_CODE = "Dieser Code passt nicht. Bitte nehmen Sie den Code aus der neuesten Mail."


class Waiting(TypedDict):
    """What the browser's session keeps while a mail is on its way: the code alone opens nothing elsewhere."""

    email: str
    token: str
    code: str  # its keyed hash


def sign_in_token(email: str, next_path: str = "") -> str:
    """Return the signed part of a sign-in link. It works once: using it changes the account's word."""
    user = User.objects.filter(email=email).first()
    return signing.dumps({"email": email, "word": user.link_word if user else "", "next": next_path}, salt=SALT)


def sign_in_address(email: str, next_path: str = "") -> str:
    """Return the whole address of a sign-in link."""
    return settings.SITE_URL + reverse("accounts:confirm", args=[sign_in_token(email, next_path)])


def send_sign_in_link(email: str, *, next_path: str = "", sender: str = "") -> Waiting:
    """Send a link and a code to any address, known or not: who has no account yet gets one by using them.

    Returns what the browser that asked keeps, for its code. `sender` is who counts, see `limits.sender`: nobody writes
    to many addresses through us. TooMany after five mails to one address within 15 minutes, or sixty of one sender
    within an hour.
    """
    if sender:
        limits.count("sign-in sender", sender, most=LINKS_PER_SENDER_AND_HOUR, seconds=3600, says=ENOUGH_OF_SENDER)
    limits.count("sign-in", email, most=LINKS_PER_QUARTER_HOUR, seconds=15 * 60, says=ENOUGH_LINKS)
    token = sign_in_token(email, next_path)
    code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
    context = {
        "link": settings.SITE_URL + reverse("accounts:confirm", args=[token]),
        "code": f"{code[:4]} {code[4:]}",
        "minutes": settings.SIGN_IN_LINK_MINUTES,
        "site_name": frame.current()["site_name"],
    }
    send_mail("accounts/mail/sign_in_link", [email], context, always=True)
    return {"email": email, "token": token, "code": _code_hash(token, code)}


def _code_hash(token: str, code: str) -> str:
    digits = "".join(sign for sign in code if sign.isdigit())
    return salted_hmac("accounts.sign_in_code", f"{token}:{digits}", algorithm="sha256").hexdigest()


def check_code(waiting: Waiting, code: str, *, sender: str) -> str:
    """Return the link's token for the code of the same mail; it still has to be used, and ends with the link.

    NotPossible for a wrong code, TooMany after five of them for one mail.
    """
    what = "sign-in code"
    limits.count(what, sender, most=TRIES_PER_SENDER_AND_QUARTER_HOUR, seconds=15 * 60, says=ENOUGH_TRIES_OF_SENDER)
    minutes = settings.SIGN_IN_LINK_MINUTES
    limits.count(what, waiting["token"], most=TRIES_PER_MAIL, seconds=minutes * 60, says=ENOUGH_CODES)
    if not constant_time_compare(_code_hash(waiting["token"], code), waiting["code"]):
        raise NotPossible(WRONG_MAIL_CODE)
    return waiting["token"]


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
