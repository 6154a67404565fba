"""Ways through the cards about what towns take along from a format: its Ablaufplan, its code for their website."""

from collections.abc import Callable

from tests.browser import Visit
from tests.journeys.handbook import Walk


def moderate(walk: Walk, visiting: Callable[..., Visit]) -> None:
    with walk.step():
        walk.press("Formate", leaves=True)
        walk.press("Webinar", leaves=True)
        walk.press("Ablaufplan mit Uhr", leaves=True)
    with walk.step():
        walk.fill("Beginn", "14:00")
        walk.press("Uhrzeiten zeigen", leaves=True)
    with walk.step():
        walk.press("Uhr starten")
    with walk.step():
        walk.press("+5 Minuten")
    walk.take_picture(walk.page.get_by_role("button", name="Uhrzeiten zeigen"))
    with walk.step():
        walk.press("Nächster Schritt")
    with walk.step():
        walk.press("Uhr beenden")


def embed(walk: Walk, visiting: Callable[..., Visit]) -> None:
    with walk.step():
        walk.press("Formate", leaves=True)
        walk.press("Webinar", leaves=True)
    with walk.step():
        walk.press("Auf eigener Website einbetten", leaves=True)
    with walk.step():
        walk.see("Als Rahmen")
    walk.take_picture(walk.page.get_by_role("heading", name="So sieht es aus"))
    with walk.step():
        assert walk.page.get_by_label("Kopieren Sie diese Zeile").input_value().startswith("<iframe ")
    with walk.aside():
        walk.see("Als HTML")
