"""Data of one person in formats, for the round trip of tests/test_privacy.py."""

from django.utils import timezone

from akademie.accounts.models import User
from akademie.formats.models import FormatProposal, HandIn
from akademie.formats.tests.factories import FormatProfileFactory, FormatRunFactory


def leave_traces(person: User, token: str) -> list[str]:
    """Enter a run with a report that came back, write variants and a proposal, decide another.

    Returns what the archive must show.
    """
    name = person.get_full_name() or person.email
    FormatRunFactory(
        made_by=person, title=f"Webinar mit {name}", report=True, advice=f"Rufen Sie {person.email} an.",
        returned_because=f"Bitte ohne {name}.",
    )  # fmt: skip
    origin = FormatProfileFactory()
    draft = FormatProfileFactory(
        draft=True, maker=person, origin=origin, name=f"Variante von {name}", slug=f"variante-{person.pk}"
    )
    HandIn.objects.create(
        profile=draft, answered_at=timezone.now(), answered_by=person, answer=f"Es fehlt etwas, sagt {name}."
    )
    FormatProfileFactory(maker=person, origin=origin, differs="Abends")
    given = {"profile": origin, "field": "tips"}
    FormatProposal.objects.create(
        **given, after=f"Rufen Sie {name} an.", why=f"Fragen Sie {person.email}.", made_by=person
    )
    FormatProposal.objects.create(
        **given, after="Kürzer.", why="Zu lang.", state="left", decided_at=timezone.now(), decided_by=person,
        answer=f"Nein, sagt {name}.",
    )  # fmt: skip
    return [
        f"Variante von {name}",
        f"Rufen Sie {name} an.",
        f"Webinar mit {name}",
        f"Bitte ohne {name}.",
    ]
