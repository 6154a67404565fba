"""Files as people bring them: pictures with and without notes of a camera, and what only claims to be one."""

from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Pillow
from PIL.PngImagePlugin import PngInfo

from akademie.files.models import AcademyImage

PLACE = b"52.9667 N, 11.7500 O"  # stands in every note below


def content(kind: str = "JPEG", size: tuple[int, int] = (160, 90), mode: str = "RGB", *, notes: bool = False) -> bytes:
    """Return a picture, half red and half white, as a file; with the place where it was taken among its notes."""
    picture = Pillow.new(mode, size, "#ffffff00" if mode == "RGBA" else "white")
    picture.paste("red", (0, 0, size[0] // 2, size[1]))
    more: dict[str, Any] = {}
    if notes:
        exif = Pillow.Exif()
        exif[0x010E] = PLACE.decode()  # description
        exif[0x0112] = 6  # the camera was held upright
        exif.get_ifd(0x8825)[29] = PLACE.decode()  # among the values of GPS
        more = {"exif": exif.tobytes(), "xmp": b"<x>" + PLACE + b"</x>"}
        if kind == "JPEG":
            more["comment"] = PLACE
        if kind == "PNG":
            more["pnginfo"] = PngInfo()
            more["pnginfo"].add_text("Comment", PLACE.decode())
    file = BytesIO()
    picture.save(file, kind, **more)
    return file.getvalue()


def upload(name: str = "markt.jpg", data: bytes | None = None) -> SimpleUploadedFile:
    """Return a file as a browser sends it."""
    return SimpleUploadedFile(name, content() if data is None else data)


def make_image(data: bytes | None = None, name: str = "markt.jpg", **fields: Any) -> AcademyImage:
    """Store a picture with everything that it needs."""
    values = {"title": "Markt", "description": "Der Marktplatz", "credit": "Rita Rahn", "licence": "CC BY 4.0"}
    file = ContentFile(content() if data is None else data, name=name)
    image = AcademyImage(file=file, **{**values, **fields})
    image._set_image_file_metadata()
    image.save()
    return image
