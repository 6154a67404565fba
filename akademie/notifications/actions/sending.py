"""Sending a message to people."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.core.mail import EmailMessage
from django.db.models import Q

from akademie.accounts.models import User
from akademie.core.mail import send_all, words_of
from akademie.core.outbox import KEY_HEADER
from akademie.notifications.models import Delivery, DeliveryChoice, Notice
from akademie.notifications.types import NotificationType, notification_types
from akademie.notifications.unsubscribing import ways_out

AT_ONCE = 500  # people whose mails are made together


def notify(
    key: str,
    *,
    to: Iterable[User | str],
    context: dict[str, Any] | None = None,
    reply_to: str = "",
    once: str = "",
) -> list[str]:
    """Tell people or addresses something of a declared kind once the present transaction is through.

    Each gets one mail or one line of the weekly mail, as they have chosen; a blocked account nothing. An address that
    belongs to an account counts as its person. With `once`, a name of what happened, nobody is mailed twice however
    often a job runs. Returns the addresses mailed at once. LookupError for a kind nobody declared.
    """
    kind = notification_types.get(key)
    if kind is None:
        raise LookupError(f"No area has declared the notification type {key!r}")
    context = context or {}
    subject, body = words_of(kind.mail, context)
    if kind.may_wait and not context.get("link"):
        raise ValueError(f"{key} may wait for the weekly mail and so needs `link` in its context")
    told: dict[str, str] = {}
    for batch in _batches(to):
        people = {address.casefold(): one for one in batch if (address := _address(one)) and _may_hear(one)}
        people = {address: one for address, one in people.items() if address not in told}
        chosen = _chosen(kind, people)
        at_once = {
            address: one
            for address, one in people.items()
            if chosen.get(address, _usual(kind, one)) == Delivery.NOW
        }  # fmt: skip
        send_all(_mail(kind, one, subject, body, reply_to, once) for one in at_once.values())
        Notice.objects.bulk_create(
            Notice(user=one, kind=key, text=subject[:250], url=str(context["link"])[:500], order=kind.order)
            for address, one in people.items()
            if isinstance(one, User) and chosen.get(address, _usual(kind, one)) == Delivery.WEEKLY
        )
        told |= {address: _address(one) if address in at_once else "" for address, one in people.items()}
    return [address for address in told.values() if address]


def _batches(to: Iterable[User | str]) -> Iterator[list[User | str]]:
    rest = iter(to)
    while batch := list(islice(rest, AT_ONCE)):
        yield batch


def _address(one: User | str) -> str:
    return one.strip() if isinstance(one, str) else one.email


def _may_hear(one: User | str) -> bool:
    return isinstance(one, str) or one.is_active


def _usual(kind: NotificationType, one: User | str) -> Delivery:
    """Return when somebody gets it who has chosen nothing; without an account there is no weekly mail."""
    return kind.usual if isinstance(one, User) else Delivery.NOW


def _chosen(kind: NotificationType, people: dict[str, User | str]) -> dict[str, str]:
    """Return what those among them have chosen who did; puts the account in the place of an address that has one."""
    if len(kind.choices) == 1:
        return {}
    addresses = [address for address, one in people.items() if isinstance(one, str)]
    if addresses:
        people |= {user.email: user for user in User.objects.filter(email__in=addresses, is_active=True)}
    by_pk = {one.pk: address for address, one in people.items() if isinstance(one, User)}
    choices = DeliveryChoice.objects.filter(kind=kind.key).filter(Q(user__in=by_pk) | Q(user=None, email__in=addresses))
    return {
        by_pk.get(user, email): delivery for user, email, delivery in choices.values_list("user", "email", "delivery")
    }


def _mail(kind: NotificationType, one: User | str, subject: str, body: str, reply_to: str, once: str) -> EmailMessage:
    footer, headers = ways_out(kind, one)
    if once:
        headers[KEY_HEADER] = f"{kind.key}:{once}"
    reply = [reply_to] if reply_to else None
    return EmailMessage(subject, body + footer, to=[_address(one)], reply_to=reply, headers=headers)
