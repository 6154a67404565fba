"""Kinds of messages and addresses for the tests."""

from datetime import datetime
from typing import Any

import pytest

from akademie.accounts.models import User
from akademie.notifications.actions import weekly
from akademie.notifications.models import Notice
from akademie.notifications.types import NotificationType, notification_types

MAIL = "accounts/mail/sign_in_link"  # any template that takes `link`; its subject is SUBJECT
SUBJECT = "Ihr Link zur Anmeldung"
LINK = "https://akademie.example/austausch/7/"


def declare(patch: pytest.MonkeyPatch, *kinds: dict[str, Any]) -> None:
    """Declare these kinds for one test, beside the weekly mail; nothing else is there."""
    own = notification_types.get(weekly.KIND)
    assert own is not None
    declared = [NotificationType(**{"category": "Austausch", "mail": MAIL, **kind}) for kind in kinds]
    patch.setattr(notification_types, "_items", {kind.key: kind for kind in (own, *declared)})


def make_notices(user: User, *texts: str, at: datetime, order: int = 50, kind: str = "tests.news") -> list[Notice]:
    """Let lines wait for the weekly mail."""
    return [
        Notice.objects.create(
            user=user, kind=kind, text=text, url=f"{LINK}#{place}", order=order, created_at=at
        ) for place, text in enumerate(texts)
    ]  # fmt: skip
