"""What people tell others about themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from akademie.accounts.models import User
from akademie.core import stamps
from akademie.core.actions import check_may_post
from akademie.people import queries
from akademie.people.models import Audience, Direction, Profile, ProfileTopic
from akademie.topics.models import Topic


@transaction.atomic
def save_profile(user: User, *, first_name: str, last_name: str, **fields: Any) -> Profile:
    """Keep a person's name and what the profile says; the first time makes the profile.

    NotPossible for new words of somebody who may not post. Whom a hidden profile is to be shown to counts once it is
    shown again.
    """
    known = queries.profile_of(user)
    if fields.get("about") and fields["about"] != known.about:
        check_may_post(user)
    if known.hidden_at:
        fields["shown_before"], fields["show_name"] = fields["show_name"], Audience.NOBODY
    locked = User.objects.select_for_update().get(pk=user.pk)
    if (locked.first_name, locked.last_name) != (first_name, last_name):
        locked.first_name, locked.last_name = first_name, last_name
        locked.save(update_fields=["first_name", "last_name"])
    profile, _ = Profile.objects.update_or_create(user=locked, defaults=fields)
    stamps.bump(queries.STAMP)
    return profile


@transaction.atomic
def save_topics(user: User, lists: Mapping[str, Iterable[tuple[Topic, str]]]) -> Profile:
    """Keep both lists as a whole: what is not in them any more is gone. NotPossible for who may not post."""
    lists = {direction: list(rows) for direction, rows in lists.items()}
    if any(lists.values()):
        check_may_post(user)
    User.objects.select_for_update().get(pk=user.pk)  # two browsers at once: the later one wins, whole
    profile, _ = Profile.objects.get_or_create(user=user)
    profile.topics.all().delete()
    ProfileTopic.objects.bulk_create(
        ProfileTopic(profile=profile, topic=topic, direction=direction, position=position, sentence=sentence)
        for direction in Direction.values
        for position, (topic, sentence) in enumerate(lists[direction], 1)
    )
    stamps.bump(queries.STAMP)
    return profile
