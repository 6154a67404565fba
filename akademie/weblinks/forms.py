"""Input of the link check."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from akademie.weblinks.models import LONGEST, WebLink

NO_ADDRESS = (
    "Das ist keine Adresse. Eine Adresse beginnt mit https:// und nennt einen Server: https://www.bbsr.bund.de/"
)


class NewAddressForm(forms.Form):
    """What comes in place of an address."""

    neu = forms.CharField(
        label="Neue Adresse", max_length=LONGEST,
        help_text="Sehen Sie im Browser nach, ob dort das Richtige steht. Dann kopieren Sie die Adresse hierher.",
        error_messages={
            "required": "Bitte geben Sie die neue Adresse ein.",
            "max_length": "Diese Adresse ist zu lang. Es gehen 2.000 Zeichen.",
        },
    )  # fmt: skip

    def __init__(self, data: Any = None, *, link: WebLink) -> None:
        """A new address that the check has found is proposed."""
        super().__init__(data, initial={"neu": link.target})
        self.link = link

    def clean_neu(self) -> str:
        """Refuse what is no address, what it is already, and a path of ours instead of somebody else's address."""
        new = self.cleaned_data["neu"].strip()
        if new == self.link.url:
            raise ValidationError("Das ist die alte Adresse. Bitte geben Sie die neue ein.")
        if new.startswith("/") and not new.startswith("//") and self.link.url.startswith("/") and " " not in new:
            return new
        URLValidator(schemes=["http", "https"], message=NO_ADDRESS)(new)
        if "@" in urlsplit(new).netloc:
            raise ValidationError("In der Adresse darf kein Benutzername stehen.")
        return new
