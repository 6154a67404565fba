"""How an event becomes public and stops being so: handed in, published, given back, cancelled."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import log

from akademie.accounts.models import User
from akademie.cms.queries import office_addresses
from akademie.core import frame
from akademie.core.actions import NotPossible, check_may_post
from akademie.events.models import Event, EventState
from akademie.events.models.event import MOVES
from akademie.formats.words import Mode
from akademie.notifications.actions import notify
from akademie.surveys.actions import close

# Changes of these are told to calendars as a new version of the date.
COUNT_IN_CALENDARS = {"starts_at", "ends_at", "mode", "place", "town", "state"}
MIN_REASON = 5
NO_REASON = "Bitte schreiben Sie mit wenigen Worten, warum."
PUBLIC_ALREADY = "Die Veranstaltung ist schon öffentlich. Wenn sie nicht stattfindet, sagen Sie sie ab."
CANCELLED_ALREADY = "Diese Veranstaltung ist abgesagt. Legen Sie bitte eine neue an."


def note_change(event: Event, fields: Iterable[str]) -> None:
    """Note on a locked event, before it is saved, that these fields have changed: for readers and their calendars."""
    changed = set(fields)
    if not changed:
        return
    event.changed_at = timezone.now()
    if changed & COUNT_IN_CALENDARS:
        event.sequence += 1


@transaction.atomic
def submit(event: Event, *, by: User) -> Event:
    """Hand a draft to the office for publication. Once handed in, a second press changes nothing."""
    locked = _locked(event)
    if locked.state == EventState.SUBMITTED:
        return locked
    check_may_post(by)
    _check_move(locked, EventState.SUBMITTED)
    _check_complete(locked)
    locked.state = EventState.SUBMITTED
    _save(locked, "events.submitted", by)
    notify("events.submitted", to=office_addresses(), context=_words(locked, by=by), reply_to=by.email)
    return locked


@transaction.atomic
def publish(event: Event, *, by: User, publish_at: datetime | None = None) -> Event:
    """Show an event to everyone, at once or from a moment on; what is out already stays as it is.

    One that waits for its day may get another day, or go out at once.
    """
    locked = _locked(event)
    now = timezone.now()
    later = publish_at if publish_at and publish_at > now else None
    if locked.state == EventState.PUBLISHED:
        if locked.is_public and later:
            raise NotPossible(PUBLIC_ALREADY)
        if locked.is_public or later == locked.publish_at:
            return locked
    else:
        _check_move(locked, EventState.PUBLISHED)
    _check_complete(locked)
    if later and later >= locked.ends_at:
        raise NotPossible("Dann ist die Veranstaltung schon vorbei. Bitte wählen Sie einen früheren Tag.")
    locked.state, locked.publish_at, locked.published_at = EventState.PUBLISHED, later, later or now
    _save(locked, "events.publish_later" if later else "events.published", by)
    if locked.owner and locked.owner != by:
        notify("events.published", to=[locked.owner], context=_words(locked, by=by))
    return locked


@transaction.atomic
def give_back(event: Event, *, reason: str, by: User) -> Event:
    """Give what was handed in, or what waits for its day, back to whoever hosts it, with a reason."""
    locked = _locked(event)
    if locked.state == EventState.DRAFT:
        return locked
    _check_move(locked, EventState.DRAFT)
    if locked.is_public:
        raise NotPossible(PUBLIC_ALREADY)
    reason = _checked(reason)
    locked.state, locked.publish_at = EventState.DRAFT, None
    _save(locked, "events.given_back", by)
    if locked.owner and locked.owner != by:
        notify("events.given_back", to=[locked.owner], context=_words(locked, by=by, reason=reason), reply_to=by.email)
    return locked


@transaction.atomic
def cancel(event: Event, *, reason: str, by: User) -> Event:
    """Say that a public event does not take place; it stays public with the reason. Pressed twice, it is once."""
    locked = _locked(event)
    if locked.state == EventState.CANCELLED:
        return locked
    _check_move(locked, EventState.CANCELLED)
    if not locked.is_public:
        raise NotPossible("Die Veranstaltung ist noch nicht öffentlich. Nehmen Sie sie zurück, statt sie abzusagen.")
    if locked.is_over:
        raise NotPossible("Die Veranstaltung ist schon vorbei. Absagen lässt sich nur, was noch kommt.")
    locked.cancel_reason = _checked(reason)
    locked.state, locked.cancelled_at = EventState.CANCELLED, timezone.now()
    if locked.evaluation:
        close(locked.evaluation, by=by)
    _save(locked, "events.cancelled", by)
    notify("events.cancelled", to=_concerned(locked, by), context=_words(locked, by=by, reason=locked.cancel_reason))
    return locked


def _locked(event: Event) -> Event:
    return Event.objects.select_for_update(of=("self",)).select_related("kind", "town", "owner").get(pk=event.pk)


def _check_move(event: Event, to: EventState) -> None:
    """Refuse a way that `MOVES` does not know, in words that say what to do instead."""
    state = EventState(event.state)
    if to in MOVES[state]:
        return
    if state == EventState.CANCELLED:
        raise NotPossible(CANCELLED_ALREADY)
    if state == EventState.PUBLISHED:
        raise NotPossible(PUBLIC_ALREADY)
    raise NotPossible("Die Veranstaltung ist noch nicht öffentlich. Nur Öffentliches lässt sich absagen.")


def _check_complete(event: Event) -> None:
    """Refuse what nobody could come to."""
    if event.mode != Mode.DIGITAL and not event.place and not event.town_id:
        raise NotPossible("Es fehlt noch, wo die Veranstaltung stattfindet. Bitte tragen Sie den Ort ein.")


def _checked(reason: str) -> str:
    reason = " ".join(reason.split())
    most = Event._meta.get_field("cancel_reason").max_length or 0
    if len(reason) < MIN_REASON:
        raise NotPossible(NO_REASON)
    if len(reason) > most:
        raise NotPossible(f"Bitte fassen Sie sich kürzer: höchstens {most} Zeichen.")
    return reason


def _save(event: Event, deed: str, by: User) -> None:
    note_change(event, {"state"})
    event.save(
        update_fields=["state", "publish_at", "published_at", "cancelled_at", "cancel_reason", "changed_at", "sequence"]
    )
    log(instance=event, action=deed, user=by)


def _concerned(event: Event, by: User) -> list[User | str]:
    """Return who has to know that it does not take place: who hosts it, who has something left to do, the office."""
    people = set(
        User.objects.filter(pk__in=event.tasks.filter(done_at=None, assignee__isnull=False).values("assignee"))
    )
    if event.owner:
        people.add(event.owner)
    people.discard(by)
    office = [] if by.is_office else office_addresses()
    return [*sorted(people, key=lambda person: person.pk), *office]


def _words(event: Event, *, by: User, reason: str = "") -> dict[str, Any]:
    """Return what the mails say."""
    values = frame.current()
    return {
        "event": event,
        "by": by,
        "reason": reason,
        "link": settings.SITE_URL + event.get_absolute_url(),
        "prepare": settings.SITE_URL + reverse("events:prepare", args=[event.slug]),
        "decide": settings.SITE_URL + reverse("events:office_event", args=[event.slug]),
        "site_name": values["site_name"],
    }
