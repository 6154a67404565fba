"""The Steckbrief as a PDF: one A4 page."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings

from akademie.core import documents
from akademie.formats.sheet import Fact, Sheet, Step
from akademie.formats.words import NOT_DOCUMENTED

TEMPLATE = Path(__file__).parent / "typst" / "steckbrief.typ"


def steckbrief(sheet: Sheet, *, publisher: str) -> bytes:
    """Return the PDF of a Steckbrief; `publisher` is the name of the site."""
    data = {
        "name": sheet.name,
        "figures": [_fact(fact) for fact in sheet.figures],
        "steps": [_step(step) for step in sheet.steps],
        "minutes": sheet.minutes_in_words,
        "facts": {key: _fact(fact) for key, fact in sheet.facts.items()},
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
