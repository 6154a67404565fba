"""Data of one person in formats, for the round trip of tests/test_privacy.py."""

from akademie.accounts.models import User
from akademie.formats.tests.factories import FormatRunFactory


def leave_traces(person: User, token: str) -> list[str]:
    """Enter a run with a report that came back. Return what the archive must show."""
    name = person.get_full_name() or person.email
    FormatRunFactory(
        made_by=person, title=f"Webinar mit {name}", report=True, advice=f"Rufen Sie {person.email} an.",
        returned_because=f"Bitte ohne {name}.",
    )  # fmt: skip
    return [f"Webinar mit {name}", f"Rufen Sie {person.email} an.", f"Bitte ohne {name}."]
