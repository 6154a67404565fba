"""What operation keeps about people: copies in backups, and nothing else that leads to anybody."""

from collections.abc import Iterator

from akademie.core.contributions import ErasureLine, ExportPart, Fate, Subject
from akademie.operation.backup.retention import MONTHS
from akademie.operation.models import Backup


def export(subject: Subject) -> Iterator[ExportPart]:
    """Yield nothing: backups hold what the areas hold."""
    return iter(())


def preview(subject: Subject) -> Iterator[ErasureLine]:
    """Say that backups stay as they are."""
    if Backup.objects.done().exists():
        why = (
            f"Eine Sicherung lässt sich nicht ändern. Die älteste ist in der Regel {MONTHS} Monate alt. Muss eine "
            "eingespielt werden, löscht die Geschäftsstelle Ihre Daten noch einmal."
        )
        yield ErasureLine(Fate.STAYS, "Kopien in den Sicherungen der Akademie", why)


def erase(subject: Subject) -> None:
    """Nothing to do."""
