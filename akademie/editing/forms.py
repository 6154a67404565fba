"""Input of upkeep, approvals and substitutes."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone

from akademie.accounts.models import User
from akademie.core.forms import LineField, MailField, NameField, PlainTextField
from akademie.editing import queries
from akademie.editing.models import APPROVAL_DAYS, MAX_COMMENT, MAX_MESSAGE, MAX_NOTE, Rhythm, Upkeep
from akademie.towns.forms import TownField

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


def _function_field(**options: Any) -> LineField:
    return LineField(
        max_length=120, required=False, error_messages={"max_length": "Bitte kürzen Sie die Funktion auf 120 Zeichen."},
        **options,
    )  # fmt: skip


class AskForApprovalForm(forms.Form):
    """Whom the office asks to approve a text, and until when."""

    name = NameField(
        label="Wer soll freigeben?", help_text="Vor- und Nachname", widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": "Bitte nennen Sie die Person."},
    )  # fmt: skip
    function = _function_field(label="Funktion", help_text="Zum Beispiel: Bürgermeisterin")
    email = MailField(
        label="E-Mail-Adresse", widget=forms.EmailInput({"autocomplete": "off"}),
        help_text="Dorthin geht der Link. Die Person braucht kein Konto.",
    )  # fmt: skip
    town = TownField(label="Stadt", required=False)
    message = PlainTextField(
        label="Nachricht", max_length=MAX_MESSAGE, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Steht in der Mail.", error_messages={"max_length": "Bitte kürzen Sie den Text auf 1.000 Zeichen."},
    )  # fmt: skip
    due_on = forms.DateField(label="Antwort bis", error_messages=DAY, widget=Day())

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"due_on": timezone.localdate() + timedelta(days=APPROVAL_DAYS)})

    def clean_due_on(self) -> Any:
        """Refuse a day that is over, or so far away that nobody means it."""
        day, today = self.cleaned_data["due_on"], timezone.localdate()
        if day < today:
            raise forms.ValidationError("Dieser Tag ist schon vorbei. Bitte nennen Sie heute oder einen späteren Tag.")
        if (day - today).days > LONGEST_DAYS:
            raise forms.ValidationError("Bitte nennen Sie einen Tag innerhalb eines Jahres.")
        return day


class PublishAnywayForm(forms.Form):
    """Why a text is published although an approval is missing."""

    why = LineField(
        label="Warum veröffentlichen Sie ohne diese Freigabe?", max_length=300,
        error_messages={
            "required": "Bitte schreiben Sie den Grund in einem Satz. Er steht im Verlauf.",
            "max_length": "Bitte kürzen Sie den Grund auf 300 Zeichen.",
        },
    )  # fmt: skip


class ApprovalForm(forms.Form):
    """The answer of somebody without an account; which button was pressed says which.

    `version` stands in the page itself: what is drawn anew is about the version that is drawn with it.
    """

    name = NameField()
    function = _function_field(label="Ihre Funktion")
    comment = PlainTextField(
        label="Was soll sich ändern?", max_length=MAX_COMMENT, required=False,
        widget=forms.Textarea(attrs={"rows": 5}), help_text="Nur nötig, wenn Sie „Ändern“ drücken.",
        error_messages={"max_length": "Bitte kürzen Sie den Text auf 2.000 Zeichen."},
    )  # fmt: skip
    ANSWERS = ("freigeben", "aendern")

    def clean(self) -> dict[str, Any]:
        """Refuse an answer that says nothing."""
        cleaned = super().clean() or {}
        answer = self.data.get("antwort")
        if answer not in self.ANSWERS:
            self.add_error(None, "Bitte drücken Sie „So freigeben“ oder „Ändern“.")
        elif answer == "aendern" and "comment" in cleaned and not cleaned["comment"].strip():
            self.add_error("comment", "Bitte schreiben Sie kurz, was sich ändern soll.")
        return {**cleaned, "approves": answer == "freigeben", "version": self.data.get("version", "")}
