"""`manage.py rebuild_search`: build the search index anew while the old one serves."""

from typing import Any

from django.core.management.base import BaseCommand

from akademie.search import actions, queries


class Command(BaseCommand):
    """Builds beside the old index and changes over; nothing is missing meanwhile."""

    help = "Baut den Suchindex neu auf. Die Suche läuft dabei weiter."

    def handle(self, *args: Any, **options: Any) -> None:
        """Build and say how many entries there are."""
        done = actions.rebuild_index(queries.engine(), self.stdout.write)
        self.stdout.write(f"Suchindex mit {done} Einträgen ist fertig.")
