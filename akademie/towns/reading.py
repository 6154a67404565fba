"""Reading the files of the register, in the form that `data/README.md` describes.

A broken file is refused as a whole, with a sentence that names line and column.
"""

import csv
import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from akademie.core.actions import NotPossible
from akademie.towns.models import FigureSource, Location, Size, SmallTown, Town, Trend

STATES = {
    "01": "Schleswig-Holstein", "02": "Hamburg", "03": "Niedersachsen", "04": "Bremen", "05": "Nordrhein-Westfalen",
    "06": "Hessen", "07": "Rheinland-Pfalz", "08": "Baden-Württemberg", "09": "Bayern", "10": "Saarland",
    "11": "Berlin", "12": "Brandenburg", "13": "Mecklenburg-Vorpommern", "14": "Sachsen", "15": "Sachsen-Anhalt",
    "16": "Thüringen",
}  # fmt: skip
TEXTS = ("name", "name_alt", "designation", "kind", "district", "district_kind", "association", "association_kind",
         "bbsr_type")  # fmt: skip
NEEDED = ("name", "kind", "district", "district_kind")
DIGITS = {"ags": 8, "ars": 12, "postal_code": 5}
CHOICES: dict[str, Any] = {"small_town": SmallTown, "trend": Trend, "location": Location}
BAD = re.compile(r"[\x00-\x1f\x7f�]")


class Range(NamedTuple):
    """How a number is written, and between what it lies."""

    kind: Any
    least: float
    most: float
    may_be_empty: bool = False


NUMBERS = {
    "population": Range(int, 0, 10_000_000),
    "degurba": Range(int, 1, 3),
    "pop_50km_k": Range(int, 0, 100_000),
    "km_to_city": Range(int, 0, 1_000),
    "area_km2": Range(Decimal, 0, 10_000),
    "lat": Range(float, 47, 56),
    "lon": Range(float, 5, 16),
    "pop_change_pct": Range(Decimal, -100, 1_000, may_be_empty=True),
}
LIMITS = {field.name: getattr(field, "max_length", None) or 0 for field in Town._meta.concrete_fields}
COLUMNS = (*DIGITS, *TEXTS, "state", *NUMBERS, *CHOICES)


def read_sources(path: Path) -> tuple[int, list[FigureSource]]:
    """Return the number of municipalities that the register has, and the sources of its figures."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        sources = [FigureSource(**source) for source in told["sources"]]
        for source in sources:
            source.clean_fields()
        return int(told["rows"]), sources
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise NotPossible(f"{path.name} lässt sich nicht lesen: {error!r}") from error
    except Exception as error:
        raise NotPossible(f"{path.name} ist unvollständig: {error}") from error


def read_municipalities(path: Path, expected: int) -> list[Town]:
    """Return the municipalities of a file; NotPossible when anything in it is broken or rows are missing."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise NotPossible(f"{path.name} lässt sich nicht lesen: {error.strerror}") from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise NotPossible(
            f"{path.name}, Zeile {line}: Die Datei ist nicht in UTF-8 gespeichert. Bitte speichern Sie sie als UTF-8."
        ) from error
    rows = csv.DictReader(text.splitlines(), strict=True)
    towns: dict[str, Town] = {}
    try:
        if missing := [column for column in COLUMNS if column not in (rows.fieldnames or ())]:
            raise NotPossible(f"{path.name}, Zeile 1: Die Spalte „{missing[0]}“ fehlt.")
        for row in rows:
            town = _town(row, f"{path.name}, Zeile {rows.line_num}")
            if town.ags in towns:
                raise NotPossible(f"{path.name}, Zeile {rows.line_num}, Spalte „ags“: {town.ags} steht zweimal da.")
            towns[town.ags] = town
    except csv.Error as error:
        raise NotPossible(f"{path.name}, Zeile {rows.line_num}: Die Zeile lässt sich nicht lesen ({error}).") from error
    if len(towns) != expected:
        raise NotPossible(f"{path.name} hat {len(towns)} Gemeinden statt {expected}. Die Datei ist unvollständig.")
    return list(towns.values())


def _town(row: dict[str, Any], place: str) -> Town:
    """Turn a line into a municipality."""
    if None in row or None in row.values():
        raise NotPossible(f"{place}: Die Zeile hat zu viele oder zu wenige Spalten. Ist die Datei abgeschnitten?")
    values: dict[str, Any] = {}
    for column, length in DIGITS.items():
        values[column] = row[column]
        if not re.fullmatch(rf"[0-9]{{{length}}}", row[column]):
            raise _wrong(place, column, row[column], f"sind keine {length} Ziffern")
    for column in TEXTS:
        values[column] = text = row[column].strip()
        if BAD.search(text):
            raise _wrong(place, column, BAD.sub("?", text), "enthält Zeichen, die kein Text sind")
        if not text and column in NEEDED:
            raise NotPossible(f"{place}, Spalte „{column}“: Hier fehlt die Angabe.")
        if len(text) > LIMITS[column]:
            raise _wrong(place, column, text, "ist zu lang")
    if STATES.get(row["ags"][:2]) != row["state"]:
        raise _wrong(place, "state", row["state"], f"passt nicht zum Gemeindeschlüssel {row['ags']}")
    values["state"] = row["state"]
    for column, wanted in NUMBERS.items():
        values[column] = _number(row[column], wanted, place, column)
    for column, choices in CHOICES.items():
        values[column] = row[column]
        if row[column] not in choices.values and (row[column] or column == "location"):
            raise _wrong(place, column, row[column], "gibt es nicht")
    return Town(size=Size.of(values["population"]), **values)


def _number(text: str, wanted: Range, place: str, column: str) -> Any:
    if not text and wanted.may_be_empty:
        return None
    if not re.fullmatch(r"-?[0-9]{1,9}" if wanted.kind is int else r"-?[0-9]{1,9}(\.[0-9]{1,6})?", text):
        raise _wrong(place, column, text, "ist keine ganze Zahl" if wanted.kind is int else "ist keine Zahl mit Punkt")
    value = wanted.kind(text)
    if not wanted.least <= value <= wanted.most:
        raise _wrong(place, column, text, f"liegt nicht zwischen {wanted.least} und {wanted.most}")
    return value


def _wrong(place: str, column: str, text: str, why: str) -> NotPossible:
    return NotPossible(f"{place}, Spalte „{column}“: „{text[:30]}“ {why}.")
