"""Starting an event from a format: eight things at most; all else comes from the format and can be changed later."""

import uuid
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone

from akademie.core.forms import LineField, MailField
from akademie.core.moments import MomentField
from akademie.events.models import MAX_PLACES
from akademie.events.places import where
from akademie.formats.models import FormatProfile
from akademie.formats.words import Mode
from akademie.topics import queries as topics

PAST = "Dieser Zeitpunkt ist schon vorbei. Bitte wählen Sie einen kommenden."


class StartForm(forms.Form):
    """Title, topic, beginning, place, host, places, contact, one sentence."""

    press = forms.UUIDField(widget=forms.HiddenInput, required=False)  # the same form sent twice makes one event
    title = LineField(label="Titel", max_length=120, min_length=5, help_text="So heißt die Veranstaltung überall.")
    topic = forms.ChoiceField(label="Thema", required=False)
    starts_at = MomentField(label="Beginn", help_text="Tag und Uhrzeit. Das Ende ergibt sich aus dem Format.")
    place = LineField(
        label="Wo?",
        max_length=200,
        help_text="„online“, ein Ort wie „Rathaus, Markt 1“ oder beides: „Rathaus, Markt 1 und online“.",
    )
    host = LineField(label="Wer lädt ein?", max_length=120, help_text="Stadt oder Organisation")
    capacity = forms.IntegerField(
        label="Plätze",
        min_value=1,
        max_value=MAX_PLACES,
        required=False,
        help_text="Leer, wenn es keine Grenze gibt.",
        error_messages={
            "invalid": "Bitte geben Sie eine ganze Zahl ein, zum Beispiel 30.",
            "min_value": "Es braucht mindestens einen Platz. Lassen Sie das Feld leer, wenn es keine Grenze gibt.",
            "max_value": f"Mehr als {MAX_PLACES:,} Plätze gehen nicht.".replace(",", "."),
        },
    )
    contact = MailField(label="E-Mail für Fragen", help_text="Steht öffentlich auf der Seite der Veranstaltung.")
    summary = LineField(
        label="Ein Satz dazu", max_length=240, required=False, help_text="Worum geht es, und für wen lohnt es sich?"
    )

    def __init__(self, *args: Any, profile: FormatProfile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.profile = profile
        self.fields["topic"].choices = [("", "ohne Thema"), *topics.choices()]  # type: ignore[attr-defined]
        self.initial.setdefault("press", uuid.uuid4())

    def clean_starts_at(self) -> datetime:
        """Refuse what is over before it begins."""
        given: datetime = self.cleaned_data["starts_at"]
        if given < timezone.now():
            raise forms.ValidationError(PAST)
        return given

    def clean(self) -> dict[str, Any]:
        """Read mode and place from the one line."""
        cleaned = super().clean() or {}
        if typed := cleaned.get("place"):
            found = where(typed)
            if found.mode == Mode.HYBRID and not found.place:
                self.add_error("place", "Bitte schreiben Sie den Ort dazu: „Rathaus, Markt 1 und online“.")
            cleaned |= {"mode": found.mode, "place": found.place}
        return cleaned
