"""Ways through the cards of hosts: from a format to an event, and what is left to do once it is over."""

from collections.abc import Callable
from datetime import date, timedelta

from tests.browser import Visit, wait_for
from tests.journeys.handbook import Walk, run_in_shell

MAYOR = "buergermeisterin@stadt.example"
OVER = """
from datetime import timedelta
from django.utils import timezone
from akademie.accounts.models import User
from akademie.events.actions.starting import make_event
from akademie.formats.models import FormatProfile
begins = timezone.now() - timedelta(hours=5)
make_event(
    FormatProfile.objects.get(slug="webinar"), topics=["mobilitaet"], state="published", published_at=begins,
    owner=User.objects.get(email="buergermeisterin@stadt.example"), starts_at=begins, mode="digital",
    title="Ein Rufbus am Abend", summary="Was ein Abend kostet.", host="Stadt Perleberg",
)
"""


def start(walk: Walk, visiting: Callable[..., Visit]) -> None:
    thursday = date.today() + timedelta(days=94 - date.today().weekday())  # in three months
    with walk.step():
        walk.press("Formate", leaves=True)
        walk.press("Webinar", leaves=True)
        walk.press("Format starten", leaves=True)
    with walk.step():
        walk.fill("Titel", "Läden füllen mit Zwischennutzung")
        walk.fill("Thema", "Leerstand und Problemimmobilien")
        walk.fill("Beginn", f"{thursday}T14:00")
        walk.fill("Ein Satz dazu", "Für alle, die mit einem leeren Laden anfangen.")
    with walk.step():
        walk.press("Veranstaltung anlegen", leaves=True)
    walk.take_picture(walk.page.get_by_role("heading", name="Der nächste Schritt"))
    with walk.step():
        walk.press("Einladung", leaves=True)
        walk.page.get_by_text("wir laden Sie herzlich ein: Läden füllen mit Zwischennutzung").first.wait_for()
    with walk.step():
        walk.page.go_back()
        walk.press("Der Geschäftsstelle vorlegen", leaves=True)
    own = walk.page.url
    with walk.aside():
        walk.press("Angaben ändern", leaves=True)
        walk.page.go_back()
        walk.press("Alle Aufgaben", leaves=True)
    office, site = visiting(), walk.visit.site
    before = len(site.mails(MAYOR))
    office.be("leitung@akademie.example")
    office.go(own)
    with office.page.expect_navigation():
        office.page.get_by_role("button", name="Veröffentlichen").click()
    with walk.step():
        walk.press("Mein Bereich", leaves=True)
        mail = wait_for(lambda: site.mails(MAYOR)[before:], "no mail says that it is public")
        assert "Läden füllen mit Zwischennutzung" in mail[-1]


def afterwards(walk: Walk, visiting: Callable[..., Visit]) -> None:
    run_in_shell(walk, OVER)
    with walk.step():
        walk.press("Mein Bereich", leaves=True)
        with walk.page.expect_navigation():
            walk.page.get_by_role("link", name="Ein Rufbus am Abend", exact=True).click()
    with walk.step():
        walk.see("Der nächste Schritt")
        walk.press("Zeiten und Erfahrungen eintragen", leaves=True)
    with walk.step():
        walk.fill("Zeit zum Vorbereiten", "3:00")
        walk.fill("Zeit zum Durchführen", "2:30")
        walk.fill("Zeit zum Nachbereiten", "45 Min.")
    with walk.step():
        walk.fill("Was lief gut", "Die Fahrer haben selbst erzählt.")
        walk.press("Eintragen", leaves=True)
    with walk.aside():
        walk.see("Ergebnis ansehen")
    with walk.step():
        walk.press("Rückblick schreiben", leaves=True)
        walk.fill("Was wir gelernt haben", "Am Freitag fahren die meisten.")
        walk.fill("Wie es weitergeht", "Wir rechnen einen zweiten Abend in der Woche.")
    walk.take_picture(walk.page.get_by_label("Was wir gelernt haben"))
    with walk.step():
        walk.press("Speichern und veröffentlichen", leaves=True)
    walk.page.get_by_text("Der Rückblick ist öffentlich.").wait_for()
