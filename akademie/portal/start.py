"""What the start page shows: the office's words, then what the areas have."""

from __future__ import annotations

from typing import Any

from django.utils.safestring import SafeString

from akademie.core.contributions import public_kinds
from akademie.core.stamps import Kept
from akademie.formats.models import FormatProfile
from akademie.formats.sheet import card_of
from akademie.portal.models import StartPage
from akademie.practices.models import PracticeTown
from akademie.topics import queries as topics
from akademie.towns.models import Town
from akademie.towns.silhouette import horizon

# To begin with: little effort, one to prepare, one to meet. Those that are not published are left out.
FIRST_FORMATS = ("peer-austausch", "transferwerkstatt", "lernwerkstatt")
NEWEST = 3
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


_kept_street: Kept[SafeString] = Kept(("praxis", "staedte"), _street)


def start_context(page: StartPage | None = None) -> dict[str, Any]:
    """Return what the start page shows; `page` is a draft for the preview, else the published one."""
    kind = public_kinds.get("praxis")
    newest = []
    if kind:
        visible = kind.visible_to(None).order_by("-first_published_at", "-pk")[:NEWEST]
        newest = [entry for _pk, entry in kind.entries(visible)]
    profiles = {one.slug: one for one in FormatProfile.objects.published().filter(slug__in=FIRST_FORMATS)}
    return {
        "page": page or StartPage.objects.live().only("question", "lead", "examples").first() or StartPage(),
        "horizon": _kept_street.get(),
        "formats": [card_of(profiles[slug]) for slug in FIRST_FORMATS if slug in profiles],
        "newest": newest,
        "topics": topics.choices(),
    }
