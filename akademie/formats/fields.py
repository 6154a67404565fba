"""Lists in one field: lines of text, and choices of which several hold; both kept as JSON, edited without it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.widgets import AdminAutoHeightTextInput

from akademie.core.forms import clean_text


def too_many(limit: int, given: int) -> str:
    """Say that a list is too long for the one page it must fit."""
    return f"Höchstens {limit} Einträge, damit der Steckbrief auf eine Seite passt. Jetzt sind es {given}."


def too_long(limit: int, text: str) -> str:
    """Say which entry is too long for the one page it must fit."""
    start = text if len(text) <= 40 else f"{text[:40].rstrip()} …"
    return (
        f"Höchstens {limit} Zeichen je Eintrag, damit der Steckbrief auf eine Seite passt. "
        f"„{start}“ hat {len(text)}. Bitte kürzen oder teilen Sie ihn."
    )


class LinesField(forms.CharField):
    """A list of short texts, one a line."""

    widget = AdminAutoHeightTextInput

    def __init__(self, *, max_items: int, max_line: int, **kwargs: Any) -> None:
        self.max_items, self.max_line = max_items, max_line
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Show a list as lines; what a person typed stays as it is."""
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """Return the lines without empty ones, each as a person meant it."""
        text = (super().to_python(value) or "")[: 4 * self.max_items * self.max_line + 10_000]
        return [line for line in (clean_text(part, 10_000) for part in text.splitlines()) if line]

    def validate(self, value: Any) -> None:
        """Refuse more or longer lines than one page holds."""
        super().validate(value)
        check_lines(value, self.max_items, self.max_line)

    def run_validators(self, value: Any) -> None:
        """The validators of a text do not fit a list; `validate` has said everything."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare lists, not the way they were typed."""
        return (initial or []) != self.to_python(data)


def check_lines(lines: Any, max_items: int, max_line: int) -> None:
    """Raise ValidationError unless this is a list of at most `max_items` texts of at most `max_line` characters."""
    if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
        raise ValidationError("Hier wird eine Liste von Texten erwartet.")
    errors = [too_many(max_items, len(lines))] if len(lines) > max_items else []
    errors += [too_long(max_line, line) for line in lines if len(line) > max_line]
    if errors:
        raise ValidationError(errors)


class LineList(models.JSONField):
    """A list of short texts with limits for the number of entries and the length of each."""

    def __init__(self, *args: Any, max_items: int = 6, max_line: int = 60, **kwargs: Any) -> None:
        self.max_items, self.max_line = max_items, max_line
        super().__init__(*args, **{"default": list, "blank": True, **kwargs})

    def validate(self, value: Any, model_instance: Any) -> None:
        """Check the limits also where no form stands between."""
        super().validate(value, model_instance)
        check_lines(value, self.max_items, self.max_line)

    def formfield(self, **kwargs: Any) -> Any:
        """Edit as lines."""
        # A callable default would make Django send every value twice, hidden as well.
        limits = {"max_items": self.max_items, "max_line": self.max_line, "show_hidden_initial": False}
        help_text = f"{self.help_text} Eine Zeile je Eintrag: höchstens {self.max_items}, je {self.max_line} Zeichen."
        return models.Field.formfield(
            self, **{"form_class": LinesField, **limits, **kwargs, "help_text": help_text.strip()}
        )


class SeveralField(forms.MultipleChoiceField):
    """Choices of which several hold, as boxes."""

    widget = forms.CheckboxSelectMultiple

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare without regard to the order."""
        return super().has_changed(list(initial or []), data)


class ChoiceList(models.JSONField):
    """A list of values out of `of`, a sequence of value and label."""

    def __init__(self, *args: Any, of: Any = (), **kwargs: Any) -> None:
        self.of = list(of)
        super().__init__(*args, **{"default": list, "blank": True, **kwargs})

    def validate(self, value: Any, model_instance: Any) -> None:
        """Refuse values that are no choice."""
        super().validate(value, model_instance)
        known = {choice for choice, _ in self.of}
        if not isinstance(value, list) or not all(isinstance(one, str) and one in known for one in value):
            raise ValidationError(f"Möglich sind nur: {', '.join(str(label) for _, label in self.of)}.")

    def formfield(self, **kwargs: Any) -> Any:
        """Edit as boxes."""
        return models.Field.formfield(
            self, **{"form_class": SeveralField, "choices": self.of, "show_hidden_initial": False, **kwargs}
        )
