"""Input of a request to the office."""

from __future__ import annotations

from typing import Any

from django import forms

from akademie.core.forms import MailField, PlainTextField, Trap, clean_text
from akademie.exchange.models import MAX_CONCERN, MAX_QUESTION, MIN_QUESTION
from akademie.exchange.queries import practice_in_question, town_in_question
from akademie.towns.forms import TownField


class AskForm(forms.Form):
    """A question in three fields; where it comes from travels along unseen."""

    question = PlainTextField(
        label="Was möchten Sie wissen?",
        min_length=MIN_QUESTION,
        max_length=MAX_QUESTION,
        widget=forms.Textarea({"rows": 7}),
        help_text="Zwei, drei Sätze genügen: Was haben Sie vor, und woran hängt es?",
        error_messages={
            "required": "Bitte schreiben Sie Ihre Frage in ein, zwei Sätzen auf.",
            "min_length": f"Bitte schreiben Sie etwas mehr, mindestens {MIN_QUESTION} Zeichen.",
            "max_length": "Bitte kürzen Sie Ihre Frage auf 2.000 Zeichen. Für mehr rufen wir Sie gern an.",
        },
    )
    town = TownField(label="Ihre Stadt", required=False)
    email = MailField(
        help_text="Sie bekommen zuerst einen Link zum Bestätigen, danach die Antwort.",
        error_messages={"required": "Bitte geben Sie Ihre E-Mail-Adresse ein. Dorthin kommt die Antwort."},
    )
    anliegen = forms.CharField(required=False, widget=forms.HiddenInput)
    praxis = forms.CharField(required=False, widget=forms.HiddenInput)
    stadt = forms.CharField(required=False, widget=forms.HiddenInput)
    website = Trap()

    def __init__(self, data: Any, *, origin: Any, own: str = "") -> None:
        """`origin` holds anliegen, praxis and stadt: the address at first, the form itself afterwards."""
        self.concern = clean_text(origin.get("anliegen", ""), MAX_CONCERN)
        self.practice = practice_in_question(origin.get("praxis", ""))
        self.about_town = town_in_question(origin.get("stadt", ""))
        initial = {
            "question": self.concern,
            "town": own,
            "anliegen": self.concern,
            "praxis": self.practice.slug if self.practice else "",
            "stadt": self.about_town.pk if self.about_town else "",
        }
        super().__init__(data, initial=initial)
        # What travels along unseen cannot be put right by the person, so it is read above and never refused.
        for name in ("anliegen", "praxis", "stadt"):
            self.fields[name].validators = []

    def as_question(self) -> dict[str, Any]:
        """Return what `actions.ask` takes."""
        return {
            **{name: self.cleaned_data[name] for name in ("question", "email", "town")},
            "concern": self.concern,
            "practice": self.practice,
            "about_town": self.about_town,
        }
