"""Terms for machines and search engines."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet

from akademie.core.open_data import CC_ZERO, DataField, PublicData, Record, absolute, moment
from akademie.terms.models import Term
from akademie.terms.queries import Row

LIST_URL = "/fachwoerter/"
FIELDS = (
    DataField("id", "Kürzel", always=True),
    DataField("url", "Adresse", always=True, format="uri"),
    DataField("title", "Fachwort", always=True),
    DataField("forms", "Andere Formen", many=True),
    DataField("explanation", "Erklärung", always=True),
    DataField("more", "Mehr dazu"),
    DataField("law", "Rechtsgrundlage"),
    DataField("law_url", "Adresse der Rechtsgrundlage", format="uri"),
    DataField("changed_at", "geändert", format="date-time"),
)


def records(terms: QuerySet[Term]) -> Iterator[tuple[int, Record]]:
    """Yield terms with one query."""
    for term in terms:
        record = {
            "id": term.slug,
            "url": absolute(term.get_absolute_url()),
            "title": term.title,
            "forms": term.form_lines(),
            "explanation": term.explanation,
            "more": term.more or None,
            "law": term.law or None,
            "law_url": term.law_url or None,
            "changed_at": moment(term.last_published_at),
        }
        yield term.pk, record


def structured(term: Term) -> dict[str, Any]:
    """Return a term in the words of schema.org."""
    return _defined(term.slug, term.title, term.explanation, term.form_lines()) | {
        "inDefinedTermSet": {"@type": "DefinedTermSet", "@id": absolute(LIST_URL), "name": "Fachwörter"}
    }


def structured_set(rows: Iterable[Row]) -> dict[str, Any]:
    """Return all terms in the words of schema.org."""
    return {
        "@type": "DefinedTermSet",
        "@id": absolute(LIST_URL),
        "url": absolute(LIST_URL),
        "name": "Fachwörter",
        "inLanguage": "de",
        "hasDefinedTerm": [
            _defined(entry.slug, entry.title, entry.explanation, entry.forms[1:])
            for entry in (row.entry for row in rows)
        ],
    }


def _defined(slug: str, title: str, explanation: str, forms: Iterable[str]) -> dict[str, Any]:
    url = absolute(f"{LIST_URL}{slug}/")
    return {
        "@type": "DefinedTerm", "@id": url, "url": url, "name": title, "alternateName": list(forms),
        "description": explanation, "termCode": slug,
    }  # fmt: skip


DATA = PublicData(
    about="Fachwörter der Verwaltung, der Planung und der Förderung, in einfachen Sätzen erklärt, mit Rechtsgrundlage.",
    fields=FIELDS,
    records=records,
    lookup="slug",
    address="/fachwoerter/{}/",
    licence=CC_ZERO,
    themes=("GOVE", "REGI"),
    keywords=("Kleinstadt", "Verwaltung", "Glossar"),
)
