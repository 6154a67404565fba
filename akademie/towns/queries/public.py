"""What others show of towns, and what the academy has of a town: asked of all public kinds alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import HttpRequest

from akademie.core.contributions import PublicEntry, PublicKind, public_kinds
from akademie.core.stamps import Kept
from akademie.towns.models import Town
from akademie.towns.queries.register import STAMP, Row, number, register

OWN_TOWN_COOKIE = "meine_stadt"
SHOWN = 5  # things of one kind on a profile


def visible_to(user: Any) -> QuerySet[Town]:
    """Return the towns that a person may see: all of the register."""
    return Town.objects.in_register()


def entries(towns: QuerySet[Town]) -> Iterable[tuple[str, PublicEntry]]:
    """Return what others show of towns, with one query."""
    for town in towns:
        yield (
            town.pk,
            PublicEntry(
                title=town.name,
                url=town.get_absolute_url(),
                summary=f"{town.designation or town.kind}, {town.place}, {number(town.population)} Einwohner",
                label="Städteprofil",
                towns=(town.pk,),
                text=f"{town.name_alt} {town.postal_code} {town.association} {town.district} {town.state}",
                facets={"land": (town.state,), "groesse": (town.size,)},
            ),
        )


# -- what the academy has of a town -----------------------------------------------------------------------------------
def _kinds() -> list[PublicKind]:
    return [kind for kind in public_kinds if kind.town_lookup and kind.key != STAMP]


def _activity() -> dict[str, Counter[str]]:
    """Count the public things of every town, by kind, as a guest sees them."""
    counts: dict[str, Counter[str]] = {}
    for kind in _kinds():
        pairs = kind.visible_to(AnonymousUser()).order_by().values_list("pk", kind.town_lookup).distinct()
        for _pk, ags in pairs:
            if ags:
                counts.setdefault(ags, Counter())[kind.key] += 1
    return counts


_kept: Kept[dict[str, Counter[str]]] | None = None


def _counts() -> dict[str, Counter[str]]:
    global _kept
    if _kept is None:  # the kinds are known once all areas are loaded
        _kept = Kept(tuple(kind.key for kind in _kinds()), _activity)
    return _kept.get()


def activity(towns: Iterable[Row | Town]) -> dict[str, int]:
    """Return how many public things the academy has of each of these towns, by key."""
    counts = _counts()
    return {town.ags: sum(counts[town.ags].values()) if town.ags in counts else 0 for town in towns}


class Things(NamedTuple):
    """Public things of one kind that a town has."""

    title: str
    in_all: int
    entries: list[PublicEntry]


_things: Kept[dict[str, list[Things]]] | None = None


def public_things(ags: str, user: Any) -> list[Things]:
    """Return a town's public things by kind; asks only the kinds that have one of this town.

    What guests see is kept under the kinds' stamps, so that a profile asks for it once after each change.
    """
    global _things
    counts = _counts().get(ags)
    if not counts:
        return []
    if user.is_authenticated:
        return _asked(ags, counts, user)
    if _things is None:
        _things = Kept(tuple(kind.key for kind in _kinds()), dict)
    kept = _things.get()
    if ags not in kept:
        kept[ags] = _asked(ags, counts, user)
    return kept[ags]


def _asked(ags: str, counts: Counter[str], user: Any) -> list[Things]:
    found = []
    for kind in _kinds():
        if count := counts[kind.key]:
            rows = kind.visible_to(user).filter(**{kind.town_lookup: ags}).distinct()[:SHOWN]
            found.append(Things(kind.title, count, [entry for _pk, entry in kind.entries(rows)]))
    return found


# -- one town ---------------------------------------------------------------------------------------------------------
def profile(ags: str) -> Row | Town | None:
    """Return a municipality by its key, those that have left the register too."""
    if row := register().by_ags.get(ags):
        return row
    return Town.objects.filter(pk=ags).first() if is_key(ags) else None


def is_key(text: str) -> bool:
    """Whether a text looks like an AGS."""
    return len(text) == 8 and text.isascii() and text.isdigit()


def own_town(request: HttpRequest) -> Town | None:
    """Return the town that the person chose to be remembered, without an account."""
    ags = request.COOKIES.get(OWN_TOWN_COOKIE, "")
    return Town.objects.filter(pk=ags).first() if is_key(ags) else None
