"""`manage.py worker`: the background worker alone, where the web server runs elsewhere."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from akademie.core.ground import NotStarted
from akademie.core.worker import run_worker


class Command(BaseCommand):
    """Works until it is told to stop; ends with 2 where it cannot, or another one has the data folder."""

    help = "Führt Aufgaben im Hintergrund aus, bis der Dienst beendet wird."

    def handle(self, *args: Any, **options: Any) -> None:
        """Work."""
        try:
            run_worker()
        except NotStarted as reason:
            self.stderr.write(str(reason))
            sys.exit(2)
