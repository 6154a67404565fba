"""Keeping the log as it was written."""

from typing import Any

from django.db.models.signals import pre_delete, pre_save
from wagtail.models import ModelLogEntry, PageLogEntry

from akademie.core.actions import NotPossible

SAYS = "Das Protokoll bleibt, wie es geschrieben wurde. Niemand ändert oder löscht Einträge."


def refuse_change(sender: Any, instance: Any, raw: bool = False, **_: Any) -> None:
    """Let entries be written, and no more; `raw` is a backup that is put back."""
    if not instance._state.adding and not raw:
        raise NotPossible(SAYS)


def refuse_deletion(sender: Any, **_: Any) -> None:
    """Let nobody delete an entry. Those whose time is over go by their rule, see `actions.retention`."""
    raise NotPossible(SAYS)


def keep_the_log() -> None:
    """Connect both."""
    for model in (ModelLogEntry, PageLogEntry):
        pre_save.connect(refuse_change, sender=model, dispatch_uid=f"privacy keeps {model.__name__}")
        pre_delete.connect(refuse_deletion, sender=model, dispatch_uid=f"privacy keeps all of {model.__name__}")
