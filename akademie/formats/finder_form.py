"""Input of *Was passt?*: a sentence, or a few fields. Everything is optional; what cannot be read is said."""

from __future__ import annotations

from dataclasses import asdict
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django import forms

from akademie.core.forms import LineField
from akademie.formats.finder import EFFORTS, MONEY, PLACES, PURPOSES, TIMES, TOWNS, Wishes
from akademie.formats.sentence import MAX_SENTENCE, MOST_HOURS, MOST_PEOPLE

OPEN = "egal"
LIST = {"invalid_choice": "Bitte wählen Sie eine der Möglichkeiten aus der Liste."}


class SentenceForm(forms.Form):
    """One sentence."""

    satz = LineField(
        label="Was haben Sie vor?", max_length=MAX_SENTENCE,
        help_text="Zum Beispiel: Ich habe einen halben Tag, 12 Leute in 6 Städten, wenig Aufwand.",
        error_messages={
            "required": "Bitte schreiben Sie einen Satz, oder wählen Sie unten.",
            "max_length": f"Bitte kürzen Sie den Satz auf {MAX_SENTENCE} Zeichen.",
        },
    )  # fmt: skip


def _choice(label: str, choices: dict[str, str], **options: Any) -> forms.ChoiceField:
    listed = [("", OPEN), *choices.items()]
    return forms.ChoiceField(label=label, choices=listed, required=False, error_messages=LIST, **options)


class WishesForm(forms.Form):
    """What somebody has and wants, field by field."""

    zeit = _choice("Wie viel Zeit haben die Teilnehmenden?", {key: words for key, (_, _, words) in TIMES.items()})
    stunden = forms.DecimalField(
        label="Oder genau: Stunden", required=False, localize=True, max_digits=6, decimal_places=2,
        min_value=Decimal("0.05"), max_value=Decimal(int(MOST_HOURS)),
        help_text="Zum Beispiel 2,5. Gilt vor der Auswahl darüber.",
        widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}),
        error_messages={
            "invalid": "Bitte geben Sie Stunden als Zahl ein, zum Beispiel 2,5.",
            "min_value": "Bitte geben Sie mindestens 0,05 Stunden ein.",
            "max_value": f"Bitte geben Sie höchstens {MOST_HOURS:.0f} Stunden ein.",
            "max_digits": f"Bitte geben Sie höchstens {MOST_HOURS:.0f} Stunden ein.",
            "max_whole_digits": f"Bitte geben Sie höchstens {MOST_HOURS:.0f} Stunden ein.",
            "max_decimal_places": "Bitte runden Sie die Stunden auf zwei Stellen nach dem Komma.",
        },
    )  # fmt: skip
    personen = forms.IntegerField(
        label="Wie viele Personen sind Sie?", required=False, min_value=1, max_value=MOST_PEOPLE,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "invalid": "Bitte geben Sie eine ganze Zahl ein, zum Beispiel 12.",
            "min_value": "Bitte geben Sie mindestens 1 Person ein.",
            "max_value": "Bitte geben Sie höchstens 9.999 Personen ein.",
        },
    )  # fmt: skip
    staedte = _choice("Aus wie vielen Städten?", TOWNS)
    wo = _choice("Wo?", PLACES)
    aufwand = _choice(
        "Wie viel Aufwand darf es machen?", EFFORTS,
        help_text="Arbeit der Menschen, die es durchführen. Wenig: bis 8 Stunden, mittel: bis 24.",
    )  # fmt: skip
    geld = _choice("Wie viel Geld haben Sie?", MONEY)
    zweck = _choice("Was wollen Sie?", PURPOSES)

    @property
    def wishes(self) -> Wishes:
        """What could be read; a field with an error stays open."""
        self.is_valid()
        given = {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}
        if "stunden" in given:
            given["stunden"] = float(given["stunden"])
            given.pop("zeit", None)
        return Wishes(**given)


def fields_of(wishes: Wishes) -> dict[str, str]:
    """Return wishes as the form and the address hold them."""
    given = {name: value for name, value in asdict(wishes).items() if value not in (None, "")}
    return {name: f"{value:g}".replace(".", ",") if name == "stunden" else str(value) for name, value in given.items()}


def address_of(wishes: Wishes) -> str:
    """Return the part of the address that holds wishes."""
    return f"?{urlencode(fields_of(wishes))}"
