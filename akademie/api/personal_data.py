"""What the API keeps about people, and how it answers for it."""

from collections.abc import Iterator

from akademie.api.models import AccessKey, AccessKeyQuerySet
from akademie.core.contributions import ErasureLine, ExportPart, Fate, Subject


def _keys(subject: Subject) -> AccessKeyQuerySet:
    found: AccessKeyQuerySet = AccessKey.objects.filter(user=subject.user)  # None is nobody's
    return found.order_by("pk")


def export(subject: Subject) -> Iterator[ExportPart]:
    """Yield the keys, without what opens anything."""
    yield ExportPart("Ihre Zugangsschlüssel", ({
        "Name": key.name, "Erstellt": key.made_at, "Gilt bis": key.ends_on, "Zuletzt benutzt": key.last_used_at,
        "Zurückgezogen": key.withdrawn_at,
    } for key in _keys(subject)))  # fmt: skip


def preview(subject: Subject) -> Iterator[ErasureLine]:
    """Yield how many keys go."""
    if number := _keys(subject).count():
        yield ErasureLine(Fate.GOES, "Ihr Zugangsschlüssel" if number == 1 else f"Ihre {number} Zugangsschlüssel")


def erase(subject: Subject) -> None:
    """Delete the keys; what they handed in is the office's."""
    _keys(subject).delete()
