"""`manage.py export_all`: everything for another operator, without what lives for a short time."""

from akademie.operation.management.commands import backup


class Command(backup.Command):
    """Writes an export; ends with 2 when that is not possible."""

    help = "Gibt alles für eine andere Akademie aus, ohne Anmeldungen, Schlüssel, Mails und wartende Aufgaben."
    kind = "export"
