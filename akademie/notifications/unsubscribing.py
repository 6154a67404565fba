"""The way out of a kind of message, without signing in: a link in the mail, and one press in the mail program
(RFC 8058)."""

from typing import Any

from django.conf import settings
from django.core import signing
from django.urls import reverse

from akademie.accounts.models import User
from akademie.core.actions import NotPossible
from akademie.notifications.types import NotificationType, notification_types

SALT = "notifications.unsubscribe"
USELESS = "Dieser Link ist unvollständig, oder es gibt diese Mails nicht mehr. Öffnen Sie ihn bitte direkt in der Mail."


def ways_out(kind: NotificationType, one: User | str) -> tuple[str, dict[str, str]]:
    """Return what a mail of this kind says at its end and its headers; nothing for what nobody may switch off."""
    if not kind.may_stop:
        return "", {}
    link = unsubscribe_address(kind, one)
    lines = [f"Diese Art Mail nicht mehr bekommen: {link}"]
    if isinstance(one, User):
        lines.append(f"Einstellen, was Sie wann bekommen: {settings.SITE_URL}{reverse('notifications:choices')}")
    headers = {"List-Unsubscribe": f"<{link}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return "\n" + "\n".join(lines) + "\n", headers


def unsubscribe_address(kind: NotificationType, one: User | str) -> str:
    """Return the whole address that switches a kind off for somebody. It does not expire: mails are kept for years."""
    says = {"kind": kind.key, "user": one.pk} if isinstance(one, User) else {"kind": kind.key, "email": one.casefold()}
    return settings.SITE_URL + reverse("notifications:unsubscribe", args=[signing.dumps(says, salt=SALT)])


def read_unsubscribe(token: str) -> tuple[NotificationType, User | str]:
    """Return what a link switches off and for whom; NotPossible when it is unreadable or there is no such thing."""
    try:
        says: dict[str, Any] = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        raise NotPossible(USELESS) from None
    kind = notification_types.get(says["kind"])
    one = says.get("email") or User.objects.filter(pk=says.get("user")).first()
    if kind is None or not kind.may_stop or one is None:
        raise NotPossible(USELESS)
    return kind, one
