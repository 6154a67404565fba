"""Input to somebody else: a message."""

from __future__ import annotations

from typing import Any

from django import forms

from akademie.core.forms import LineField, MailField, PlainTextField, Trap
from akademie.people.models import (
    MAX_MESSAGE,
    MIN_MESSAGE,
)


class MessageForm(forms.Form):
    """A message; guests say who they are."""

    text = PlainTextField(
        label="Ihre Nachricht", min_length=MIN_MESSAGE, max_length=MAX_MESSAGE, widget=forms.Textarea({"rows": 7}),
        help_text="Worum geht es, und was möchten Sie wissen? Zwei, drei Sätze genügen.",
        error_messages={
            "required": "Bitte schreiben Sie in ein, zwei Sätzen, worum es geht.",
            "min_length": f"Bitte schreiben Sie etwas mehr, mindestens {MIN_MESSAGE} Zeichen.",
            "max_length": "Bitte kürzen Sie die Nachricht auf 2.000 Zeichen.",
        },
    )  # fmt: skip
    name = LineField(
        label="Ihr Name", max_length=160, widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={
            "required": "Bitte nennen Sie Ihren Namen.", "max_length": "Bitte kürzen Sie den Namen auf 160 Zeichen.",
        },
    )  # fmt: skip
    email = MailField(
        help_text="Dorthin schicken wir einen Link zum Bestätigen. Danach geht Ihre Nachricht hinaus, und Antworten "
        "kommen an diese Adresse.",
    )
    website = Trap()

    def __init__(self, data: Any, *, user: Any, is_shared: bool = False, acting_as: str = "") -> None:
        """`is_shared` says that several people use the account; `acting_as` which of them has said so already."""
        super().__init__(data)
        self.known: dict[str, str] = {}
        if user.is_authenticated:
            self.known = {"name": acting_as if is_shared else user.get_full_name(), "email": user.email}
            del self.fields["email"]
            if self.known["name"]:
                del self.fields["name"]

    def as_message(self) -> dict[str, str]:
        """Return what `actions.contact.write_to` takes."""
        given: dict[str, str] = {name: self.cleaned_data[name] for name in self.fields if name != "website"}
        return {**self.known, **given}
