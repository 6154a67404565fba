"""Questions about requests: what the form begins with, by when an answer comes."""

from datetime import date

from django.utils import timezone

from akademie.core.workdays import workdays_after
from akademie.exchange.models import ANSWER_WORKDAYS, HelpRequest
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


def answer_by(found: HelpRequest) -> date:
    """Return the last of the workdays within which the office answers a confirmed request."""
    return workdays_after(timezone.localdate(found.confirmed_at), ANSWER_WORKDAYS)
