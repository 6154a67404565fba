"""Forms of all areas: one field template, and fields that clean what people paste."""

import re
import time
import unicodedata
from typing import Any

from django import forms
from django.conf import settings
from django.core import signing
from django.forms.renderers import TemplatesSetting
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

DRAWN = "core.drawn"  # signs when a form was drawn
FORM_DAYS = 7  # so long a form may lie open: over any weekend, and not for ever in the hands of a program
TOO_FAST = "Das ging schneller, als Menschen schreiben. Bitte schicken Sie das Formular noch einmal ab."
TOO_OLD = f"Diese Seite war länger als {FORM_DAYS} Tage offen. Bitte schicken Sie das Formular noch einmal ab."
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


class _TrapInput(forms.TextInput):
    """The trap, and beside it, hidden, when the page was drawn."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        text, drawn = value or ("", "")
        shown = super().render(name, text, attrs, renderer)
        age = _seconds_since(drawn)
        if age is None or age < 0:  # of nobody, or of a clock that was put back
            drawn = signing.dumps(time.time(), salt=DRAWN)
        elif _is_too_old(age):  # they have had their time: one press sends it again, however fast
            drawn = signing.dumps(time.time() - settings.FORM_SECONDS, salt=DRAWN)
        return format_html('{}<input type="hidden" name="{}-seit" value="{}">', shown, name, drawn)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> tuple[str, str]:
        return str(data.get(name, "")), str(data.get(f"{name}-seit", ""))


def _seconds_since(drawn: str) -> float | None:
    try:
        return time.time() - float(signing.loads(drawn, salt=DRAWN))
    except (signing.BadSignature, TypeError, ValueError):
        return None


def _is_too_old(age: float) -> bool:
    return age > FORM_DAYS * 24 * 60 * 60


class Trap(forms.Field):
    """What programs run into and people do not: a field that nobody sees, and a form that is sent at once.

    A filled field makes the form invalid; so does, unless `hasty` is allowed, a form that comes back in less than
    `FORM_SECONDS` or after more than `FORM_DAYS`. Who was so quick or so slow sends it once more, with all that was
    typed: the page keeps when it was drawn first, and draws what is too old anew.
    """

    is_trap = True  # asked by the field template

    def __init__(self, *, hasty: bool = False) -> None:
        self.hasty = hasty
        super().__init__(
            required=False, label="Bitte leer lassen", widget=_TrapInput({"autocomplete": "off", "tabindex": "-1"})
        )

    def clean(self, value: tuple[str, str]) -> str:
        """Refuse anything but nothing, and what nobody types so fast."""
        text, drawn = value
        if text:
            raise forms.ValidationError("Bitte lassen Sie dieses Feld leer.")
        age = _seconds_since(drawn) or 0
        if self.hasty:
            return ""
        if age < settings.FORM_SECONDS:
            raise forms.ValidationError(TOO_FAST)
        if _is_too_old(age):
            raise forms.ValidationError(TOO_OLD)
        return ""
