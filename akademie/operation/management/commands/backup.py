"""`manage.py backup`: database and uploaded files in one file."""

import os
import signal
import sys
from argparse import SUPPRESS, ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from akademie.core.actions import NotPossible
from akademie.core.serve import end_with
from akademie.operation.actions import backups


class Command(BaseCommand):
    """Writes a backup while the academy goes on; ends with 2 when that is not possible."""

    help = "Sichert Datenbank und hochgeladene Dateien in eine Datei. Die Akademie läuft dabei weiter."
    requires_system_checks = []
    kind = "backup"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--to", type=Path, metavar="ORDNER", help="Ordner (ohne Angabe BACKUP_DIR)")
        parser.add_argument("--unlisted", action="store_true", help=SUPPRESS)  # the worker lists it, and ends it

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file and say what is in it."""
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that nothing half is left then either
        if options["unlisted"]:
            end_with(os.getppid())
        try:
            path, manifest = backups.write_by_hand(options["to"], kind=self.kind, listed=not options["unlisted"])
        except NotPossible as reason:
            self.stderr.write(str(reason))
            sys.exit(2)
        except KeyboardInterrupt:
            self.stderr.write("Abgebrochen. Es gibt keine neue Sicherung.")
            sys.exit(130)
        for note in manifest.notes():
            self.stderr.write(f"Achtung: {note}")
        self.stdout.write(
            f"{path}\n{manifest.summary}, zusammen {path.stat().st_size / 1e6:.1f} MB, geschrieben und geprüft."
        )
