"""Input of reported barriers and their answers."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils import timezone

from akademie.accessibility.models import MAX_ADDRESS, MAX_ANSWER, MAX_TEXT, MIN_ANSWER, MIN_TEXT
from akademie.core.forms import LineField, MailField, PlainTextField, Trap
from akademie.editing.forms import ColleagueField, Day

TOO_LONG = "Bitte kürzen Sie die Adresse auf 1.000 Zeichen."
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
        error_messages={"invalid": "Bitte geben Sie einen Tag ein, zum Beispiel 24.12.2026."},
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
            "invalid": "Bitte geben Sie einen Tag ein, zum Beispiel 24.12.2026.",
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
