"""Samples for the gallery: every component with its variants, with data that stress it."""

from typing import Any

from django import forms

from akademie.core.facets import FacetView, Option, Page, Selection

LONG = "Lebenszufriedenheitsbefragungsauswertung der Gesamtverwaltungsgemeinschaft"


class SampleForm(forms.Form):
    """Every kind of field."""

    name = forms.CharField(label="Ihr Name", max_length=80, help_text="So sprechen wir Sie an.")
    email = forms.EmailField(label="Ihre E-Mail-Adresse")
    town = forms.ChoiceField(label="Ihre Stadt", choices=[("", "Bitte wählen"), ("1", "Prüm"), ("2", "Zwönitz")])
    text = forms.CharField(label="Ihre Frage", widget=forms.Textarea, required=False)
    way = forms.ChoiceField(
        label="Wie sollen wir antworten?",
        choices=[("mail", "per Mail"), ("phone", "am Telefon")],
        widget=forms.RadioSelect,
    )
    topics = forms.MultipleChoiceField(
        label="Themen",
        choices=[("a", "Leerstand"), ("b", "Wohnen")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    agreed = forms.BooleanField(label="Ich bin einverstanden.")


def samples() -> dict[str, Any]:
    """Return what the gallery's template shows."""
    options = [Option("a", "Leerstand", 12, True), Option("b", "Wohnen", 3, False), Option("c", LONG, 1, False)]
    facet = FacetView("thema", "Thema", options)
    selection = Selection(
        Page([1, 2], 2, 60, asked=99), [facet, FacetView("art", "Art", options)], ["unsinn"], query="thema=a"
    )
    return {
        "selection": selection,
        "figures": [("Dauer", "2 Tage"), ("Gruppe", "12 bis 30"), ("Aufwand", "mittel"), ("Ort", "vor Ort")],
        "steps": [("Ankommen und Vorstellen", "10 Min."), (LONG, "40 Min."), ("Vorbereitung", "")],
        "long": LONG,
        "empty_form": SampleForm(prefix="leer"),
        "wrong_form": SampleForm({"f-name": "", "f-email": "keine-adresse", "f-way": "brief"}, prefix="f"),
        "trail": [("Bibliothek", "/bibliothek/")],
        "orders": [("", "Neueste zuerst"), ("titel", "nach Titel")],
    }
