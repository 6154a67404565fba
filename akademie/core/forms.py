"""Forms of all areas: one field template, and fields that clean what people paste."""

import re
import unicodedata
from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import SafeString, mark_safe

INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class Renderer(TemplatesSetting):
    """Every field of every form through one template: label, hint, error and ARIA in one place."""

    form_template_name = "core/forms/form.html"
    field_template_name = "core/forms/field.html"

    def render(self, template_name: str, context: Any, request: Any = None) -> SafeString:
        """Draw without NUL, which HTML does not know; all else that was typed comes back as it was."""
        return mark_safe(super().render(template_name, context, request).replace("\x00", ""))


def clean_text(value: str, limit: int) -> str:
    """Return one line as a person meant it: no control marks, single spaces, at most `limit` long."""
    return " ".join(INVISIBLE.sub("", unicodedata.normalize("NFC", value[: limit * 4])).split())[:limit].rstrip()


class SometimesNeeded(forms.Field):
    """A field that is needed in some cases only; `needed_if` tells people in which: "nur nötig, wenn …"."""

    def __init__(self, *, needed_if: str = "", **kwargs: Any) -> None:
        if needed_if:
            kwargs["required"] = False  # the form's own `clean` knows when it is
        super().__init__(**kwargs)
        self.needed_if = needed_if  # asked by the field template


class LineField(SometimesNeeded, forms.CharField):
    """One line of text as a person meant it."""

    def to_python(self, value: Any) -> str:
        """Return the text without control marks and with single spaces."""
        return " ".join(INVISIBLE.sub("", unicodedata.normalize("NFC", str(value or ""))).split())


class NameField(LineField):
    """The name of whoever acts with an account that several people share."""

    widget = forms.TextInput({"autocomplete": "name"})
    default_error_messages = {
        "required": "Bitte sagen Sie, wer Sie sind.",
        "max_length": "Bitte kürzen Sie den Namen auf 120 Zeichen.",
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"label": "Ihr Name", "max_length": 120, **kwargs})


class PlainTextField(forms.CharField):
    """Some lines of text as a person meant them; counted as the browser counts them."""

    def to_python(self, value: Any) -> str:
        """Return the text without control marks, line ends as one character."""
        text = unicodedata.normalize("NFC", str(value or "")).replace("\r\n", "\n").replace("\r", "\n")
        return str(super().to_python(INVISIBLE.sub("", text)))


class MailField(SometimesNeeded, forms.EmailField):
    """A person's mail address, in lower case as accounts keep theirs."""

    widget = forms.EmailInput({"autocomplete": "email"})
    default_error_messages = {
        "required": "Bitte geben Sie Ihre E-Mail-Adresse ein.",
        "invalid": "Bitte prüfen Sie die Adresse. Sie sieht so aus: name@stadt.de",
        "max_length": "Bitte prüfen Sie die Adresse. Sie ist zu lang.",
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"label": "Ihre E-Mail-Adresse", "max_length": 254, **kwargs})

    def to_python(self, value: Any) -> str:
        """Return the address in lower case."""
        return str(super().to_python(value)).lower()


class Trap(forms.CharField):
    """A field that people do not see and programs fill in; a filled trap makes the form invalid."""

    is_trap = True  # asked by the field template

    def __init__(self) -> None:
        super().__init__(
            required=False, label="Bitte leer lassen", widget=forms.TextInput({"autocomplete": "off", "tabindex": "-1"})
        )

    def clean(self, value: str) -> str:
        """Refuse anything but nothing."""
        if value:
            raise forms.ValidationError("Bitte lassen Sie dieses Feld leer.")
        return ""
