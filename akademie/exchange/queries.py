"""Questions about requests: what the form begins with, by when an answer comes."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from akademie.accounts.models import User
from akademie.core.contributions import WAITING_SHOWN, Waiting
from akademie.core.workdays import workdays_after
from akademie.exchange.models import ANSWER_WORKDAYS, HelpRequest, HelpRequestQuerySet, HelpRequestState
from akademie.practices.models import PracticeCase
from akademie.practices.queries import visible_to
from akademie.towns.models import Town


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
    found = (
        HelpRequest.objects.filter(state=HelpRequestState.OPEN).select_related("town").order_by("confirmed_at", "pk")
    )
    return [
        Waiting(
            text=f"Frage{f' aus {one.town.name}' if one.town else ''} beantworten: „{one.excerpt()}“",
            url=reverse("help_requests:inspect", args=[one.pk]),
            since=one.confirmed_at,
            until=answer_by(one),
        )
        for one in found.order_by("confirmed_at", "pk")[:WAITING_SHOWN]
    ]


def answer_by(found: HelpRequest) -> date:
    """Return the last of the workdays within which the office answers a confirmed request."""
    return workdays_after(timezone.localdate(found.confirmed_at), ANSWER_WORKDAYS)


def open_requests_of(user: User, town: Town | None) -> HelpRequestQuerySet:
    """Return what a person has asked for a town and the office has not answered yet."""
    mine = HelpRequest.objects.filter(Q(user=user) | Q(user=None, email=user.email))
    return mine.filter(state=HelpRequestState.OPEN, town=town, town__isnull=False)


def preview_hand_over(goes: User, follows: User, post: Any) -> Iterator[str]:
    """Say what goes to the successor in a town: the open requests for it."""
    count = open_requests_of(goes, post.town).count()
    if count:
        yield "1 offene Frage an die Geschäftsstelle" if count == 1 else f"{count} offene Fragen an die Geschäftsstelle"
