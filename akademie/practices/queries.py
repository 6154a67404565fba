"""Questions about practice cases: what is shown to whom, what matches, what is alike, where it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple

from django.db.models import QuerySet

from akademie.core.contributions import PublicEntry
from akademie.core.drawing import related_html
from akademie.core.facets import Facet, FacetedList, Parameters
from akademie.core.maps import Point
from akademie.core.stamps import Kept
from akademie.editing.checked import checked_on
from akademie.practices.models import PracticeCase, PracticeTown, Status, town_line
from akademie.topics import queries as topics
from akademie.topics.links import CANDIDATES, Sharing, slugs_by_thing
from akademie.towns.models import Size, Town

KIND = "praxis"
STAMPS = (KIND, "themen", "staedte")
SIMILAR = 4
MAP_CASES = 300


def visible_to(user: Any) -> QuerySet[PracticeCase]:
    """Return the cases that a person may see: published ones, the same for everyone."""
    return PracticeCase.objects.published()


# -- the list -------------------------------------------------------------------------------------------------------
class Place(NamedTuple):
    """A town of a case, as lists need it."""

    ags: str
    name: str
    state: str
    size: str
    lat: float
    lon: float


def places_by_case(pks: Iterable[int] | None = None) -> dict[int, list[Place]]:
    """Return the towns of these cases, or of all, in the order of each case."""
    rows = PracticeTown.objects.order_by("case_id", "sort_order", "pk")
    if pks is not None:
        rows = rows.filter(case_id__in=list(pks))
    found: dict[int, list[Place]] = {}
    fields = ("town_id", "town__name", "town__state", "town__size", "town__lat", "town__lon")
    for case, *values in rows.values_list("case_id", *fields):
        found.setdefault(case, []).append(Place(*values))
    return found


def _rows() -> Iterator[tuple[Any, ...]]:
    slugs, places = slugs_by_thing(PracticeCase), places_by_case()
    for pk, status in PracticeCase.objects.published().newest_first().values_list("pk", "status"):
        here = places.get(pk, [])
        yield pk, slugs.get(pk, ()), {place.state for place in here}, {place.size for place in here}, status


def _state_choices() -> list[tuple[str, str]]:
    states = PracticeTown.objects.order_by("town__state").values_list("town__state", flat=True).distinct()
    return [(state, state) for state in states]


def _by_title() -> Iterable[int]:
    return PracticeCase.objects.published().order_by("title", "pk").values_list("pk", flat=True)


cases = FacetedList(
    STAMPS,
    _rows,
    (
        Facet("thema", "Thema", topics.choices),
        Facet("land", "Land", _state_choices),
        Facet("groesse", "Einwohner", lambda: Size.choices),
        Facet("status", "Stand", lambda: Status.choices),
    ),
    orders={"titel": _by_title},
)


class Row(NamedTuple):
    """A case in a list."""

    pk: int
    url: str
    title: str
    summary: str
    years: str
    status: str
    places: list[Place]

    @property
    def where(self) -> str:
        """The towns with their state, said once when they share it."""
        if len({place.state for place in self.places}) == 1:
            return f"{', '.join(place.name for place in self.places)}, {self.places[0].state}"
        return ", ".join(f"{place.name} ({place.state})" for place in self.places)


def rows(pks: list[int]) -> list[Row]:
    """Return what a list shows of these cases, in the order given."""
    places = places_by_case(pks)
    values = PracticeCase.objects.filter(pk__in=pks).values_list(
        "pk", "slug", "title", "summary", "years", "status", "status_note"
    )
    found = {
        pk: Row(pk, f"/praxis/{slug}/", title, summary, years, _status_text(status, note), places.get(pk, []))
        for pk, slug, title, summary, years, status, note in values
    }
    return [found[pk] for pk in pks if pk in found]


def _status_text(status: str, note: str) -> str:
    label = STATUS_LABELS[status]
    return f"{label}, {note}" if note else label


STATUS_LABELS = {status.value: str(status.label) for status in Status}
SIZE_LABELS = {size.value: str(size.label) for size in Size}


def rows_on_map(parameters: Parameters) -> list[Row]:
    """Return the cases that an address leaves, at most MAP_CASES: beyond that nobody reads a map or its list."""
    return rows(list(islice(cases.every(parameters), MAP_CASES)))


def points(found: Iterable[Row]) -> list[Point]:
    """Return one point per town of these cases; several cases of a town share it, and it leads to the town."""
    towns: dict[str, tuple[Place, list[Row]]] = {}
    for row in found:
        for place in row.places:
            towns.setdefault(place.ags, (place, []))[1].append(row)
    return [
        Point(
            title=place.name,
            url=here[0].url if len(here) == 1 else f"/staedte/{place.ags}/",
            lat=place.lat,
            lon=place.lon,
            label="; ".join(row.title for row in here),
        )
        for place, here in towns.values()
    ]


# -- one case -------------------------------------------------------------------------------------------------------
def published(slug: str) -> PracticeCase | None:
    """Return a published case, or None."""
    return PracticeCase.objects.at(slug)


class _Neighbours:
    """Which cases share topics or towns, and what is told of them; kept per process until one changes."""

    def __init__(self) -> None:
        newest_first = list(PracticeCase.objects.published().newest_first().values_list("pk", flat=True))
        self.sharing = Sharing(PracticeCase, newest_first)
        self.towns: dict[str, list[int]] = {}
        self.places = places_by_case()
        for pk in newest_first:
            for place in self.places.get(pk, ()):
                newest = self.towns.setdefault(place.ags, [])
                if len(newest) < CANDIDATES:
                    newest.append(pk)
        shown = {pk for pks in (*self.sharing.things.values(), *self.towns.values()) for pk in pks}
        self.rows = {row.pk: row._replace(summary="") for row in rows(list(shown))}
        self.lines = {town.ags: town_line(town, len(self.towns[town.ags])) for town in _towns()}


def _towns() -> Iterator[Town]:
    return Town.objects.filter(practice_towns__case__live=True).distinct().iterator()


_neighbours: Kept[_Neighbours] = Kept(STAMPS, _Neighbours)


def page_of(case: PracticeCase) -> dict[str, Any]:
    """Return everything that the page of a published case shows, with one query: when it was last checked."""
    near = _neighbours.get()
    here = near.places.get(case.pk, [])
    similar = _similar(case.pk, here, near)
    towns, topics = [near.lines[place.ags] for place in here], near.sharing.topics_of(case.pk)
    return case.page_context(towns, topics, checked_on(KIND, case.pk)) | {
        "places": here,
        "similar": similar,
        "similar_html": related_html(similar),
    }


def _similar(pk: int, here: list[Place], near: _Neighbours) -> list[tuple[str, str, str]]:
    """Return address, title and reason of up to four cases that share topics or a town with this one.

    A shared subtopic counts three, a topic two, the same town two, the same size class two, the same state one.
    """
    points = near.sharing.points(pk)
    for place in here:
        for other in near.towns.get(place.ags, ()):
            points.setdefault(other, 0)
    points.pop(pk, None)
    if here:
        for other in points:
            points[other] += _nearness(near.places.get(other, ()), here)
    best = sorted(points, key=points.__getitem__, reverse=True)[:SIMILAR]
    told = ((near.rows[other], _reason(pk, other, here, near)) for other in best)
    return [(row.url, row.title, f"{row.where}; {row.status}; {reason}") for row, reason in told]


def _nearness(places: Iterable[Place], here: list[Place]) -> int:
    same = size = state = 0
    for place in places:
        for own in here:
            if place.ags == own.ags:
                same = 2
            if place.size == own.size:
                size = 2
            if place.state == own.state:
                state = 1
    return same + size + state


def _reason(pk: int, other: int, here: list[Place], near: _Neighbours) -> str:
    places = near.places.get(other, [])
    reasons = [near.sharing.in_words(pk, other)]
    if same := [place.name for place in places if place in here]:
        reasons.append(f"auch aus {' und '.join(same)}")
    if any(place.size == own.size for place in places for own in here):
        reasons.append("ähnlich viele Einwohner")
    if not same and (states := {place.state for place in places} & {own.state for own in here}):
        reasons.append(f"auch in {' und '.join(sorted(states))}")
    return ", ".join(filter(None, reasons))


# -- elsewhere ------------------------------------------------------------------------------------------------------
def entries(found: QuerySet[PracticeCase]) -> Iterator[tuple[int, PublicEntry]]:
    """Yield cases as other areas show them, with three queries however many there are."""
    chosen = list(found)
    pks = [case.pk for case in chosen]
    slugs, places = slugs_by_thing(PracticeCase, pks), places_by_case(pks)
    for case in chosen:
        here = places.get(case.pk, [])
        names = ", ".join(place.name for place in here)
        parts = (
            case.result, case.lesson, names, ", ".join(place.state for place in here), case.status_text,
            str(case.get_kind_display()), case.years, case.source,
        )  # fmt: skip
        facets = {
            "land": tuple(dict.fromkeys(place.state for place in here)),
            "groesse": tuple(dict.fromkeys(place.size for place in here)),
            "jahr": (str(case.year_from),) if case.year_from else (),
            "status": (case.status,),
        }
        entry = PublicEntry(
            title=case.title,
            url=case.get_absolute_url(),
            summary=case.summary,
            label=f"Praxisbeispiel aus {names}" if here else "Praxisbeispiel",
            topics=slugs.get(case.pk, ()),
            towns=tuple(place.ags for place in here),
            text="\n".join(part for part in parts if part),
            keywords=case.keywords,
            facets=facets,
            verified=case.sourced,
        )
        yield case.pk, entry


def cards(found: QuerySet[PracticeCase]) -> Iterator[tuple[int, PublicEntry]]:
    """Yield of cases what a list of hits shows, with one query."""
    near = _neighbours.get()
    texts = ("result", "lesson", "status_note")
    rows = found.order_by().values_list("pk", "slug", "title", "summary", "keywords", *texts)
    for pk, slug, title, summary, keywords, *values in rows:
        names = ", ".join(place.name for place in near.places.get(pk, ()))
        label = f"Praxisbeispiel aus {names}" if names else "Praxisbeispiel"
        text = "\n".join(filter(None, values))
        url = f"/praxis/{slug}/"
        yield pk, PublicEntry(title=title, url=url, summary=summary, label=label, text=text, keywords=keywords)
