"""`manage.py worker`: the background worker alone, where the web server runs elsewhere."""

from typing import Any

from django.core.management.base import BaseCommand

from akademie.core.worker import run_worker


class Command(BaseCommand):
    """Works until it is told to stop."""

    help = "Führt Aufgaben im Hintergrund aus, bis der Dienst beendet wird."

    def handle(self, *args: Any, **options: Any) -> None:
        """Work."""
        run_worker()
