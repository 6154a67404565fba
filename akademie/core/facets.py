"""Lists with facets: which rows match, how many each choice would leave, which twenty are shown.

A list keeps, per process and stamp, one bit per row and choice (a whole number as a bit field). Selecting is `and` and
`or` over these numbers and counting bits, so a list page costs two queries however long the list is: the stamps and the
twenty rows shown. ADR 0003 says why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import urlencode

from akademie.core.forms import clean_text
from akademie.core.stamps import Kept

PAGE_SIZE = 20
CHUNK = 128  # bytes looked at together when rows are skipped


class Parameters(Protocol):
    """What a list reads from an address: Django's QueryDict."""

    def get(self, key: str, default: str) -> Any: ...
    def getlist(self, key: str) -> list[Any]: ...


class _NothingAsked(dict[str, Any]):
    def getlist(self, key: str) -> list[Any]:
        return []


NOTHING_ASKED: Parameters = _NothingAsked()


@dataclass(frozen=True)
class Facet:
    """One way to narrow a list; several choices of one facet add up, different facets narrow each other.

    `choices` gives value and label in the order of display; values that no row has are not offered.
    """

    key: str  # name of the parameter
    title: str
    choices: Callable[[], Iterable[tuple[str, str]]]


@dataclass(frozen=True)
class Option:
    """A choice as shown: `count` rows would be left by choosing it alone in its facet."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class FacetView:
    """A facet as shown."""

    key: str
    title: str
    options: list[Option]

    @property
    def chosen(self) -> list[Option]:
        """The choices made."""
        return [option for option in self.options if option.chosen]


@dataclass
class Page:
    """One page of a list: primary keys in order, and what pagination needs."""

    pks: list[Any]
    number: int
    count: int  # rows in all
    size: int = PAGE_SIZE
    asked: int = 1  # the page that the address asked for; beyond the end, the last one is shown

    @property
    def pages(self) -> int:
        """Number of pages, at least one."""
        return max(1, -(-self.count // self.size))

    @property
    def first(self) -> int:
        """Number of the first row shown, counted from one; 0 when there is none."""
        return (self.number - 1) * self.size + 1 if self.pks else 0

    @property
    def last(self) -> int:
        """Number of the last row shown."""
        return self.first + len(self.pks) - 1 if self.pks else 0


@dataclass
class Selection:
    """Answer of a list to an address: the page, the facets, and what could not be understood."""

    page: Page
    facets: list[FacetView]
    unknown: list[str] = field(default_factory=list)  # choices in the address that do not exist
    order: str = ""
    query: str = ""  # the address' parameters without the page, ready for links

    @property
    def chosen(self) -> list[tuple[FacetView, Option]]:
        """All choices made, for "remove" links."""
        return [(facet, option) for facet in self.facets for option in facet.chosen]


class _Bits:
    """The kept numbers of one list."""

    def __init__(self, rows: Iterable[tuple[Any, ...]], facets: tuple[Facet, ...]) -> None:
        self.pks: list[Any] = []
        found: list[dict[str, list[int]]] = [{} for _ in facets]
        for position, (pk, *values) in enumerate(rows):
            self.pks.append(pk)
            for columns, value in zip(found, values, strict=True):
                for one in value if isinstance(value, tuple | list | set | frozenset) else (value,):
                    if one not in (None, ""):
                        columns.setdefault(str(one), []).append(position)
        size = len(self.pks) // 8 + 1
        self.all = (1 << len(self.pks)) - 1
        self.columns = [{value: _number(places, size) for value, places in columns.items()} for columns in found]
        self.choices = [
            [(value, label) for value, label in facet.choices() if value in columns]
            for facet, columns in zip(facets, self.columns, strict=True)
        ]
        self.position = {pk: position for position, pk in enumerate(self.pks)}


def _number(places: list[int], size: int) -> int:
    bits = bytearray(size)
    for place in places:
        bits[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(bits, "little")


def positions(bits: int, start: int, stop: int) -> Iterator[int]:
    """Yield the places of the set bits from the `start`-th to before the `stop`-th, lowest first."""
    data = bits.to_bytes(bits.bit_length() // 8 + 1, "little")
    seen = 0
    for offset in range(0, len(data), CHUNK):
        chunk = int.from_bytes(data[offset : offset + CHUNK], "little")
        here = chunk.bit_count()
        if seen + here <= start:
            seen += here
            continue
        while chunk:
            lowest = chunk & -chunk
            if seen >= stop:
                return
            if seen >= start:
                yield offset * 8 + lowest.bit_length() - 1
            seen += 1
            chunk ^= lowest


class FacetedList:
    """A list that can be narrowed by facets.

    `rows` yields, in the order of display, the primary key and one value (or a tuple of values) per facet. `orders` are
    further orders by key: a function that gives all primary keys in that order. Where time decides what is shown,
    `at_present` takes the address' parameters and gives, each time anew, the primary keys that may be shown now, in the
    order of display; `rows` then yields everything that may be shown one day.
    """

    def __init__(
        self,
        stamps: str | tuple[str, ...],
        rows: Callable[[], Iterable[tuple[Any, ...]]],
        facets: tuple[Facet, ...],
        orders: dict[str, Callable[[], Iterable[Any]]] | None = None,
        size: int = PAGE_SIZE,
        at_present: Callable[[Parameters], Sequence[Any]] | None = None,
    ) -> None:
        self.facets, self.size, self._at_present = facets, size, at_present
        self._kept = Kept(stamps, lambda: _Bits(rows(), facets))
        self._orders = {key: Kept(stamps, self._order(pks)) for key, pks in (orders or {}).items()}

    def _order(self, pks: Callable[[], Iterable[Any]]) -> Callable[[], list[int]]:
        def build() -> list[int]:
            position = self._kept.get().position
            return [position[pk] for pk in pks() if pk in position]

        return build

    def select(self, parameters: Parameters, only: Sequence[Any] | None = None, order: str = "") -> Selection:
        """Answer an address. `only` narrows to these primary keys first (a text search); unknown ones are passed over,
        and their order holds unless another one is asked for.

        A page beyond the end answers the last page: the address stays useful when a list has become shorter.
        """
        bits = self._kept.get()
        only = self._shown(parameters, only)
        base = self._base(bits, only)
        chosen, unknown = self._chosen(bits, parameters)
        unions = [
            _union([columns[value] for value in values]) if values else bits.all
            for columns, values in zip(bits.columns, chosen, strict=True)
        ]
        selected = base
        for union in unions:
            selected &= union
        views = []
        for index, facet in enumerate(self.facets):
            others = base
            for place, union in enumerate(unions):
                if place != index:
                    others &= union
            columns = bits.columns[index]
            options = [
                Option(value, label, (columns[value] & others).bit_count(), value in chosen[index])
                for value, label in bits.choices[index]
            ]
            views.append(FacetView(facet.key, facet.title, options))
        order = order if order in self._orders else ""
        page = self._page(bits, selected, page_number(parameters.get("seite", "1")), order, only)
        return Selection(page, views, unknown, order, query_without_page(parameters))

    def every(self, parameters: Parameters, only: Sequence[Any] | None = None) -> Iterator[Any]:
        """Yield the primary keys of all rows that an address leaves, in the order of the list: for a map or a file."""
        bits, selected = self._selected(parameters, only)
        return (bits.pks[place] for place in positions(selected, 0, len(bits.pks)))

    def window(self, parameters: Parameters, start: int, stop: int) -> tuple[list[Any], int]:
        """Return some of the rows that an address leaves, and how many there are: for a machine that pages by itself.

        A facet of which only unknown choices are asked for leaves nothing: a machine does not read that it was ignored.
        """
        bits, selected = self._selected(parameters, None, strict=True)
        return [bits.pks[place] for place in positions(selected, start, stop)], selected.bit_count()

    def choices(self) -> list[tuple[Facet, list[tuple[str, str]]]]:
        """Return every facet with the choices that rows have."""
        return list(zip(self.facets, self._kept.get().choices, strict=True))

    def _selected(
        self, parameters: Parameters, only: Sequence[Any] | None, *, strict: bool = False
    ) -> tuple[_Bits, int]:
        bits = self._kept.get()
        selected = self._base(bits, self._shown(parameters, only))
        chosen, _unknown = self._chosen(bits, parameters)
        for facet, columns, values in zip(self.facets, bits.columns, chosen, strict=True):
            if values or (strict and any(parameters.getlist(facet.key))):
                selected &= _union([columns[value] for value in values])
        return bits, selected

    def _shown(self, parameters: Parameters, only: Sequence[Any] | None) -> Sequence[Any] | None:
        if self._at_present is None:
            return only
        shown = self._at_present(parameters)
        if only is None:
            return shown
        allowed = set(shown)
        return [pk for pk in only if pk in allowed]

    def _base(self, bits: _Bits, only: Sequence[Any] | None) -> int:
        if only is None:
            return bits.all
        return _number([bits.position[pk] for pk in only if pk in bits.position], len(bits.pks) // 8 + 1)

    def _chosen(self, bits: _Bits, parameters: Parameters) -> tuple[list[list[str]], list[str]]:
        chosen, unknown = [], []
        for facet, columns in zip(self.facets, bits.columns, strict=True):
            asked = list(dict.fromkeys(value for value in parameters.getlist(facet.key)[:50] if value))
            chosen.append([value for value in asked if value in columns])
            unknown += [clean_text(value, 60) for value in asked if value not in columns]
        return chosen, unknown

    def _page(self, bits: _Bits, selected: int, number: int, order: str, only: Sequence[Any] | None) -> Page:
        count = selected.bit_count()
        page = Page([], min(number, max(1, -(-count // self.size))), count, self.size, number)
        start = (page.number - 1) * self.size
        if not order and only is None:
            page.pks = [bits.pks[place] for place in positions(selected, start, start + self.size)]
            return page
        data = selected.to_bytes(len(bits.pks) // 8 + 1, "little")
        ranked: Iterable[int] = (
            self._orders[order].get() if order else (bits.position[pk] for pk in only or () if pk in bits.position)
        )
        places = (place for place in ranked if data[place >> 3] >> (place & 7) & 1)
        page.pks = [bits.pks[place] for n, place in zip(range(start + self.size), places, strict=False) if n >= start]
        return page

    def count(self) -> int:
        """Number of all rows."""
        return len(self._at_present(NOTHING_ASKED) if self._at_present else self._kept.get().pks)


def _union(numbers: list[int]) -> int:
    union = 0
    for number in numbers:
        union |= number
    return union


def page_number(text: str) -> int:
    """Return the page asked for; anything that is no page is the first."""
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 10 else 1


def query_without_page(parameters: Any) -> str:
    """Return the parameters of an address without `seite`, ready to be followed by another."""
    pairs = [(key, value) for key in parameters for value in parameters.getlist(key) if key != "seite" and value]
    return urlencode(pairs)
