"""`manage.py import_all FILE`: what another operator has handed over, into an empty place."""

from akademie.operation.management.commands import restore


class Command(restore.Command):
    """Takes over an export; ends with 2 when that is not possible, and then nothing has changed."""

    help = "Übernimmt eine vollständige Ausgabe einer anderen Akademie."
    kind = "export"
