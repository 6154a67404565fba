"""Input of the Wegweiser, and of *Ansehen als*."""

from typing import Any

from django import forms

from akademie.accounts.models import User
from akademie.core.forms import MailField, clean_text
from akademie.portal.guide.answer import MAX_CONCERN
from akademie.towns.forms import TownField
from akademie.towns.models import Town


class ConcernForm(forms.Form):
    """A concern of a few words or three sentences, and the own town if people like."""

    q = forms.CharField(
        label="Ihr Anliegen",
        widget=forms.Textarea({"rows": 2, "class": "ak-input"}),
    )
    stadt = TownField(label="Ihre Stadt", required=False)

    def __init__(self, parameters: Any, *, own: Town | None = None) -> None:
        self.typed = parameters.get("q", "")
        town = parameters.get("stadt", own.pk if own else "")
        # Nothing asked yet is no mistake: then the form only shows what it knows.
        super().__init__(parameters if self.is_asked else None, initial={"stadt": town})

    @property
    def concern(self) -> str:
        """The concern as it is read."""
        return clean_text(self.typed, MAX_CONCERN)

    @property
    def is_asked(self) -> bool:
        """Whether there is anything to answer."""
        return bool(self.concern)

    @property
    def is_shortened(self) -> bool:
        """Whether more was typed than is read."""
        return len(" ".join(self.typed.split())) > MAX_CONCERN

    @property
    def town(self) -> Town | None:
        """The town that the answer is for."""
        found: Town | None = self.cleaned_data.get("stadt")
        return found


class LookAsForm(forms.Form):
    """The person as whom the Leitung looks at the site."""

    email = MailField(
        label="E-Mail-Adresse der Person",
        help_text="Die Adresse, mit der sich die Person anmeldet. Sie finden sie in der Redaktion unter „Personen“.",
        widget=forms.EmailInput({"autocomplete": "off"}),
    )

    def clean_email(self) -> User:
        """Return the person with this address."""
        person = User.objects.filter(email=self.cleaned_data["email"]).first()
        if person is None:
            raise forms.ValidationError("Zu dieser Adresse gibt es kein Konto. Bitte prüfen Sie die Schreibweise.")
        return person
