"""Questions about requests: what the form begins with, by when an answer comes."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone

from akademie.accounts.models import User
from akademie.core.contributions import WAITING_SHOWN, Waiting
from akademie.core.workdays import workdays_after
from akademie.exchange.models import ANSWER_WORKDAYS, HelpRequest, HelpRequestQuerySet, HelpRequestState
from akademie.people.models import Membership
from akademie.practices.models import PracticeCase
from akademie.practices.queries import visible_to
from akademie.towns.models import Town

IN_TILE = 3
MOST_TOWNS = 4  # named to choose from


def practice_in_question(slug: str) -> PracticeCase | None:
    """Return the public practice case that a question is about, or None."""
    if not slug or "\x00" in slug:
        return None
    return visible_to(None).filter(slug=slug[:200]).only("pk", "slug", "title").first()


def town_in_question(ags: str) -> Town | None:
    """Return the town that a question is about, or None."""
    if not (ags.isascii() and ags.isdigit() and len(ags) == 8):
        return None
    return Town.objects.filter(pk=ags).first()


def waiting_requests(user: Any) -> list[Waiting]:
    """Return the requests that wait for an answer of the office, the oldest first."""
    found = HelpRequest.objects.filter(state=HelpRequestState.OPEN).select_related("town")
    return [
        Waiting(
            text=f"Frage{f' aus {one.town.name}' if one.town else ''} beantworten: „{one.excerpt()}“",
            url=reverse("help_requests:inspect", args=[one.pk]),
            since=one.confirmed_at,
            until=answer_by(one),
        )
        for one in found.order_by("confirmed_at", "pk")[:WAITING_SHOWN]
    ]


def open_requests() -> int:
    """Return how many requests wait for an answer of the office."""
    return HelpRequest.objects.filter(state=HelpRequestState.OPEN).count()


def answer_by(found: HelpRequest) -> date:
    """Return the last of the workdays within which the office answers a confirmed request."""
    return workdays_after(timezone.localdate(found.confirmed_at), ANSWER_WORKDAYS)


# -- the person who asks ----------------------------------------------------------------------------------------------
def requests_of(user: User) -> HelpRequestQuerySet:
    """Return what a person has asked, the newest first."""
    return HelpRequest.objects.of(user).confirmed().order_by("-confirmed_at", "-pk")


def my_requests(user: Any) -> dict[str, Any] | None:
    """Return what the tile "Meine Fragen" shows; None for who has not asked anything."""
    newest = list(requests_of(user)[: IN_TILE + 1])
    return {"requests": with_day(newest[:IN_TILE]), "more": len(newest) > IN_TILE} if newest else None


def addresses_of_askers() -> QuerySet:
    """Return the addresses without an account with which somebody has confirmed a request, in small letters."""
    return HelpRequest.objects.confirmed().filter(user=None).values_list(Lower("email"))


def with_day(requests: Iterable[HelpRequest]) -> list[tuple[HelpRequest, date]]:
    """Return requests with the day by which the office answers each."""
    return [(one, answer_by(one)) for one in requests]


def towns_of(user: User) -> list[Town]:
    """Return the towns that a person belongs to at present."""
    posts = Membership.objects.current().filter(user=user, town__isnull=False).select_related("town")
    return [one.town for one in posts.order_by("town__name", "pk")[:MOST_TOWNS] if one.town]


def open_requests_of(user: User, post: Any) -> HelpRequestQuerySet:
    """Return the open requests that belong to a post of a person (`people.Membership`).

    These are the ones for its town; those without a town too, when the person has no other post.
    """
    return _open(user).filter(_belongs(user, post))


def doubtful_requests_of(user: User, post: Any) -> HelpRequestQuerySet:
    """Return all other open requests: for another town, or for none while the person has several posts.

    Only the person knows whether whoever follows needs the answer.
    """
    return _open(user).exclude(_belongs(user, post)).order_by("confirmed_at", "pk")


def _open(user: User) -> HelpRequestQuerySet:
    return HelpRequest.objects.of(user).filter(state=HelpRequestState.OPEN)


def _belongs(user: User, post: Any) -> Q:
    of_town = Q(town=post.town_id) if post.town_id else Q(pk__in=[])
    others = Membership.objects.current().filter(user=user).exclude(pk=post.pk)
    return of_town if others.exists() else of_town | Q(town=None)


def preview_hand_over(goes: User, follows: User, post: Any) -> Iterator[str]:
    """Say what goes to the successor: the open requests that belong to the post."""
    count = open_requests_of(goes, post).count()
    if count:
        yield "1 offene Frage an die Geschäftsstelle" if count == 1 else f"{count} offene Fragen an die Geschäftsstelle"


def doubtful_in_hand_over(goes: User, follows: User, post: Any) -> Iterator[tuple[str, str]]:
    """Name the open requests that may belong to the post, to be ticked one by one."""
    for one in doubtful_requests_of(goes, post).select_related("town"):
        town = f" für {one.town.name}" if one.town else ""
        yield str(one.pk), f"Offene Frage an die Geschäftsstelle{town}: „{one.excerpt()}“"


# -- the log ----------------------------------------------------------------------------------------------------------
def described(keys: list[str]) -> dict[str, str]:
    """Return who asked, for the log."""
    rows = HelpRequest.objects.filter(pk__in=keys).select_related("user")
    return {str(one.pk): f"von {one.asker or one.reply_address}" for one in rows}
