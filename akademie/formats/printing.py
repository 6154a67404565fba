"""The Steckbrief as a PDF: one A4 page."""

from dataclasses import asdict
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import segno

from akademie.core import documents
from akademie.formats.sheet import Fact, Sheet, Step
from akademie.formats.words import NOT_DOCUMENTED

TEMPLATE = Path(__file__).parent / "typst" / "steckbrief.typ"


@lru_cache(512)
def qr_code(address: str) -> str:
    """Return a QR code as SVG, dark on light whatever is below it."""
    drawn = BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="svg", border=2, light="#fff", xmldecl=False)
    return drawn.getvalue().decode()


def steckbrief(sheet: Sheet, *, address: str, publisher: str) -> bytes:
    """Return the PDF of a Steckbrief. `address` is the whole address of its page, `publisher` the name of the site."""
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
        "url": address,
        "qr": qr_code(address),
        "not_documented": NOT_DOCUMENTED,
    }
    return documents.pdf(TEMPLATE, data, title=f"{sheet.name} – Steckbrief")


def _fact(fact: Fact) -> dict[str, Any]:
    return asdict(fact) | {"known": fact.known}


def _step(step: Step) -> dict[str, Any]:
    return asdict(step) | {"time": step.time, "has_room": step.has_room}
