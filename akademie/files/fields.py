"""The field for a picture: whatever comes in, it ends in a sentence that says what to do."""

import struct
from typing import Any

from django.core.exceptions import ValidationError
from PIL import Image as Pillow
from wagtail.images.fields import WagtailImageField

NO_PICTURE = (
    "Diese Datei ist kein Bild, oder sie ist beschädigt. Bitte öffnen Sie sie in einem Bildprogramm und speichern Sie "
    "sie neu als JPG oder PNG."
)
NO_SVG = (
    "SVG-Dateien nehmen wir nicht: Sie können Programme enthalten. Bitte speichern Sie die Zeichnung als PNG, doppelt "
    "so breit, wie sie zu sehen sein soll."
)
ERRORS = {
    "required": "Bitte wählen Sie eine Bilddatei aus.",
    "invalid_image": NO_PICTURE,
    "invalid_image_extension": "Diese Art von Datei zeigen wir nicht als Bild. Bitte speichern Sie das Bild als JPG, "
    "PNG, WebP oder AVIF.",
    "invalid_image_known_format": "Der Name endet auf .%(extension)s, die Datei ist aber vom Typ %(image_format)s. "
    "Bitte speichern Sie das Bild in einem Bildprogramm neu als JPG oder PNG.",
    "file_too_large": "Die Datei hat %(file_size)s, erlaubt sind %(max_filesize)s. Bitte verkleinern Sie das Bild "
    "vorher, zum Beispiel auf 2.500 Pixel Breite.",
    "file_too_many_pixels": "Das Bild hat mehr als 40 Millionen Bildpunkte. Bitte verkleinern Sie es vorher, zum "
    "Beispiel auf 2.500 Pixel Breite.",
}
BROKEN = (OSError, SyntaxError, ValueError, EOFError, struct.error)


class PictureField(WagtailImageField):
    """Wagtail's field, which fails on pictures that break off, and reads them whole before it asks for their size."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.error_messages.update(ERRORS)

    def to_python(self, data: Any) -> Any:
        """Refuse drawings with programs in them before anything reads them."""
        if data and data.name.lower().endswith((".svg", ".svgz")):
            raise ValidationError(NO_SVG, code="invalid_image_extension")
        return super().to_python(data)

    def check_image_pixel_size(self, f: Any) -> None:
        """Refuse too many pixels by what the file says of itself, and then a picture that cannot be read."""
        try:
            with Pillow.open(f) as picture:
                if picture.width * picture.height * getattr(picture, "n_frames", 1) > self.max_image_pixels:
                    raise Pillow.DecompressionBombError
            super().check_image_pixel_size(f)
        except Pillow.DecompressionBombError:
            code = "file_too_many_pixels"
            raise ValidationError(self.error_messages[code], code=code) from None
        except BROKEN as error:
            raise ValidationError(self.error_messages["invalid_image"], code="invalid_image") from error
        finally:
            f.seek(0)
