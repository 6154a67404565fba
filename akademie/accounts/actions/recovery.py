"""Codes on paper (Notfallcodes): instead of a mail that does not arrive, and instead of a lost second factor."""

import hashlib
import secrets

from django.db import transaction
from django.utils import timezone

from akademie.accounts import queries
from akademie.accounts.models import RecoveryCode, User
from akademie.core import frame, limits
from akademie.core.actions import NotPossible
from akademie.core.mail import send_mail

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
    """Use a code up instead of a mail, and return its person; one NotPossible for everything that does not fit.

    TooMany after ten tries of one sender (see `limits.sender`) within 15 minutes. Tries for one address are not
    counted: nobody guesses 80 bits from many places either, and anyone could lock the Leitung out.
    """
    limits.count("recovery code", sender, most=TRIES_PER_QUARTER_HOUR, seconds=15 * 60, says=ENOUGH_TRIES)
    user = User.objects.filter(email=email, is_active=True).first()
    if user is None or not spend_code(user, code):
        raise NotPossible(WRONG_CODE)
    return user


@transaction.atomic
def spend_code(user: User, code: str) -> bool:
    """Use up a code of this person and tell them by mail; False when it is none of theirs, or used already."""
    mine = RecoveryCode.objects.filter(user=user, digest=_digest(user, code), used_at=None)
    if not mine.update(used_at=timezone.now()):  # two at once: the second one changes no row
        return False
    context = {"left": queries.unused_codes(user), "site_name": frame.current()["site_name"]}
    send_mail("accounts/mail/recovery_code_used", [user.email], context)
    return True
