"""`manage.py serve`: the whole academy in one command."""

import os
import sqlite3
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import OperationalError

from akademie.core.actions import NotPossible
from akademie.core.ground import NotStarted
from akademie.core.preparation import NoDemoHere
from akademie.core.serve import serve


class Command(BaseCommand):
    """Prepares what is needed and serves until it is told to stop; ends with 2 when the start is not possible."""

    help = "Richtet ein, was fehlt, und startet Webserver und Hintergrunddienst."
    requires_system_checks = []  # the deployment runs `manage.py check`; here it would cost a second per start

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--host", default="127.0.0.1", help="Adresse, auf der gehört wird (127.0.0.1)")
        parser.add_argument("--port", type=int, default=8000, help="Port (8000)")
        parser.add_argument("--processes", type=int, default=2, help="Prozesse des Webservers (2)")
        parser.add_argument("--threads", type=int, default=4, help="Anfragen zugleich je Prozess (4)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Serve, and say plainly why not."""
        try:
            serve(
                options["host"],
                options["port"],
                processes=options["processes"],
                threads=options["threads"],
                say=lambda line: self.stdout.write(line) or self.stdout.flush(),
            )
        except NotStarted as reason:
            self._refuse(str(reason))
        except NoDemoHere:
            self._begin_again_without_demo()
        except NotPossible as reason:
            self._refuse(f"Die Daten ließen sich nicht laden: {reason}")
        except (OSError, OperationalError, sqlite3.OperationalError) as error:
            self._refuse(f"Der Start ist nicht möglich: {error}")
        except KeyboardInterrupt:
            sys.exit(130)

    def _begin_again_without_demo(self) -> None:
        """Start anew in this place: the whole program has been set up for a demo, with its links and open mails."""
        self.stdout.write("Hier liegt eine eingerichtete Akademie. Sie startet ohne Beispielpersonen und -daten.")
        self.stdout.flush()
        os.environ["DEMO"] = "False"
        os.execv(sys.executable, sys.orig_argv)  # noqa: S606  (ourselves, as we were called)

    def _refuse(self, reason: str) -> None:
        self.stderr.write(reason)
        sys.exit(2)
