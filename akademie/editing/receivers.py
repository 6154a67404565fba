"""What editing listens to: what becomes public, and who published it."""

from typing import Any

from django.dispatch import receiver
from wagtail.signals import page_published, published

from akademie.core.contributions import PublicKind
from akademie.core.public import public_changed
from akademie.editing import actions, queries


@receiver(public_changed, dispatch_uid="editing: upkeep")
def note_what_is_public(sender: Any, kind: PublicKind, pks: list[Any], **kwargs: Any) -> None:
    """A public thing was written, hidden or deleted."""
    if queries.is_edited(kind):
        actions.take_note(kind, pks)


@receiver([page_published, published], dispatch_uid="editing: published")
def note_who_published(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Somebody has published something."""
    revision = kwargs.get("revision")
    for kind in queries.edited_kinds():
        if isinstance(instance, kind.model):
            actions.published(kind, instance.pk, revision.user if revision else None)
