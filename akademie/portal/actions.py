"""What is done with the portal: its start page takes its place."""

from collections.abc import Callable

from django.db import transaction

from akademie.cms import actions as cms
from akademie.portal.models import StartPage


@transaction.atomic
def install_start_page(say: Callable[[str], None]) -> None:
    """Make the start page the root of the site, once; the office's wording of it stays."""
    cms.install_start_page(StartPage.objects.first() or StartPage(title="Startseite", slug="start"))
    say("Die Startseite steht.")
