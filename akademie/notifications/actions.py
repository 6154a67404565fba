"""Sending a message to people."""

from collections.abc import Iterable
from typing import Any

from akademie.accounts.models import User
from akademie.core.mail import send_mail
from akademie.notifications.types import notification_types


def notify(
    key: str, *, to: Iterable[User | str], context: dict[str, Any] | None = None, reply_to: str = ""
) -> list[str]:
    """Send a declared kind of message to people or addresses once the present transaction is through.

    Each address gets one mail, a blocked account none. Returns the addresses. LookupError for a kind nobody declared.
    """
    kind = notification_types.get(key)
    if kind is None:
        raise LookupError(f"No area has declared the notification type {key!r}")
    people = (one for one in to if isinstance(one, str) or one.is_active)
    by_address = {address.casefold(): address for one in people if (address := _address(one))}
    addresses = list(by_address.values())
    send_mail(kind.mail, addresses, context or {}, reply_to=[reply_to] if reply_to else None)
    return addresses


def _address(one: User | str) -> str:
    return one.strip() if isinstance(one, str) else one.email
