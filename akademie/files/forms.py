"""What the back office asks of pictures and documents."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm


class ImageForm(BaseImageForm):
    """A picture comes in only with a text alternative (or the word that it only decorates) and with its rights."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "description" in self.fields:
            self.fields["description"].label = "Ersatztext"
            self.fields[
                "description"
            ].help_text = "Was ist zu sehen, und was davon ist wichtig? Für alle, die es nicht sehen."
        for name, message in {
            "credit": "Bitte nennen Sie, von wem das Bild ist.",
            "licence": "Bitte nennen Sie, wie das Bild genutzt werden darf.",
        }.items():
            if name in self.fields:
                self.fields[name].error_messages["required"] = message

    def clean(self) -> dict[str, Any]:
        """Refuse a picture that has neither a text alternative nor says that it only decorates, and one with both."""
        cleaned = super().clean()
        if "description" not in self.fields or "decorates_only" not in self.fields:
            return cleaned
        described, decorative = bool((cleaned.get("description") or "").strip()), cleaned.get("decorates_only")
        if not described and not decorative:
            self.add_error(
                "description",
                ValidationError("Bitte beschreiben Sie das Bild, oder setzen Sie den Haken bei „schmückt nur“."),
            )
        if described and decorative:
            self.add_error(
                "decorates_only",
                ValidationError(
                    "Ein Bild mit Ersatztext schmückt nicht nur. Bitte nehmen Sie eines von beiden zurück."
                ),
            )
        return cleaned


class DocumentForm(BaseDocumentForm):
    """A document comes in only with its rights."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "licence" in self.fields:
            self.fields["licence"].error_messages["required"] = (
                "Bitte nennen Sie, wie das Dokument genutzt werden darf."
            )
