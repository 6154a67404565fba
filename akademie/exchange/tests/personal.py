"""Data of one person in exchange, for the round trip of tests/test_privacy.py."""

from akademie.accounts.models import User
from akademie.exchange.tests.factories import HelpRequestFactory


def leave_traces(person: User, token: str) -> list[str]:
    """Ask three times: open, not confirmed, answered. Return what the archive must show."""
    HelpRequestFactory(email=person.email, question=f"Wer kennt {token} und hilft uns?", concern=f"{token} sucht Rat")
    HelpRequestFactory(email=person.email.upper(), question=f"Zweite Frage von {token}", unconfirmed=True)
    HelpRequestFactory(email=person.email, question=f"Dritte Frage von {token}", answered=True)
    return [f"Wer kennt {token} und hilft uns?", f"{token} sucht Rat", f"Zweite Frage von {token}"]
