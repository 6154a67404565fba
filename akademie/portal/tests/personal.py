"""Data of one person in portal, for the round trip of tests/test_privacy.py."""

from akademie.accounts.models import User
from akademie.portal.models import CalendarAddress


def leave_traces(person: User, token: str) -> list[str]:
    """Subscribe to the own calendar. Return what the archive must show."""
    CalendarAddress.objects.create(user=person, word=token)
    return ["Adresse Ihres Kalenders"]
