"""Questions about what people are told."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from akademie.accounts.models import User
from akademie.core import frame
from akademie.core.contributions import Waiting
from akademie.core.models import MailState, OutgoingMail
from akademie.notifications.models import DeliveryChoice, Notice, SilentAddress
from akademie.notifications.types import NotificationType, known_addresses, notification_types

KEPT_NOTICES = timedelta(days=60)
KEPT_COUNTS, KEPT_BLOCKED = timedelta(days=90), timedelta(days=730)
IN_TILE = 10
MOST_TASKS = 100


# -- choices ----------------------------------------------------------------------------------------------------------
def kinds_for(user: User) -> list[NotificationType]:
    """Return the kinds of message that this person may get, in the order of their areas."""
    kinds = [kind for kind in notification_types if user.is_office or not kind.for_office]
    return sorted(kinds, key=lambda kind: (kind.category, kind.order, kind.label))


def choices_of(one: User | str) -> dict[str, str]:
    """Return what somebody has chosen, by key of the kind."""
    whose = {"user": one} if isinstance(one, User) else {"user": None, "email": one}
    return dict(DeliveryChoice.objects.filter(**whose).values_list("kind", "delivery"))


# -- notices ----------------------------------------------------------------------------------------------------------
def newest_notices(user: User) -> dict[str, Any] | None:
    """Return what *Mein Bereich* shows of them; None when there is nothing."""
    newest = list(Notice.objects.filter(user=user).order_by("-created_at", "-pk")[:IN_TILE])
    return {"notices": newest} if newest else None


def old_notices() -> QuerySet[Notice]:
    """Return what nobody needs any more, mailed or not."""
    return Notice.objects.filter(created_at__lt=timezone.now() - KEPT_NOTICES)


# -- addresses --------------------------------------------------------------------------------------------------------
def silent_among(addresses: set[str]) -> set[str]:
    """Return those of these addresses, in small letters, that get no mails at present."""
    marked = SilentAddress.objects.filter(email__in=addresses, marked_at__isnull=False)
    return set(marked.values_list("email", flat=True))


def undecided_addresses() -> QuerySet[SilentAddress]:
    """Return the addresses about which the office has to decide, the oldest first.

    These are somebody's: an account's, the academy's own, one that somebody has confirmed, or waits for.
    """
    return _marked().filter(_is_somebody_s()).order_by("marked_at", "pk")


def unknown_addresses() -> QuerySet[SilentAddress]:
    """Return the addresses that take no mails and may be slips of the pen: nobody waits, the newest first."""
    return _marked().exclude(_is_somebody_s()).order_by("-marked_at", "-pk")


def _marked() -> QuerySet[SilentAddress]:
    return SilentAddress.objects.filter(marked_at__isnull=False, blocked_at=None)


def _is_somebody_s() -> Q:
    """Asked anew each time: an address may be confirmed, or written to by somebody who waits, after it was marked."""
    found = Q(Exists(User.objects.filter(email=OuterRef("email"))))
    found |= Q(email=frame.current()["contact_email"].casefold())
    for area in known_addresses:
        found |= Q(email__in=area.emails())
    return found


def blocked_addresses() -> QuerySet[SilentAddress]:
    """Return the addresses to which the office lets nothing go any more."""
    return SilentAddress.objects.filter(blocked_at__isnull=False).order_by("-blocked_at", "-pk")


def held_mails(row: SilentAddress) -> int:
    """Return how many mails wait until the address is good again."""
    return OutgoingMail.objects.filter(address__iexact=row.email, state=MailState.HELD).count()


def waiting_addresses(user: User) -> Iterable[Waiting]:
    """Return them as tasks of the office."""
    for row in undecided_addresses()[:MOST_TASKS]:
        url = reverse("notifications:silent_address", args=[row.pk])
        yield Waiting(f"{row.email} ist nicht erreichbar: Wer ist Nachfolgerin?", url, since=row.marked_at)


def old_addresses() -> QuerySet[SilentAddress]:
    """Return addresses that nobody has to decide about and that failed long ago; and those blocked very long ago."""
    now = timezone.now()
    undecided = Q(blocked_at=None) & (Q(marked_at=None) | ~_is_somebody_s())
    return SilentAddress.objects.filter(
        Q(undecided, last_at__lt=now - KEPT_COUNTS) | Q(blocked_at__lt=now - KEPT_BLOCKED)
    )


def person_at(email: str) -> User | None:
    """Return whose address this is."""
    return User.objects.filter(email=email).first()
