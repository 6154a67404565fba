"""What machines get of a kind of public thing: named fields, records, licence. One source for API, downloads, catalogue
and search engines.

An area says it in its `open_data.py` and hands it over as `PublicKind.data`. A value that is not documented is None (an
empty list where there may be several), never an empty text.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.safestring import SafeString, mark_safe

from akademie.core.facets import FacetedList

Record = dict[str, Any]


@dataclass(frozen=True)
class DataField:
    """One value of a record: its name for programs, its words for people, and what it can be."""

    name: str
    title: str  # head of a column, German
    type: type = str  # str, int, float or bool
    many: bool = False
    always: bool = False  # every record has it
    format: str = ""  # "uri", "date", "date-time" or "time", as JSON Schema calls them
    choices: Mapping[str, str] = field(default_factory=dict)  # every possible value, in words
    note: str = ""  # unit, day, where it comes from
    parts: tuple[DataField, ...] = ()  # each value is a record of its own
    written: bool = False  # programs with a key may hand it in
    column: str = ""  # the model's field that keeps it, where that has another name

    @property
    def target(self) -> str:
        """The model's field that keeps what is handed in."""
        return self.column or self.name


@dataclass(frozen=True)
class Licence:
    """What others may do with the data."""

    name: str
    url: str  # where its text stands
    dcat: str  # its name in the list of DCAT-AP.de


DL_BY = Licence(
    "Datenlizenz Deutschland – Namensnennung – Version 2.0",
    "https://www.govdata.de/dl-de/by-2-0",
    "http://dcat-ap.de/def/licenses/dl-by-de/2.0",
)
CC_ZERO = Licence(
    "Creative Commons Zero 1.0",
    "https://creativecommons.org/publicdomain/zero/1.0/deed.de",
    "http://dcat-ap.de/def/licenses/cc-zero",
)
WITH_SOURCE = Licence(
    "Vervielfältigung und Verbreitung, auch auszugsweise, mit Quellenangabe gestattet",
    "/datenquellen/",
    "http://dcat-ap.de/def/licenses/other-open",
)


@dataclass(frozen=True, kw_only=True)
class PublicData:
    """How a kind is given to machines.

    `records` yields pairs of primary key and record with a constant number of queries. Every record has `id` (the value
    of `lookup`) and `url` (the page that people read, absolute).
    """

    about: str  # what these data are, in one or two German sentences
    fields: tuple[DataField, ...]
    records: Callable[[QuerySet], Iterable[tuple[Any, Record]]]
    lookup: str  # field of the model that names an object in addresses
    address: str  # "/praxis/{}/"
    licence: Licence = DL_BY
    sources: Callable[[], Sequence[str]] = tuple  # who is to be named besides the academy
    rows: FacetedList | None = None  # the kind's list, whose choices narrow the data too
    find: Callable[[str], Sequence[Any]] | None = None  # primary keys for a text, best first; None: the search knows
    # Programs may hand in drafts: gives a row, not yet saved, what is no plain value (topics, towns) of the fields that
    # are `written`, and refuses by their names what does not exist (ValidationError) or is there already (code
    # "unique"). None: programs only read.
    link: Callable[[Any, Record], None] | None = None
    places: Callable[[Record], Iterable[tuple[float, float]]] | None = None  # longitude and latitude
    loaded_as: str = ""  # the data set whose loading is the last change, where rows do not know theirs
    themes: tuple[str, ...] = ("REGI",)  # of the European vocabulary of data themes
    keywords: tuple[str, ...] = ("Kleinstadt",)


def absolute(path: str) -> str:
    """Return the address of a page as others must write it."""
    return f"{settings.SITE_URL}{path}"


def moment(value: datetime | None) -> str | None:
    """Return a time as JSON has it, without fractions of a second."""
    return value.replace(microsecond=0).isoformat() if value else None


_SAFE = [(char, f"\\u{ord(char):04x}") for char in "<>&"]


def json_ld(told: dict[str, Any]) -> SafeString:
    """Return what search engines read (schema.org), without what nobody knows, safe inside a script element."""
    known = {"@context": "https://schema.org", **_known(told)}
    text = json.dumps(known, ensure_ascii=False)
    for char, written in _SAFE:  # far faster than `translate`
        text = text.replace(char, written)
    return mark_safe(text)


def _known(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: kept for key, one in value.items() if (kept := _known(one)) not in (None, "", [])}
    return [_known(one) for one in value] if isinstance(value, list | tuple) else value
