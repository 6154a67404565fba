"""Samples for the gallery: every component with its variants, with data that stress it."""

from datetime import date
from typing import Any

from django import forms

from akademie.core import charts, maps
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
    towns = [("Bad Lobenstein", 5800), ("Prüm", 5500), ("Oestrich-Winkel", 11800), (LONG[:30], 7200)]
    years = [(str(2018 + n), value) for n, value in enumerate([3, 5, 0, 8, 13, 9])]
    source = {"source": "Statistisches Bundesamt", "as_of": date(2024, 12, 31)}
    points = [
        maps.Point(title="Prüm", url="/", lat=50.2, lon=6.42, label="Pop-up-Coworking"),
        maps.Point(title="Zwönitz", url="/", lat=50.63, lon=12.81),
    ]
    return {
        "charts": [
            charts.bars("Einwohner", towns, own="Prüm", first="Stadt", second="Einwohner", **source),
            charts.columns("Übernahmen im Jahr", years, first="Jahr", second="Übernahmen", **source),
            charts.line("Veranstaltungen", years, first="Jahr", second="Anzahl", **source),
            charts.bars("Entwicklung", [("Prüm", -3.5), ("Freyung", 2.1)], unit="%", digits=1),
            charts.strip(
                "Arbeit je Durchführung",
                [3, 4, 5, 5.5, 9],
                [("kleinster Wert", "3 Stunden"), ("Median", "5 Stunden"), ("größter Wert", "9 Stunden")],
                middle=5,
                box=(4, 5.5),
                unit="Stunden",
                source="aus 5 Durchführungen",
            ),
            charts.bars("Noch leer", []),
        ],
        "map": maps.Map(title="Zwei Städte", points=points, points_url="/bausteine/karte.json"),
        "selection": selection,
        "figures": [("Dauer", "2 Tage"), ("Gruppe", "12 bis 30"), ("Aufwand", "mittel"), ("Ort", "vor Ort")],
        "steps": [("Ankommen und Vorstellen", "10 Min."), (LONG, "40 Min."), ("Vorbereitung", "")],
        "long": LONG,
        "empty_form": SampleForm(prefix="leer"),
        "wrong_form": SampleForm({"f-name": "", "f-email": "keine-adresse", "f-way": "brief"}, prefix="f"),
        "trail": [("Bibliothek", "/bibliothek/")],
        "orders": [("", "Neueste zuerst"), ("titel", "nach Titel")],
    }
