"""What the page of a Steckbrief shows to everyone alike, drawn once: most of a page that changes a few times a year."""

from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from akademie.core.stamps import Kept
from akademie.formats import measured, queries, starters
from akademie.terms.queries import STAMP as TERMS


@dataclass(frozen=True)
class Drawn:
    """The page without its reports and what other areas add: those stand between the two parts."""

    pk: int
    above: SafeString  # the card, what was measured, templates
    below: SafeString  # variants and similar formats


# A check by the office, which the card names, bumps the formats' stamp as their runs do.
_kept: Kept[dict[str, Drawn]] = Kept((*queries.STAMPS, TERMS), dict)


def drawn(slug: str) -> Drawn | None:
    """Return what everyone sees of a published format, or None; kept per process until something in it changes."""
    kept = _kept.get()
    if slug not in kept and (found := _draw(slug)):
        kept[slug] = found
    return kept.get(slug)


def _draw(slug: str) -> Drawn | None:
    sheet, beside = queries.sheet(slug), queries.around(slug)
    if sheet is None or beside is None:
        return None
    context = {
        "sheet": sheet,
        "beside": beside,
        "starter": starters.starter_of(queries.lineage_of(slug)),
        "measured": measured.of(beside.pk),
        "checked_on": queries.checked(slug),
        "similar": queries.similar(slug),
    }
    above = render_to_string("formats/public/_above.html", context)
    return Drawn(beside.pk, above, render_to_string("formats/public/_below.html", context))
