"""Questions about terms: all of them for the list and for texts, one for its page, what others show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.db.models import QuerySet

from akademie.core.contributions import PublicEntry
from akademie.core.stamps import Kept
from akademie.terms.marking import Entry, Glossary
from akademie.terms.models import Term

STAMP = "fachwoerter"
_FOLDED = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})


class Row(NamedTuple):
    """A term in the list."""

    entry: Entry
    law: str
    law_url: str
    searched: str  # everything that the filter looks at

    @property
    def letter(self) -> str:
        """Under which letter it stands."""
        return self.order[0].upper()

    @property
    def order(self) -> str:
        """What it is sorted by, as a dictionary does: ä like a."""
        return self.entry.title.casefold().translate(_FOLDED)


def visible_to(user: Any) -> QuerySet[Term]:
    """Return the terms that a person may see: published ones, the same for everyone."""
    return Term.objects.published()


def _rows() -> list[Row]:
    found = Term.objects.published().only("slug", "title", "forms", "explanation", "law", "law_url")
    return sorted((_row(term) for term in found), key=lambda row: (row.order, row.entry.slug))


def _row(term: Term) -> Row:
    entry = Entry(term.slug, term.title, term.explanation, (term.title, *term.form_lines()))
    return Row(entry, term.law, term.law_url, "\n".join((*entry.forms, term.explanation)).casefold())


_kept_rows: Kept[list[Row]] = Kept(STAMP, _rows)
_kept_glossary: Kept[Glossary] = Kept(STAMP, lambda: Glossary(row.entry for row in rows()))


def rows(words: str = "") -> list[Row]:
    """Return the terms from A to Z; `words` stand in the term, its forms or its explanation."""
    wanted = words.casefold().split()
    return [row for row in _kept_rows.get() if all(word in row.searched for word in wanted)]


def glossary() -> Glossary:
    """Return what finds terms in texts; kept per process until a term changes."""
    return _kept_glossary.get()


def published(slug: str) -> Term | None:
    """Return a published term, or None."""
    return Term.objects.at(slug)


# -- elsewhere --------------------------------------------------------------------------------------------------------
def entries(terms: QuerySet[Term]) -> Iterator[tuple[int, PublicEntry]]:
    """Yield terms as other areas show them, with one query."""
    rows = terms.values_list("pk", "slug", "title", "forms", "explanation", "more", "law")
    for pk, slug, title, forms, explanation, more, law in rows:
        yield (
            pk,
            PublicEntry(
                title=title,
                url=f"/fachwoerter/{slug}/",
                summary=explanation,
                label="Fachwort",
                text="\n".join(filter(None, (forms, more, law))),
            ),
        )


def letters(found: Iterable[Row]) -> list[tuple[str, list[Row]]]:
    """Return rows, already sorted, by their letters."""
    shelves: dict[str, list[Row]] = {}
    for row in found:
        shelves.setdefault(row.letter, []).append(row)
    return list(shelves.items())
