"""What people hears of: sign-ins, changes of accounts, entries of the log."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_delete, post_save, pre_save
from wagtail.models import ModelLogEntry, PageLogEntry

from akademie.accounts.models import User
from akademie.core import stamps
from akademie.core.contributions import people_data
from akademie.people import acting
from akademie.people.queries import STAMP

SEEN = {"first_name", "last_name", "is_active"}  # what the directory shows of an account


def claim(sender: Any, request: Any, user: User, **kwargs: Any) -> None:
    """Give a person who signs in what they did before as a guest: only now their address is confirmed once more."""
    for area in people_data:
        if area.claim:
            area.claim(user)


def account_changed(sender: Any, instance: User, update_fields: Any = None, **kwargs: Any) -> None:
    """Renew the directory when somebody is renamed, blocked or deleted."""
    if update_fields is None or SEEN & set(update_fields):
        stamps.bump(STAMP)


def say_who_acted(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Write into the log of every area who acted with a shared account."""
    if instance.pk is None and (name := acting.current()):
        instance.data = {**(instance.data or {}), "acting_as": name}


def listen() -> None:
    """Connect the receivers; called once at the start."""
    user_logged_in.connect(claim, dispatch_uid="people claim")
    post_save.connect(account_changed, sender=User, dispatch_uid="people account saved")
    post_delete.connect(account_changed, sender=User, dispatch_uid="people account deleted")
    for entry in (ModelLogEntry, PageLogEntry):
        pre_save.connect(say_who_acted, sender=entry, dispatch_uid="people who acted")
