"""The list of towns: facets, the default that is no gate, and the text search over it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from akademie.core.facets import Facet, FacetedList, Selection, query_without_page
from akademie.core.forms import clean_text
from akademie.towns.models import Location, Size, SmallTown, Trend
from akademie.towns.queries.register import MAX_TYPED, STAMP, Row, fold, register

NO_SMALL_TOWN = "keine"
ORDERS = (("", "Name"), ("einwohner", "Einwohner, größte zuerst"), ("einwohner-auf", "Einwohner, kleinste zuerst"))
ORDERS_FOUND = (("", "Passendste zuerst"), ("name", "Name"), *ORDERS[1:])


def _by_name() -> list[Row]:
    return sorted(register().rows, key=lambda row: (fold(row.name), row.ags))


def _rows() -> Iterable[tuple[Any, ...]]:
    for row in _by_name():
        yield row.ags, row.small_town or NO_SMALL_TOWN, row.state, row.size, row.location, row.trend


towns_list = FacetedList(
    STAMP,
    _rows,
    (
        Facet("kleinstadt", "Kleinstadt", lambda: [*SmallTown.choices, (NO_SMALL_TOWN, "nicht so gezählt")]),
        Facet("land", "Land", lambda: [(state, state) for state in sorted({row.state for row in register().rows})]),
        Facet("groesse", "Einwohner", lambda: Size.choices),
        Facet("lage", "Lage (eigene Einschätzung)", lambda: Location.choices),
        Facet("entwicklung", "Einwohnerzahl 2013 bis 2023", lambda: Trend.choices),
    ),
    {
        "name": lambda: [row.ags for row in _by_name()],
        "einwohner": lambda: [row.ags for row in register().rows],
        "einwohner-auf": lambda: [row.ags for row in reversed(register().rows)],
    },
)


@dataclass
class Selected:
    """Answer of the list: the selection, its rows, and how the text was understood."""

    selection: Selection
    typed: str = ""
    near: bool = False  # nothing has that name; these are the nearest ones
    default: bool = False  # small towns only, because nobody has chosen otherwise
    orders: tuple[tuple[str, str], ...] = ORDERS
    keep: list[tuple[str, str]] = field(default_factory=list)
    all_of_it: Callable[[], Iterable[str]] = tuple

    @property
    def rows(self) -> list[Row]:
        """The municipalities of this page."""
        by_ags = register().by_ags
        return [by_ags[ags] for ags in self.selection.page.pks]

    @property
    def every(self) -> list[Row]:
        """All municipalities of the selection, for the map."""
        by_ags = register().by_ags
        return [by_ags[ags] for ags in self.all_of_it()]


def selected(parameters: QueryDict) -> Selected:
    """Answer an address of the list or the map.

    Without a text or a choice about it, the list shows small towns; `umfang=alle` shows all municipalities. A text is
    looked up among all of them: nobody's town is missing because of a flag.
    """
    typed = clean_text(parameters.get("q", ""), MAX_TYPED)
    found, near = None, False
    if typed:
        rows = register().find(typed)
        if not rows:
            rows, near = register().near(typed), True
        found = [row.ags for row in rows]
    default = not typed and parameters.get("umfang") != "alle" and not parameters.getlist("kleinstadt")
    narrowed: Any = parameters
    if default:
        narrowed = parameters.copy()
        narrowed.setlist("kleinstadt", SmallTown.values)
    selection = towns_list.select(narrowed, found, parameters.get("sortieren", ""))
    selection.query = query_without_page(parameters)
    if default:  # a reason that no municipality has is none that somebody typed
        selection.unknown = [value for value in selection.unknown if value not in SmallTown.values]
    return Selected(
        selection,
        typed,
        near,
        default,
        ORDERS_FOUND if typed else ORDERS,
        # Unticking all boxes means all municipalities, not the default again.
        [("q", typed), ("umfang", "alle")],
        lambda: towns_list.every(narrowed, found),
    )
