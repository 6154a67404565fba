"""A field that understands towns, and the list's text search."""

from __future__ import annotations

from typing import Any

from django import forms

from akademie.towns.models import Town
from akademie.towns.queries import MAX_TYPED, register

CHOICES_NAMED = 4


class TownField(forms.CharField):
    """A town by name, postal code or key. Where several fit, the error names them with their districts."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "help_text", "Name oder Postleitzahl. Bei mehreren gleichen Namen mit Kreis: Mölln (Lauenburg)"
        )
        kwargs.setdefault("max_length", MAX_TYPED)
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Show a key as the name that people know."""
        if isinstance(value, str) and len(value) == 8 and (row := register().by_ags.get(value)):
            return f"{row.name} ({row.district})"
        return value

    def clean(self, value: Any) -> Town | None:  # type: ignore[override]
        """Return the town, or None for an empty field."""
        typed = super().clean(value)
        if not typed:
            return None
        name, _, district = typed.partition(" (")
        found = register().found(typed) or register().found(name)
        rows = [register().by_ags[ags] for ags in found]
        if district and len(rows) > 1:
            wanted = district.rstrip(") ").casefold()
            rows = [row for row in rows if wanted in row.district.casefold() or wanted in row.state.casefold()] or rows
        exact = [row for row in rows if name.strip().casefold() in (row.name.casefold(), row.name_alt.casefold())]
        rows = exact or rows
        if len(rows) == 1:
            return Town.objects.get(pk=rows[0].ags)
        if not rows:
            near = ", ".join(f"{row.name} ({row.district})" for row in register().near(typed))
            hint = f" Meinten Sie {near}?" if near else " Bitte prüfen Sie die Schreibweise."
            raise forms.ValidationError(f"„{typed[:40]}“ steht nicht im Gemeindeverzeichnis.{hint}")
        named = "; ".join(f"{row.name} ({row.district})" for row in rows[:CHOICES_NAMED])
        more = " und weitere" if len(rows) > CHOICES_NAMED else ""
        raise forms.ValidationError(f"Das passt auf mehrere: {named}{more}. Bitte schreiben Sie den Kreis dazu.")
