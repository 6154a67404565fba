"""The start page, as far as the office words it; the address of a person's calendar."""

import secrets
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from akademie.cms.models import BasePage

MAX_EXAMPLES = 3


def new_calendar_word() -> str:
    """Return the secret part of a calendar's address."""
    return secrets.token_urlsafe(24)


class StartPage(BasePage):
    """The first page: one question, a sentence, three examples. What is below it comes from the areas themselves."""

    question = models.CharField("Frage", max_length=80, default="Was beschäftigt Ihre Stadt?")
    lead = models.CharField(
        "Einleitung", max_length=250, help_text="Ein oder zwei kurze Sätze: was man hier bekommt.",
        default="Ein Satz genügt. Sie bekommen Beispiele aus Städten wie Ihrer, Unterlagen und einen nächsten Schritt.",
    )  # fmt: skip
    examples = models.TextField(
        "Beispiele", max_length=400, help_text="Drei Anliegen, je Zeile eines, so wie man sie eintippen würde.",
        default="Unser letzter Hausarzt geht in Rente\nJugendliche sollen mitreden\nDer Bus fährt nur dreimal am Tag",
    )  # fmt: skip

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel([FieldPanel("question"), FieldPanel("lead"), FieldPanel("examples")], heading="Die eine Frage"),
    ]
    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    template = "portal/public/start.html"

    class Meta:
        verbose_name = "Startseite"
        verbose_name_plural = "Startseiten"

    def clean(self) -> None:
        """Three examples fit beside each other, no more."""
        super().clean()
        if len(self.example_list()) > MAX_EXAMPLES:
            raise ValidationError({"examples": "Bitte höchstens drei Beispiele, je Zeile eines."})

    def owns_address(self, slug: str) -> bool:
        """The start page has no slug in its address."""
        return True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return what the preview shows: the page itself, with the draft's words."""
        from akademie.portal.start import start_context

        return {"request": request, **start_context(self)}

    def example_list(self) -> list[str]:
        """Return the examples one by one."""
        return [line.strip() for line in self.examples.splitlines() if line.strip()]


class CalendarAddress(models.Model):
    """The secret address at which a calendar program reads a person's dates, without signing in."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_address", verbose_name="Person"
    )
    word = models.CharField(max_length=40, unique=True, default=new_calendar_word)
    made_at = models.DateTimeField("seit", auto_now=True)

    class Meta:
        verbose_name = "Kalenderadresse"
        verbose_name_plural = "Kalenderadressen"

    def __str__(self) -> str:
        return f"Kalender von {self.user}"
