"""Input of reports and decisions."""

from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django import forms
from django.conf import settings
from django.urls import Resolver404, resolve

from akademie.core.forms import LineField, MailField, PlainTextField, Trap
from akademie.moderation.models import (
    AGAINST,
    MAX_ADDRESS,
    MAX_REASONS,
    MAX_TEXT,
    MIN_REASONS,
    MIN_TEXT,
    NAMED,
    ReportCategory,
    ReportDecision,
    ReportGround,
)

OF_SHARED = "Ihr Konto nutzen mehrere Menschen. Geben Sie eine Adresse an, gehört Ihr Name dazu."
NAMED_CASES = "nur nötig bei Rechtsverstößen, persönlichen Daten und Urheberrecht"


def address_on_this_site(address: str) -> str:
    """Return an address of ours from its path on, exact to the place on the page; ValueError for any other."""
    if not address.startswith("/") and "://" not in address:
        address = f"https://{address}"
    parts = urlsplit(address)
    if parts.netloc and parts.hostname not in {urlsplit(settings.SITE_URL).hostname, *settings.ALLOWED_HOSTS}:
        raise ValueError(f"{parts.hostname} is not ours")
    try:
        resolve(parts.path)
    except Resolver404 as error:
        raise ValueError(f"nothing at {parts.path}") from error
    return urlunsplit(("", "", *parts[2:]))


class ReportForm(forms.Form):
    """What is wrong where; who says so is needed only where the law wants it."""

    address = LineField(
        label="Welche Seite?",
        max_length=MAX_ADDRESS,
        help_text="Die Adresse aus der Adresszeile Ihres Browsers.",
        error_messages={
            "required": "Bitte nennen Sie die Adresse der Seite.",
            "max_length": f"Bitte kürzen Sie die Adresse auf {MAX_ADDRESS} Zeichen.",
        },
    )
    category = forms.ChoiceField(
        label="Was stimmt nicht?",
        choices=ReportCategory.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Bitte wählen Sie, was nicht stimmt.",
            "invalid_choice": "Bitte wählen Sie, was nicht stimmt.",
        },
    )
    text = PlainTextField(
        label="Was genau, und warum?",
        min_length=MIN_TEXT,
        max_length=MAX_TEXT,
        widget=forms.Textarea({"rows": 7}),
        help_text="Nennen Sie die Stelle. Bei Rechtsverstößen hilft uns, wenn Sie sagen, welches Recht verletzt ist.",
        error_messages={
            "required": "Bitte beschreiben Sie, was nicht stimmt.",
            "min_length": f"Bitte beschreiben Sie es mit mindestens {MIN_TEXT} Zeichen.",
            "max_length": "Bitte kürzen Sie den Text auf 4.000 Zeichen.",
        },
    )
    name = LineField(
        label="Ihr Name",
        needed_if=NAMED_CASES,
        max_length=120,
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"max_length": "Bitte kürzen Sie den Namen auf 120 Zeichen."},
    )
    email = MailField(
        needed_if=NAMED_CASES,
        help_text="Dorthin schicken wir die Bestätigung und die Entscheidung mit ihren Gründen.",
    )
    good_faith = forms.BooleanField(
        label="Ich bin nach bestem Wissen überzeugt, dass meine Angaben richtig und vollständig sind.",
        error_messages={"required": "Bitte bestätigen Sie, dass Ihre Angaben nach bestem Wissen richtig sind."},
    )
    website = Trap()

    def __init__(self, *args: Any, is_shared: bool = False, **kwargs: Any) -> None:
        """`is_shared` says that several people use the account that is signed in: who gives an address says who."""
        super().__init__(*args, **kwargs)
        self.is_shared = is_shared
        if is_shared:
            self.fields["name"].help_text = OF_SHARED

    def clean_address(self) -> str:
        """Return the path of a page of this site."""
        try:
            return address_on_this_site(self.cleaned_data["address"])
        except ValueError:
            raise forms.ValidationError(
                f"Diese Seite gibt es hier nicht. Die Adresse beginnt mit {settings.SITE_URL}/"
            ) from None

    def clean(self) -> dict[str, Any]:
        """Ask for name and address where a notice needs them."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("category") in NAMED:
            if "name" in cleaned and not cleaned["name"]:
                self.add_error("name", "Bitte nennen Sie Ihren Namen. Bei diesem Grund verlangt ihn das Gesetz.")
            if "email" in cleaned and not cleaned["email"]:
                self.add_error("email", "Bitte nennen Sie Ihre Adresse. Dorthin kommt die Entscheidung.")
        if self.is_shared and cleaned.get("email") and cleaned.get("name") == "" and not self.has_error("name"):
            self.add_error("name", f"Bitte sagen Sie, wer Sie sind. {OF_SHARED}")
        return cleaned

    def as_report(self) -> dict[str, str]:
        """Return what `actions.report_content` takes."""
        return {name: self.cleaned_data[name] for name in ("address", "category", "text", "name", "email")}


class DecisionForm(forms.Form):
    """A decision with its reasons; both go out by mail."""

    decision = forms.ChoiceField(
        label="Was ist entschieden?",
        choices=[
            (ReportDecision.KEPT, "Nichts zu tun: Der Inhalt bleibt, wie er ist"),
            (ReportDecision.CHANGED, "Geändert: Der Inhalt ist berichtigt oder ergänzt"),
            (ReportDecision.RESTRICTED, "Eingeschränkt: Ein Teil ist nicht mehr zu sehen"),
            (ReportDecision.REMOVED, "Entfernt: Der Inhalt ist nicht mehr öffentlich"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Bitte wählen Sie, was entschieden ist."},
    )
    ground = forms.ChoiceField(
        label="Worauf beruht die Entscheidung?",
        choices=ReportGround.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Bitte wählen Sie, worauf die Entscheidung beruht."},
    )
    rule = LineField(
        label="Welche Vorschrift oder Regel?",
        needed_if="nur nötig, wenn Gesetz oder Nutzungsbedingungen zu einer Einschränkung führen",
        max_length=200,
        help_text="Zum Beispiel: § 22 KunstUrhG, oder Punkt 4 der Nutzungsbedingungen.",
        error_messages={"max_length": "Bitte kürzen Sie auf 200 Zeichen."},
    )
    reasons = PlainTextField(
        label="Begründung",
        min_length=MIN_REASONS,
        max_length=MAX_REASONS,
        widget=forms.Textarea({"rows": 8}),
        help_text="Welche Tatsachen haben Sie geprüft, und was folgt daraus? Der Text geht an die Person, die gemeldet "
        "hat, und bei einer Einschränkung auch an die, die den Inhalt gemacht haben. Nennen Sie keine Namen.",
        error_messages={
            "required": "Bitte begründen Sie die Entscheidung.",
            "min_length": f"Bitte begründen Sie mit mindestens {MIN_REASONS} Zeichen.",
            "max_length": "Bitte kürzen Sie die Begründung auf 4.000 Zeichen.",
        },
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the rule where a statement of reasons needs it (Article 17(3) of the Digital Services Act)."""
        cleaned: dict[str, Any] = super().clean() or {}
        if (
            cleaned.get("decision") in AGAINST
            and cleaned.get("ground") in (ReportGround.LAW, ReportGround.TERMS)
            and not cleaned.get("rule")
        ):
            self.add_error("rule", "Bitte nennen Sie die Vorschrift oder Regel.")
        return cleaned

    def as_decision(self) -> dict[str, Any]:
        """Return what `actions.decide` takes."""
        return {name: self.cleaned_data[name] for name in ("decision", "ground", "rule", "reasons")}
