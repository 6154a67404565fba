"""What people do so that content stays true: look after it, check it, say what must change, archive; stand in."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from wagtail.actions.unpublish import UnpublishAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.log_actions import log
from wagtail.models import Page

from akademie.accounts.models import User
from akademie.core import stamps
from akademie.core.actions import NotPossible
from akademie.core.contributions import PublicKind
from akademie.editing import queries
from akademie.editing.models import CHECKED_EVERY, Absence, Upkeep
from akademie.notifications.actions import notify

AT_ONCE = 500  # things noted with one question
NOT_THERE = "Dieser Inhalt steht nicht mehr auf der Website. Sie müssen nichts tun."
DESK = "/geschaeftsstelle/"


# -- what becomes public ----------------------------------------------------------------------------------------------
def take_note(kind: PublicKind, pks: Iterable[Any]) -> None:
    """Keep up with what became public, got another title or was taken away. Repeatable."""
    waiting = [str(pk) for pk in pks]
    for start in range(0, len(waiting), AT_ONCE):
        _take_note(kind, waiting[start : start + AT_ONCE])


def _take_note(kind: PublicKind, pks: list[str]) -> None:
    shown, lix = queries.shown(kind, pks), queries.measured(kind, pks)
    known = {one.object_pk: one for one in Upkeep.objects.filter(kind=kind.key, object_pk__in=pks)}
    due_on = queries.due_after(timezone.localdate(), CHECKED_EVERY)
    new = [
        Upkeep(
            kind=kind.key, object_pk=pk, title=entry.title[:300], url=entry.url[:500], due_on=due_on, lix=lix.get(pk)
        )
        for pk, entry in shown.items()
        if pk not in known
    ]
    Upkeep.objects.bulk_create(new, ignore_conflicts=True)
    changed = []
    for pk, one in known.items():
        entry = shown.get(pk)
        title, url = (entry.title[:300], entry.url[:500]) if entry else (one.title, one.url)
        is_now = (bool(entry), title, url, lix.get(pk))
        if is_now != (one.is_shown, one.title, one.url, one.lix):
            one.is_shown, one.title, one.url, one.lix = is_now
            changed.append(one)
    Upkeep.objects.bulk_update(changed, ["is_shown", "title", "url", "lix"])


def take_note_of_all(say: Any = None) -> None:
    """Keep up with everything: what was published before this area existed, and what is gone without a word."""
    kinds = queries.edited_kinds()
    for kind in kinds:
        there = [str(pk) for pk in kind.visible_to(None).order_by().values_list("pk", flat=True)]
        take_note(kind, there)
        noted = Upkeep.objects.filter(kind=kind.key, is_shown=True).values_list("object_pk", flat=True)
        take_note(kind, set(noted) - set(there))
    Upkeep.objects.exclude(kind__in=[kind.key for kind in kinds]).delete()
    if say:
        say(f"{Upkeep.objects.published().count()} Inhalte werden regelmäßig geprüft.")


def published(kind: PublicKind, pk: Any, by: User | None) -> None:
    """Note that somebody of the office has published this: they have had it before their eyes, and look after it."""
    if by is None or not by.is_office:
        return
    for one in Upkeep.objects.filter(kind=kind.key, object_pk=str(pk)):
        one.owner = one.owner or by
        _checked(one, by)


# -- looking after ----------------------------------------------------------------------------------------------------
@transaction.atomic
def look_after(upkeep: Iterable[Upkeep], *, owner: User | None, rhythm: int = 0, by: User) -> int:
    """Say who looks after these things, and how often they are checked; return how many it is.

    NotPossible for somebody who is not an active person of the office.
    """
    if owner and not (owner.is_active and owner.is_office):
        raise NotPossible("Zuständig ist jemand aus der Geschäftsstelle. Bitte wählen Sie eine Person aus der Liste.")
    rows = list(Upkeep.objects.select_for_update().filter(pk__in=[one.pk for one in upkeep]))
    for one in rows:
        one.owner = owner
        if rhythm and rhythm != one.rhythm:
            one.rhythm = rhythm
            one.due_on = queries.due_after(one.checked_on or timezone.localdate(), rhythm)
        one.save(update_fields=["owner", "rhythm", "due_on"])
        _log(one, "editing.look_after" if owner else "editing.of_nobody", by)
    return len(rows)


@transaction.atomic
def confirm(upkeep: Upkeep, *, by: User) -> Upkeep:
    """Note that it still is right; NotPossible when it does not stand on the site any more."""
    locked = _locked(upkeep)
    _checked(locked, by)
    _log(locked, "editing.still_right", by)
    return locked


def _checked(one: Upkeep, by: User) -> None:
    today = timezone.localdate()
    one.checked_on, one.checked_by, one.due_on = today, by, queries.due_after(today, one.rhythm)
    one.asked_on, one.flagged_at, one.note = None, None, ""
    one.save(
        update_fields=["owner", "checked_on", "checked_by", "due_on", "asked_on", "flagged_at", "note"]
    )  # fmt: skip
    stamps.bump(one.kind)  # its page and its data say the day


@transaction.atomic
def flag(upkeep: Upkeep, *, note: str = "", by: User) -> Upkeep:
    """Note that something must be changed; it waits on the desk until it is published anew or confirmed."""
    locked = _locked(upkeep)
    if locked.flagged_at is None or note:
        locked.flagged_at, locked.note = locked.flagged_at or timezone.now(), note or locked.note
        locked.save(update_fields=["flagged_at", "note"])
        _log(locked, "editing.must_change", by)
    return locked


@transaction.atomic
def archive(upkeep: Upkeep, *, by: User) -> Upkeep:
    """Take it off the site; the draft stays. NotPossible for what an academy must have."""
    locked = _locked(upkeep)
    thing: Any = queries.thing_of(locked)
    if thing is None:
        raise NotPossible(NOT_THERE)
    if getattr(thing, "must_stay", False):
        raise NotPossible(f"„{locked.title}“ ist eine Pflichtseite und bleibt. Stimmt etwas nicht, ändern Sie sie.")
    unpublish = UnpublishPageAction if isinstance(thing, Page) else UnpublishAction
    unpublish(thing, user=by).execute(skip_permission_checks=True)  # whoever may look after it may do this
    take_note(_kind(locked), [locked.object_pk])
    locked.refresh_from_db()
    locked.asked_on, locked.flagged_at, locked.note = None, None, ""
    locked.save(update_fields=["asked_on", "flagged_at", "note"])
    return locked


def _locked(upkeep: Upkeep) -> Upkeep:
    locked = Upkeep.objects.select_for_update().get(pk=upkeep.pk)
    if not locked.is_shown:
        raise NotPossible(NOT_THERE)
    return locked


def _kind(upkeep: Upkeep) -> PublicKind:
    return next(kind for kind in queries.edited_kinds() if kind.key == upkeep.kind)


def _log(upkeep: Upkeep, action: str, by: User) -> None:
    if thing := queries.thing_of(upkeep):
        log(instance=thing, action=action, user=by)


# -- standing in ------------------------------------------------------------------------------------------------------
@transaction.atomic
def name_substitute(*, person: User, substitute: User, from_day: date, until_day: date, by: User) -> Absence:
    """Note who stands in for whom, from a day to a day; what overlaps for the same person is replaced.

    Anyone in the office may do it for anyone: who is ill cannot. NotPossible for oneself and for who is not of the
    office.
    """
    if person == substitute:
        raise NotPossible("Niemand kann sich selbst vertreten. Bitte wählen Sie eine andere Person.")
    if until_day < from_day:
        raise NotPossible("Der letzte Tag liegt vor dem ersten. Bitte prüfen Sie die beiden Tage.")
    list(User.objects.select_for_update().filter(pk=person.pk))  # one absence of a person after the other
    Absence.objects.filter(person=person, from_day__lte=until_day, until_day__gte=from_day).delete()
    absence = Absence.objects.create(person=person, substitute=substitute, from_day=from_day, until_day=until_day)
    log(instance=absence, action="editing.stands_in", user=by)
    if substitute != by:
        notify(
            "editing.stand_in",
            to=[substitute],
            context={"absence": absence, "by": by, "link": settings.SITE_URL + DESK},
        )
    return absence


def end_absence(absence: Absence, *, by: User) -> None:
    """Take it back, or note that somebody is there again."""
    with transaction.atomic():
        log(instance=absence, action="editing.is_back", user=by)
        absence.delete()
