"""`manage.py remove_demo`: take the data of the demo away, in one step."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from akademie.accounts import queries as people
from akademie.core.actions import NotPossible
from akademie.operation.actions import setup as actions
from akademie.operation.queries import setup as queries


class Command(BaseCommand):
    """Remove, or say what would go."""

    help = "Entfernt die Personen und Daten der Demo. Alles andere bleibt."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the option."""
        parser.add_argument("--preview", action="store_true", help="nur zeigen, was entfernt würde")

    def handle(self, *args: Any, **options: Any) -> None:
        """Remove, or say why not."""
        if options["preview"]:
            self._list(queries.demo_left(), "Entfernt würde:")
            return
        try:
            gone = actions.remove_demo()
        except NotPossible as refusal:
            raise CommandError(str(refusal)) from None
        self._list(gone, "Entfernt ist:")
        if people.waits_for_its_lead():
            self.stdout.write("Noch leitet niemand diese Akademie. Weiter geht es mit: manage.py first_run")

    def _list(self, lines: list[str], heading: str) -> None:
        if not lines:
            self.stdout.write("Von der Demo ist nichts da.")
            return
        self.stdout.write(heading)
        for line in lines:
            self.stdout.write(f"  {line}")
