"""What the back office asks of explanations and videos."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from wagtail.admin.forms import WagtailAdminModelForm

from akademie.core.readability import text_of
from akademie.easy.captions import CaptionError, check_captions
from akademie.easy.films import HEAD, MOST_BYTES, TYPES, film_kind

CAPTION_BYTES = 200_000


class LengthField(forms.Field):
    """Minutes and seconds, kept as seconds."""

    def __init__(self, **options: Any) -> None:
        super().__init__(help_text="Minuten und Sekunden, zum Beispiel 2:30.", **options)

    def prepare_value(self, value: Any) -> Any:
        """Show seconds as minutes and seconds."""
        return f"{value // 60}:{value % 60:02}" if isinstance(value, int) else value

    def to_python(self, value: Any) -> Any:
        """Return the seconds."""
        if not value:
            return None
        found = re.fullmatch(r"(\d{1,2}):([0-5]\d)", value.strip())
        if not found:
            raise ValidationError("Bitte geben Sie die Länge so an: 2:30.")
        return int(found[1]) * 60 + int(found[2])


class SignVideoForm(WagtailAdminModelForm):
    """A video comes in only as a film, with captions that a player can show, with its words and its rights."""

    seconds = LengthField(label="Länge")
    captions_file = forms.FileField(
        label="Untertitel als Datei", required=False,
        help_text="Eine Datei mit der Endung .vtt (WebVTT). Sie ersetzt den Text darunter.",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["captions"].required = False  # may come as a file
        self.fields["film"].help_text = "WebM oder MP4, höchstens 100 MB."
        self.fields["film"].widget = forms.ClearableFileInput({"accept": ".webm,.mp4"})
        for name, says in {
            "film": "Bitte wählen Sie den Film aus.",
            "poster": "Bitte wählen Sie ein Standbild aus.",
            "transcript": "Bitte schreiben Sie auf, was im Video gesagt wird.",
            "credit": "Bitte nennen Sie, von wem das Video ist.",
            "licence": "Bitte nennen Sie, wie das Video genutzt werden darf.",
        }.items():
            self.fields[name].error_messages["required"] = says

    def clean_film(self) -> Any:
        """Refuse what is too big, and what is no film whatever its name says."""
        film = self.cleaned_data["film"]
        if not isinstance(film, UploadedFile):
            return film
        if (film.size or 0) > MOST_BYTES:
            raise ValidationError("Der Film ist größer als 100 MB. Bitte verkleinern Sie ihn.")
        kind = film_kind(film.read(HEAD))
        film.seek(0)
        ending = (film.name or "").rsplit(".", 1)[-1].lower()
        if not kind or kind != ending:
            kinds = " oder ".join(f".{name}" for name in TYPES)
            raise ValidationError(f"Das ist kein Film, den Browser abspielen. Bitte speichern Sie ihn als {kinds}.")
        return film

    def clean_captions_file(self) -> str:
        """Return the captions of the file as text."""
        file = self.cleaned_data["captions_file"]
        if not file:
            return ""
        if file.size > CAPTION_BYTES:
            raise ValidationError("Die Datei ist zu groß für Untertitel. Bitte wählen Sie die Datei mit .vtt.")
        try:
            return file.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            raise ValidationError("Die Datei ist kein Text in UTF-8. Bitte speichern Sie die Untertitel neu.") from None

    def clean(self) -> dict[str, Any]:
        """Take the captions from the file if there is one; refuse those that no player could show."""
        cleaned = super().clean()
        if "captions_file" in self.errors:
            return cleaned
        captions = cleaned.get("captions_file") or cleaned.get("captions") or ""
        cleaned["captions"] = captions = captions.replace("\r\n", "\n").strip()
        if not captions:
            self.add_error("captions", "Bitte geben Sie Untertitel an, als Datei oder als Text.")
            return cleaned
        try:
            end = check_captions(captions)
        except CaptionError as wrong:
            self.add_error("captions", str(wrong))
            return cleaned
        if (length := cleaned.get("seconds")) and end > length + 1:
            self.add_error("captions", "Die Untertitel sind länger als das Video. Bitte prüfen Sie die Länge.")
        return cleaned


class ExplanationForm(WagtailAdminModelForm):
    """A text counts as released when somebody says who checked it and when; a new text must be checked anew."""

    def clean(self) -> dict[str, Any]:
        """Refuse half of the proof, a day to come, and the proof of another text."""
        cleaned = super().clean()
        by, on = cleaned.get("checked_by"), cleaned.get("checked_on")
        if "checked_on" not in self.errors and bool(by) != bool(on):
            says = "Bitte füllen Sie beide Felder aus, oder keines: wer geprüft hat, und wann."
            self.add_error("checked_on" if by else "checked_by", says)
        if on and on > timezone.localdate():
            self.add_error("checked_on", "Dieser Tag kommt erst noch.")
        # Words are compared: the editor gives marks of its own to paragraphs.
        is_new = text_of(self.initial.get("text") or "") != text_of(cleaned.get("text") or "")
        if by and is_new and not {"checked_by", "checked_on"} & set(self.changed_data):
            says = "Der Text ist neu. Wer hat ihn wann geprüft? Ist er noch nicht geprüft, leeren Sie beide Felder."
            self.add_error("checked_by", says)
        return cleaned
