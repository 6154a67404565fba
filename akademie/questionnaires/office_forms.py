"""Input of the builder: a questionnaire's words, and one question with what its kind needs."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from akademie.core.forms import LineField, PlainTextField
from akademie.questionnaires import conditions, fields
from akademie.questionnaires.models import (
    FREE_ROWS,
    LONGEST_SCALE,
    MAX_HELP,
    MAX_INTRO,
    MAX_LABEL,
    MAX_LONG,
    MAX_OPTION,
    MAX_PURPOSE,
    MAX_REASON,
    MAX_SHORT,
    MAX_TITLE,
    MOST_COLUMNS,
    MOST_OPTIONS,
    MOST_ROWS,
    SCALE,
    Kind,
    Operator,
    Question,
    Questionnaire,
    Version,
)

BOUND = 10**9
MOST_DAYS = 3650


def _too_long(most: int, what: str = "den Text") -> dict[str, str]:
    shown = f"{most:,}".replace(",", ".")
    return {"max_length": f"Bitte kürzen Sie {what} auf {shown} Zeichen."}


class QuestionnaireForm(forms.Form):
    """Title, purpose and introduction."""

    title = LineField(
        label="Titel", max_length=MAX_TITLE, help_text="So finden Sie ihn wieder. Auch wer antwortet, liest ihn.",
        error_messages={"required": "Bitte geben Sie dem Fragebogen einen Titel.", **_too_long(MAX_TITLE, "den Titel")},
    )  # fmt: skip
    purpose = LineField(
        label="Wofür brauchen Sie die Antworten?", max_length=MAX_PURPOSE,
        help_text="Ein Satz. Er steht über den Fragen. Zum Beispiel: damit wir Essen und Räume planen können.",
        error_messages={
            "required": "Bitte sagen Sie in einem Satz, wofür Sie die Antworten brauchen.", **_too_long(MAX_PURPOSE),
        },
    )  # fmt: skip
    intro = PlainTextField(
        label="Einleitung", max_length=MAX_INTRO, required=False, widget=forms.Textarea({"rows": 5}),
        error_messages=_too_long(MAX_INTRO),
    )  # fmt: skip

    def __init__(self, data: Any = None, questionnaire: Questionnaire | None = None) -> None:
        initial = {name: getattr(questionnaire, name) for name in self.base_fields} if questionnaire else {}
        super().__init__(data, initial=initial)


class ReasonForm(forms.Form):
    """Why a version takes no answers any more."""

    why = LineField(
        label="Warum?", max_length=MAX_REASON, required=False,
        help_text="Diesen Satz liest, wer noch antworten wollte.", error_messages=_too_long(MAX_REASON),
    )  # fmt: skip


class LinesField(forms.CharField):
    """Some short texts, one on each line."""

    def __init__(self, *, least: int, most: int, what: str, **options: Any) -> None:
        super().__init__(widget=forms.Textarea({"rows": 6}), **options)
        self.least, self.most, self.what = least, most, what
        self.line = LineField(required=False)

    def prepare_value(self, value: Any) -> Any:
        """Show a list as lines."""
        return "\n".join(str(line) for line in value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """Return the lines that hold something."""
        lines = [self.line.to_python(line) for line in str(value or "").splitlines()]
        return [line for line in lines if line]

    def validate(self, value: Any) -> None:
        """Refuse too few, too many, too long and equal lines."""
        super().validate(value)
        if value and len(value) < self.least:
            raise ValidationError(
                f"Bitte geben Sie mindestens {self.least} {self.what} an, jede in einer eigenen Zeile."
            )
        if len(value) > self.most:
            raise ValidationError(f"Es gehen höchstens {self.most} {self.what}. Jetzt sind es {len(value)}.")
        if long := next((line for line in value if len(line) > MAX_OPTION), None):
            raise ValidationError(f"Bitte kürzen Sie „{long[:30]} …“ auf {MAX_OPTION} Zeichen.")
        if double := next((line for line in value if value.count(line) > 1), None):
            raise ValidationError(f"„{double}“ steht zweimal da. Bitte löschen Sie eine Zeile.")

    def run_validators(self, value: Any) -> None:
        """Lines are checked above; validators of texts do not fit a list."""


def _bound(label: str, help_text: str = "", *, whole: bool, low: float = -BOUND, high: float = BOUND) -> forms.Field:
    return fields.NumberField(
        minimum=low, maximum=high, whole=whole, label=label, help_text=help_text, required=False
    )  # fmt: skip


class QuestionForm(forms.Form):
    """One question; which fields there are depends on its kind. `as_question` is what the actions take."""

    label = LineField(
        label="Frage", max_length=MAX_LABEL, help_text="Eine Frage auf einmal, in Worten, die alle kennen.",
        error_messages={"required": "Bitte schreiben Sie die Frage.", **_too_long(MAX_LABEL, "die Frage")},
    )  # fmt: skip
    wozu = LineField(
        label="Wozu?", max_length=MAX_PURPOSE,
        help_text="Was tun Sie mit der Antwort? Der Satz steht bei der Frage. Fällt Ihnen keiner ein, lassen Sie die "
        "Frage weg.",
        error_messages={"required": "Bitte sagen Sie, wozu Sie die Antwort brauchen.", **_too_long(MAX_PURPOSE)},
    )  # fmt: skip
    required = forms.BooleanField(label="Muss beantwortet werden", required=False)
    help = LineField(
        label="Hilfe", max_length=MAX_HELP, required=False, help_text="Was sollte man wissen, um zu antworten?",
        error_messages=_too_long(MAX_HELP),
    )  # fmt: skip
    example = LineField(
        label="Gutes Beispiel", max_length=MAX_HELP, required=False,
        help_text="Eine Antwort, wie Sie sie sich wünschen.", error_messages=_too_long(MAX_HELP),
    )  # fmt: skip

    def __init__(self, kind: Kind, data: Any = None, *, version: Version, question: Question | None = None) -> None:
        self.kind, self.question = kind, question
        initial: dict[str, Any] = {}
        if question:
            initial = {field.name: getattr(question, field.name) for field in Question._meta.concrete_fields}
            initial["low_word"], initial["high_word"] = [*question.options, "", ""][:2]
            initial["too_long"] = "ablehnen" if question.limit_is_hard else "hinweisen"
        super().__init__(data, initial=initial)
        self.fields.update(_OWN[kind]() if kind in _OWN else {})
        self.fields["kept_days"] = _bound(
            "Antwort löschen nach … Tagen", "Gezählt ab dem Ende der Veranstaltung oder ab der Antwort. Leer: Die "
            "Antwort wird so lange aufbewahrt wie die übrigen.", whole=True, low=0, high=MOST_DAYS,
        )  # fmt: skip
        self.earlier = {
            one.key: one
            for one in version.questions.order_by("position", "pk")
            if question is None or one.position < question.position
        }
        if self.earlier:
            self._offer_condition()

    def _offer_condition(self) -> None:
        sources = [(key, f"{place}. {one.label}") for place, (key, one) in enumerate(self.earlier.items(), start=1)]
        strange = {"invalid_choice": "Bitte wählen Sie eine der Möglichkeiten."}
        self.fields["depends_on"] = forms.ChoiceField(
            label="Nur fragen, je nach Antwort auf", required=False, choices=[("", "immer fragen"), *sources],
            error_messages=strange,
        )  # fmt: skip
        self.fields["operator"] = forms.ChoiceField(
            label="Wenn die Antwort", required=False, choices=[("", "bitte wählen"), *Operator.choices],
            error_messages=strange,
        )  # fmt: skip
        self.fields["values"] = LinesField(
            label="Diese Antwort", least=1, most=MOST_OPTIONS, what="Antworten", required=False,
            help_text="Wörtlich wie die Möglichkeit jener Frage, oder eine Zahl. Mehrere untereinander heißt „oder“.",
        )  # fmt: skip
        self.fields["values"].widget.attrs["rows"] = 3
        for name in ("operator", "values"):
            self.fields[name].needed_if = "nur nötig, wenn Sie darüber eine Frage wählen"  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Check what belongs together: lower and upper limit, and the condition."""
        cleaned: dict[str, Any] = super().clean() or {}
        low, high = cleaned.get("minimum"), cleaned.get("maximum")
        if self.kind == Kind.SCALE:
            low, high = SCALE[0] if low is None else low, SCALE[1] if high is None else high
            if "maximum" not in self.errors and not 1 < high - low + 1 <= LONGEST_SCALE:
                self.add_error("maximum", f"Eine Skala hat 2 bis {LONGEST_SCALE} Stufen, zum Beispiel von 1 bis 5.")
        elif low is not None and high is not None and low > high:
            self.add_error("maximum", "Der höchste Wert ist kleiner als der niedrigste.")
        if self.kind == Kind.SEVERAL and (number := len(cleaned.get("options") or [])):
            for name in ("minimum", "maximum"):
                if (cleaned.get(name) or 0) > number:
                    self.add_error(name, f"So viele Möglichkeiten gibt es nicht: Es sind {number}.")
        if source := self.earlier.get(cleaned.get("depends_on") or ""):
            self._check_condition(source, cleaned)
        return cleaned

    def _check_condition(self, source: Question, cleaned: dict[str, Any]) -> None:
        operator, values = cleaned.get("operator") or "", cleaned.get("values") or []
        fitting = conditions.OPERATORS[source.kind]
        if operator not in fitting:
            offered = ", ".join(f"„{Operator(one).label}“" for one in fitting)
            self.add_error("operator", f"Zu dieser Frage passt: {offered}.")
            return
        if operator == Operator.ANSWERED:
            cleaned["values"] = []
            return
        if "values" in self.errors:
            return
        if not values:
            self.add_error("values", "Bitte schreiben Sie, bei welcher Antwort gefragt wird.")
        elif source.kind in (Kind.CHOICE, Kind.SEVERAL):
            if strange := next((value for value in values if value not in source.options), None):
                known = ", ".join(f"„{option}“" for option in source.options[:8])
                self.add_error("values", f"„{strange}“ ist keine der Möglichkeiten. Es gibt: {known}.")
        else:
            try:
                cleaned["values"] = [fields.number(value) for value in values]
            except ValueError:
                self.add_error("values", "Bitte geben Sie eine Zahl in Ziffern ein, zum Beispiel 3.")

    def as_question(self) -> dict[str, Any]:
        """Return the values of the question by the names of its fields."""
        given = {"kind": self.kind, "depends_on": "", "operator": "", "values": [], **self.cleaned_data}
        if not given["depends_on"]:
            given["operator"], given["values"] = "", []
        if self.kind == Kind.SCALE:
            given["options"] = [given.pop("low_word"), given.pop("high_word")]
            for name, usual in zip(("minimum", "maximum"), SCALE, strict=True):
                given[name] = usual if given[name] is None else given[name]
        if "too_long" in given:
            given["limit_is_hard"] = given.pop("too_long") == "ablehnen"
        return given


def _text(most: int) -> dict[str, forms.Field]:
    return {
        "limit": _bound("Höchstens so viele Zeichen", f"Leer: {most}.", whole=True, low=1, high=most),
        "too_long": forms.ChoiceField(
            label="Was gilt für längere Texte?", widget=forms.RadioSelect, initial="ablehnen",
            choices=[("ablehnen", "Ablehnen: Man muss kürzen"), ("hinweisen", "Annehmen, mit einem Hinweis")],
            error_messages={"required": "Bitte wählen Sie eine der beiden Möglichkeiten."},
        ),
    }  # fmt: skip


def _options() -> dict[str, forms.Field]:
    return {
        "options": LinesField(
            label="Möglichkeiten", least=2, most=MOST_OPTIONS, what="Möglichkeiten",
            help_text="Jede in einer eigenen Zeile.",
            error_messages={"required": "Bitte geben Sie mindestens 2 Möglichkeiten an, jede in einer eigenen Zeile."},
        )
    }  # fmt: skip


def _several() -> dict[str, forms.Field]:
    return {
        **_options(),
        "minimum": _bound("Mindestens so viele auswählen", whole=True, low=1, high=MOST_OPTIONS),
        "maximum": _bound("Höchstens so viele auswählen", whole=True, low=1, high=MOST_OPTIONS),
    }


def _number() -> dict[str, forms.Field]:
    return {
        "minimum": _bound("Kleinste erlaubte Zahl", whole=False),
        "maximum": _bound("Größte erlaubte Zahl", whole=False),
        "is_whole": forms.BooleanField(label="Nur ganze Zahlen", required=False, initial=True),
    }


def _scale() -> dict[str, forms.Field]:
    return {
        "minimum": _bound("Erste Stufe", f"Leer: {SCALE[0]}.", whole=True, low=0, high=10),
        "maximum": _bound("Letzte Stufe", f"Leer: {SCALE[1]}.", whole=True, low=1, high=11),
        "low_word": LineField(label="Die erste Stufe heißt", max_length=40, required=False,
                              help_text="Zum Beispiel: gar nicht.", error_messages=_too_long(40)),
        "high_word": LineField(label="Die letzte Stufe heißt", max_length=40, required=False,
                               help_text="Zum Beispiel: sehr.", error_messages=_too_long(40)),
    }  # fmt: skip


def _table() -> dict[str, forms.Field]:
    return {
        "columns": LinesField(
            label="Spalten", least=1, most=MOST_COLUMNS, what="Spalten", help_text="Jede in einer eigenen Zeile.",
            error_messages={"required": "Bitte geben Sie mindestens eine Spalte an."},
        ),
        "rows": LinesField(
            label="Zeilen", least=1, most=MOST_ROWS, what="Zeilen", required=False,
            help_text="Jede in einer eigenen Zeile. Leer: Zeilen ohne Namen, die nach und nach ausgefüllt werden.",
        ),
        "maximum": _bound("Wie viele Zeilen ohne Namen?", f"Leer: {FREE_ROWS}.", whole=True, low=1, high=MOST_ROWS),
    }  # fmt: skip


_OWN = {
    Kind.SHORT: lambda: _text(MAX_SHORT), Kind.LONG: lambda: _text(MAX_LONG), Kind.CHOICE: _options,
    Kind.SEVERAL: _several, Kind.NUMBER: _number, Kind.SCALE: _scale, Kind.TABLE: _table,
}  # fmt: skip
