"""Data of one person in editing, for the round trip of tests/test_privacy.py."""

from datetime import date

from django.utils import timezone

from akademie.accounts.models import User
from akademie.editing.models import Absence, Approval, ApprovalState, Upkeep


def leave_traces(person: User, token: str) -> list[str]:
    """Look after one thing, check another, be away and stand in. Return what the archive must show."""
    other = User.objects.create_user(f"vertretung-von-{person.pk}@akademie.example")
    values = {"kind": "bibliothek", "due_on": date(2027, 1, 1), "url": "/"}
    Upkeep.objects.create(object_pk=f"{person.pk} looks after", title="Seite vom Markt", owner=person, **values)
    Upkeep.objects.create(object_pk=f"{person.pk} checked", title="Text zum Rathaus", checked_by=person, **values)
    days = {"from_day": date(2026, 1, 2), "until_day": date(2026, 1, 3)}
    Absence.objects.create(person=person, substitute=other, **days)
    Absence.objects.create(person=other, substitute=person, **days)
    version = {"kind": "seiten", "content": {}, "revision": 1, "version_at": timezone.now(), "due_on": date(2027, 1, 1)}
    who = {"name": f"Berta {token}", "function": token, "email": person.email, "message": f"Frage an {token}"}
    answer = {"state": ApprovalState.CHANGES, "answered_at": timezone.now(), "comment": f"Wunsch von {token}"}
    Approval.objects.create(object_pk=f"{person.pk}", title="Text zur Freigabe", **version, **who)
    Approval.objects.create(
        object_pk=f"{person.pk} answered", title="Text mit Wunsch", answered_name=token, **version, **who, **answer
    )
    Approval.objects.create(object_pk=f"{person.pk} asked", title="Gefragt", name="B", asked_by=person, **version)
    return [
        "Text zur Freigabe",
        f"Wunsch von {token}",
        "Gefragt",
        "Seite vom Markt",
        "Text zum Rathaus",
        "waren nicht da",
        "haben vertreten",
    ]
