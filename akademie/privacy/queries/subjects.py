"""Questions about what is known about somebody."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from akademie.accounts.models import FormerAddress, User
from akademie.core.contributions import ErasureLine, Fate, HeldAddress, Subject, people_data
from akademie.privacy.models import DataOrder, OrderState

HEADINGS = {
    Fate.GOES: "Das wird gelöscht",
    Fate.ANONYMISED: "Das bleibt, aber ohne Ihren Namen",
    Fate.STAYS: "Das bleibt, und warum",
}


@dataclass(frozen=True)
class Outlook:
    """What deletion does with everything of one fate."""

    heading: str
    lines: list[ErasureLine]


def subject_of(user: User) -> Subject:
    """Return the person with this account, as areas know them."""
    former = tuple(
        HeldAddress(one.email, _left_by_others(one.email, user, before=one.until), one.until)
        for one in user.former_addresses.order_by("pk")
    )
    return Subject(email=user.email, user=user, since=_left_by_others(user.email, user), former=former)


def subject_at(email: str) -> Subject:
    """Return whoever has this address now without an account: not whoever had an account with it before."""
    return Subject(email=email, since=_left_by_others(email))


def _left_by_others(email: str, user: User | None = None, *, before: datetime | None = None) -> datetime | None:
    """Return when another account has last left an address; None when none has had it."""
    others = FormerAddress.objects.filter(email__iexact=email).exclude(user=user)
    if before:
        others = others.filter(until__lt=before)
    latest: datetime | None = others.aggregate(latest=Max("until"))["latest"]
    return latest


def outlook(subject: Subject) -> list[Outlook]:
    """Return what deletion would do, by fate; what does not occur is left out."""
    lines = [line for area in people_data for line in area.preview(subject)]
    found = [Outlook(HEADINGS[fate], [line for line in lines if line.fate == fate]) for fate in HEADINGS]
    return [one for one in found if one.lines]


def order_of(email: str, user: User | None = None) -> DataOrder | None:
    """Return the newest order of an account, else of an address, that is of use: under way or ready."""
    return DataOrder.objects.of(email, user).order_by("-created_at", "-pk").first()


def ready_order(word: str) -> DataOrder | None:
    """Return the order whose archive has this word in its name, while it can be fetched."""
    order = DataOrder.objects.filter(word=word, state=OrderState.READY).first()
    return order if order and DataOrder.objects.of(order.email, order.user_id).filter(pk=order.pk).exists() else None


def account_at(email: str) -> User | None:
    """Return who has an account with this address."""
    return User.objects.filter(email=email).first()
