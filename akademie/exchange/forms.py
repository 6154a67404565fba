"""Input of a request to the office."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms

from akademie.core.forms import MailField, NameField, PlainTextField, Trap, clean_text
from akademie.exchange.models import MAX_CONCERN, MAX_QUESTION, MIN_QUESTION
from akademie.exchange.queries import practice_in_question, town_in_question
from akademie.towns.forms import TownField, said
from akademie.towns.models import Town


@dataclass(frozen=True)
class Asker:
    """Who asks, when somebody is signed in."""

    email: str
    towns: list[Town]
    is_shared: bool = False  # several people use the account
    acting_as: str = ""  # which of them has said so already


class AskForm(forms.Form):
    """A question in three fields, and the name for a shared account; where it comes from travels along unseen."""

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
    name = NameField(help_text="Ihr Konto nutzen mehrere Menschen. So weiß die Geschäftsstelle, wer fragt.")
    town = TownField(label="Ihre Stadt", required=False)
    email = MailField(
        help_text="Sie bekommen zuerst einen Link zum Bestätigen, danach die Antwort.",
        error_messages={"required": "Bitte geben Sie Ihre E-Mail-Adresse ein. Dorthin kommt die Antwort."},
    )
    anliegen = forms.CharField(required=False, widget=forms.HiddenInput)
    praxis = forms.CharField(required=False, widget=forms.HiddenInput)
    stadt = forms.CharField(required=False, widget=forms.HiddenInput)
    website = Trap()

    def __init__(self, data: Any, *, origin: Any, own: Town | None = None, asker: Asker | None = None) -> None:
        """`origin` holds anliegen, praxis and stadt: the address at first, the form itself afterwards.

        `own` is the town that somebody wants to be remembered; `asker` who is signed in.
        """
        self.concern = clean_text(origin.get("anliegen", ""), MAX_CONCERN)
        self.practice = practice_in_question(origin.get("praxis", ""))
        self.about_town = town_in_question(origin.get("stadt", ""))
        towns = asker.towns if asker else []
        own = towns[0] if len(towns) == 1 else own
        initial = {
            "question": self.concern,
            "name": asker.acting_as if asker else "",
            "town": own.pk if own else "",
            "email": asker.email if asker else "",
            "anliegen": self.concern,
            "praxis": self.practice.slug if self.practice else "",
            "stadt": self.about_town.pk if self.about_town else "",
        }
        super().__init__(data, initial=initial)
        # What travels along unseen cannot be put right by the person, so it is read above and never refused.
        for name in ("anliegen", "praxis", "stadt"):
            self.fields[name].validators = []
        if not (asker and asker.is_shared):
            del self.fields["name"]
        if asker:
            self.fields[
                "email"
            ].help_text = (
                "Dorthin kommt die Antwort. Nur eine andere Adresse als die Ihres Kontos müssen Sie bestätigen."
            )
        if len(towns) > 1:
            self.fields["town"].help_text = f"Für welche Stadt fragen Sie: {' oder '.join(map(said, towns))}?"
            self.fields["town"].widget.offered = [said(town) for town in towns]

    def as_question(self) -> dict[str, Any]:
        """Return what `actions.ask` takes."""
        return {
            **{name: self.cleaned_data[name] for name in ("question", "email", "town")},
            "acting_as": self.cleaned_data.get("name", ""),
            "concern": self.concern,
            "practice": self.practice,
            "about_town": self.about_town,
        }


class WhoAsksForm(forms.Form):
    """Who confirms a question that came from a mailbox of several people."""

    name = NameField(help_text="Dieses Postfach lesen mehrere Menschen. So weiß die Geschäftsstelle, wer fragt.")
