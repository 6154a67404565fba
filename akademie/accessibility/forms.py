"""Input of reported barriers, their answers, and the statement on accessibility."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils import timezone

from akademie.accessibility.models import (
    MAX_ADDRESS,
    MAX_ANSWER,
    MAX_TEXT,
    MIN_ANSWER,
    MIN_TEXT,
    BarrierReason,
    CheckKind,
    Conformity,
    KnownBarrier,
    ManualCheck,
)
from akademie.core.forms import LineField, MailField, PlainTextField, Trap
from akademie.editing.forms import ColleagueField, Day

TOO_LONG = "Bitte kürzen Sie die Adresse auf 1.000 Zeichen."
DAY = "Bitte geben Sie einen Tag ein, zum Beispiel 24.12.2026."
KEYS = {"token", "word"}  # parts of an address that open something: they belong to whoever got them by mail


def address_without_keys(address: str) -> str:
    """Return an address of a page; what a mail's link opens is cut off, so that nobody else opens it."""
    path = urlsplit(address).path
    try:
        found = resolve(path)
    except (Resolver404, ValueError):
        return address
    if keys := KEYS & found.kwargs.keys():
        before = address.partition(str(found.kwargs[min(keys)]))[0]
        return f"{before}…"
    return address


class BarrierForm(forms.Form):
    """A barrier that somebody met on this site."""

    page = LineField(
        label="Auf welcher Seite?",
        max_length=MAX_ADDRESS,
        required=False,
        help_text="Die Adresse aus der Adresszeile, wenn Sie sie kennen.",
        error_messages={"max_length": TOO_LONG},
    )
    text = PlainTextField(
        label="Was geht nicht?",
        min_length=MIN_TEXT,
        max_length=MAX_TEXT,
        widget=forms.Textarea({"rows": 6}),
        help_text="Was wollten Sie tun, und woran sind Sie gescheitert? Gern auch: mit welchem Gerät oder Programm.",
        error_messages={
            "required": "Bitte beschreiben Sie in einem Satz, was nicht geht.",
            "min_length": f"Bitte beschreiben Sie es mit mindestens {MIN_TEXT} Zeichen.",
            "max_length": "Bitte kürzen Sie den Text auf 2.000 Zeichen.",
        },
    )
    email = MailField(
        needed_if="nur nötig, wenn wir Ihnen antworten sollen",
        help_text="Dorthin kommen die Bestätigung und die Antwort.",
    )
    website = Trap()

    def clean_page(self) -> str:
        """Return the page, a path of ours as a whole address."""
        page: str = self.cleaned_data["page"]
        whole = address_without_keys(f"{settings.SITE_URL}{page}" if page.startswith("/") else page)
        if len(whole) > MAX_ADDRESS:
            raise forms.ValidationError(TOO_LONG)
        return whole

    def as_report(self) -> dict[str, str]:
        """Return what `actions.report_barrier` takes."""
        return {name: self.cleaned_data[name] for name in ("page", "text", "email")}


class AnswerForm(forms.Form):
    """The office's answer."""

    answer = PlainTextField(
        label="Ihre Antwort",
        min_length=MIN_ANSWER,
        max_length=MAX_ANSWER,
        widget=forms.Textarea({"rows": 8}),
        error_messages={
            "required": "Bitte schreiben Sie, was Sie getan haben oder tun werden.",
            "min_length": f"Bitte schreiben Sie mindestens {MIN_ANSWER} Zeichen.",
            "max_length": "Bitte kürzen Sie die Antwort auf 4.000 Zeichen.",
        },
    )
    fixed_on = forms.DateField(
        label="Behoben am",
        required=False,
        widget=Day(),
        help_text="Steht die Barriere noch? Dann lassen Sie das Feld leer.",
        error_messages={"invalid": DAY},
    )

    def __init__(self, *args: Any, has_address: bool = True, **kwargs: Any) -> None:
        """`has_address` says whether the answer goes out by mail; else it is a note of what was done."""
        super().__init__(*args, **kwargs)
        if not has_address:
            self.fields["answer"].label = "Was haben Sie getan?"
            self.fields["answer"].help_text = "Die Person hat keine Adresse genannt. Der Text bleibt bei uns."

    def clean_fixed_on(self) -> Any:
        """Refuse a day that has not come."""
        return past(self.cleaned_data["fixed_on"])


class FixedForm(forms.Form):
    """The day from which the barrier is gone."""

    fixed_on = forms.DateField(
        label="Behoben am",
        widget=Day(),
        error_messages={
            "required": "Bitte geben Sie den Tag ein, an dem die Barriere behoben war.",
            "invalid": DAY,
        },
    )

    def clean_fixed_on(self) -> Any:
        """Refuse a day that has not come."""
        return past(self.cleaned_data["fixed_on"])


def past(day: Any) -> Any:
    """Return a day that has come; ValidationError for another."""
    if day and day > timezone.localdate():
        raise forms.ValidationError("Dieser Tag kommt erst noch. Bitte nennen Sie heute oder einen früheren Tag.")
    return day


class OwnerForm(forms.Form):
    """Who sees to it."""

    owner = ColleagueField(label="Wer kümmert sich?", required=False, empty_label="noch niemand")


# -- the statement ----------------------------------------------------------------------------------------------------
def needed(says: str, limit: str = "") -> dict[str, str]:
    """Return what a field says when it is empty, wrong or too long."""
    found = {"required": says, "invalid_choice": says, "invalid": DAY}
    return found | ({"max_length": f"Bitte kürzen Sie auf {limit} Zeichen."} if limit else {})


class ReviewForm(forms.Form):
    """How far the site conforms, by a person. Nothing is chosen beforehand."""

    conformity = forms.ChoiceField(
        label="Wie steht es um die Vereinbarkeit?", choices=Conformity.choices, widget=forms.RadioSelect,
        error_messages=needed("Bitte wählen Sie, wie es um die Vereinbarkeit steht."),
    )  # fmt: skip
    all_kinds_checked = forms.BooleanField(
        label="Menschen haben alles geprüft, was unten steht. Ich bestätige das.", required=False,
        help_text="Nur nötig für „vollständig vereinbar“. Ein Programm findet nur einen Teil der Barrieren.",
    )  # fmt: skip
    law = LineField(
        label="Welche Vorschriften gelten für Sie?", max_length=200,
        help_text="Zum Beispiel: BGG und BITV 2.0. Für Länder und Kommunen gilt das Gesetz des Landes.",
        error_messages=needed("Bitte nennen Sie die Vorschriften.", "200"),
    )  # fmt: skip
    scope = LineField(
        label="Wofür gilt die Erklärung?", max_length=500,
        initial="Diese Website mit allen öffentlichen Seiten und dem Bereich für Angemeldete.",
        error_messages=needed("Bitte sagen Sie, wofür die Erklärung gilt.", "500"),
    )  # fmt: skip
    method = LineField(
        label="Wie wurde bewertet?", max_length=300,
        help_text="Zum Beispiel: Selbstbewertung, oder: BITV-Test durch eine Prüfstelle, nach WCAG-EM.",
        error_messages=needed("Bitte sagen Sie, wie bewertet wurde.", "300"),
    )  # fmt: skip
    responsible = LineField(
        label="Wer hat bewertet?", max_length=200, help_text="Steht öffentlich in der Erklärung.",
        error_messages=needed("Bitte sagen Sie, wer bewertet hat.", "200"),
    )  # fmt: skip
    reviewed_on = forms.DateField(
        label="Bewertet am", widget=Day(), initial=timezone.localdate,
        error_messages=needed("Bitte geben Sie den Tag der Bewertung ein."),
    )  # fmt: skip

    def clean_reviewed_on(self) -> Any:
        """Refuse a day that has not come."""
        return past(self.cleaned_data["reviewed_on"])


class CheckForm(forms.ModelForm):
    """A check by people."""

    kind = forms.ChoiceField(
        label="Was wurde geprüft?", choices=[("", "bitte wählen"), *CheckKind.choices],
        error_messages=needed("Bitte wählen Sie, was geprüft wurde."),
    )  # fmt: skip
    checked_on = forms.DateField(
        label="Geprüft am", widget=Day(), error_messages=needed("Bitte geben Sie den Tag der Prüfung ein.")
    )
    checked_by = LineField(
        label="Wer hat geprüft?", max_length=200, help_text="Steht öffentlich in der Erklärung.",
        error_messages=needed("Bitte sagen Sie, wer geprüft hat.", "200"),
    )  # fmt: skip
    method = LineField(
        label="Wie wurde geprüft?", max_length=200,
        help_text="Zum Beispiel: BITV-Test, WCAG-EM mit 12 Seiten, Vorlesen mit NVDA und Firefox.",
        error_messages=needed("Bitte sagen Sie, wie geprüft wurde.", "200"),
    )  # fmt: skip
    result = PlainTextField(
        label="Was kam heraus?", max_length=1000, widget=forms.Textarea({"rows": 4}),
        error_messages=needed("Bitte sagen Sie, was herauskam.", "1.000"),
    )  # fmt: skip

    class Meta:
        model = ManualCheck
        fields = ("kind", "checked_on", "checked_by", "method", "result")

    def clean_checked_on(self) -> Any:
        """Refuse a day that has not come."""
        return past(self.cleaned_data["checked_on"])


class KnownBarrierForm(forms.ModelForm):
    """Content that is not accessible."""

    what = LineField(
        label="Was ist nicht barrierefrei?", max_length=300,
        error_messages=needed("Bitte sagen Sie, was nicht barrierefrei ist.", "300"),
    )  # fmt: skip
    reason = forms.ChoiceField(
        label="Warum?", choices=BarrierReason.choices, widget=forms.RadioSelect,
        error_messages=needed("Bitte wählen Sie den Grund."),
    )  # fmt: skip
    explanation = PlainTextField(
        label="Begründung", max_length=1000, widget=forms.Textarea({"rows": 4}),
        help_text="Bei unverhältnismäßiger Belastung: was der Aufwand wäre, und warum er zu groß ist.",
        error_messages=needed("Bitte begründen Sie.", "1.000"),
    )  # fmt: skip
    instead = LineField(
        label="Was hilft bis dahin?", max_length=300, required=False,
        help_text="Zum Beispiel: Wir lesen Ihnen das Dokument am Telefon vor.",
        error_messages=needed("", "300"),
    )  # fmt: skip
    until = forms.DateField(
        label="Behoben bis", widget=Day(), required=False,
        error_messages={"invalid": DAY},
    )  # fmt: skip

    class Meta:
        model = KnownBarrier
        fields = ("what", "reason", "explanation", "instead", "until")
