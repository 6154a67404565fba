"""Data of one person in files, for the round trip of tests/test_privacy.py."""

from django.core.files.base import ContentFile

from akademie.accounts.models import User
from akademie.files.models import AcademyDocument


def leave_traces(person: User, token: str) -> list[str]:
    """Upload a document. Return what the archive must show."""
    AcademyDocument.objects.create(
        title="Satzung", licence="eigenes Dokument", uploaded_by_user=person, file=ContentFile(b"%PDF", "satzung.pdf")
    )
    return ["<td>Satzung</td>"]
