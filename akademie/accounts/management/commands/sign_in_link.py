"""`manage.py sign_in_link ADDRESS`: a sign-in link on the terminal, for the first Leitung or without mail."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from akademie.accounts import actions
from akademie.accounts.models import User


class Command(BaseCommand):
    """Print a link that signs in once."""

    help = "Gibt einen Link aus, mit dem sich eine Person ein Mal anmeldet."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the address, and whether to make the person Leitung."""
        parser.add_argument("address", help="E-Mail-Adresse der Person")
        parser.add_argument("--leitung", action="store_true", help="die Person zur Leitung machen; legt ihr Konto an")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the link, or say what is wrong."""
        email = options["address"].strip().lower()
        try:
            validate_email(email)
        except ValidationError:
            raise CommandError(f"{email!r} ist keine E-Mail-Adresse.") from None
        if options["leitung"]:
            actions.make_lead(email)
        if User.objects.filter(email=email, is_active=False).exists():
            raise CommandError(f"Das Konto {email} ist gesperrt.")
        self.stdout.write(actions.sign_in_address(email))
        self.stderr.write(f"Der Link gilt {settings.SIGN_IN_LINK_MINUTES} Minuten und für eine Anmeldung.")
