"""The directory `/menschen/`: one list per circle of viewers, so that no choice counts what a viewer may not see.

Kept per process under the stamps like every list (ADR 3): the queries of a page do not depend on how many people there
are. Rows are asked for once more by visibility when they are shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from akademie.core.facets import Facet, FacetedList, Parameters, Selection
from akademie.people.models import Audience, Direction, Membership, OrganisationKind, ProfileTopic
from akademie.people.queries import STAMP, Card, audience_of, cards, visible_to_audience
from akademie.topics import queries as topics
from akademie.towns.forms import meant, said
from akademie.towns.queries import Row

STAMPS = (STAMP, "themen", "staedte")
TOWN_KIND = "kommune"
MOST_TOWNS = 20  # that a name may mean


def _in_order(audience: Audience) -> Any:
    return visible_to_audience(audience).order_by("user__last_name", "user__first_name", "pk")


def _rows(audience: Audience) -> Iterator[tuple[Any, ...]]:
    helps, seeks = (_slugs(audience, direction) for direction in (Direction.HELPS, Direction.SEEKS))
    states, kinds = _places(audience)
    for pk in _in_order(audience).values_list("pk", flat=True):
        yield pk, helps.get(pk, ()), seeks.get(pk, ()), states.get(pk, ()), kinds.get(pk, ())


def _slugs(audience: Audience, direction: Direction) -> dict[int, set[str]]:
    """Return the topics of one list by profile; a subtopic counts for its topic too."""
    shown = {f"profile__show_{direction}__gte": audience, "profile__show_name__gte": audience}
    rows = ProfileTopic.objects.filter(direction=direction, **shown)
    found: dict[int, set[str]] = defaultdict(set)
    for pk, slug, parent in rows.values_list("profile_id", "topic__slug", "topic__parent__slug"):
        found[pk] |= {slug, parent or slug}
    return found


def _places(audience: Audience) -> tuple[dict[int, set[str]], dict[int, set[str]]]:
    """Return Länder and kinds of places by profile."""
    shown = {"user__profile__show_function__gte": audience, "user__profile__show_name__gte": audience}
    rows = Membership.objects.current().filter(**shown)
    states: dict[int, set[str]] = defaultdict(set)
    kinds: dict[int, set[str]] = defaultdict(set)
    for pk, state, kind in rows.values_list("user__profile__pk", "town__state", "organisation__kind"):
        kinds[pk].add(kind or TOWN_KIND)
        if state:
            states[pk].add(state)
    return states, kinds


def _state_choices() -> list[tuple[str, str]]:
    states = Membership.objects.current().filter(town__isnull=False).order_by("town__state")
    return [(state, state) for state in states.values_list("town__state", flat=True).distinct()]


FACETS = (
    Facet("hilft", "Kann helfen bei", topics.choices),
    Facet("sucht", "Sucht Rat zu", topics.choices),
    Facet("land", "Land", _state_choices),
    Facet("art", "Wo jemand tätig ist", lambda: [(TOWN_KIND, "Kommune"), *OrganisationKind.choices]),
)
LISTS = {
    audience: FacetedList(STAMPS, partial(_rows, audience), FACETS)
    for audience in (Audience.PARTICIPANTS, Audience.PUBLIC)
}


@dataclass
class Found:
    """The answer of the directory to an address."""

    selection: Selection
    cards: list[Card]
    town: str  # as typed, or as it is meant
    towns: list[Row]  # what the typed name may mean
    total: int  # people in all whom this viewer may see


def select(parameters: Parameters, user: Any) -> Found:
    """Return the people that an address leaves, of those whom this viewer may see."""
    audience = audience_of(user)
    people = LISTS[audience]
    typed = str(parameters.get("stadt", ""))[:80].strip()
    towns = meant(typed)[:MOST_TOWNS] if typed else []
    only = _people_in(towns, audience) if typed else None
    selection = people.select(parameters, only)
    town = said(towns[0]) if len(towns) == 1 else typed
    return Found(selection, cards(selection.page.pks, audience), town, towns, people.count())


def _people_in(towns: list[Row], audience: Audience) -> list[int]:
    """Return the people of these towns who show where they are, in the order of the list."""
    here = Membership.objects.current().filter(town__in=[row.ags for row in towns])
    found = _in_order(audience).filter(show_function__gte=audience, user__in=here.values("user"))
    return list(found.values_list("pk", flat=True))
