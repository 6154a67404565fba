"""Two hosts on one form: whoever saves second is told, keeps what was typed, and decides (ADR 14)."""

import hashlib
import json
from typing import Any

from django import forms
from django.core.serializers.json import DjangoJSONEncoder

MEANWHILE = (
    "Inzwischen hat jemand anders gespeichert. Was Sie getippt haben, steht unten. Wo es sich unterscheidet, steht "
    "dabei, was jetzt gilt. Wenn Sie noch einmal speichern, gilt Ihre Fassung."
)


def stand_of(values: Any) -> str:
    """Return a short name of what is kept now; another content has another name."""
    said = json.dumps(values, cls=DjangoJSONEncoder, sort_keys=True, default=str)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


class WatchedForm(forms.Form):
    """A form that knows what it was opened with; `kept` is what is kept now, as initial values."""

    opened = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)

    def __init__(self, data: Any = None, *args: Any, kept: dict[str, Any], **kwargs: Any) -> None:
        self.kept, self.stand = kept, stand_of(kept)
        super().__init__(data, *args, initial={**kept, "opened": self.stand}, **kwargs)
        self.was_opened_before = data is not None and data.get("opened") != self.stand
        if self.was_opened_before and data is not None:
            self.data = typed = data.copy()
            typed["opened"] = self.stand  # the next press saves

    def clean(self) -> dict[str, Any]:
        """Refuse once when somebody else has saved meanwhile, and say beside each field what is kept now."""
        cleaned = super().clean() or {}
        if self.was_opened_before:
            self.add_error(None, MEANWHILE)
            for name, value in self.kept.items():
                if name in self.fields and self.fields[name].has_changed(value, self._typed(name)):
                    self.add_error(name, f"Jetzt gilt: {self._said(name, value)}")
        cleaned.pop("opened", None)
        return cleaned

    def _typed(self, name: str) -> Any:
        return self.fields[name].widget.value_from_datadict(self.data, self.files, self.add_prefix(name))

    def _said(self, name: str, value: Any) -> str:
        shown = self.fields[name].prepare_value(value)
        if isinstance(field := self.fields[name], forms.ChoiceField):
            wanted = {str(one) for one in (shown if isinstance(shown, list) else [shown])}
            shown = ", ".join(str(label) for key, label in field.choices if str(key) in wanted)  # type: ignore[union-attr]
        return str(shown)[:200] or "leer"
