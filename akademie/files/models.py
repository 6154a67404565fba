"""Wagtail's images and documents with the academy's duties: a text for those who do not see, and the rights."""

from typing import Any

from django.db import models
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from akademie.files.signals import file_changed


class AcademyImage(AbstractImage):
    """A picture. `description` (Wagtail's) is the text alternative; an empty one needs `decorates_only`."""

    # Wagtail keeps an attribute `decorative` of its own on every picture and sets it to False.
    decorates_only = models.BooleanField(
        "schmückt nur", default=False, help_text="Dann braucht das Bild keinen Ersatztext."
    )
    credit = models.CharField("Urheberin oder Urheber", max_length=200, help_text="So wird das Bild genannt.")
    licence = models.CharField("Rechte", max_length=200, help_text="Zum Beispiel: CC BY 4.0; mit Erlaubnis der Stadt.")

    admin_form_fields = (*Image.admin_form_fields, "decorates_only", "credit", "licence")

    class Meta(AbstractImage.Meta):
        verbose_name = "Bild"
        verbose_name_plural = "Bilder"

    @property
    def default_alt_text(self) -> str:
        """Return the text alternative; nothing for a picture that only decorates."""
        return "" if self.decorates_only else self.description or self.title

    @property
    def caption_line(self) -> str:
        """Return the line under the picture that the law asks for: "Bild: Rita Rahn, CC BY 4.0"."""
        return f"Bild: {self.credit}, {self.licence}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and tell the floors above, which may show the picture."""
        super().save(*args, **kwargs)
        file_changed.send(sender=AcademyImage, instance=self)


class AcademyRendition(AbstractRendition):
    """A picture in one size."""

    image = models.ForeignKey(AcademyImage, models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("image", "filter_spec", "focal_point_key"), name="one_rendition_per_size")
        ]


class AcademyDocument(AbstractDocument):
    """A document to download."""

    licence = models.CharField("Rechte", max_length=200, help_text="Zum Beispiel: CC BY 4.0; eigenes Dokument.")
    accessible = models.BooleanField("barrierefrei geprüft", default=False)

    admin_form_fields = (*Document.admin_form_fields, "licence", "accessible")

    class Meta(AbstractDocument.Meta):
        verbose_name = "Dokument"
        verbose_name_plural = "Dokumente"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and tell the floors above, which may link to the document."""
        super().save(*args, **kwargs)
        file_changed.send(sender=AcademyDocument, instance=self)
