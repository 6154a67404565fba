"""Data of one person in moderation, for the round trip of tests/test_privacy.py."""

from django.utils import timezone

from akademie.accounts.models import User
from akademie.moderation.models import ContentReport, HiddenContent, PostingLock


def leave_traces(person: User, token: str) -> list[str]:
    """Report twice and decide once. Return what the archive must show."""
    for number, decided in enumerate((None, timezone.now())):
        ContentReport.objects.create(
            address="/", category="wrong", name=person.get_full_name(), email=person.email, digest=f"{token}{number}",
            text=f"Ich, {person.get_full_name()}, finde das falsch. Schreiben Sie an {person.email}.",
            decided_at=decided, decision="kept" if decided else "", reasons="Stimmt so." if decided else "",
        )  # fmt: skip
    ContentReport.objects.create(
        address="/", category="wrong", text="Das ist veraltet.", decided_at=timezone.now(), decision="changed",
        reasons=f"Geändert von {person.get_full_name()}.", decided_by=person, digest="other",
    )  # fmt: skip
    why = {"category": "insulting", "ground": "terms", "rule": "4"}
    PostingLock.objects.create(user=person, reasons="Beleidigung im Kontaktformular.", **why)
    HiddenContent.objects.create(
        kind="praxis", object_pk=f"{person.pk}", title="Beispiel", address="/", made_by=person,
        reasons=f"Entschieden von {person.get_full_name()}.", **why,
    )  # fmt: skip
    return [
        "Beleidigung im Kontaktformular.",
        f"Entschieden von {person.get_full_name()}.",
        f"Ich, {person.get_full_name()}, finde das falsch.",
        f"Geändert von {person.get_full_name()}.",
    ]
