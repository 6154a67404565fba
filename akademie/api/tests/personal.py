"""Data of one person in api, for the round trip of tests/test_privacy.py."""

from django.utils import timezone

from akademie.accounts.models import User
from akademie.api.models import AccessKey, digest_of


def leave_traces(person: User, token: str) -> list[str]:
    """Have a key. Return what the archive must show."""
    AccessKey.objects.create(
        user=person, name=f"Schlüssel {token}", digest=digest_of(token), ends_on=timezone.localdate()
    )
    return [f"Schlüssel {token}"]
