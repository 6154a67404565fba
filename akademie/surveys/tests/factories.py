"""Surveys for tests."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from akademie.surveys import actions
from akademie.surveys.models import Survey

NOT_SAID: list[dict[str, Any]] = []


def make_survey(answers: Iterable[dict[str, Any]] = NOT_SAID, *, closed: bool = False, **values: Any) -> Survey:
    """Return an open evaluation with these answers; `closed` has closed it yesterday. `by` hosts it."""
    now = timezone.now()
    by, public = values.pop("by", None), values.pop("is_public", True)
    times = {"opens_at": now - timedelta(days=3), "closes_at": now + timedelta(days=-1 if closed else 3)}
    survey = actions.open_evaluation(**{"title": "Webinar zu leeren Läden", **times, **values}, by=by)
    if given := list(answers):
        actions.take_over(survey, given)
    if not public:
        Survey.objects.filter(pk=survey.pk).update(is_public=False)
    return Survey.objects.get(pk=survey.pk)


def ratings(*steps: int) -> list[dict[str, Any]]:
    """Return one person's answers for each step, to both scales."""
    return [{"nutzen": step, "empfehlen": step} for step in steps]
