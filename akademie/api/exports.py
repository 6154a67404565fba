"""A collection as a file: tables for people, JSON for programs, places for maps. Written while it is read."""

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Any, NamedTuple

from akademie.api.queries import Asked, Collection
from akademie.core import frame
from akademie.core.documents import csv_lines
from akademie.core.open_data import DataField, Licence, PublicData, Record, absolute, moment
from akademie.core.spreadsheet import workbook

BLOCK = 64 * 1024  # bytes handed to the network at once


def in_words(one: DataField, value: Any) -> Any:
    """Return a value as a spreadsheet shows it: words for keys, one cell for a list; numbers stay numbers."""
    if value is None:
        return ""
    if one.many:
        return "; ".join(_text(one, each) for each in value)
    return value if one.type in (int, float) else _text(one, value)


def _text(one: DataField, value: Any) -> str:
    if one.parts:
        return ", ".join(str(in_words(part, value[part.name])) for part in one.parts)
    if one.type is bool:
        return "ja" if value else "nein"
    return str(one.choices.get(value, value))


def _head(collection: Collection) -> list[str]:
    return [one.title for one in collection.fields]


def _rows(collection: Collection, asked: Asked) -> Iterator[list[Any]]:
    for record in collection.every(asked):
        yield [in_words(one, record[one.name]) for one in collection.fields]


def _csv(collection: Collection, asked: Asked) -> Iterator[bytes]:
    return csv_lines(_head(collection), _rows(collection, asked))


def _xlsx(collection: Collection, asked: Asked) -> Iterator[bytes]:
    notes = [["Angabe", "Inhalt"], *([title, text] for title, text in terms(collection))]
    notes += [[one.title, one.note] for one in collection.fields if one.note]
    with workbook(
        [(collection.title, chain([_head(collection)], _rows(collection, asked))), ("Hinweise", notes)]
    ) as file:
        while block := file.read(BLOCK):
            yield block


def _json(collection: Collection, asked: Asked) -> Iterator[bytes]:
    return _listed({**_told(collection), "items": None}, (_dumps(one) for one in collection.every(asked)))


def _geojson(collection: Collection, asked: Asked) -> Iterator[bytes]:
    features = (_dumps(_feature(data_of(collection), one)) for one in collection.every(asked))
    return _listed({"type": "FeatureCollection", **_told(collection), "features": None}, features)


def _listed(told: dict[str, Any], items: Iterable[str]) -> Iterator[bytes]:
    """Yield an object whose last value is a list, item by item."""
    yield _dumps(told).removesuffix("null}").encode() + b"[\n"
    for number, item in enumerate(items):
        yield (f",\n{item}" if number else item).encode()
    yield b"\n]}\n"


def _feature(data: PublicData, record: Record) -> dict[str, Any]:
    places = [list(place) for place in data.places(record)] if data.places else []
    geometry: dict[str, Any] | None = {"type": "MultiPoint", "coordinates": places}
    if len(places) < 2:
        geometry = {"type": "Point", "coordinates": places[0]} if places else None
    return {"type": "Feature", "id": record["id"], "geometry": geometry, "properties": record}


def _dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def data_of(collection: Collection) -> PublicData:
    """Return what a collection that is offered as files says about itself."""
    assert collection.data, f"{collection.key} is not offered as a file"
    return collection.data


def attributions(collection: Collection) -> list[str]:
    """Return who is to be named by those who use the data."""
    site = frame.current()["site_name"]
    return [*data_of(collection).sources(), f"{site}: {collection.title}, {absolute('/daten/')}"]


def address_of(licence: Licence) -> str:
    """Return where the text of a licence stands, as others must write it."""
    return absolute(licence.url) if licence.url.startswith("/") else licence.url


def terms(collection: Collection) -> list[tuple[str, str]]:
    """Return what everyone must know who uses the data, as pairs of label and text."""
    licence, changed = data_of(collection).licence, collection.changed_at()
    return [
        ("Inhalt", data_of(collection).about),
        ("Lizenz", f"{licence.name} ({address_of(licence)})"),
        *(("Quelle", text) for text in attributions(collection)),
        *([("Stand", f"{changed:%d.%m.%Y}")] if changed else []),
    ]


def _told(collection: Collection) -> dict[str, Any]:
    licence = data_of(collection).licence
    return {
        "title": collection.title,
        "about": data_of(collection).about,
        "licence": {"name": licence.name, "url": address_of(licence)},
        "sources": attributions(collection),
        "changed_at": moment(collection.changed_at()),
    }


class FileFormat(NamedTuple):
    """One of the files offered."""

    label: str
    media_type: str
    write: Callable[[Collection, Asked], Iterator[bytes]]
    file_type: str  # in the European vocabulary of file types
    points: int  # what it costs its reader


FORMATS = {
    "csv": FileFormat("CSV", "text/csv", _csv, "CSV", 20),
    "json": FileFormat("JSON", "application/json", _json, "JSON", 20),
    "xlsx": FileFormat(
        "Excel (XLSX)", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _xlsx, "XLSX", 40
    ),
    "geojson": FileFormat("GeoJSON", "application/geo+json", _geojson, "GEOJSON", 20),
}


# How the catalogue and the vocabulary are written (`catalogue.written`): label and media type.
RDF_FORMATS = {
    "ttl": ("Turtle", "text/turtle"),
    "rdf": ("RDF/XML", "application/rdf+xml"),
    "jsonld": ("JSON-LD", "application/ld+json"),
}


def formats_of(collection: Collection) -> dict[str, FileFormat]:
    """Return the files that a collection is offered as; places only where there are some."""
    return {end: one for end, one in FORMATS.items() if end != "geojson" or data_of(collection).places}


def blocks(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Join small pieces, so that each trip to the network carries something."""
    held, size = [], 0
    for chunk in chunks:
        held.append(chunk)
        size += len(chunk)
        if size >= BLOCK:
            yield b"".join(held)
            held, size = [], 0
    yield b"".join(held)
