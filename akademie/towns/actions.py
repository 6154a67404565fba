"""What is done with towns: loading the register, remembering one's own."""

import csv
import hashlib
from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from akademie.core import stamps
from akademie.core.actions import NotPossible
from akademie.core.contributions import public_kinds
from akademie.core.public import changed
from akademie.towns.models import Location, Size, SmallTown, Town, Trend

SOURCE: Path = settings.REFERENCE_DIR / "municipalities.csv"
BATCH = 1000
TEXTS = ("ars", "name", "name_alt", "designation", "kind", "state", "district", "district_kind", "association",
         "association_kind", "postal_code", "bbsr_type")  # fmt: skip
NUMBERS = ("population", "degurba", "pop_50km_k", "km_to_city")
COLUMNS = (*TEXTS, *NUMBERS, "ags", "area_km2", "lat", "lon", "small_town", "pop_change_pct", "trend", "location")
CHOICES: dict[str, Any] = {"small_town": SmallTown, "trend": Trend, "location": Location}


def source_version(path: Path = SOURCE) -> str:
    """Return the version of the register: the hash of its file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def load_municipalities(say: Callable[[str], None], path: Path = SOURCE) -> None:
    """Load the register: new municipalities come, changed ones change, the rest stays. Repeatable, all or nothing.

    Raises NotPossible with line and column when the file is broken. A municipality that has left the register stays:
    practices and people may point to it.
    """
    towns = list(read_municipalities(path))
    fields = [field.name for field in Town._meta.concrete_fields if field.name != "ags"]
    with transaction.atomic():
        stamps.bump("staedte")  # the row that makes a second load wait until this one is done
        for start in range(0, len(towns), BATCH):
            batch = towns[start : start + BATCH]
            Town.objects.bulk_create(batch, update_conflicts=True, unique_fields=["ags"], update_fields=fields)
            say(f"{start + len(batch)} von {len(towns)} Gemeinden …")
        if kind := public_kinds.get("staedte"):
            changed(kind, [town.pk for town in towns])
    with connection.cursor() as cursor:  # or the planner knows nothing of the new rows
        cursor.execute("PRAGMA optimize" if connection.vendor == "sqlite" else "ANALYZE towns_town")


def read_municipalities(path: Path = SOURCE) -> Iterator[Town]:
    """Yield the municipalities of a file in the form that `data/README.md` describes."""
    seen: set[str] = set()
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file)
            if missing := [column for column in COLUMNS if column not in (rows.fieldnames or ())]:
                raise NotPossible(f"{path.name}: Die Spalte „{missing[0]}“ fehlt.")
            for row in rows:
                town = _town(row, f"{path.name}, Zeile {rows.line_num}")
                if town.ags in seen:
                    raise NotPossible(f"{path.name}, Zeile {rows.line_num}: {town.ags} steht zweimal da.")
                seen.add(town.ags)
                yield town
    except UnicodeDecodeError as error:
        raise NotPossible(f"{path.name} ist nicht in UTF-8 gespeichert.") from error
    except (OSError, csv.Error) as error:
        raise NotPossible(f"{path.name} lässt sich nicht lesen: {error}") from error
    if not seen:
        raise NotPossible(f"{path.name} enthält keine Gemeinden.")


def _town(row: dict[str, Any], place: str) -> Town:
    if None in row or None in row.values():
        raise NotPossible(f"{place}: Die Zeile hat zu viele oder zu wenige Spalten.")
    values: dict[str, Any] = {column: row[column].strip() for column in TEXTS}
    if not (row["ags"].isdigit() and len(row["ags"]) == 8):
        raise NotPossible(f"{place}: „{row['ags'][:20]}“ ist kein Gemeindeschlüssel mit acht Ziffern.")
    for column in ("name", "state", "district"):
        if not values[column]:
            raise NotPossible(f"{place}: „{column}“ ist leer.")
    values |= {column: _number(row[column], int, column, place) for column in NUMBERS}
    values |= {column: _number(row[column], float, column, place) for column in ("lat", "lon")}
    values["area_km2"] = _number(row["area_km2"], Decimal, "area_km2", place)
    change = row["pop_change_pct"]
    values["pop_change_pct"] = _number(change, Decimal, "pop_change_pct", place) if change else None
    for column, choices in CHOICES.items():
        if row[column] and row[column] not in choices.values:
            raise NotPossible(f"{place}, Spalte „{column}“: „{row[column][:20]}“ gibt es nicht.")
        values[column] = row[column]
    return Town(ags=row["ags"], size=Size.of(values["population"]), **values)


def _number(text: str, kind: Any, column: str, place: str) -> Any:
    try:
        return kind(text)
    except (ValueError, InvalidOperation):
        raise NotPossible(f"{place}, Spalte „{column}“: „{text[:20]}“ ist keine Zahl.") from None
