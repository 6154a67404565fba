"""Input of cms."""

from typing import Any

from django import forms

from akademie.accounts.queries import DEMO_ADDRESSES
from akademie.cms.models import AcademySettings
from akademie.cms.page_templates import templates
from akademie.core.forms import LineField, MailField, clean_text


class SetUpForm(forms.ModelForm):
    """Who runs this academy, and who leads it: all that the first run asks."""

    HINTS = {
        "operator": "Wer die Akademie betreibt, mit vollem Namen.",
        "legal_form": "Zum Beispiel: Körperschaft des öffentlichen Rechts, GmbH, eingetragener Verein.",
        "represented_by": "Zum Beispiel: die Bürgermeisterin Anna Amt.",
        "email": "Hierhin gehen Anfragen. Sie steht im Impressum.",
    }
    MISSING = {
        "operator": "Bitte geben Sie an, wer die Akademie betreibt.",
        "legal_form": "Bitte geben Sie die Rechtsform des Trägers an.",
        "street": "Bitte geben Sie Straße und Hausnummer an.",
        "postal_code": "Bitte geben Sie die Postleitzahl an.",
        "city": "Bitte geben Sie den Ort an.",
        "email": "Bitte geben Sie die Adresse der Geschäftsstelle an.",
    }
    first_name = forms.CharField(
        label="Vorname der Leitung", max_length=80, error_messages={"required": "Bitte geben Sie den Vornamen an."}
    )
    last_name = forms.CharField(
        label="Nachname der Leitung", max_length=80, error_messages={"required": "Bitte geben Sie den Nachnamen an."}
    )
    lead_email = MailField(
        label="E-Mail-Adresse der Leitung",
        help_text="Mit dieser Adresse melden Sie sich künftig an. Nehmen Sie eine persönliche, keine gemeinsame.",
        error_messages={"required": "Bitte geben Sie die Adresse der Leitung an."},
    )

    class Meta:
        model = AcademySettings
        fields = ("operator", "legal_form", "street", "postal_code", "city", "represented_by", "email", "phone")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if name in self.HINTS:
                field.help_text = self.HINTS[name]
            if name in self.MISSING:
                field.required = True
                field.error_messages["required"] = self.MISSING[name]
        self.fields["email"].error_messages["invalid"] = "Bitte prüfen Sie die Adresse. Sie sieht so aus: post@stadt.de"

    def clean_lead_email(self) -> str:
        """Refuse an address of the demo."""
        email: str = self.cleaned_data["lead_email"]
        if email in DEMO_ADDRESSES:
            raise forms.ValidationError("Diese Adresse gehört einer Person der Demo. Bitte nehmen Sie Ihre eigene.")
        return email

    def as_setup(self) -> dict[str, Any]:
        """Return what `actions.set_up` takes besides the token."""
        given = {name: clean_text(value, 254) for name, value in self.cleaned_data.items()}
        return {
            "about": {name: given[name] for name in self.Meta.fields},
            "email": given["lead_email"],
            "first_name": given["first_name"],
            "last_name": given["last_name"],
        }


class NewPageForm(forms.Form):
    """What a new page begins with."""

    template = forms.TypedChoiceField(
        label="Vorlage", widget=forms.RadioSelect, coerce=lambda key: templates()[key],
        choices=lambda: [(one.key, f"{one.title}: {one.about}") for one in templates().values()],
        error_messages={
            "required": "Bitte wählen Sie eine Vorlage.", "invalid_choice": "Bitte wählen Sie eine der Vorlagen.",
        },
    )  # fmt: skip
    title = LineField(
        label="Titel", max_length=150, help_text="Was die Seite sagt, in wenigen Wörtern. Sie können ihn noch ändern.",
        error_messages={
            "required": "Bitte geben Sie einen Titel ein.", "max_length": "Bitte kürzen Sie den Titel auf 150 Zeichen.",
        },
    )  # fmt: skip
