"""Input of reports and decisions."""

from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django import forms
from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils import timezone

from akademie.accounts.models import User
from akademie.core.forms import LineField, MailField, PlainTextField, Trap
from akademie.moderation import queries
from akademie.moderation.models import (
    AGAINST,
    MAX_ADDRESS,
    MAX_LOCK_DAYS,
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
RULE_MISSING = "Bitte nennen Sie die Vorschrift oder Regel."
NAMED_CASES = "nur nötig bei Rechtsverstößen, persönlichen Daten und Urheberrecht"
DECISIONS = [
    (ReportDecision.KEPT, "Nichts zu tun: Der Inhalt bleibt, wie er ist"),
    (ReportDecision.CHANGED, "Geändert: Der Inhalt ist berichtigt oder ergänzt"),
    (ReportDecision.RESTRICTED, "Eingeschränkt: Ein Teil ist nicht mehr zu sehen"),
    (ReportDecision.HIDDEN, "Ausblenden: Der Inhalt verschwindet jetzt, bis Sie ihn wieder zeigen"),
    (ReportDecision.REMOVED, "Entfernt: Der Inhalt ist nicht mehr öffentlich"),
]


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


class ReasonsForm(forms.Form):
    """On what a decision against content or an account rests, and why."""

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

    def as_reasons(self) -> dict[str, Any]:
        """Return ground, rule and reasons."""
        return {name: self.cleaned_data[name] for name in ("ground", "rule", "reasons")}

    def needs_rule(self) -> bool:
        """Whether a rule is to be named (Article 17(3) of the Digital Services Act)."""
        named = (ReportGround.LAW, ReportGround.TERMS)
        return self.cleaned_data.get("ground") in named and not self.cleaned_data.get("rule")


class DecisionForm(ReasonsForm):
    """A decision with its reasons; both go out by mail."""

    decision = forms.ChoiceField(
        label="Was ist entschieden?",
        choices=DECISIONS,
        widget=forms.RadioSelect,
        error_messages={"required": "Bitte wählen Sie, was entschieden ist."},
    )
    field_order = ["decision", "ground", "rule", "reasons"]

    def __init__(self, *args: Any, may_hide: bool = True, **kwargs: Any) -> None:
        """`may_hide` says whether what stands there can be hidden."""
        super().__init__(*args, **kwargs)
        if not may_hide:
            shown = [pair for pair in DECISIONS if pair[0] != ReportDecision.HIDDEN]
            self.fields["decision"].choices = shown  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for the rule where a statement of reasons needs it."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("decision") in AGAINST and self.needs_rule():
            self.add_error("rule", RULE_MISSING)
        return cleaned

    def as_decision(self) -> dict[str, Any]:
        """Return what `actions.decide` takes."""
        return {"decision": self.cleaned_data["decision"], **self.as_reasons()}


class MeasureForm(ReasonsForm):
    """Something against content or an account that nobody has reported."""

    category = forms.ChoiceField(
        label="Was stimmt nicht?",
        choices=ReportCategory.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Bitte wählen Sie, was nicht stimmt."},
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the rule."""
        cleaned: dict[str, Any] = super().clean() or {}
        if self.needs_rule():
            self.add_error("rule", RULE_MISSING)
        return cleaned


class HideForm(MeasureForm):
    """Which content disappears, and why."""

    address = LineField(
        label="Welche Seite?",
        max_length=MAX_ADDRESS,
        help_text="Die Adresse aus der Adresszeile Ihres Browsers.",
        error_messages={"required": "Bitte nennen Sie die Adresse der Seite."},
    )
    field_order = ["address", "category", "ground", "rule", "reasons"]

    def clean_address(self) -> str:
        """Return the path of something that can be hidden; remember what it is."""
        try:
            address = address_on_this_site(self.cleaned_data["address"])
        except ValueError:
            raise forms.ValidationError(
                f"Diese Seite gibt es hier nicht. Die Adresse beginnt mit {settings.SITE_URL}/"
            ) from None
        self.target = queries.target_at(address)
        if self.target is None:
            raise forms.ValidationError(
                "Was dort steht, lässt sich nicht ausblenden. Das geht bei veröffentlichten Inhalten und Profilen."
            )
        return address

    def as_measure(self) -> dict[str, Any]:
        """Return what `measures.hide` takes."""
        given = {name: self.cleaned_data[name] for name in ("address", "category")}
        return {"target": self.target, **given, **self.as_reasons()}


class LockForm(MeasureForm):
    """Who may not post any more, until when, and why."""

    email = MailField(
        label="Wen sperren Sie?",
        help_text="Die E-Mail-Adresse des Kontos.",
        error_messages={"required": "Bitte nennen Sie die Adresse des Kontos."},
    )
    until = forms.DateField(
        label="Bis wann?",
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text="Der letzte Tag der Sperre. Bleibt das Feld leer, gilt sie auf Dauer.",
        error_messages={"invalid": "Bitte geben Sie einen Tag ein, zum Beispiel 24.12.2026."},
    )
    field_order = ["email", "until", "category", "ground", "rule", "reasons"]

    def clean_email(self) -> Any:
        """Return the account."""
        user = User.objects.filter(email=self.cleaned_data["email"]).first()
        if user is None:
            raise forms.ValidationError("Zu dieser Adresse gibt es kein Konto. Bitte prüfen Sie sie.")
        return user

    def clean_until(self) -> Any:
        """Refuse a day that is over or too far away."""
        until, today = self.cleaned_data["until"], timezone.localdate()
        if until and until < today:
            raise forms.ValidationError("Dieser Tag ist schon vorbei. Bitte nennen Sie heute oder einen späteren Tag.")
        if until and (until - today).days > MAX_LOCK_DAYS:
            raise forms.ValidationError("Bitte nennen Sie höchstens drei Jahre, oder lassen Sie das Feld leer.")
        return until

    def as_measure(self) -> dict[str, Any]:
        """Return what `measures.lock` takes."""
        given = {name: self.cleaned_data[name] for name in ("until", "category")}
        return {"user": self.cleaned_data["email"], **given, **self.as_reasons()}


class EndForm(forms.Form):
    """Why a measure is taken back."""

    why = PlainTextField(
        label="Warum heben Sie das auf?",
        min_length=10,
        max_length=MAX_REASONS,
        widget=forms.Textarea({"rows": 3}),
        error_messages={
            "required": "Bitte sagen Sie, warum.",
            "min_length": "Bitte sagen Sie es mit mindestens 10 Zeichen.",
            "max_length": "Bitte kürzen Sie den Text auf 4.000 Zeichen.",
        },
    )
