"""`manage.py preflight`: is the update safe?"""

import json
import sys
from argparse import SUPPRESS, ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from akademie.core.contributions import Light
from akademie.operation.backup.preflight import look_at_copy, preflight

WORDS = {Light.GREEN: "gut", Light.YELLOW: "Achtung", Light.RED: "NEIN", Light.GREY: "unbekannt"}


class Command(BaseCommand):
    """Tries the update on a copy; ends with 0 when it is safe and with 1 when it is not."""

    help = "Probiert die Aktualisierung an einer Kopie der Datenbank. Was läuft, bleibt unberührt."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the option with which the command calls itself on the copy."""
        parser.add_argument("--on-copy", action="store_true", help=SUPPRESS)

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the findings and the advice."""
        if options["on_copy"]:
            self.stdout.write(json.dumps(look_at_copy()))
            return
        worst = Light.GREEN
        for finding in preflight():
            self.stdout.write(f"{WORDS[finding.light]:>8}: {finding.sentence}")
            self.stdout.flush()
            if finding.light == Light.RED or (worst != Light.RED and finding.light == Light.YELLOW):
                worst = finding.light
        if worst == Light.RED:
            self.stderr.write("Aktualisieren Sie noch nicht.")
            sys.exit(1)
        self.stdout.write("Die Aktualisierung ist unbedenklich.")
