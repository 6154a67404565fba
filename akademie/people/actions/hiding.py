"""A profile that the office hides: found by its address, out of sight, and shown again."""

from __future__ import annotations

import re

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from akademie.accounts.models import User
from akademie.core import stamps
from akademie.people import queries
from akademie.people.models import Audience, Profile


def profile_at(path: str) -> tuple[str, str] | None:
    """Return key and name of the profile at a path of ours that participants can see; None when there is none."""
    found = re.fullmatch(r"/menschen/(\d{1,9})/", path)
    visible = queries.visible_to_audience(Audience.PARTICIPANTS).select_related("user")
    profile = visible.filter(pk=found[1]).first() if found else None
    return (str(profile.pk), profile.user.get_full_name()) if profile else None


def owners_of(pk: str) -> QuerySet[User]:
    """Return whose profile this is."""
    return User.objects.filter(profile=pk, is_active=True)


@transaction.atomic
def hide(pk: str) -> None:
    """Take a profile out of everybody's sight; it keeps whom its owner wants to show it to."""
    profile = Profile.objects.select_for_update().get(pk=pk)
    if profile.hidden_at is None:
        profile.hidden_at, profile.shown_before, profile.show_name = timezone.now(), profile.show_name, Audience.NOBODY
        profile.save(update_fields=["hidden_at", "shown_before", "show_name"])
        stamps.bump(queries.STAMP)


@transaction.atomic
def show(pk: str) -> None:
    """Show a hidden profile again, to whom its owner wants."""
    profile = Profile.objects.select_for_update().filter(pk=pk, hidden_at__isnull=False).first()
    if profile:
        profile.hidden_at, profile.show_name = None, profile.shown_before
        profile.save(update_fields=["hidden_at", "show_name"])
        stamps.bump(queries.STAMP)
