"""Data of one person in accounts, for the round trip of tests/test_privacy.py."""

from akademie.accounts.models import RecoveryCode, User


def leave_traces(person: User, token: str) -> list[str]:
    """Have a code on paper. Return what the archive must show."""
    RecoveryCode.objects.create(user=person, digest=f"{token}-digest")
    return [f"<td>{person.email}</td>", f"<td>{person.last_name}</td>"]
