"""Changes of what is public, heard in one place: the area's stamp is renewed and who needs to know is told.

The only receivers on other areas' saves in the house. Bulk changes send no signal; they call `changed` themselves.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import Signal

from akademie.core import stamps
from akademie.core.contributions import PublicKind, public_kinds

public_changed = Signal()  # kind: PublicKind, pks: list of primary keys; sent inside the changing transaction


def changed(kind: PublicKind, pks: Iterable[Any]) -> None:
    """Say that these objects of a public kind were written, hidden or deleted."""
    stamps.bump(kind.key)
    public_changed.send(sender=kind.model, kind=kind, pks=list(pks))


def _saved(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    for kind in public_kinds:
        if isinstance(instance, kind.model):
            changed(kind, [instance.pk])
        elif sender in kind.parts:
            changed(kind, [instance.parent_pk])  # type: ignore[attr-defined]


def _linked(sender: type[Model], instance: Model, action: str, pk_set: set[Any] | None, **kwargs: Any) -> None:
    if not action.startswith("post_"):
        return
    for kind in public_kinds:
        if isinstance(instance, kind.model):
            changed(kind, [instance.pk])
        elif kwargs.get("reverse") and kwargs.get("model") is kind.model:
            changed(kind, pk_set or ())


def listen() -> None:
    """Connect the receivers; called once, after all areas have declared what they make public."""
    for kind in public_kinds:
        if kind.key == "":
            raise ValueError("a public kind needs a key")
    post_save.connect(_saved, dispatch_uid="public saved")
    post_delete.connect(_saved, dispatch_uid="public deleted")
    m2m_changed.connect(_linked, dispatch_uid="public linked")
