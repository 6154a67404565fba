"""What the start page shows: the office's words, then what the areas have."""

from __future__ import annotations

from typing import Any

from django.utils.safestring import SafeString

from akademie.core.contributions import PublicEntry, public_kinds
from akademie.core.stamps import Kept
from akademie.formats.models import FormatProfile
from akademie.formats.sheet import card_of
from akademie.portal.calendar import next_dates
from akademie.portal.models import StartPage
from akademie.practices.models import PracticeTown
from akademie.topics import queries as topics
from akademie.towns.models import Town
from akademie.towns.silhouette import horizon

# To begin with: little effort, one to prepare, one to meet. Those that are not published are left out.
FIRST_FORMATS = ("peer-austausch", "kollegiales-coaching", "lernwerkstatt", "transferwerkstatt")
NEWEST, NEXT = 3, 3
STREET = 12  # silhouettes along the horizon


def _street() -> SafeString:
    """The towns of the newest practice cases, standing in a row."""
    kind = public_kinds.get("praxis")
    if kind is None:
        return SafeString()
    visible = kind.visible_to(None).values("pk")
    rows = PracticeTown.objects.filter(case__in=visible).order_by("-case__year_from", "pk")
    keys = rows.values_list("town", flat=True)
    return horizon(Town.objects.filter(pk__in=list(dict.fromkeys(keys))[:STREET]).order_by("lon"))


def _newest() -> list[PublicEntry]:
    """The practice cases that came last, as their area shows them elsewhere."""
    kind = public_kinds.get("praxis")
    if kind is None:
        return []
    visible = kind.visible_to(None).order_by("-first_published_at", "-pk")[:NEWEST]
    return [entry for _pk, entry in kind.entries(visible)]


def _first_formats() -> list[SafeString]:
    """The index cards of the formats to begin with."""
    profiles = {one.slug: one for one in FormatProfile.objects.published().filter(slug__in=FIRST_FORMATS)}
    return [card_of(profiles[slug]) for slug in FIRST_FORMATS if slug in profiles]


# Parts that are the same for everyone until a practice case, a town or a format changes.
_street_kept: Kept[SafeString] = Kept(("praxis", "staedte"), _street)
_newest_kept: Kept[list[PublicEntry]] = Kept(("praxis", "staedte", "themen"), _newest)
_formats_kept: Kept[list[SafeString]] = Kept("formate", _first_formats)


def start_context(page: StartPage | None = None) -> dict[str, Any]:
    """Return what the start page shows; `page` is a draft for the preview, else the published one."""
    return {
        "page": page or StartPage.objects.live().only("question", "lead", "examples").first() or StartPage(),
        "horizon": _street_kept.get(),
        "formats": _formats_kept.get(),
        "newest": _newest_kept.get(),
        "dates": next_dates(NEXT),  # by the clock: what is over is gone at once
        "topics": topics.choices(),
    }
