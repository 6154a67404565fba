"""What the office does at once against content or an account, and takes back: hide, show, lock, unlock.

Whoever made the content or has the account is told why, and how to object (Article 17 of the Digital Services Act).
"""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.actions.unpublish import UnpublishAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from akademie.accounts.models import User
from akademie.core import frame
from akademie.core.actions import NotPossible
from akademie.core.contributions import hideables, public_kinds
from akademie.moderation import queries
from akademie.moderation.models import ContentReport, HiddenContent, Measure, PostingLock
from akademie.moderation.queries import Target
from akademie.notifications.actions import notify


# -- content ----------------------------------------------------------------------------------------------------------
@transaction.atomic
def hide(
    target: Target,
    *,
    address: str,
    by: User,
    category: str,
    ground: str,
    rule: str = "",
    reasons: str,
    report: ContentReport | None = None,
) -> HiddenContent:
    """Take content out of sight at once, and tell who made it why. Twice is once."""
    there = queries.hidden_now().filter(kind=target.kind, object_pk=target.pk).first()
    if there:
        return there
    now = timezone.now()  # what happens from here on is the office's
    told = queries.makers(target.kind, target.pk, report.created_at if report else now)
    values = {
        "title": target.title[:300], "address": address, "category": category, "ground": ground, "rule": rule,
        "reasons": reasons, "report": report, "made_by": by, "made_at": now, "revision": _take_away(target, by),
    }  # fmt: skip
    hidden, is_new = HiddenContent.objects.get_or_create(
        kind=target.kind, object_pk=target.pk, ended_at=None, defaults=values
    )
    if not is_new:  # two at once
        return hidden
    log(instance=hidden, action="moderation.hide", user=by, data={"title": hidden.title})
    _tell("moderation.hidden", told, hidden, report.created_at if report else None)
    return hidden


def _take_away(target: Target, by: User) -> int | None:
    """Take it off the site; return the version that was public, so that the same one comes back."""
    if hideable := hideables.get(target.kind):
        hideable.hide(target.pk)
        return None
    kind = public_kinds.get(target.kind)
    thing: Any = kind.model._default_manager.select_for_update().filter(pk=target.pk).first() if kind else None
    if thing is None or not thing.live:
        raise NotPossible("Das steht nicht mehr auf der Website. Laden Sie die Seite neu.")
    # What was loaded and never edited has no version yet.
    revision = thing.live_revision_id or thing.save_revision(user=by, changed=False, clean=False).pk
    unpublish = UnpublishPageAction if isinstance(thing, Page) else UnpublishAction
    unpublish(thing, user=by).execute(skip_permission_checks=True)  # whoever may decide about reports may do this
    return int(revision)


@transaction.atomic
def show_again(hidden: HiddenContent, *, by: User, why: str) -> HiddenContent:
    """Show hidden content as it was, and tell who made it. Twice is once."""
    locked = HiddenContent.objects.select_for_update().get(pk=hidden.pk)
    if locked.ended_at:
        return locked
    if hideable := hideables.get(locked.kind):
        hideable.show(locked.object_pk)
    elif revision := Revision.objects.filter(pk=locked.revision).first():
        revision.publish(user=by, skip_permission_checks=True)
    else:
        raise NotPossible("Den Inhalt gibt es nicht mehr. Er lässt sich nicht wieder zeigen.")
    _end(locked, by, why)
    log(instance=locked, action="moderation.show", user=by, data={"title": locked.title})
    _tell("moderation.shown", queries.makers(locked.kind, locked.object_pk, locked.made_at), locked)
    return locked


# -- accounts ---------------------------------------------------------------------------------------------------------
@transaction.atomic
def lock(
    user: User,
    *,
    by: User,
    until: date | None,
    category: str,
    ground: str,
    rule: str = "",
    reasons: str,
    report: ContentReport | None = None,
) -> PostingLock:
    """Let an account post no more, until a day or for good, and tell the person why. A new lock ends the older one.

    NotPossible for people of the office: the Leitung takes their role away instead.
    """
    person = User.objects.select_for_update().get(pk=user.pk)
    if person.is_office:
        raise NotPossible("Wer zur Geschäftsstelle gehört, wird nicht gesperrt. Die Leitung kann die Rolle ändern.")
    for older in PostingLock.objects.in_force().filter(user=person):
        if (older.until, older.reasons) == (until, reasons):
            return older
        _end(older, by, "Durch eine neue Sperre ersetzt.")
    made = PostingLock.objects.create(
        user=person,
        until=until,
        category=category,
        ground=ground,
        rule=rule,
        reasons=reasons,
        report=report,
        made_by=by,
    )
    log(instance=made, action="moderation.lock", user=by)
    _tell("moderation.locked", [person], made)
    return made


@transaction.atomic
def unlock(posting_lock: PostingLock, *, by: User, why: str) -> PostingLock:
    """Let an account post again, and tell the person. Twice is once."""
    locked = PostingLock.objects.select_for_update().get(pk=posting_lock.pk)
    if locked.ended_at is None:
        _end(locked, by, why)
        log(instance=locked, action="moderation.unlock", user=by)
        _tell("moderation.unlocked", [locked.user], locked)
    return locked


def _end(measure: Measure, by: User, why: str) -> None:
    measure.ended_at, measure.ended_by, measure.ended_why = timezone.now(), by, why
    measure.save(update_fields=["ended_at", "ended_by", "ended_why"])


def _tell(key: str, people: list[User], measure: Measure, reported_at: Any = None) -> None:
    values = frame.current()
    context = {
        "measure": measure, "is_reported": reported_at is not None, "site_name": values["site_name"],
        "contact": values["contact_email"], "alone": queries.is_one_person_only(),
    }  # fmt: skip
    notify(key, to=people, context=context, reply_to=values["contact_email"])
