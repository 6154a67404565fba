"""What is done with terms: loading those that the product ships."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings

from akademie.core.shipped import Shipped, loading, read_records, take_over
from akademie.terms.models import Term
from akademie.terms.queries import STAMP

SOURCE: Path = settings.REFERENCE_DIR / "terms.json"
SAME = ("title", "explanation", "law", "law_url")
FIELDS = {"id", "title", "forms", "explanation"}


def load_terms(say: Callable[[str], None], path: Path = SOURCE) -> None:
    """Load the terms of the data. Repeatable; a term that somebody has changed since stays as it is.

    All or nothing: raises NotPossible with the record and the field when the data are broken.
    """
    records = read_records(path, FIELDS)
    with loading(STAMP):
        loaded = take_over(Term, path, map(_whole, records), fill=_fill, record_of=record_of)
    say(f"{loaded} von {len(records)} Fachwörtern geladen, die übrigen sind unverändert.")


def _whole(record: Shipped) -> Shipped:
    """Return a record with what it leaves out, so that it is compared with what a row says."""
    return {"law": "", "law_url": ""} | record


def _fill(term: Term, record: dict[str, Any]) -> None:
    for field in SAME:
        setattr(term, field, record[field])
    term.forms = "\n".join(record["forms"])


def record_of(term: Term) -> Shipped:
    """Return a term in the shape of the data; the way back of `_fill`."""
    return {"id": term.slug, **{field: getattr(term, field) for field in SAME}, "forms": term.form_lines()}
