"""How often one sender may do something. Counted in the database, so that all processes and machines count together.

A cache would lose its counts with each process, and Django's database cache reads and writes in two steps, so that two
processes at once would count one.
"""

import hmac
import math
from datetime import timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from akademie.core.actions import NotPossible
from akademie.core.models import Tally


class TooMany(NotPossible):
    """Somebody does this too often; it is possible again after `seconds`."""

    def __init__(self, says: str, seconds: int) -> None:
        super().__init__(says)
        self.seconds = seconds


def count(what: str, who: str, *, most: int, seconds: int, says: str) -> None:
    """Count one more time that somebody does something; `most` times are allowed within `seconds` from the first one.

    Raises TooMany with the German sentence `says`. Belongs outside of the transaction that it guards, or a failure
    would take the count back with it.
    """
    now = timezone.now()
    ends_at = now + timedelta(seconds=seconds)
    with transaction.atomic():
        tally, _ = Tally.objects.select_for_update().get_or_create(key=_key(what, who), defaults={"ends_at": ends_at})
        if tally.ends_at <= now:
            tally.count, tally.ends_at = 0, ends_at
        if tally.count >= most:
            raise TooMany(says, math.ceil((tally.ends_at - now).total_seconds()))
        tally.count += 1
        tally.save()


def is_first(what: str, who: str, *, seconds: int) -> bool:
    """Whether nobody asked the same within these seconds: for what happens once, like a mail after two clicks."""
    try:
        count(what, who, most=1, seconds=seconds, says="")
    except TooMany:
        return False
    return True


def forget_past() -> None:
    """Delete the tallies whose time is over."""
    Tally.objects.filter(ends_at__lte=timezone.now()).delete()


def _key(what: str, who: str) -> str:
    """Return what a tally is kept by: nobody can read an address from it who does not have our secret."""
    return hmac.digest(settings.SECRET_KEY.encode(), f"{what}:{who}".encode(), "sha256").hex()


def sender(request: HttpRequest) -> str:
    """Return the network address of whoever sends this, as limits count it: a household for IPv6, which has /64."""
    address = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:  # whose own entry is the last; those before it are the sender's word
        address = request.headers.get("X-Forwarded-For", address).rpartition(",")[2].strip()
    try:
        read = ip_address(address)
    except ValueError:  # a socket file instead of a network
        return address[:64]
    return str(ip_network((read, 64), strict=False)) if isinstance(read, IPv6Address) else str(read)


def refused(request: HttpRequest, template: str, context: dict[str, object], refusal: NotPossible) -> HttpResponse:
    """Show a form once more, with the reason and all that was typed; 429 and the waiting time where it was too often.

    `context` holds the form as `form`.
    """
    context["form"].add_error(None, str(refusal))  # type: ignore[attr-defined]
    answer = render(request, template, context)
    if isinstance(refusal, TooMany):
        answer.status_code = 429
        answer["Retry-After"] = str(refusal.seconds)
    return answer
