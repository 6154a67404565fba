"""Documents to keep and to print: PDF by typst, tables as CSV, the code on a printed page.

A PDF comes from a typst template and data that are passed as JSON; source text is never built from what people typed,
so nobody can write typst through a form. All PDFs are tagged (PDF/UA-1): typst refuses what would not be accessible.
"""

import csv
import io
import json
import unicodedata
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.safestring import SafeString, mark_safe

ROOT = settings.BASE_DIR / "akademie"  # templates may import from each other inside the product, nothing else
MADE_AT = datetime(2000, 1, 1, tzinfo=UTC)  # the time of making would change the bytes
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
NO_GLYPH = "□"
INVISIBLE = ("Cc", "Cf", "Cs", "Mn", "Me")  # control, format, half pairs, marks that belong to a letter before


class DocumentNotMade(Exception):
    """A template and its data do not make a document; the message is the compiler's, for the log."""


def pdf(template: Path, data: dict[str, Any], *, title: str, lang: str = "de") -> bytes:
    """Return the PDF that a typst template makes of the data: tagged, PDF/UA-1, with title and language.

    The template begins with `#import "/core/typst/page.typ": *` and `#show: document`, and reads `data`; `publisher` in
    the data becomes the author. The same data make the same bytes. A mark that our fonts do not have (an emoji)
    becomes □. Raises DocumentNotMade, and ImproperlyConfigured when typst or the fonts are missing.
    """
    # Lazy: a process that makes no PDF does not carry the compiler.
    try:
        import typst
    except ImportError as error:
        raise ImproperlyConfigured("typst fehlt: Richten Sie die Akademie noch einmal ein (./run).") from error
    marks = printable(settings.FONTS_DIR)
    inputs = {"data": json.dumps(cleaned(data, marks)), "title": cleaned(title, marks), "lang": lang}
    fonts = typst.Fonts(False, False, [str(settings.FONTS_DIR)])
    try:
        return typst.compile(
            str(template),
            root=str(ROOT),
            font_paths=fonts,
            sys_inputs=inputs,
            pdf_standards="ua-1",
            timestamp=MADE_AT,
        )
    except typst.TypstError as error:
        raise DocumentNotMade(f"{template.name}: {error.diagnostic or error.message}") from error


class Printable(dict[int, str | int]):
    """A translation table: what the fonts have stays, invisible marks vanish, everything else becomes NO_GLYPH."""

    def __init__(self, codes: set[int]) -> None:
        super().__init__({ord(space): space for space in " \n\t"})
        self.codes = codes

    def __missing__(self, code: int) -> str | int:
        """Decide once for each mark."""
        mark = chr(code)
        invisible = unicodedata.category(mark) in INVISIBLE
        self[code] = "" if invisible else mark if code in self.codes else NO_GLYPH
        return self[code]


@cache
def printable(fonts: Path) -> Printable:
    """Return what can be printed with the fonts of a folder; ImproperlyConfigured when there are none."""
    from fontTools.ttLib import TTFont

    codes: set[int] = set()
    for path in fonts.glob("*.ttf"):
        with TTFont(path, lazy=True) as font:
            codes.update(font.getBestCmap())
    if not codes:
        raise ImproperlyConfigured(f"There are no fonts in {fonts}: run the set-up again (./run).")
    return Printable(codes)


def cleaned(value: Any, marks: Printable) -> Any:
    """Return JSON-like data whose texts hold only what can be printed."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value).translate(marks)
    if isinstance(value, dict):
        return {key: cleaned(one, marks) for key, one in value.items()}
    return [cleaned(one, marks) for one in value] if isinstance(value, list | tuple) else value


@lru_cache(512)
def page_code(path: str) -> SafeString:
    """Return a QR code that leads from paper to a page of this site: SVG, dark on light whatever is below it."""
    return mark_safe(_code(path, kind="svg", light="#fff", xmldecl=False, omitsize=True).decode())


def page_code_png(path: str) -> bytes:
    """Return the same code as a PNG, for programs that read no SVG."""
    return _code(path, kind="png", scale=10)


def _code(path: str, **options: Any) -> bytes:
    import segno  # only for print; costs every start 0.05 s

    drawn = io.BytesIO()
    segno.make(f"{settings.SITE_URL}{path}", error="m", micro=False).save(drawn, border=2, **options)
    return drawn.getvalue()


def csv_table(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """Return a table for the office's spreadsheet: UTF-8 with its mark, semicolons, no cell that is a formula.

    Numbers stay numbers and have a comma, as German spreadsheets read them.
    """
    return b"".join(csv_lines(header, rows))


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """Yield the same table line by line, for one that is too long to hold."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    yield BOM_UTF8
    for row in chain([header], rows):
        writer.writerow([_with_comma(cell) if isinstance(cell, float) else neutral(cell) for cell in row])
        yield text.getvalue().encode()
        text.seek(0)
        text.truncate()


def _with_comma(number: float) -> str:
    return str(number).replace(".", ",")


def neutral(cell: Any) -> Any:
    """Return a cell that no spreadsheet takes for a formula; numbers stay numbers."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
