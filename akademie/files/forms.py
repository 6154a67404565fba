"""What the back office asks of pictures and documents, whichever way they come in."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from akademie.files import licences
from akademie.files.fields import PictureField
from akademie.files.models import AcademyImage
from akademie.files.rules import is_file_name

OTHER = "andere"
CHOICES = [
    ("", "Bitte wählen"),
    *((licence.name, f"{licence.name}: {licence.means}") for licence in licences.LICENCES),
    (OTHER, "mit Erlaubnis: Wortlaut im nächsten Feld"),
]
AGAIN = "Bitte wählen Sie die Datei noch einmal aus: Ihr Browser behält sie nicht."
CHOSEN = re.compile(r"(bild|dokument)-(\d{1,15})")
# How files of these kinds begin. The others are plain text or anything.
BEGINNINGS = {"pdf": b"%PDF", **dict.fromkeys(("docx", "odp", "ods", "odt", "pptx", "xlsx", "zip"), b"PK")}


class LicenceFields:
    """Rights by name or by words: two fields for the one that the model keeps."""

    fields: dict[str, forms.Field]

    def offer_licences(self, what: str) -> None:
        """Put the choice in the place of the plain field, and the words behind it."""
        if "licence" not in self.fields:
            return
        stored = self.instance.licence  # type: ignore[attr-defined]
        named = licences.known(stored)
        self.initial["licence"] = named.name if named else OTHER if stored else ""  # type: ignore[attr-defined]
        missing = {"required": f"Bitte sagen Sie, wie {what} genutzt werden darf."}
        places = list(self.fields)
        self.fields["licence"] = forms.ChoiceField(label="Rechte", choices=CHOICES, error_messages=missing)
        self.fields["licence_words"] = forms.CharField(
            label="Rechte im Wortlaut", max_length=200, required=False, initial="" if named else stored,
            help_text="Nur wenn keine der Lizenzen passt, zum Beispiel: mit Erlaubnis der Stadt Perleberg.",
        )  # fmt: skip
        places.insert(places.index("licence") + 1, "licence_words")
        self.order_fields(places)  # type: ignore[attr-defined]

    def take_licence(self, cleaned: dict[str, Any]) -> None:
        """Keep the words where no licence was chosen."""
        if cleaned.get("licence") != OTHER:
            return
        words = cleaned.get("licence_words", "").strip()
        if licences.is_unknown(words):
            self.add_error(  # type: ignore[attr-defined]
                "licence_words", "Bitte schreiben Sie, wer die Nutzung erlaubt hat. Ohne Rechte zeigen wir nichts."
            )
        named = licences.known(words)
        cleaned["licence"] = named.name if named else words


class ImageForm(LicenceFields, BaseImageForm):
    """A picture comes in only with a text alternative (or the word that it only decorates) and with its rights."""

    original_file: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            given = self.fields["file"]
            self.fields["file"] = PictureField(label=given.label, required=given.required, widget=given.widget)
        if "description" in self.fields:
            field = self.fields["description"]
            field.label = "Ersatztext"
            field.help_text = "Was ist zu sehen, und was davon ist wichtig? Für alle, die es nicht sehen."
            # Shows itself only when the text looks like the name of a file.
            self.fields["description_meant"] = forms.BooleanField(
                label="Der Ersatztext ist so gemeint", required=False, widget=forms.HiddenInput()
            )
            places = [name for name in self.fields if name != "description_meant"]
            places.insert(places.index("description") + 1, "description_meant")
            self.order_fields(places)
        if "credit" in self.fields:
            self.fields["credit"].error_messages["required"] = "Bitte nennen Sie, von wem das Bild ist."
        self.offer_licences("das Bild")

    def clean(self) -> dict[str, Any]:
        """Refuse a picture that has neither a text alternative nor says that it only decorates, and one with both."""
        cleaned = super().clean()
        self.take_licence(cleaned)
        if "description" in self.fields and "decorates_only" in self.fields:
            self._check_alternative(cleaned)
        if self.errors and isinstance(cleaned.get("file"), UploadedFile):
            self["file"].help_text = AGAIN
        return cleaned

    def _check_alternative(self, cleaned: dict[str, Any]) -> None:
        described, decorative = (cleaned.get("description") or "").strip(), cleaned.get("decorates_only")
        if not described and not decorative:
            self.add_error(
                "description", "Bitte beschreiben Sie das Bild, oder setzen Sie den Haken bei „schmückt nur“."
            )
        elif described and decorative:
            self.add_error(
                "decorates_only",
                "Ein Bild mit Ersatztext schmückt nicht nur. Bitte nehmen Sie eines von beiden zurück.",
            )
        elif described and "description" in self.changed_data and not cleaned.get("description_meant"):
            self._warn_of_file_name(described, cleaned)

    def _warn_of_file_name(self, described: str, cleaned: dict[str, Any]) -> None:
        file, title = cleaned.get("file"), cleaned.get("title") or ""
        name = file.name if isinstance(file, UploadedFile) else self.instance.own_name if self.instance.pk else ""
        # "Add several" knows the file by its title only, which is its name until somebody changes it.
        if is_file_name(described, [name or "", "" if " " in title else title]):
            self.add_error(
                "description",
                "Das sieht aus wie der Name der Datei. Bitte beschreiben Sie, was zu sehen ist. Ist der Text so "
                "gemeint, setzen Sie darunter den Haken.",
            )
            self.fields["description_meant"].widget = forms.CheckboxInput()

    def save(self, commit: bool = True) -> AcademyImage:
        """Save. The old file goes here: Wagtail would take the sizes too that pages have just been given anew."""
        old, self.original_file = self.original_file, None
        image = super().save(commit=commit)
        if commit and old and "file" in self.changed_data:
            transaction.on_commit(lambda: old.storage.delete(old.name))
        return image


class DocumentForm(LicenceFields, BaseDocumentForm):
    """A document comes in only with its rights."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            self.fields["file"].error_messages["required"] = "Bitte wählen Sie eine Datei aus."
        self.offer_licences("das Dokument")

    def clean_file(self) -> Any:
        """Refuse a document that is of another kind than its name says."""
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            kind = (file.name or "").rsplit(".", 1)[-1].lower()
            file.seek(0)
            begins = file.read(1024)
            file.seek(0)
            if BEGINNINGS.get(kind, b"") not in begins:
                raise ValidationError(
                    f"Die Datei endet auf .{kind}, ist aber beschädigt oder etwas anderes. Bitte öffnen Sie sie und "
                    "speichern Sie sie neu."
                )
        return file

    def clean(self) -> dict[str, Any]:
        """Keep the words where no licence was chosen."""
        cleaned = super().clean()
        self.take_licence(cleaned)
        if self.errors and isinstance(cleaned.get("file"), UploadedFile):
            self["file"].help_text = AGAIN
        return cleaned


class ChosenForm(forms.Form):
    """Ticked pictures and documents: "bild-12"."""

    auswahl = forms.Field(
        widget=forms.MultipleHiddenInput,
        error_messages={"required": "Bitte wählen Sie in der Liste mindestens eine Datei."},
    )

    def clean_auswahl(self) -> list[tuple[str, int]]:
        """Return kind and primary key of each; what has no such shape was not ticked here."""
        found = [CHOSEN.fullmatch(one) for one in self.cleaned_data["auswahl"]]
        return [(match[1], int(match[2])) for match in found if match]
