"""Ways through the cards about events: publishing one, the sorts of events, subscribing to dates."""

from collections.abc import Callable

from tests.browser import Visit
from tests.journeys.handbook import Walk, from_the_desk, run_in_shell

HANDED_IN = """
from datetime import timedelta
from django.utils import timezone
from akademie.accounts.models import User
from akademie.events.models import Event, EventType
begins = timezone.now() + timedelta(days=5)
Event.objects.create(
    slug="handbuch", title="Tauschabend im Bauhof", kind=EventType.objects.first(), mode="digital", state="submitted",
    starts_at=begins, ends_at=begins + timedelta(hours=2), host="Stadt Perleberg", summary="Werkzeug, das wandert.",
    owner=User.objects.get(email="buergermeisterin@stadt.example"),
)
"""


def publish(walk: Walk, visiting: Callable[..., Visit]) -> None:
    run_in_shell(walk, HANDED_IN)
    with walk.step():
        from_the_desk(walk, "Veranstaltungen verwalten")
        walk.press("Zu veröffentlichen", leaves=True)
    with walk.step():
        with walk.page.expect_navigation():
            walk.page.get_by_role("link", name="Tauschabend im Bauhof").click()
        walk.press("Seite ansehen", leaves=True)
    with walk.step():
        walk.press("Veröffentlichen oder absagen", leaves=True)
    with walk.step():
        walk.see("Erscheint am")
    walk.take_picture()
    with walk.aside():
        walk.see("Was fehlt noch?")
        walk.see("Als Entwurf zurückgeben")
    with walk.step():
        walk.press("Veröffentlichen", form=True, leaves=True)
    walk.page.get_by_text("Die Seite ist öffentlich.").wait_for()


def sorts(walk: Walk, visiting: Callable[..., Visit]) -> None:
    with walk.step():
        from_the_desk(walk, "Arten von Veranstaltungen")
    with walk.step():
        walk.fill("Name", "Stammtisch")
    with walk.step():
        walk.press("Art hinzufügen", leaves=True)
    walk.take_picture()
    with walk.step():
        walk.press("Nach unten", leaves=True)
        walk.press("Nach oben", leaves=True)
    with walk.step():
        walk.press("Nicht mehr anbieten", leaves=True)
        walk.page.get_by_role("button", name="Wieder anbieten").wait_for()


def subscribe(walk: Walk, visiting: Callable[..., Visit]) -> None:
    with walk.step():
        walk.press("Kalender", leaves=True)
    walk.take_picture()
    with walk.step():
        walk.press("Liste eingrenzen", leaves=True)
    with walk.step():
        walk.see("Diese Auswahl im Kalender abonnieren")
        walk.page.get_by_text("Diese Auswahl im Kalender abonnieren").click()
    with walk.step():
        walk.see("Im Kalenderprogramm öffnen")
        link = walk.page.get_by_role("link", name="Im Kalenderprogramm öffnen").get_attribute("href")
        assert link is not None
        assert link.startswith("webcal://")
        assert link.endswith("/kalender.ics")
    with walk.aside():
        walk.see("In Outlook geht es so")
