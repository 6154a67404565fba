"""Approval without an account: ask somebody outside the office by a signed link, take the answer, keep up with changes.

See docs/adr/0013-approval-by-link.md.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Revision

from akademie.accounts.models import Role, User
from akademie.core import frame, limits
from akademie.core.actions import NotPossible
from akademie.core.contributions import PublicKind
from akademie.editing import queries, versions
from akademie.editing.models import APPROVAL_DAYS, APPROVAL_LINK_DAYS, Approval, ApprovalState, approvals_of
from akademie.notifications.actions import notify
from akademie.towns.models import Town

SALT = "editing.approval"
ASKED, ANSWERED = "editing.approval_asked", "editing.approval_answered"
REMINDER_DAYS = 7  # that somebody has after a reminder, at least
MAIL_PAUSE = 60  # seconds between two mails about the same version: a form may be sent twice
UNREADABLE = (
    "Dieser Link ist unvollständig. Öffnen Sie ihn bitte direkt in der Mail, oder kopieren Sie die ganze Adresse."
)
EXPIRED = "Dieser Link ist abgelaufen. Wenn Sie noch antworten möchten, schreiben Sie bitte der Geschäftsstelle."
WITHDRAWN = "Die Geschäftsstelle braucht Ihre Freigabe nicht mehr. Sie müssen nichts tun."
GONE = "Diesen Text gibt es nicht mehr. Sie müssen nichts tun."
OTHER_VERSION = (
    "Der Text hat sich inzwischen geändert. Hier steht die neue Fassung. Bitte lesen Sie sie, und antworten Sie noch "
    "einmal. Was Sie geschrieben haben, ist noch da."
)
BEING_CHANGED = (
    "Der Text wird gerade geändert. Freigeben können Sie erst die neue Fassung: Die Geschäftsstelle schickt Ihnen "
    "dazu eine Mail. Was Sie geschrieben haben, ist noch da. Sie können es schon jetzt als Änderung schicken."
)


# -- the office asks --------------------------------------------------------------------------------------------------
@transaction.atomic
def ask(
    kind: PublicKind,
    thing: Any,
    *,
    name: str,
    email: str,
    by: User,
    function: str = "",
    town: Town | None = None,
    message: str = "",
    due_on: date | None = None,
) -> Approval:
    """Ask somebody to approve the newest version. Who is asked about the text already is asked about that version.

    NotPossible for the office's own people: they release by the workflow.
    """
    if User.objects.filter(email=email, role__in=(Role.EDITOR, Role.LEAD), is_active=True).exists():
        raise NotPossible(
            "Diese Adresse gehört zur Geschäftsstelle. Für die eigene Freigabe gibt es „Freigabe durch die Leitung“."
        )
    due_on = due_on or timezone.localdate() + timedelta(days=APPROVAL_DAYS)
    standing = Approval.objects.of(kind.key, thing.pk).standing()
    list(standing.select_for_update())
    standing.filter(email=email).exclude(state=ApprovalState.OPEN).update(closed_at=timezone.now())
    version = _version(kind, thing, by)
    approval, is_new = Approval.objects.get_or_create(
        kind=kind.key, object_pk=str(thing.pk), email=email, state=ApprovalState.OPEN, closed_at=None,
        defaults={**version, "name": name, "due_on": due_on},
    )  # fmt: skip
    changed = approval.fingerprint != version["fingerprint"]
    asked = {
        **version, "name": name, "function": function, "town": town, "message": message, "due_on": due_on,
        "asked_by": by, "asked_at": timezone.now(), "reminded_at": None, "outdated_at": None,
    }  # fmt: skip
    for field, value in asked.items():
        setattr(approval, field, value)
    approval.save()
    if limits.is_first("approval mail", f"{approval.pk} {approval.fingerprint}", seconds=MAIL_PAUSE):
        _mail(approval, by)
        if is_new or changed:
            log(instance=thing, action="editing.approval_asked", user=by)
    return approval


def _version(kind: PublicKind, thing: Any, by: User | None) -> dict[str, Any]:
    revision = versions.newest(thing, by)
    content = versions.content_of(revision)
    is_public = thing.live and not thing.has_unpublished_changes
    return {
        "title": revision.object_str[:300] or str(thing)[:300], "revision": revision.pk, "content": content,
        "version_at": revision.created_at, "fingerprint": versions.fingerprint(kind.model, content),
        "published_at": timezone.now() if is_public or revision.approved_go_live_at else None,
    }  # fmt: skip


def _mail(approval: Approval, by: User, *, again: bool = False) -> None:
    notify(
        ASKED, to=[approval.email], reply_to=by.email,
        context={
            "approval": approval, "asker": by, "again": again, "link": link_of(approval),
            "site_name": frame.current()["site_name"],
        },
    )  # fmt: skip


@transaction.atomic
def ask_again(approval: Approval, *, by: User) -> Approval:
    """Ask the same person about the newest version. NotPossible when there is none that they have not seen."""
    kind, thing = _text(approval)
    if not approval.email:
        raise NotPossible("Die Adresse ist nach zwei Jahren gelöscht. Bitte tragen Sie die Person unten neu ein.")
    if approval.outdated_at is None and approval.is_answered:
        raise NotPossible("Zu dieser Fassung gibt es schon eine Antwort. Ändern Sie zuerst den Text.")
    return ask(
        kind, thing, name=approval.name, function=approval.function, email=approval.email, town=approval.town,
        message=approval.message, by=by,
    )  # fmt: skip


@transaction.atomic
def remind(approval: Approval, *, by: User) -> Approval:
    """Mail the link once more, with a week to answer at least."""
    locked = _open(approval)
    if locked.outdated_at:
        raise NotPossible("Der Text hat sich geändert. Fragen Sie bitte noch einmal, mit der neuen Fassung.")
    locked.due_on = max(locked.due_on, timezone.localdate() + timedelta(days=REMINDER_DAYS))
    locked.reminded_at = timezone.now()
    locked.save(update_fields=["due_on", "reminded_at"])
    if limits.is_first("approval reminder", str(locked.pk), seconds=MAIL_PAUSE):
        _mail(locked, by, again=True)
        _log(locked, "editing.approval_reminded", by)
    return locked


@transaction.atomic
def withdraw(approval: Approval, *, by: User) -> Approval:
    """Take the question back: its link says so, and nothing waits for it any more."""
    locked = _open(approval)
    locked.state, locked.closed_at = ApprovalState.WITHDRAWN, timezone.now()
    locked.save(update_fields=["state", "closed_at"])
    _log(locked, "editing.approval_withdrawn", by)
    return locked


@transaction.atomic
def publish_anyway(kind: PublicKind, thing: Any, *, why: str, by: User) -> None:
    """Publish the newest version although somebody's approval is missing; what is missing counts as settled.

    At the time that the editors have set, where they have set one.
    """
    missing = Approval.objects.of(kind.key, thing.pk).missing()
    list(missing.select_for_update())
    missing.update(closed_at=timezone.now(), closed_why=why)
    log(instance=thing, action="editing.published_without_approval", user=by, data={"why": why})
    versions.newest(thing, by).publish(user=by)


def _open(approval: Approval) -> Approval:
    locked = Approval.objects.select_for_update().get(pk=approval.pk)
    if locked.state != ApprovalState.OPEN or locked.closed_at:
        raise NotPossible(f"Hier wartet nichts mehr auf eine Antwort: {locked.says}")
    return locked


def _text(approval: Approval) -> tuple[PublicKind, Any]:
    kind, thing = queries.text_of(approval)
    if kind is None or thing is None:
        raise NotPossible("Diesen Text gibt es nicht mehr.")
    return kind, thing


def _log(approval: Approval, action: str, by: User | None) -> None:
    """Note it at the text, so that its history tells; without the name of who has no account."""
    _kind, thing = queries.text_of(approval)
    if thing:
        log(instance=thing, action=action, user=by)


# -- somebody answers -------------------------------------------------------------------------------------------------
def link_of(approval: Approval) -> str:
    """Return the whole address by which this person reads and answers."""
    token = signing.dumps({"approval": approval.pk, "word": approval.word}, salt=SALT)
    return settings.SITE_URL + reverse("editing:approve", args=[token])


def read_token(token: str) -> Approval:
    """Return what a link is about; NotPossible when it is unreadable, too old, or nobody waits for it any more."""
    try:
        says: dict[str, Any] = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        raise NotPossible(UNREADABLE) from None
    approval = Approval.objects.filter(pk=says["approval"], word=says["word"]).first()
    if approval is None:
        raise NotPossible(GONE)
    if approval.is_answered:
        return approval
    if approval.closed_at:
        raise NotPossible(WITHDRAWN)
    if timezone.localdate() > approval.due_on + timedelta(days=APPROVAL_LINK_DAYS):
        raise NotPossible(EXPIRED)
    return approval


def shown(approval: Approval) -> Any:
    """Return the text exactly as it was when the question was asked. NotPossible when it is gone."""
    _kind, thing = queries.text_of(approval)
    if thing is None:
        raise NotPossible(GONE)
    return thing.with_content_json(approval.content)


@transaction.atomic
def answer(
    approval: Approval, *, approves: bool, version: str, name: str, function: str = "", comment: str = ""
) -> Approval:
    """Take the answer, once however many press: the first one counts, and a second one changes nothing.

    NotPossible when it is about another `version` (a fingerprint) than the one that is asked about, or when a version
    is to be approved that is not the newest one. What somebody wants changed is taken about an older one too.
    """
    locked = Approval.objects.select_for_update().get(pk=approval.pk)
    if locked.is_answered:
        return locked
    if locked.closed_at:
        raise NotPossible(WITHDRAWN)
    if version != locked.fingerprint:
        raise NotPossible(OTHER_VERSION)
    if approves and locked.outdated_at:
        raise NotPossible(BEING_CHANGED)
    locked.state = ApprovalState.APPROVED if approves else ApprovalState.CHANGES
    locked.answered_at, locked.comment = timezone.now(), comment
    locked.answered_name, locked.answered_function = name, function
    locked.save(update_fields=["state", "answered_at", "comment", "answered_name", "answered_function"])
    _log(locked, "editing.approved" if approves else "editing.change_wanted", None)
    notify(
        ANSWERED, to=queries.present(locked.asked_by),
        context={"approval": locked, "link": settings.SITE_URL + queries.approvals_address(locked)},
    )  # fmt: skip
    return locked


# -- the text goes on -------------------------------------------------------------------------------------------------
def note_version(revision: Revision) -> None:
    """Keep up with a version that was saved: what was said about another text is outdated, until it comes back."""
    model = revision.content_type.model_class()
    kind = next((one for one in queries.approvable_kinds() if model and issubclass(model, one.model)), None)
    standing = Approval.objects.of(kind.key, revision.object_id).standing() if kind else Approval.objects.none()
    if kind is None or not standing.exists():
        return
    mark = versions.fingerprint(kind.model, versions.content_of(revision))
    standing.filter(fingerprint=mark).update(outdated_at=None)
    standing.filter(outdated_at=None).exclude(fingerprint=mark).update(outdated_at=timezone.now())
    if revision.approved_go_live_at:
        standing.filter(fingerprint=mark).update(published_at=timezone.now())


def note_published(kind: PublicKind, pk: Any, revision: Revision) -> None:
    """Note that a version which somebody was asked about is out in the world."""
    standing = Approval.objects.of(kind.key, pk).standing().filter(published_at=None)
    if standing.exists():
        mark = versions.fingerprint(kind.model, versions.content_of(revision))
        standing.filter(fingerprint=mark).update(published_at=timezone.now())


def note_gone(kind: PublicKind, pks: Iterable[Any]) -> None:
    """Close what was asked about texts that have been deleted."""
    about = Approval.objects.filter(kind=kind.key, object_pk__in=[str(pk) for pk in pks]).standing()
    for key in set(about.values_list("object_pk", flat=True)):
        if not kind.model._default_manager.filter(pk=key).exists():
            Approval.objects.of(kind.key, key).standing().update(
                closed_at=timezone.now(), closed_why="Den Text gibt es nicht mehr."
            )


def stands_against(thing: Any, by: Any) -> str:
    """Return why this person cannot simply publish the newest version now; empty when they can."""
    state = thing.current_workflow_state
    if state and state.status == state.STATUS_IN_PROGRESS:
        task = state.current_task_state.task.specific
        if task.locked_for_user(thing, by):
            return "Der Text wartet darauf, dass jemand anderes aus der Geschäftsstelle ihn freigibt."
    missing = [one.who for one in approvals_of(thing).missing().defer("content").order_by("pk")]
    return f"Für diese Fassung fehlt die Freigabe von {', '.join(missing)}." if missing else ""
