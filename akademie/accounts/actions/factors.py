"""The second factor: an app that counts codes (TOTP), passkeys. django-allauth keeps and checks them.

What checks passkeys takes 14 MB of memory, so it is loaded by whoever uses one, not by every process.
"""

import json
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, validate_totp_code
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from akademie.accounts import queries
from akademie.accounts.actions.notices import tell
from akademie.accounts.actions.recovery import spend_code
from akademie.accounts.models import User
from akademie.core import limits
from akademie.core.actions import NotPossible

SALT = "accounts.app_secret"
SECRET_SECONDS = 30 * 60  # that somebody may take to set up an app
TRIES_PER_QUARTER_HOUR = 10
ENOUGH_TRIES = "Das waren zu viele Versuche. Bitte versuchen Sie es in 15 Minuten noch einmal."
WRONG_CODE = "Dieser Code passt nicht. Nehmen Sie den, den die App jetzt zeigt, oder einen unbenutzten Notfallcode."
WRONG_APP_CODE = "Dieser Code passt nicht. Nehmen Sie den, den die App jetzt zeigt."
STALE = "Diese Seite war zu lange offen. Bitte scannen Sie das neue Bild mit der App."
WRONG_PASSKEY = "Dieser Passkey passt nicht, oder es hat zu lange gedauert. Bitte versuchen Sie es noch einmal."
ENOUGH_PASSKEYS = "Mehr als zehn Passkeys gehen nicht. Bitte entfernen Sie zuerst einen."
MOST_PASSKEYS = 10
LONGEST_ANSWER = 20_000  # characters of what a passkey answers


# -- app --------------------------------------------------------------------------------------------------------------
def new_secret(user: User) -> str:
    """Return a fresh secret for an app, signed: the page keeps it until the app has shown that it has it."""
    return signing.dumps({"pk": user.pk, "secret": generate_totp_secret()}, salt=SALT)


def read_secret(user: User, signed: str) -> str:
    """Return the secret itself; NotPossible when it is too old or another person's."""
    try:
        says = signing.loads(signed, salt=SALT, max_age=SECRET_SECONDS)
    except signing.BadSignature:
        raise NotPossible(STALE) from None
    if says["pk"] != user.pk:
        raise NotPossible(STALE)
    return str(says["secret"])


def set_up_app(user: User, signed: str, code: str) -> None:
    """Keep the secret of an app that has shown the right code; the person hears of it by mail."""
    limits.count("second factor", str(user.pk), most=TRIES_PER_QUARTER_HOUR, seconds=15 * 60, says=ENOUGH_TRIES)
    secret = read_secret(user, signed)
    if not validate_totp_code(secret, _digits(code)):
        raise NotPossible(WRONG_APP_CODE)
    try:
        with transaction.atomic():
            TOTP.activate(user, secret)
            tell(user, "Eine App für den zweiten Schritt der Anmeldung wurde eingerichtet.")
    except IntegrityError:  # two browsers at once, or set up already
        raise NotPossible("Sie haben schon eine App eingerichtet. Entfernen Sie sie zuerst.") from None


@transaction.atomic
def remove_app(user: User) -> None:
    """Forget a person's app; repeatable."""
    if Authenticator.objects.filter(user=user, type=queries.TOTP).delete()[0]:
        tell(user, "Die App für den zweiten Schritt der Anmeldung wurde entfernt.")


def check_second_factor(user: User, code: str) -> None:
    """Accept a code of the person's app, once, or a code on paper, which it uses up; NotPossible otherwise.

    TooMany after ten tries within 15 minutes: whoever gets here has shown the first factor already.
    """
    limits.count("second factor", str(user.pk), most=TRIES_PER_QUARTER_HOUR, seconds=15 * 60, says=ENOUGH_TRIES)
    app = queries.app_of(user)
    digits = _digits(code)
    if app is not None and validate_totp_code(str(app.data["secret"]), digits):
        if not limits.is_first("app code", f"{user.pk}:{digits}", seconds=120):  # somebody looked over the shoulder
            raise NotPossible(WRONG_CODE)
        app.record_usage()
        return
    if not spend_code(user, code):
        raise NotPossible(WRONG_CODE)


def _digits(code: str) -> str:
    return "".join(sign for sign in code if sign.isascii() and sign.isdigit())


# -- passkeys ---------------------------------------------------------------------------------------------------------
# Each ceremony has two steps: a challenge, which allauth keeps in the session of the request, and the answer to it.
def passkey_to_make(user: User) -> dict[str, Any]:
    """Return what a browser needs to make a passkey that signs in without anything else."""
    from allauth.mfa.webauthn.internal import auth

    if len(queries.passkeys_of(user)) >= MOST_PASSKEYS:
        raise NotPossible(ENOUGH_PASSKEYS)
    return auth.begin_registration(user, passwordless=True)


def keep_passkey(user: User, answer: str, name: str) -> None:
    """Keep a passkey that the browser has made."""
    from allauth.mfa.webauthn.internal import auth

    if len(queries.passkeys_of(user)) >= MOST_PASSKEYS:
        raise NotPossible(ENOUGH_PASSKEYS)
    credential = _read(answer)
    try:
        auth.parse_registration_response(credential)
        if not auth.complete_registration(credential).is_user_verified():
            raise NotPossible(WRONG_PASSKEY)
    except (ValidationError, ValueError, TypeError, KeyError, AttributeError):
        raise NotPossible(WRONG_PASSKEY) from None
    with transaction.atomic():
        auth.WebAuthn.add(user, name, credential)
        tell(user, f"Ein Passkey wurde angelegt: {name}.")


@transaction.atomic
def remove_passkey(user: User, pk: int) -> None:
    """Forget one of a person's passkeys; repeatable."""
    passkey = Authenticator.objects.filter(user=user, type=queries.PASSKEY, pk=pk).first()
    if passkey is not None:
        passkey.delete()
        tell(user, f"Ein Passkey wurde entfernt: {passkey.data['name']}.")


def passkey_to_show(user: User | None) -> dict[str, Any]:
    """Return what a browser needs to use a passkey: any, or one of this person."""
    from allauth.mfa.webauthn.internal import auth

    return auth.begin_authentication(user)


def check_passkey(user: User | None, answer: str) -> User:
    """Return whose passkey the browser has shown; with a person, it must be theirs. NotPossible otherwise."""
    from allauth.mfa.webauthn.internal import auth

    credential = _read(answer)
    try:
        auth.parse_authentication_response(credential)
        owner = user or auth.extract_user_from_response(credential)
        passkey = auth.complete_authentication(owner, credential)
    except (ValidationError, ValueError, TypeError, KeyError, AttributeError):
        raise NotPossible(WRONG_PASSKEY) from None
    passkey.record_usage()
    return owner


def _read(answer: str) -> dict[str, Any]:
    try:
        read = json.loads(answer) if len(answer) <= LONGEST_ANSWER else None
    except (ValueError, RecursionError):
        read = None
    if not isinstance(read, dict):
        raise NotPossible(WRONG_PASSKEY)
    return read
