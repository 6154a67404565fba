"""Addresses at which mails do not arrive: noted from what mail servers say, decided by the office."""

import re

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from akademie.accounts.actions.account import correct_address
from akademie.accounts.models import User
from akademie.core import outbox
from akademie.core.actions import NotPossible
from akademie.notifications.models import SilentAddress
from akademie.notifications.queries import person_at

MOST_FAILURES = 5  # so many failures that may pass are none that passes
# An address of the network has four parts, a status three.
STATUS = re.compile(r"(?:[45]\d\d[ -])?([245])\.(\d{1,3})\.(\d{1,3})(?![.\d])")
# RFC 3463: a full mailbox or a long text says nothing about the address; neither does what the server thinks of us.
PASSES = {("5", "2", "2"), ("5", "2", "3")}
NOT_ABOUT_THE_ADDRESS = {"3", "5", "6", "7"}
ABOUT_THE_SENDER = {("5", "1", "7"), ("5", "1", "8")}  # our own address
GONE = "Über diese Adresse hat schon jemand entschieden."


def note_refusal(email: str, said: str) -> None:
    """Note that a mail was given up at an address, and what the server there said ("550 5.1.1 no such user").

    Marks the address when the server says that there is no such mailbox, or after several other failures. What is
    about us or the mail, such as a suspicion of spam, is not noted.

    Whether the office is asked what to do is another question: see `queries.undecided_addresses`.
    """
    status = STATUS.match(said)
    if status and status[1] == "5" and (status[2] in NOT_ABOUT_THE_ADDRESS or status.groups() in ABOUT_THE_SENDER):
        return
    is_final = said.startswith("5") and not (status and (status[1] == "4" or status.groups() in PASSES))
    now = timezone.now()
    with transaction.atomic():
        row, _new = SilentAddress.objects.select_for_update().get_or_create(
            email=email.casefold(), defaults={"said": "", "last_at": now}
        )
        row.said, row.last_at = said[:300], now
        row.failures += not is_final
        if row.marked_at is None and (is_final or row.failures >= MOST_FAILURES):
            row.marked_at = now
        row.save()


@transaction.atomic
def count_as_good(row: SilentAddress, *, by: User) -> int:
    """Mails go to this address again, those that waited for it at once; return how many these are."""
    locked = _locked(row)
    log(instance=locked, action="notifications.good_again", user=by)
    locked.delete()
    return outbox.release_held(locked.email)


@transaction.atomic
def block(row: SilentAddress, *, by: User) -> None:
    """Nothing but sign-in links goes there any more, and nobody is asked again. Pressing twice changes nothing."""
    locked = _locked(row)
    if locked.blocked_at is None:
        locked.blocked_at = timezone.now()
        locked.save(update_fields=["blocked_at"])
        log(instance=locked, action="notifications.blocked", user=by)


@transaction.atomic
def correct(row: SilentAddress, *, email: str, by: User) -> User:
    """Give the account at this address another one; NotPossible without an account, or when the new one is taken.

    What was held back for the old address is not sent to the new one: who reads there is the office's word only.
    """
    locked = _locked(row)
    user = person_at(locked.email)
    if user is None:
        raise NotPossible("Zu dieser Adresse gibt es kein Konto mehr. Lassen Sie sie sperren oder wieder gelten.")
    if email == locked.email:
        raise NotPossible("Das ist die Adresse, an der nichts ankommt. Geben Sie eine andere ein.")
    user = correct_address(user, email, by=by)
    log(instance=locked, action="notifications.corrected", user=by)
    locked.delete()
    return user


def _locked(row: SilentAddress) -> SilentAddress:
    locked = SilentAddress.objects.select_for_update().filter(pk=row.pk).first()
    if locked is None:
        raise NotPossible(GONE)
    return locked
