"""What editing listens to: versions, what becomes public, who published it, and what waits for its release."""

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.models import Revision, TaskState
from wagtail.signals import page_published, published, task_submitted

from akademie.core.contributions import PublicKind
from akademie.core.public import public_changed
from akademie.editing import actions, approving, queries, releasing


@receiver(public_changed, dispatch_uid="editing: upkeep")
def note_what_is_public(sender: Any, kind: PublicKind, pks: list[Any], **kwargs: Any) -> None:
    """A public thing was written, hidden or deleted."""
    if queries.is_edited(kind):
        actions.take_note(kind, pks)
    approving.note_gone(kind, pks)


@receiver([page_published, published], dispatch_uid="editing: published")
def note_who_published(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Somebody has published something."""
    revision = kwargs.get("revision")
    for kind in queries.edited_kinds():
        if isinstance(instance, kind.model):
            actions.published(kind, instance.pk, revision.user if revision else None)
    if revision:
        for kind in queries.approvable_kinds():
            if isinstance(instance, kind.model):
                approving.note_published(kind, instance.pk, revision)


@receiver(post_save, sender=Revision, dispatch_uid="editing: version")
def note_version(sender: Any, instance: Revision, raw: bool = False, **kwargs: Any) -> None:
    """Somebody has saved a text, also while typing."""
    if not raw:
        approving.note_version(instance)


@receiver(task_submitted, sender=TaskState, dispatch_uid="editing: release wanted")
def ask_for_release(sender: Any, instance: TaskState, user: Any = None, **kwargs: Any) -> None:
    """Somebody has handed in a text for the second step of the workflow."""
    releasing.ask(instance)
