"""Data of one person in surveys, for the round trip of tests/test_privacy.py."""

from akademie.accounts.models import User
from akademie.surveys.tests.factories import make_survey, ratings


def leave_traces(person: User, token: str) -> list[str]:
    """Host a survey. Return what the archive must show."""
    make_survey(
        ratings(3, 4, 5, 5, 4), closed=True, by=person, is_public=False, title=f"Werkstatt von {token}",
        about=f"Fragen an {person.email}",
    )  # fmt: skip
    return [f"Werkstatt von {token}"]
