"""Input of privacy."""

from typing import Any

from django import forms
from django.utils import timezone

from akademie.core.forms import LineField, MailField, PlainTextField, Trap
from akademie.privacy.models import MAX_REASON, MIN_REASON
from akademie.privacy.queries.log import is_thing


class AddressForm(forms.Form):
    """An address whose owner wants to know what is known."""

    email = MailField(help_text="Wir schicken Ihnen einen Link. So sieht niemand anderes Ihre Daten.")
    website = Trap()


class EraseForm(forms.Form):
    """The one question before everything is gone."""

    sure = forms.BooleanField(
        label="Ja, das alles endgültig löschen",
        error_messages={"required": "Bitte setzen Sie den Haken. Ohne ihn löschen wir nichts."},
    )


class HoldForm(forms.Form):
    """Why a record must be kept."""

    reason = PlainTextField(
        label="Warum muss der Vorgang bleiben?",
        min_length=MIN_REASON,
        max_length=MAX_REASON,
        widget=forms.Textarea({"rows": 4}),
        help_text="Zum Beispiel: Prüfung durch den Rechnungshof bis Ende 2028, Aktenzeichen 12/345.",
        error_messages={
            "required": "Bitte nennen Sie den Grund. Ohne Grund dürfen Daten nicht länger bleiben.",
            "min_length": f"Bitte schreiben Sie etwas mehr, mindestens {MIN_REASON} Zeichen.",
            "max_length": f"Bitte kürzen Sie den Grund auf {MAX_REASON} Zeichen.",
        },
    )


class NumberForm(forms.Form):
    """Which record must stay, by the number that people know."""

    nummer = LineField(
        label="Nummer des Vorgangs", max_length=60,
        help_text="Zum Beispiel 12 oder 2026-12. Sie steht auf der Seite des Vorgangs und im Protokoll.",
        error_messages={
            "required": "Bitte geben Sie eine Nummer ein.", "max_length": "Bitte geben Sie nur die Nummer ein.",
        },
    )  # fmt: skip


class OfferForm(forms.Form):
    """When the records were offered to the public archive."""

    offered_on = forms.DateField(
        label="Dem Archiv angeboten am",
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": "Bitte nennen Sie den Tag des Angebots.",
            "invalid": "Bitte geben Sie den Tag so ein: 31.12.2026",
        },
    )

    def clean_offered_on(self) -> Any:
        """Refuse a day that is still to come."""
        day = self.cleaned_data["offered_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(
                "Dieser Tag liegt in der Zukunft. Vermerken Sie das Angebot, wenn es heraus ist."
            )
        return day


class LogFilterForm(forms.Form):
    """Narrows the log. What is not understood is said, and narrows nothing."""

    person = LineField(
        label="Person", required=False, max_length=120,
        help_text="Was sie getan hat und was sie betrifft: Name oder E-Mail-Adresse, auch ein Teil davon",
        error_messages={"max_length": "Bitte kürzen Sie den Namen."},
    )  # fmt: skip
    text = LineField(
        label="Woran", required=False, max_length=120,
        help_text="Bezeichnung, Stadt, Funktion oder Person, auch ein Teil davon, oder Nummer",
        error_messages={"max_length": "Bitte kürzen Sie die Bezeichnung."},
    )  # fmt: skip
    ding = forms.CharField(required=False, widget=forms.HiddenInput)
    von = forms.DateField(
        label="Von", required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Bitte geben Sie den Tag so ein: 31.12.2026"},
    )  # fmt: skip
    bis = forms.DateField(
        label="Bis", required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Bitte geben Sie den Tag so ein: 31.12.2026"},
    )  # fmt: skip
    art = forms.ChoiceField(label="Was", required=False, error_messages={"invalid_choice": "Diese Art gibt es nicht."})

    def __init__(self, *args: Any, kinds: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["art"].choices = [("", "Alles"), *kinds]  # type: ignore[attr-defined]

    def clean(self) -> None:
        """Refuse what is no thing of the log: an address that was cut or typed. The form does not carry it on."""
        if (thing := self.cleaned_data.get("ding")) and not is_thing(thing):
            self.add_error(None, "Diesen Vorgang kennt das Protokoll nicht. Bitte suchen Sie ihn neu.")
            self.data = {**self.data.dict(), "ding": ""}  # type: ignore[attr-defined]
            self.cleaned_data["ding"] = ""
