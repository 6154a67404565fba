"""Documents to keep and to print: PDF by typst, tables as CSV.

A PDF comes from a typst template and data that are passed as JSON; source text is never built from what people typed,
so nobody can write typst through a form. All PDFs are tagged (PDF/UA-1): typst refuses what would not be accessible.
"""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

TEMPLATES = settings.BASE_DIR / "akademie"  # templates may import from each other inside the product, nothing else
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class DocumentNotMade(Exception):
    """A template and its data do not make a document; the message is the compiler's, for the log."""


def pdf(template: Path, data: dict[str, Any], *, title: str, lang: str = "de") -> bytes:
    """Return the PDF that a typst template makes of the data: tagged, PDF/UA-1, with title and language.

    The template begins with `#import "/core/typst/page.typ": *` and `#show: document`, and reads `data`. The same data
    make the same bytes. Raises DocumentNotMade, and ImproperlyConfigured when fonts or typst are missing.
    """
    # Lazy: the compiler and its fonts take 50 MB that a process which makes no PDF does not need.
    try:
        import typst
    except ImportError as error:
        raise ImproperlyConfigured("typst is missing: run the set-up again (./run).") from error
    if not any(settings.FONTS_DIR.glob("*.ttf")):
        raise ImproperlyConfigured(f"There are no fonts in {settings.FONTS_DIR}: run the set-up again (./run).")
    try:
        made = typst.compile(
            template,
            root=TEMPLATES,
            font_paths=typst.Fonts(False, False, [settings.FONTS_DIR]),
            sys_inputs={"data": json.dumps(data, ensure_ascii=False), "title": title, "lang": lang},
            pdf_standards="ua-1",
            timestamp=datetime(2000, 1, 1, tzinfo=UTC),  # the day of making would change the bytes
        )
    except typst.TypstError as error:
        raise DocumentNotMade(f"{template.name}: {error.diagnostic or error.message}") from error
    return made


def csv_table(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """Return a table for the office's spreadsheet: UTF-8 with its mark, semicolons, no cell that is a formula."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([neutral(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def neutral(cell: Any) -> Any:
    """Return a cell that no spreadsheet takes for a formula; numbers stay numbers."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
