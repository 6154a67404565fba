"""`manage.py backup`: database and uploaded files in one file."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from akademie.core.actions import NotPossible
from akademie.operation.actions import backups


class Command(BaseCommand):
    """Writes a backup while the academy goes on; ends with 2 when that is not possible."""

    help = "Sichert Datenbank und hochgeladene Dateien in eine Datei. Die Akademie läuft dabei weiter."
    requires_system_checks = []
    kind = "backup"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--to", type=Path, metavar="ORDNER", help="Ordner (ohne Angabe BACKUP_DIR)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file and say what is in it."""
        try:
            path, manifest = backups.write_by_hand(options["to"], kind=self.kind)
        except NotPossible as reason:
            self.stderr.write(str(reason))
            sys.exit(2)
        for note in manifest.notes():
            self.stderr.write(f"Achtung: {note}")
        self.stdout.write(
            f"{path}\n{manifest.summary}, zusammen {path.stat().st_size / 1e6:.1f} MB, geschrieben und geprüft."
        )
