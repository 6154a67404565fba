"""`manage.py first_run`: the address at which the first Leitung sets the academy up."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from akademie.accounts import queries as people
from akademie.cms import actions


class Command(BaseCommand):
    """Print the address."""

    help = "Gibt die Adresse aus, unter der Sie die Akademie einrichten, solange sie keine Leitung hat."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the address, or say why there is none."""
        if settings.DEMO:
            raise CommandError("Diese Akademie ist eine Demo. Starten Sie sie zuerst ohne Demo, mit DEMO=False.")
        if people.has_lead():
            raise CommandError(
                "Diese Akademie hat schon eine Leitung. Kommt keine Mail an? Dann: manage.py sign_in_link ADRESSE"
            )
        self.stdout.write(actions.setup_address())
        self.stderr.write("Die Adresse gilt, bis es eine Leitung gibt. Geben Sie sie niemandem sonst.")
