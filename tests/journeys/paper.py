"""What comes out of the printer."""

from dataclasses import dataclass

import pypdfium2
from playwright.sync_api import Page

A4 = (595, 842)  # points


@dataclass(frozen=True)
class Paper:
    """A printed document: the sizes of its sheets in points, and its words with single blanks."""

    sheets: list[tuple[int, int]]
    text: str


def read_pdf(content: bytes) -> Paper:
    """Return what a PDF holds."""
    document = pypdfium2.PdfDocument(content)
    try:
        sizes = [tuple(round(side) for side in sheet.get_size()) for sheet in document]
        words = " ".join(sheet.get_textpage().get_text_bounded() for sheet in document)
    finally:
        document.close()
    return Paper(sizes, " ".join(words.split()))


def printed(page: Page) -> Paper:
    """Print a page as a browser does on A4."""
    return read_pdf(page.pdf(format="A4", prefer_css_page_size=True))
