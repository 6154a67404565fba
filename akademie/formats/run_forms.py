"""Input of runs: what was run, what it took, how it went; and what the office does with a report."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils import timezone

from akademie.core.forms import LineField, PlainTextField
from akademie.editing.forms import DAY, Day
from akademie.formats.actions.runs import NOT_YET, TOO_OLD
from akademie.formats.models import FormatProfile, FormatRun
from akademie.formats.models.runs import FIRST_DAY, MAX_MINUTES, MAX_TEXT, REPORT
from akademie.formats.words import Mode
from akademie.towns.forms import TownField

HOURS = re.compile(
    r"(?:(\d{1,4}):([0-5]?\d)|(\d{1,4}(?:[.,]\d{1,2})?) ?(?:h|std\.?|stunden?)(?: ?(\d{1,2}) ?(?:min\.?|minuten?))?"
    r"|(\d{1,5}) ?(?:min\.?|minuten?))",
    re.IGNORECASE,
)
MINUTES = ("prepare_minutes", "run_minutes", "follow_up_minutes")


class MinutesField(forms.CharField):
    """A time as people write it: 2:30, 2,5 Stunden, 150 Minuten. A bare number could be either and is asked back."""

    widget = forms.TextInput({"autocomplete": "off"})

    def __init__(self, *, least: int = 0, **options: Any) -> None:
        self.least = least
        super().__init__(**options)

    def prepare_value(self, value: Any) -> Any:
        """Show minutes as 2:30."""
        return f"{value // 60}:{value % 60:02}" if isinstance(value, int) else value

    def to_python(self, value: Any) -> int | None:  # type: ignore[override]
        """Return minutes."""
        typed = " ".join(str(value or "").split())[:40]
        if not typed:
            return None
        found = HOURS.fullmatch(typed)
        if found:
            hours, minutes, spoken, and_minutes, only = found.groups()
            total = (
                int(hours) * 60 + int(minutes) if hours is not None
                else round(float(spoken.replace(",", ".")) * 60) + int(and_minutes or 0) if spoken is not None
                else int(only)
            )  # fmt: skip
        elif typed == "0":
            total = 0
        elif typed.isdecimal() and len(typed) < 5:
            raise forms.ValidationError(
                f"Meinen Sie {int(typed)} Stunden oder {int(typed)} Minuten? Bitte schreiben Sie {int(typed)}:00 oder "
                f"{int(typed)} Min."
            )
        else:
            raise forms.ValidationError("Bitte schreiben Sie Stunden und Minuten, zum Beispiel 2:30 oder 45 Min.")
        if total > MAX_MINUTES:
            raise forms.ValidationError("Das sind mehr als 1.000 Stunden. Bitte prüfen Sie die Zeit.")
        if total < self.least:
            raise forms.ValidationError("Bitte geben Sie mindestens eine Minute ein.")
        return total

    def run_validators(self, value: Any) -> None:
        """There are none for texts."""


class EuroField(forms.CharField):
    """Whole Euros as people write them: 300, 1.200 Euro."""

    widget = forms.TextInput({"autocomplete": "off", "inputmode": "numeric"})

    def to_python(self, value: Any) -> int | None:  # type: ignore[override]
        """Return Euros; cents are cut off."""
        typed = re.sub(r"(?i)euro|€|eur|\s", "", str(value or ""))[:40]
        if not typed:
            return None
        if not re.fullmatch(r"(\d{1,7}|\d{1,3}(\.\d{3})+)(,\d{1,2}|,-+)?", typed):
            raise forms.ValidationError("Bitte geben Sie ganze Euro ein, zum Beispiel 300.")
        euro = int(typed.partition(",")[0].replace(".", ""))
        if euro > 1_000_000:
            raise forms.ValidationError("Das ist mehr als eine Million Euro. Bitte prüfen Sie den Betrag.")
        return euro

    def run_validators(self, value: Any) -> None:
        """There are none for texts."""


class MinutesForm(forms.Form):
    """What a run took, all hosts together."""

    prepare_minutes = MinutesField(
        label="Zeit zum Vorbereiten", required=False,
        help_text="Stunden und Minuten aller zusammen, die durchgeführt haben: 2:30, 2,5 Stunden oder 45 Min.",
    )  # fmt: skip
    run_minutes = MinutesField(
        label="Zeit zum Durchführen", required=False, least=1,
        help_text="Drei Leute, die je zwei Stunden dabei waren: 6:00.",
    )  # fmt: skip
    follow_up_minutes = MinutesField(label="Zeit zum Nachbereiten", required=False)
    cost_eur = EuroField(
        label="Kosten in Euro", required=False, help_text="Ohne eigenes Personal. 0, wenn es nichts gekostet hat."
    )

    must_be_filled = True

    def clean(self) -> dict[str, Any]:
        """All three times or none; none only where they may come later."""
        cleaned = super().clean() or {}
        given = [name for name in MINUTES if cleaned.get(name) is not None or name in self.errors]
        if given or self.must_be_filled or cleaned.get("cost_eur") is not None:
            for name in MINUTES:
                if name not in given:
                    self.add_error(name, "Bitte tragen Sie auch diese Zeit ein. Gab es keine, schreiben Sie 0.")
        return cleaned

    @property
    def minutes(self) -> dict[str, Any] | None:
        """What `actions.runs.enter_minutes` takes; None when nothing was entered."""
        names = (*MINUTES, "cost_eur")
        found = {name: self.cleaned_data.get(name) for name in names}
        return found if found["run_minutes"] is not None else None


def _answer(name: str) -> PlainTextField:
    return PlainTextField(
        label=REPORT[name], required=False, max_length=MAX_TEXT, widget=forms.Textarea({"rows": 3}),
        error_messages={"max_length": "Bitte kürzen Sie die Antwort auf 1.000 Zeichen."},
    )  # fmt: skip


class ReportForm(forms.Form):
    """The four questions."""

    went_well = _answer("went_well")
    was_hard = _answer("was_hard")
    would_change = _answer("would_change")
    advice = _answer("advice")

    must_be_filled = True

    def clean(self) -> dict[str, Any]:
        """One answer at least, where the report itself is sent."""
        cleaned = super().clean() or {}
        if self.must_be_filled and not self.errors and not any(cleaned.get(name) for name in REPORT):
            self.add_error("went_well", "Bitte beantworten Sie mindestens eine der vier Fragen.")
        return cleaned

    @property
    def report(self) -> dict[str, str] | None:
        """What `actions.runs.write_report` takes; None without an answer."""
        found = {name: self.cleaned_data.get(name, "") for name in REPORT}
        return found if any(found.values()) else None


class RunForm(ReportForm, MinutesForm):
    """A run that is over, with as much as its host can say today."""

    must_be_filled = False
    title = LineField(
        label="Titel", max_length=120,
        error_messages={
            "required": "Bitte geben Sie der Durchführung einen Titel.",
            "max_length": "Bitte kürzen Sie den Titel auf 120 Zeichen.",
        },
    )  # fmt: skip
    held_on = forms.DateField(label="Wann war es?", widget=Day(), error_messages=DAY)
    mode = forms.ChoiceField(
        label="Wo fand es statt?", choices=[("", "bitte wählen"), *Mode.choices],
        error_messages={
            "required": "Bitte wählen Sie, wo es stattfand.",
            "invalid_choice": "Bitte wählen Sie eine der Möglichkeiten aus der Liste.",
        },
    )  # fmt: skip
    town = TownField(label="In welcher Stadt?", required=False)
    participants = forms.IntegerField(
        label="Wie viele haben teilgenommen?", required=False, min_value=1, max_value=9999,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "invalid": "Bitte geben Sie eine ganze Zahl ein, zum Beispiel 12.",
            "min_value": "Bitte geben Sie mindestens 1 Person ein.",
            "max_value": "Bitte geben Sie höchstens 9.999 Personen ein.",
        },
    )  # fmt: skip
    field_order = ("title", "held_on", "mode", "town", "participants", *MINUTES, "cost_eur", *REPORT)

    def __init__(self, data: Any, profile: FormatProfile, own_town: str = "") -> None:
        """`own_town` is the key of the only town that the person belongs to."""
        super().__init__(data, initial={"title": profile.name, "town": own_town})

    def clean_held_on(self) -> Any:
        """Refuse a day that has not come, and one of long ago."""
        day = self.cleaned_data["held_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(NOT_YET)
        if day < FIRST_DAY:
            raise forms.ValidationError(TOO_OLD)
        return day

    @property
    def run(self) -> dict[str, Any]:
        """What `actions.runs.report_run` takes, but for the format."""
        return {name: self.cleaned_data[name] for name in ("title", "held_on", "mode", "town", "participants")}


class ReleaseForm(ReportForm):
    """The report as the office releases it, and the moment of what it read."""

    read_at = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, data: Any, run: FormatRun) -> None:
        told = {name: getattr(run, name) for name in REPORT}
        super().__init__(data, initial=told | {"read_at": run.reported_at.isoformat() if run.reported_at else ""})


class ReturnForm(forms.Form):
    """Why a report goes back."""

    reason = PlainTextField(
        label="Warum geben Sie den Bericht zurück?", min_length=10, max_length=MAX_TEXT,
        widget=forms.Textarea({"rows": 3}), help_text="Das steht in der Mail.",
        error_messages={
            "required": "Bitte sagen Sie, was sich ändern soll.",
            "min_length": "Bitte schreiben Sie mindestens 10 Zeichen.",
            "max_length": "Bitte kürzen Sie den Grund auf 1.000 Zeichen.",
        },
    )  # fmt: skip
