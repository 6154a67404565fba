"""The Steckbrief on paper: as a PDF and as a Word file to go on writing in, each one A4 page."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings

from akademie.core import documents
from akademie.core.docx import Picture, docx
from akademie.formats.measured import Measured
from akademie.formats.queries import Around
from akademie.formats.sheet import Fact, Sheet, Step
from akademie.formats.words import NOT_DOCUMENTED

TEMPLATE = Path(__file__).parent / "typst" / "steckbrief.typ"
DOCX_TEMPLATE = "formats/docx/steckbrief.xml"
TEXT_WIDTH = 9978  # of the Word file, in twentieths of a point
# Up to so many characters the Word file has type of this size, in points; what is longer has the smallest.
TYPE_SIZES = ((1300, 10.5), (1800, 9.5), (2400, 8.5), (3200, 7.5))
SMALLEST_TYPE = 7.0
CODE_SIDE = 24  # millimetres


Line = tuple[str, str]  # a word and what is said about it


def lines_beside(around: Around, measured: Measured | None) -> list[Line]:
    """Return what paper says besides the Steckbrief's fields: who made it too, and what was entered or measured."""
    lines = [
        ("Gemeinsam entwickelt mit", "; ".join(around.co_producers)),
        ("Zeit der Geschäftsstelle, eingetragen", around.office_time),
        ("Kosten je Durchführung, eingetragen", around.cost),
    ]
    figures = measured.figures if measured else []
    lines += [(f"{one.label}, gemessen", f"{one.middle_in_words} ({one.source})") for one in figures]
    return [(word, text) for word, text in lines if text]


def steckbrief(sheet: Sheet, *, publisher: str, beside: Sequence[Line] = ()) -> bytes:
    """Return the PDF of a Steckbrief; `publisher` is the name of the site."""
    data = {
        "name": sheet.name,
        "figures": [_fact(fact) for fact in sheet.figures],
        "steps": [_step(step) for step in sheet.steps],
        "minutes": sheet.minutes_in_words,
        "facts": {key: _fact(fact) for key, fact in sheet.facts.items()},
        "outcome": [_fact(fact) for fact in sheet.outcome],
        "needs": [_fact(fact) for fact in sheet.needs],
        "beside": list(beside),
        "origins": sheet.origins_in_words,
        "sources": sheet.sources,
        "as_of": sheet.as_of,
        "publisher": publisher,
        "url": settings.SITE_URL + sheet.url,
        "qr": documents.page_code(sheet.url),
        "not_documented": NOT_DOCUMENTED,
    }
    return documents.pdf(TEMPLATE, data, title=f"{sheet.name} – Steckbrief")


def _fact(fact: Fact) -> dict[str, Any]:
    return asdict(fact) | {"known": fact.known}


def _step(step: Step) -> dict[str, Any]:
    return asdict(step) | {"time": step.time, "has_room": step.has_room}


def steckbrief_docx(sheet: Sheet, *, publisher: str, beside: Sequence[Line] = ()) -> bytes:
    """Return the same Steckbrief as a Word file."""
    url = settings.SITE_URL + sheet.url
    code = Picture("code", documents.page_code_png(sheet.url), f"QR-Code zu dieser Seite: {url}", CODE_SIDE)
    context = {
        "sheet": sheet,
        "beside": beside,
        "facts": [*sheet.outcome, *sheet.needs],
        "figure_width": TEXT_WIDTH // len(sheet.figures),
    }
    letters = sheet.letters + sum(len(word) + len(text) for word, text in beside)
    return docx(
        DOCX_TEMPLATE,
        context,
        title=f"{sheet.name} – Steckbrief",
        author=publisher,
        size=next((size for upto, size in TYPE_SIZES if letters <= upto), SMALLEST_TYPE),
        pictures=(code,),
        links={"page": url},
    )
