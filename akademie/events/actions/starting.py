"""Making an event of a format: what its host does not type comes from the Steckbrief and can be changed later."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from akademie.accounts.models import User
from akademie.core import limits
from akademie.core.actions import check_may_post
from akademie.events import queries
from akademie.events.dates import end_of
from akademie.events.models import AgendaItem, Event, EventTask, Recap
from akademie.formats import queries as formats
from akademie.formats.models import FormatProfile
from akademie.formats.words import Mode
from akademie.people.models import Membership
from akademie.surveys.actions import open_evaluation
from akademie.topics.models import Topic
from akademie.towns.models import Town

PER_DAY = 20  # drafts that one person starts
ENOUGH = "Sie haben heute schon viele Veranstaltungen angelegt. Bitte machen Sie morgen weiter."
SHORTEST = 60  # minutes, where neither the steps nor the format say how long
EARLY = timedelta(minutes=15)  # the evaluation opens so long before the end: people answer while they still sit there
EVALUATED_FOR = timedelta(days=14)  # and closes so long after it


def start_event(
    *,
    profile: FormatProfile,
    press: uuid.UUID,
    title: str,
    topic: str,
    starts_at: datetime,
    mode: Mode,
    place: str,
    host: str,
    capacity: int | None,
    contact: str,
    summary: str,
    by: User,
) -> Event:
    """Make a draft with programme, checklist, evaluation and recap from a format.

    `press` names the form that was sent: the same form sent twice, or by two presses at once, is one event. TooMany
    after too many in a day; NotPossible for whoever may not post.
    """
    check_may_post(by, by.email)
    if already := Event.objects.filter(uid=press, owner=by).first():
        return already
    limits.count("start event", str(by.pk), most=PER_DAY, seconds=24 * 3600, says=ENOUGH)
    with transaction.atomic():
        User.objects.select_for_update().get(pk=by.pk)  # two presses at once, one after the other
        if already := Event.objects.filter(uid=press, owner=by).first():
            return already
        is_taken = Event.objects.filter(
            uid=press
        ).exists()  # somebody else's form: then the event gets a uid of its own
        event = make_event(
            profile, uid=uuid.uuid4() if is_taken else press, topics=[topic], owner=by, title=title, summary=summary,
            starts_at=starts_at, mode=mode, place=place, town=None if mode == Mode.DIGITAL else town_of(by), host=host,
            capacity=capacity, contact_name=by.get_full_name(), contact_email=contact,
        )  # fmt: skip
        log(instance=event, action="events.start", user=by)
    return event


@transaction.atomic
def make_event(
    profile: FormatProfile, *, topics: list[str], owner: User | None, starts_at: datetime, mode: str, **values: Any
) -> Event:
    """Write an event with all that its format brings. `topics` are slugs."""
    event = Event(
        kind=queries.type_for(profile), format=profile, description=described(profile), owner=owner,
        starts_at=starts_at, ends_at=end_of(starts_at, lasts(profile)), mode=mode, **values,
    )  # fmt: skip
    event.slug = event.free_slug()
    first_day = timezone.localdate(starts_at)
    opens_at, closes_at = evaluated(event.ends_at)
    event.evaluation = open_evaluation(
        title=event.title, about=f"{event.kind} am {first_day:%d.%m.%Y}", group=f"format:{profile.slug}", by=owner,
        opens_at=opens_at, closes_at=closes_at,
    )  # fmt: skip
    event.save()
    event.topics.set(Topic.objects.filter(slug__in=topics))
    AgendaItem.objects.bulk_create(
        AgendaItem(
            event=event, position=number, title=step.title, minutes=step.minutes, role=step.role, script=step.script
        )
        for number, step in enumerate(profile.steps.all(), 1)
    )
    EventTask.objects.bulk_create(
        EventTask(
            event=event, title=title, days=days, due_on=first_day + timedelta(days=days), role=role, assignee=owner
        )
        for title, days, role in formats.checklist_of(profile, mode)
    )
    Recap.objects.create(event=event, text=f"{event.summary}\n\n{profile.purpose}".strip())
    return event


def evaluated(ends_at: datetime) -> tuple[datetime, datetime]:
    """Return from when until when people are asked how it was."""
    return ends_at - EARLY, ends_at + EVALUATED_FOR


def described(profile: FormatProfile) -> str:
    """Return a first description: what the format is good for, and what remains."""
    result = f"Das nehmen Sie mit: {profile.result}" if profile.result else ""
    return "\n\n".join(part for part in (profile.purpose, result) if part)


def lasts(profile: FormatProfile) -> int:
    """Return how many minutes a run is meant to take: its steps together, else the longest that the format says."""
    steps = sum(step.minutes for step in profile.steps.all())
    return steps or profile.duration_max or profile.duration_min or SHORTEST


def town_of(user: User) -> Town | None:
    """Return the town that a person speaks for, when it is one only."""
    found = list(Membership.objects.current().filter(user=user, town__isnull=False).select_related("town")[:2])
    return found[0].town if len(found) == 1 else None
