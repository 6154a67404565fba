"""Input of upkeep and substitutes."""

from typing import Any

from django import forms
from django.utils import timezone

from akademie.accounts.models import User
from akademie.core.forms import PlainTextField
from akademie.editing import queries
from akademie.editing.models import MAX_NOTE, Rhythm, Upkeep

LONGEST_DAYS = 366  # an absence longer than that is no absence
WHO = {"invalid_choice": "Bitte wählen Sie eine Person aus der Liste.", "required": "Bitte wählen Sie eine Person."}
DAY = {
    "invalid": "Bitte geben Sie einen Tag ein, zum Beispiel 24.12.2026.",
    "required": "Bitte geben Sie einen Tag ein.",
}


class Day(forms.DateInput):
    """The browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class ColleagueField(forms.ModelChoiceField):
    """Somebody of the office."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            queryset=queries.colleagues(), error_messages=WHO, **{"empty_label": "bitte wählen", **options}
        )

    def label_from_instance(self, obj: Any) -> str:
        """Name and address: two may have the same name."""
        return f"{obj} ({obj.email})" if obj.get_full_name() else str(obj)


class LookAfterForm(forms.Form):
    """Who looks after something, and how often it is checked."""

    owner = ColleagueField(label="Wer kümmert sich?", required=False, empty_label="noch niemand")
    rhythm = forms.TypedChoiceField(
        label="Wie oft wird geprüft?", choices=Rhythm, coerce=int,
        error_messages={"invalid_choice": "Bitte wählen Sie eine der Möglichkeiten aus der Liste."},
    )  # fmt: skip


class ShareForm(forms.Form):
    """Several things for one person."""

    owner = ColleagueField(label="Wer kümmert sich um die gewählten Inhalte?")
    auswahl = forms.ModelMultipleChoiceField(
        queryset=Upkeep.objects.published(),
        error_messages={
            "required": "Bitte wählen Sie in der Liste mindestens einen Inhalt.",
            "invalid_choice": "Einen der Inhalte gibt es nicht mehr. Bitte wählen Sie noch einmal.",
            "invalid_pk_value": "Einen der Inhalte gibt es nicht mehr. Bitte wählen Sie noch einmal.",
        },
    )


class NoteForm(forms.Form):
    """What must be changed."""

    note = PlainTextField(
        label="Was muss sich ändern?", max_length=MAX_NOTE, required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": "Bitte kürzen Sie den Text auf 1.000 Zeichen."},
    )  # fmt: skip


class AbsenceForm(forms.Form):
    """Who is away, until when, and who stands in."""

    person = ColleagueField(label="Wer ist nicht da?")
    substitute = ColleagueField(label="Wer vertritt?")
    from_day = forms.DateField(label="Erster Tag", error_messages=DAY, widget=Day())
    until_day = forms.DateField(label="Letzter Tag", error_messages=DAY, widget=Day())

    def __init__(self, data: Any = None, *, by: User) -> None:
        """`by` is proposed as who is away."""
        super().__init__(data, initial={"person": by.pk, "from_day": timezone.localdate()})

    def clean(self) -> dict[str, Any]:
        """Check what the days say together."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("from_day"), cleaned.get("until_day")
        if first and last and (last - first).days > LONGEST_DAYS:
            self.add_error("until_day", "Bitte nennen Sie höchstens ein Jahr. Danach können Sie verlängern.")
        if last and last < timezone.localdate():
            self.add_error("until_day", "Dieser Tag ist schon vorbei. Bitte nennen Sie heute oder einen späteren Tag.")
        return cleaned
