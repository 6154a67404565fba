"""Input of the form for a new key."""

from datetime import date, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from akademie.core.forms import LineField

USUAL_DAYS, MOST_DAYS = 90, 365  # that a key works


class KeyForm(forms.Form):
    """What a key is for, and until when."""

    name = LineField(
        label="Wofür ist der Schlüssel?", max_length=60, help_text="Zum Beispiel: Institut für Stadtforschung",
        error_messages={"required": "Bitte sagen Sie kurz, wofür der Schlüssel ist."},
    )  # fmt: skip
    ends_on = forms.DateField(
        label="Gilt bis", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text="Höchstens ein Jahr.", initial=lambda: timezone.localdate() + timedelta(days=USUAL_DAYS),
        error_messages={"required": "Bitte wählen Sie einen Tag.", "invalid": "Bitte wählen Sie einen Tag."},
    )  # fmt: skip

    def clean_ends_on(self) -> date:
        """Refuse a day that has passed, and one too far away."""
        day: date = self.cleaned_data["ends_on"]
        today = timezone.localdate()
        if not today <= day <= today + timedelta(days=MOST_DAYS):
            raise ValidationError("Bitte wählen Sie einen Tag von heute an, höchstens ein Jahr entfernt.")
        return day
