"""Fields and widgets that a question becomes. Each cleans to a plain JSON value; None is no answer."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from akademie.core.charts import in_words
from akademie.core.forms import LineField, PlainTextField
from akademie.questionnaires import uploads
from akademie.questionnaires.models import MAX_LONG, MAX_SHORT, Kind, Question

FEW = 7  # options up to here stand one below the other; more become a list to open
MAX_CELL = 200
MOST = 10**12
NUMBER = re.compile(r"[+-]?\d{1,15}(,\d{1,6})?")
THOUSANDS = re.compile(r"[+-]?\d{1,3}(\.\d{3})+(,\d{1,6})?")
NO_ANSWER = "keine Angabe"


def number(text: str, *, whole: bool = False) -> int | float:
    """Return a number as Germans write it ("1.250,5") or with a point ("12.5"); ValueError for anything else."""
    text = re.sub(r"[\s\u00a0\u202f']", "", text).replace("−", "-")
    if THOUSANDS.fullmatch(text):
        text = text.replace(".", "")
    elif "," not in text:
        text = text.replace(".", ",", 1)
    if not text.isascii() or not NUMBER.fullmatch(text):
        raise ValueError(text)
    found = float(text.replace(",", "."))
    if abs(found) > MOST:
        raise ValueError(text)
    if found == int(found):
        return int(found)
    if whole:
        raise ValueError(text)
    return found


class NumberField(forms.CharField):
    """A number within its limits."""

    def __init__(self, *, minimum: float | None, maximum: float | None, whole: bool, **options: Any) -> None:
        mode = (
            "text" if minimum is not None and minimum < 0 else "numeric" if whole else "decimal"
        )  # no minus on phones
        super().__init__(**options, widget=forms.TextInput({"inputmode": mode, "autocomplete": "off"}))
        self.minimum, self.maximum, self.whole = minimum, maximum, whole

    def prepare_value(self, value: Any) -> Any:
        """Show a number with a comma."""
        return f"{value:.6f}".rstrip("0").rstrip(".").replace(".", ",") if isinstance(value, float) else value

    def to_python(self, value: Any) -> Any:
        """Return a whole number or one with decimals."""
        text = super().to_python(value)
        if not text:
            return None
        try:
            found = number(text, whole=self.whole)
        except ValueError:
            example = "12" if self.whole else "12,5"
            kind = "eine ganze Zahl" if self.whole else "eine Zahl"
            raise ValidationError(f"Bitte geben Sie {kind} in Ziffern ein, zum Beispiel {example}.") from None
        low, high = self.minimum, self.maximum
        if (low is not None and found < low) or (high is not None and found > high):
            raise ValidationError(f"Bitte geben Sie eine Zahl {between(low, high)} ein.")
        return found


def between(low: float | None, high: float | None) -> str:
    """Return limits in words: "von 1 bis 500"."""

    def shown(value: float) -> str:
        return in_words(value, digits=0 if value == int(value) else 2)

    if low is not None and high is not None:
        return f"von {shown(low)} bis {shown(high)}"
    if low is not None:
        return f"ab {shown(low)}"
    return f"bis {shown(high)}" if high is not None else ""


class DayField(forms.DateField):
    """A day, as ISO text."""

    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    default_error_messages = {"invalid": "Diesen Tag gibt es nicht. Bitte geben Sie ihn so ein: 24.12.2026."}

    def __init__(self, **options: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y"], **options)

    def to_python(self, value: Any) -> Any:
        """Return the day as ISO text."""
        found = super().to_python(value)
        if found is not None and not 1900 <= found.year <= 2200:
            raise ValidationError("Bitte prüfen Sie das Jahr.")
        return found.isoformat() if isinstance(found, date) else None


class ScaleField(forms.TypedChoiceField):
    """A step of a scale, as a number."""

    def __init__(self, question: Question, *, voluntary: bool, **options: Any) -> None:
        ends = dict(zip((question.scale[0], question.scale[-1]), question.options, strict=False))
        steps = [(str(step), f"{step} ({ends[step]})" if ends.get(step) else str(step)) for step in question.scale]
        choices = [*steps, ("", NO_ANSWER)] if voluntary else steps
        super().__init__(choices=choices, coerce=int, empty_value=None, widget=forms.RadioSelect, **options)


class OptionField(forms.ChoiceField):
    """One of the options, as its text."""

    def __init__(self, question: Question, *, voluntary: bool, **options: Any) -> None:
        pairs = [(option, option) for option in question.options]
        few = len(pairs) <= FEW
        if few:
            pairs = [*pairs, ("", NO_ANSWER)] if voluntary else pairs
        else:
            pairs = [("", NO_ANSWER if voluntary else "bitte wählen"), *pairs]
        super().__init__(choices=pairs, widget=forms.RadioSelect if few else forms.Select, **options)


class SeveralField(forms.MultipleChoiceField):
    """Some of the options, in their order."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, question: Question, *, draft: bool, **options: Any) -> None:
        super().__init__(choices=[(option, option) for option in question.options], **options)
        self.options: list[str] = question.options
        self.least = 0 if draft or question.minimum is None else int(question.minimum)
        self.most = len(question.options) if question.maximum is None else int(question.maximum)

    def clean(self, value: Any) -> list[str]:
        """Refuse too few and too many; nothing at all is the question of `required`."""
        chosen = set(super().clean(value))
        if chosen and len(chosen) < self.least:
            raise ValidationError(f"Bitte wählen Sie mindestens {self.least} aus.")
        if len(chosen) > self.most:
            raise ValidationError(f"Bitte wählen Sie höchstens {self.most} aus. Jetzt sind es {len(chosen)}.")
        return [option for option in self.options if option in chosen]


class TableInput(forms.Widget):
    """A table of text fields; each says its row and its column. A point parts their names: no key has one."""

    use_fieldset = True

    def __init__(self, columns: list[str], lines: list[str], *, named: bool) -> None:
        super().__init__()
        self.columns, self.lines, self.named = columns, lines, named

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[list[str]]:
        return [
            [str(data.get(f"{name}.{line}.{column}", "")) for column in range(len(self.columns))]
            for line in range(len(self.lines))
        ]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return not any(key.startswith(f"{name}.") for key in data)

    def id_for_label(self, id_: str) -> str:
        return f"{id_}.0.0" if id_ else ""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Draw head, lines and fields; a wide table scrolls in its own box."""
        given = value or []
        ident = (attrs or {}).get("id", f"id_{name}")
        corner = mark_safe("<td></td>" if self.named else '<th scope="col">Zeile</th>')
        head = format_html_join("", '<th scope="col">{}</th>', ((column,) for column in self.columns))
        rows = format_html_join(
            "",
            '<tr><th scope="row">{}</th>{}</tr>',
            ((label, self._cells(name, ident, line, given)) for line, label in enumerate(self.lines)),
        )
        table = '<table class="ak-asked-table"><thead><tr>{}{}</tr></thead><tbody>{}</tbody></table>'
        return format_html(table, corner, head, rows)

    def _cells(self, name: str, ident: str, line: int, given: Any) -> SafeString:
        row = given[line] if line < len(given) else []
        label = self.lines[line] if self.named else f"Zeile {self.lines[line]}"
        return format_html_join(
            "",
            '<td><input class="kern-form-input__input" type="text" name="{}.{}.{}" id="{}.{}.{}" '
            'aria-label="{}: {}" value="{}"></td>',
            (
                (name, line, place, ident, line, place, label, column, row[place] if place < len(row) else "")
                for place, column in enumerate(self.columns)
            ),
        )


class TableField(forms.Field):
    """Lines of cells. Of lines without names only those are kept that hold something."""

    def __init__(self, question: Question, **options: Any) -> None:
        self.named = bool(question.rows)
        super().__init__(widget=TableInput(question.columns, question.lines, named=self.named), **options)
        self.cell = LineField(required=False)
        self.lines, self.columns = question.lines, question.columns

    def to_python(self, value: Any) -> Any:
        """Return the lines as lists of texts; None for an empty table."""
        rows = [[self.cell.to_python(cell) for cell in row] for row in value or []]
        for line, row in zip(self.lines, rows, strict=False):
            for column, cell in zip(self.columns, row, strict=False):
                if len(cell) > MAX_CELL:
                    where = f"{line}, {column}" if self.named else f"Zeile {line}, {column}"
                    raise ValidationError(f"Bitte kürzen Sie „{where}“ auf {MAX_CELL} Zeichen.")
        if not any(any(row) for row in rows):
            return None
        return rows if self.named else [row for row in rows if any(row)]


class UploadField(forms.FileField):
    """A file, checked by what it is."""

    widget = forms.FileInput
    default_error_messages = {"empty": "Die Datei ist leer. Bitte wählen Sie eine andere.",
                              "invalid": "Bitte wählen Sie die Datei noch einmal aus."}  # fmt: skip

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Return the uploaded file, or what is kept of an earlier one."""
        found = super().clean(data, initial)
        return uploads.check(found) if isinstance(found, UploadedFile) else found or None


def text_field(question: Question, **options: Any) -> forms.CharField:
    """Return the field of a short or a long text; browsers never cut what was pasted, the answer says what to do."""
    hard = question.limit if question.limit and question.limit_is_hard else None
    most = hard or (MAX_LONG if question.kind == Kind.LONG else MAX_SHORT)
    if question.kind == Kind.LONG:
        field: forms.CharField = PlainTextField(widget=forms.Textarea({"rows": 6}), **options)
    else:
        field = LineField(**options)
    shown = f"{most:,}".replace(",", ".")
    field.validators.append(_no_longer_than(most, shown))
    return field


def _no_longer_than(most: int, shown: str) -> Any:
    def check(value: str) -> None:
        if len(value) > most:
            now = f"{len(value):,}".replace(",", ".")
            raise ValidationError(f"Bitte kürzen Sie den Text auf {shown} Zeichen. Jetzt sind es {now}.")

    return check
