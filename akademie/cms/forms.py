"""Input of cms."""

from django import forms

from akademie.core.forms import Trap, clean_text


class BarrierForm(forms.Form):
    """A barrier that somebody met on this site."""

    page = forms.CharField(
        label="Auf welcher Seite?",
        max_length=500,
        required=False,
        help_text="Die Adresse aus der Adresszeile, wenn Sie sie kennen.",
        error_messages={"max_length": "Bitte kürzen Sie die Adresse auf 500 Zeichen."},
    )
    text = forms.CharField(
        label="Was geht nicht?",
        min_length=10,
        max_length=2000,
        widget=forms.Textarea({"rows": 6}),
        help_text="Was wollten Sie tun, und woran sind Sie gescheitert? Gern auch: mit welchem Gerät oder Programm.",
        error_messages={
            "required": "Bitte beschreiben Sie in einem Satz, was nicht geht.",
            "min_length": "Bitte beschreiben Sie es mit mindestens 10 Zeichen.",
            "max_length": "Bitte kürzen Sie den Text auf 2.000 Zeichen.",
        },
    )
    email = forms.EmailField(
        label="Ihre E-Mail-Adresse",
        required=False,
        max_length=254,
        help_text="Nur, wenn wir Ihnen antworten sollen.",
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={"invalid": "Bitte prüfen Sie die Adresse. Sie sieht so aus: name@stadt.de"},
    )
    website = Trap()

    def clean_page(self) -> str:
        """Return the address as one clean line."""
        return clean_text(self.cleaned_data["page"], 500)

    def as_report(self) -> dict[str, str]:
        """Return what `actions.report_barrier` takes."""
        return {name: self.cleaned_data[name] for name in ("page", "text", "email")}
