"""Data of one person in surveys, for the round trip of tests/test_privacy.py."""

from akademie.accounts.models import User
from akademie.surveys.tests.factories import make_survey, ratings


def leave_traces(person: User, token: str) -> list[str]:
    """Host a survey. Return what the archive must show."""
    about = f"Fragen an {person.get_full_name()}, {person.email}"
    make_survey(
        ratings(3, 4, 5, 5, 4), closed=True, by=person, is_public=False, title="Werkstatt im Ortskern", about=about
    )
    return ["Werkstatt im Ortskern", f"Fragen an {person.get_full_name()}"]  # an address in a text stays as it was
