"""Forms of all areas: one field template, and fields that clean what people paste."""

import re
import unicodedata

from django import forms
from django.forms.renderers import TemplatesSetting

INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class Renderer(TemplatesSetting):
    """Every field of every form through one template: label, hint, error and ARIA in one place."""

    form_template_name = "core/forms/form.html"
    field_template_name = "core/forms/field.html"


def clean_text(value: str, limit: int) -> str:
    """Return one line as a person meant it: no control marks, single spaces, at most `limit` long."""
    return " ".join(INVISIBLE.sub("", unicodedata.normalize("NFC", value[: limit * 4])).split())[:limit].rstrip()


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
