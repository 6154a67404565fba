"""Templates of pages: headings that ask, and hints what belongs below them.

They are shipped as data. Each hint is an *Entwurfshinweis*, which the reader would see: nobody publishes one unawares.
"""

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings

from akademie.cms.models import BodyPage, NewsPage, StandardPage

SHIPPED = settings.REFERENCE_DIR / "page_templates.json"
PLACES: dict[str, type[BodyPage]] = {"page": StandardPage, "news": NewsPage}


@dataclass(frozen=True)
class PageTemplate:
    """What a new page may begin with."""

    key: str
    title: str
    about: str  # what such a page says, in a sentence
    model: type[BodyPage]
    body: str  # blocks as the page keeps them


@cache
def templates() -> dict[str, PageTemplate]:
    """Return the templates by key, in their order."""
    rows: list[dict[str, Any]] = json.loads(SHIPPED.read_text(encoding="utf-8"))
    return {
        row["key"]: PageTemplate(
            key=row["key"], title=row["title"], about=row["about"], model=PLACES[row["place"]],
            body=json.dumps([{"type": kind, "value": value} for kind, value in row["body"]]),
        )
        for row in rows
    }  # fmt: skip
