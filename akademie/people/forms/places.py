"""Input about where people belong: joining, the own function, who follows."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.dates import MONTHS

from akademie.accounts.models import User
from akademie.core.forms import LineField, MailField, SometimesNeeded
from akademie.people import queries
from akademie.people.actions.handing_over import ONESELF
from akademie.people.models import (
    Membership,
    OrganisationKind,
)
from akademie.towns.forms import TownField

PLACE_CHOICES = (("stadt", "einer Stadt oder Gemeinde"), ("organisation", "einer Organisation"))


class FunctionField(LineField):
    """What somebody does in a town or an organisation."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label="Ihre Funktion",
            max_length=120,
            help_text="Zum Beispiel: Bürgermeisterin, Bauamt, Stadtrat, Vorstand.",
            error_messages={
                "required": "Bitte nennen Sie Ihre Funktion, zum Beispiel: Bauamt.",
                "max_length": "Bitte kürzen Sie die Funktion auf 120 Zeichen.",
            },
            **kwargs,
        )


class ChoiceSometimesNeeded(SometimesNeeded, forms.ChoiceField):
    """A choice that is needed in some cases only."""


class MonthField(LineField):
    """A month that has come, as people write it: "September 2026", "9/2026", a whole day. Gives its first day."""

    FORMS = (
        r"(?:\d{1,2}\.)?\s*(?P<month>\d{1,2})\s*[./ -]\s*(?P<year>\d{4})",
        r"(?P<year>\d{4})-(?P<month>\d{1,2})(?:-\d{1,2})?",
        r"(?:\d{1,2}\.)?\s*(?P<word>[a-zä]{3,9})\.?\s*(?P<year>\d{4})",
    )
    default_error_messages = {
        "invalid": "Bitte nennen Sie Monat und Jahr, zum Beispiel: September 2026.",
        "year": "Bitte prüfen Sie das Jahr.",
        "future": "Dieser Monat liegt in der Zukunft. Bitte nennen Sie einen vergangenen oder diesen.",
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label="Seit wann?", required=False, help_text="Monat und Jahr, zum Beispiel: September 2026.", **kwargs
        )

    def prepare_value(self, value: Any) -> Any:
        """Return a day as its month in words; what was typed as it is."""
        return f"{MONTHS[value.month]} {value.year}" if isinstance(value, date) else value

    def clean(self, value: Any) -> date | None:  # type: ignore[override]
        """Return the first day of the month, or None."""
        typed = self.to_python(value).lower()
        if not typed:
            return None
        found = next((match for form in self.FORMS if (match := re.fullmatch(form, typed))), None)
        month = self._month(found.groupdict()) if found else 0
        if found is None or not 1 <= month <= 12:
            raise forms.ValidationError(self.error_messages["invalid"], "invalid")
        year, today = int(found["year"]), timezone.localdate()
        if not 1950 <= year <= today.year:
            raise forms.ValidationError(self.error_messages["year"], "year")
        if (year, month) > (today.year, today.month):
            raise forms.ValidationError(self.error_messages["future"], "future")
        return date(year, month, 1)

    @staticmethod
    def _month(parts: dict[str, str]) -> int:
        """Return the number of a month by its number, its name or the beginning of its name; 0 for none."""
        if word := parts.get("word"):
            return next((number for number, name in MONTHS.items() if str(name).lower().startswith(word)), 0)
        return int(parts["month"])


class JoinForm(forms.Form):
    """Where somebody belongs; the town, or the organisation with its kind. The page hides what was not chosen."""

    where = forms.ChoiceField(
        label="Sie gehören zu …",
        choices=PLACE_CHOICES,
        widget=forms.RadioSelect,
        initial="stadt",
        error_messages={"required": "Bitte wählen Sie Stadt oder Organisation."},
    )
    town = TownField(label="Stadt oder Gemeinde", needed_if="nur nötig, wenn Sie zu einer Stadt gehören")
    organisation = LineField(
        label="Name der Organisation",
        needed_if="nur nötig, wenn Sie zu einer Organisation gehören",
        max_length=160,
        error_messages={"max_length": "Bitte kürzen Sie den Namen auf 160 Zeichen."},
    )
    kind = ChoiceSometimesNeeded(
        label="Art der Organisation",
        choices=[("", "Bitte wählen"), *OrganisationKind.choices],
        needed_if="nur nötig, wenn wir die Organisation noch nicht kennen",
        error_messages={"invalid_choice": "Bitte wählen Sie eine Art aus der Liste."},
    )
    function = FunctionField()
    starts_on = MonthField()

    def clean(self) -> dict[str, Any]:
        """Ask for the place that was chosen; what is wrong in the other half hinders nobody."""
        given: dict[str, Any] = super().clean() or {}
        for name in {"stadt": ("organisation", "kind"), "organisation": ("town",)}.get(given.get("where", ""), ()):
            self.errors.pop(name, None)
            given[name] = None if name == "town" else ""
        if given.get("where") == "stadt" and "town" in given and not given["town"]:
            self.add_error("town", "Bitte nennen Sie Ihre Stadt oder Gemeinde.")
        if given.get("where") == "organisation" and "organisation" in given:
            if not given["organisation"]:
                self.add_error("organisation", "Bitte nennen Sie Ihre Organisation.")
            elif not given.get("kind") and not queries.organisation_named(given["organisation"]):
                self.add_error("kind", "Diese Organisation kennen wir noch nicht. Bitte wählen Sie ihre Art.")
        return given


class ChangeForm(forms.Form):
    """What somebody does in a place they belong to, and since when."""

    function = FunctionField()
    starts_on = MonthField()

    def __init__(self, data: Any, *, membership: Membership) -> None:
        super().__init__(data, initial={"function": membership.function, "starts_on": membership.starts_on})
        self.membership = membership

    def clean_starts_on(self) -> date | None:
        """Keep the day that is known while the month stays the same."""
        month, known = self.cleaned_data["starts_on"], self.membership.starts_on
        return known if month and known and (month.year, month.month) == (known.year, known.month) else month


class SuccessorForm(forms.Form):
    """Who follows: somebody of the same place, or a mail address."""

    person = forms.ModelChoiceField(
        queryset=User.objects.none(),
        label="Jemand, der schon dabei ist",
        required=False,
        empty_label="niemand davon",
        error_messages={"invalid_choice": "Diese Person gehört nicht mehr dorthin. Bitte wählen Sie neu."},
    )
    email = MailField(
        label="Oder eine E-Mail-Adresse",
        needed_if="nur nötig, wenn niemand aus der Liste nachfolgt",
        help_text="Dorthin geht eine Einladung. Erst wenn die Person sie annimmt, geht die Stelle über.",
        widget=forms.EmailInput({"autocomplete": "off"}),
    )

    def __init__(self, data: Any, *, post: Membership) -> None:
        super().__init__(data)
        self.post = post
        people = queries.colleagues(post)
        field: Any = self.fields["person"]
        field.queryset, field.needed_if = people, "oder unten eine Adresse"
        field.label_from_instance = lambda user: user.get_full_name() or "Person ohne Namen"
        if not people.exists():
            del self.fields["person"]
            only: Any = self.fields["email"]
            only.label, only.required, only.needed_if = "E-Mail-Adresse der Person, die nachfolgt", True, ""
            only.error_messages["required"] = "Bitte nennen Sie die Person, die nachfolgt."

    def clean(self) -> dict[str, Any]:
        """Want exactly one; an address of somebody who is there already means that person."""
        given: dict[str, Any] = super().clean() or {}
        if self.errors:
            return given
        person, email = given.get("person"), given.get("email")
        if person and email:
            self.add_error("email", "Bitte nennen Sie nur eine Person: aus der Liste oder mit ihrer Adresse.")
        elif not person and not email:
            self.add_error("email", "Bitte nennen Sie die Person, die nachfolgt.")
        elif email:
            given["person"] = queries.colleagues(self.post).filter(email=email).first()
            if not given["person"] and queries.is_or_was_address_of(self.post.user, email):
                self.add_error("email", ONESELF)
        return given
