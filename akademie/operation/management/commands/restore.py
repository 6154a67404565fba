"""`manage.py restore FILE`: a backup into an empty place."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from akademie.core.actions import NotPossible
from akademie.operation.actions import backups

QUESTION = "Alles, was jetzt da ist, wird ersetzt; vorher wird es gesichert. Weiter? Dann tippen Sie „ersetzen“: "


class Command(BaseCommand):
    """Restores a backup; ends with 2 when that is not possible, and then nothing has changed."""

    help = "Stellt die Akademie aus einer Sicherung wieder her."
    requires_system_checks = []
    kind = "backup"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare file and options."""
        parser.add_argument("file", type=Path, help="Datei der Sicherung")
        parser.add_argument("--replace", action="store_true", help="ersetzt, was da ist; fragt vorher")
        parser.add_argument("--yes", action="store_true", help="fragt nicht")

    def handle(self, *args: Any, **options: Any) -> None:
        """Restore, and say plainly why not."""
        if options["replace"] and not options["yes"] and not self._is_sure():
            self.stderr.write("Abgebrochen. Nichts ist geändert.")
            sys.exit(2)
        try:
            backups.restore(options["file"], kind=self.kind, replace=options["replace"], say=self._say)
        except NotPossible as reason:
            self.stderr.write(str(reason))
            sys.exit(2)
        except KeyboardInterrupt:
            self.stderr.write("Abgebrochen. Nichts ist geändert.")
            sys.exit(130)

    def _is_sure(self) -> bool:
        try:
            return input(QUESTION).strip().lower() == "ersetzen"
        except EOFError:
            return False

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
