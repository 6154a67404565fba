"""Wagtail's images and documents with the academy's duties: a text for those who do not see, and the rights."""

import re
import secrets
from typing import Any

from django.core.files import File
from django.db import models
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Filter, Image

from akademie.files import licences
from akademie.files.signals import file_changed
from akademie.files.sizes import PublicFilter, wanted

# Above this the original of a picture, or a document, counts as too large: pages do not show more, visitors wait.
LARGE_IMAGE_BYTES, LARGE_IMAGE_EDGE, LARGE_DOCUMENT_BYTES = 2_000_000, 4000, 10_000_000

TOKEN = re.compile(r"^[0-9a-f]{8}-")  # stands before the name of each stored picture


class AcademyImage(AbstractImage):
    """A picture. `description` (Wagtail's) is the text alternative; an empty one needs `decorates_only`."""

    # Wagtail keeps an attribute `decorative` of its own on every picture and sets it to False.
    decorates_only = models.BooleanField(
        "schmückt nur", default=False, help_text="Dann braucht das Bild keinen Ersatztext."
    )
    credit = models.CharField("Urheberin oder Urheber", max_length=200, help_text="So wird das Bild genannt.")
    licence = models.CharField("Rechte", max_length=200, help_text="Zum Beispiel: CC BY 4.0; mit Erlaubnis der Stadt.")

    # In the order in which one thinks: what is to be seen, whose it is, where it is kept.
    admin_form_fields = (
        "title", "file", "description", "decorates_only", "credit", "licence",
        *(name for name in Image.admin_form_fields if name not in ("title", "file", "description")),
    )  # fmt: skip

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

    @property
    def licence_url(self) -> str:
        """Return where the licence is told; empty for rights that have no such page."""
        found = licences.known(self.licence)
        return found.url if found else ""

    @property
    def shown(self) -> "dict[str, list[AcademyRendition]]":
        """Return what pages show, by format, the narrowest first; they are made when they are missing."""
        specs = wanted(self.width)
        made = self.get_renditions(*(spec for specs_of_format in specs.values() for spec in specs_of_format))
        # A picture that a camera held upright is narrower than its file says: then two sizes may come to one.
        return {
            name: list({made[spec].width: made[spec] for spec in of_kind}.values()) for name, of_kind in specs.items()
        }

    @property
    def own_name(self) -> str:
        """Return the name that the file came with."""
        return TOKEN.sub("", self.filename)

    def get_upload_to(self, filename: str) -> str:
        """Put a mark before the name: an address is kept for a month, so no two files may ever share one."""
        return super().get_upload_to(f"{secrets.token_hex(4)}-{filename}")

    def generate_rendition_file(self, filter: Filter, *, source: File | None = None) -> File:
        """Make the picture in one size, without what the camera has noted in it."""
        return super().generate_rendition_file(PublicFilter(filter.spec), source=source)

    def create_renditions(self, *filters: Filter) -> dict[Filter, AbstractRendition]:
        """Make sizes one after the other: Wagtail makes three at once, and so holds a large picture three times."""
        return {filter: self.create_rendition(filter) for filter in filters}

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save. Of a picture that was there, sizes of another file go, and the floors above hear that it changed."""
        new = self._state.adding
        before = None if new else AcademyImage.objects.filter(pk=self.pk).values_list("file", flat=True).first()
        super().save(*args, **kwargs)
        if before and before != self.file.name:
            self.renditions.all().delete()
        if not new:
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

    def clean(self) -> None:
        """Leave out Wagtail's question for the kind of file where there is none: "add several" asks without it."""
        if self.file:
            super().clean()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and tell the floors above of one that was there: they may link to it."""
        new = self._state.adding
        super().save(*args, **kwargs)
        if not new:
            file_changed.send(sender=AcademyDocument, instance=self)
