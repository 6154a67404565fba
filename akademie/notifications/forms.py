"""Input of what people want to get, and of a corrected address."""

from typing import Any

from django import forms

from akademie.core.forms import MailField, NameField
from akademie.notifications.models import Delivery
from akademie.notifications.types import NotificationType

YES_OR_NO = {Delivery.NOW: "ja", Delivery.NEVER: "nein"}


class ChoicesForm(forms.Form):
    """One choice for each kind of message that leaves one."""

    def __init__(self, data: Any, *, kinds: list[NotificationType], chosen: dict[str, str]) -> None:
        """`chosen` holds what the person has chosen so far."""
        super().__init__(data)
        self.kinds = {kind.key: kind for kind in kinds}
        for kind in kinds:
            words = {delivery: delivery.label for delivery in kind.choices} if kind.may_wait else YES_OR_NO
            self.fields[kind.key] = forms.ChoiceField(
                label=kind.label,
                choices=[(delivery.value, words[delivery]) for delivery in kind.choices],
                initial=chosen.get(kind.key, kind.usual),
                error_messages={"invalid_choice": "Bitte wählen Sie eine der Möglichkeiten aus der Liste."},
            )

    def by_category(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Return the fields by area, for the page."""
        found: dict[str, list[forms.BoundField]] = {}
        for key, kind in self.kinds.items():
            found.setdefault(kind.category, []).append(self[key])
        return list(found.items())


class CorrectionForm(forms.Form):
    """The address at which a person reads now."""

    email = MailField(
        label="Neue E-Mail-Adresse der Person",
        error_messages={"required": "Bitte geben Sie die neue Adresse ein, oder wählen Sie unten etwas anderes."},
    )


class WhoPressesForm(forms.Form):
    """Who does what a mail to a shared mailbox asks for."""

    name = NameField(help_text="Diese Mail lesen mehrere Menschen. Ihr Name steht dann im Protokoll.")
