"""Data of one person in events, for the round trip of tests/test_privacy.py."""

from akademie.accounts.models import User
from akademie.events.models import EventTask
from akademie.events.tests.factories import EventFactory


def leave_traces(person: User, token: str) -> list[str]:
    """Host one event, answer questions about another, have a task and have done one. Return what the archive shows."""
    hosted = EventFactory(title="Abend am Markt", owner=person)
    EventFactory(
        title="Morgen am Bahnhof", contact_name=f"Berta {token}", contact_email=person.email,
        contact_phone="03876 12 34",
    )  # fmt: skip
    for number, (title, field) in enumerate((("Saal buchen", "assignee"), ("Kuchen backen", "done_by"))):
        EventTask.objects.create(event=hosted, title=title, days=-number, due_on="2027-01-14", **{field: person})
    return ["Abend am Markt", "Morgen am Bahnhof", f"Berta {token}", "Saal buchen", "Kuchen backen"]
