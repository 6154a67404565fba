"""A field that understands towns, and the office's word on who is a small town."""

from __future__ import annotations

from typing import Any

from django import forms
from wagtail.admin.forms import WagtailAdminModelForm

from akademie.core.forms import SometimesNeeded, clean_text
from akademie.towns.models import Town
from akademie.towns.queries import MAX_TYPED, Row, fold, key_of, register

CHOICES_NAMED = 4


class TownInput(forms.TextInput):
    """A line of text that offers the towns meant, once a name has turned out to fit several; without JavaScript."""

    template_name = "towns/forms/town_input.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", **(attrs or {})})
        self.offered: list[str] = []

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the towns to choose from."""
        context = super().get_context(name, value, attrs)
        if self.offered:
            widget = context["widget"]
            widget["list"] = f"{widget['attrs'].get('id', name)}-auswahl"
            widget["attrs"]["list"] = widget["list"]
            widget["offered"] = self.offered
        return context


class TownField(SometimesNeeded, forms.CharField):
    """A town by name, postal code or key. Where several fit, the error names them and the field offers them."""

    widget = TownInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "Name oder Postleitzahl der Stadt oder Gemeinde")
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Show a town or its key as the name that people know."""
        if isinstance(value, Town):
            return said(value)
        if isinstance(value, str) and (row := register().by_ags.get(value)):
            return said(row)
        return value

    def clean(self, value: Any) -> Town | None:  # type: ignore[override]
        """Return the town, or None for an empty field."""
        self.widget.offered = []
        typed = clean_text(super().clean(value), MAX_TYPED)
        if not typed:
            if self.required:
                raise forms.ValidationError(self.error_messages["required"], code="required")
            return None
        rows = meant(typed)
        if len(rows) == 1:
            return Town.objects.get(pk=rows[0].ags)
        if rows:
            named = " oder ".join(said(row) for row in rows[:CHOICES_NAMED])
            more = f" Es gibt {len(rows)} davon." if len(rows) > CHOICES_NAMED else ""
            self.widget.offered = [said(row) for row in rows[:20]]
            raise forms.ValidationError(
                f"Meinten Sie {named}?{more} Bitte schreiben Sie den Kreis dazu.", code="several"
            )
        near = register().near(typed)
        self.widget.offered = [said(row) for row in near]
        hint = f"Meinten Sie {' oder '.join(self.widget.offered)}?" if near else "Bitte prüfen Sie die Schreibweise."
        raise forms.ValidationError(f"„{typed[:40]}“ steht nicht im Gemeindeverzeichnis. {hint}", code="unknown")


def said(town: Row | Town) -> str:
    """Return a name that fits one town only, as `meant` reads it: Mölln (Kreis Herzogtum Lauenburg)."""
    return f"{town.name} ({town.district_name if town.name != town.state else town.state})"


def meant(typed: str) -> list[Row]:
    """Return the towns that somebody may mean; one when name, or name and district, are clear."""
    kept = register()
    if row := kept.by_ags.get(key_of(typed)):
        return [row]
    name, _, rest = typed.partition("(")
    wanted, around = fold(typed), fold(rest)
    rows = kept.find(typed)
    exact = [row for row in rows if wanted in (fold(row.name), fold(row.name_alt))]
    if not exact and around:  # not a name that has brackets itself, but name and district
        rows = [row for row in kept.find(name) if around in fold(f"{row.district_name} {row.state}")]
        exact = [row for row in rows if fold(name) in (fold(row.name), fold(row.name_alt))]
    as_typed = name.strip().casefold()
    return [row for row in exact if row.name.casefold() == as_typed] or exact or rows


class SmallTownForm(WagtailAdminModelForm):
    """The office decides whether a municipality counts as a small town; its word outlives the next register."""

    def save(self, commit: bool = True) -> Town:
        """Remember that a person has decided."""
        if "small_town" in self.changed_data:
            self.instance.small_town_decided = True
        town: Town = super().save(commit=commit)
        return town
