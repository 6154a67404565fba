"""Data of one person in accessibility, for the round trip of tests/test_privacy.py."""

from django.utils import timezone

from akademie.accessibility.models import BarrierReport, StatementReview
from akademie.accounts.models import User


def leave_traces(person: User, token: str) -> list[str]:
    """Report a barrier, see to another and answer a third. Return what the archive must show."""
    BarrierReport.objects.create(
        page=f"https://stadt.example/suche/?q={person.email}", email=person.email,
        text=f"Die Karte geht nicht. Schreiben Sie an {person.email}.",
    )  # fmt: skip
    BarrierReport.objects.create(text="Der Kontrast ist zu klein.", owner=person)
    BarrierReport.objects.create(
        text="Das Bild hat keinen Text.", answered_by=person, answered_at=timezone.now(),
        answer=f"Behoben von {person.get_full_name()}.",
    )  # fmt: skip
    StatementReview.objects.create(
        conformity="partial", law="BGG", scope="Alles", method="Selbstbewertung", created_by=person,
        responsible=f"{person.get_full_name()} im Rathaus",
    )  # fmt: skip
    return ["Die Karte geht nicht.", f"Behoben von {person.get_full_name()}.", "im Rathaus"]
