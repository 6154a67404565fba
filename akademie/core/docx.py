"""Word files (DOCX) to go on writing in: our own templates in a package, without a library of their own.

What all of them share stands here and in `templates/core/docx/`: real styles, numbered and bulleted lists, language,
page and fonts. The names of styles are those that Word knows and shows in German (Titel, Überschrift 1).
"""

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from akademie.core.spreadsheet import NOT_XML

PARTS = {  # where each stands in the package: its template
    "[Content_Types].xml": "core/docx/types.xml",
    "_rels/.rels": "core/docx/relations.xml",
    "docProps/core.xml": "core/docx/about.xml",
    "word/document.xml": "core/docx/document.xml",
    "word/_rels/document.xml.rels": "core/docx/document_relations.xml",
    "word/styles.xml": "core/docx/styles.xml",
    "word/numbering.xml": "core/docx/numbering.xml",
    "word/settings.xml": "core/docx/settings.xml",
}
NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
EMU = 36_000  # units of a drawing in a millimetre
BETWEEN = re.compile(r">\s+<")  # the templates' own line breaks; a text keeps its blanks


@dataclass(frozen=True)
class Picture:
    """A PNG of the package, called by `key` in the template (`pictures.key`); `alt` says what it shows."""

    key: str
    png: bytes
    alt: str
    side: int  # millimetres; our pictures are squares

    @property
    def emu(self) -> int:
        """Its side as the format counts it."""
        return self.side * EMU


def docx(
    template: str,
    context: Mapping[str, Any],
    *,
    title: str,
    author: str,
    size: float = 10,
    pictures: tuple[Picture, ...] = (),
    links: Mapping[str, str] | None = None,
) -> bytes:
    """Return the Word file that a template of `w:body` makes: A4, German, with title and author.

    `size` is the size of the running text in points (halves of one are the finest); headings follow it. `links` are
    addresses by the names that the template gives as `r:id`. The same content makes the same bytes.
    """
    shared = {
        **context, "body": template, "title": title, "author": author, "namespaces": mark_safe(NAMESPACES),
        "half_points": round(size * 2), "pictures": {one.key: one for one in pictures}, "links": links or {},
    }  # fmt: skip
    drawn = io.BytesIO()
    with ZipFile(drawn, "w", ZIP_DEFLATED) as package:
        for name, source in PARTS.items():
            text = render_to_string(source, shared)
            _add(package, name, BETWEEN.sub("><", NOT_XML.sub("", text)).strip().encode())
        for one in pictures:
            _add(package, f"word/media/{one.key}.png", one.png)
    return drawn.getvalue()


def _add(package: ZipFile, name: str, content: bytes) -> None:
    part = ZipInfo(name)  # without the time of making, which would change the bytes
    part.compress_type = ZIP_DEFLATED
    package.writestr(part, content)
