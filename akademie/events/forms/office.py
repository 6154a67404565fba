"""What the office types: when an event comes out, why it goes back, how a sort is called."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone

from akademie.core.forms import LineField
from akademie.editing.forms import Day
from akademie.events.models import EventType

OUT_AT = time(7)  # the hour at which an event comes out on its day; it exists on every day of the year
FARTHEST = 366  # days


class PublishForm(forms.Form):
    """When an event comes out."""

    day = forms.DateField(
        label="Erscheint am", required=False, widget=Day(),
        help_text="Leer: sofort. Sonst erscheint die Seite an diesem Tag um 7 Uhr.",
        error_messages={"invalid": "Bitte geben Sie einen Tag ein, zum Beispiel 24.12.2026."},
    )  # fmt: skip

    def clean_day(self) -> date | None:
        """Refuse a day that is over or very far off."""
        day: date | None = self.cleaned_data["day"]
        today = timezone.localdate()
        if day and day < today:
            raise forms.ValidationError("Dieser Tag ist vorbei. Nennen Sie einen kommenden Tag, oder keinen.")
        if day and (day - today).days > FARTHEST:
            raise forms.ValidationError("Bitte nennen Sie einen Tag innerhalb eines Jahres.")
        return day

    def publish_at(self) -> datetime | None:
        """Return the moment at which the event comes out; None for at once."""
        day: date | None = self.cleaned_data["day"]
        return datetime.combine(day, OUT_AT, timezone.get_default_timezone()) if day else None


class GiveBackForm(forms.Form):
    """Why an event goes back to its host."""

    reason = LineField(
        label="Was fehlt noch?", min_length=5, max_length=240,
        help_text="Ein Satz. Er steht in der Mail an die Person, die die Veranstaltung vorbereitet.",
        error_messages={
            "required": "Bitte schreiben Sie mit einem Satz, was fehlt.",
            "min_length": "Bitte schreiben Sie mit einem Satz, was fehlt.",
            "max_length": "Bitte kürzen Sie auf 240 Zeichen.",
        },
    )  # fmt: skip


class TypeForm(forms.Form):
    """A sort of event."""

    name = LineField(
        label="Name", min_length=3, max_length=80,
        error_messages={
            "required": "Bitte geben Sie der Art einen Namen.",
            "min_length": "Bitte nehmen Sie mindestens 3 Zeichen.",
            "max_length": "Bitte kürzen Sie auf 80 Zeichen.",
        },
    )  # fmt: skip

    def __init__(self, *args: Any, kind: EventType | None = None, **kwargs: Any) -> None:
        """`kind` is the sort that gets another name; None for a new one."""
        super().__init__(*args, **kwargs)
        self.kind = kind

    def clean_name(self) -> str:
        """Refuse a name that another sort has, whatever its capital letters."""
        name: str = self.cleaned_data["name"]
        if EventType.objects.filter(name__iexact=name).exclude(pk=self.kind.pk if self.kind else None).exists():
            raise forms.ValidationError(f"Die Art „{name}“ gibt es schon.")
        return name
