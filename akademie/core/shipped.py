"""Data that the product ships in `data/`: read, checked, taken over; what people have changed since stays as it is.

An area says in its `actions.py` what a record means: how it fills a row, and the way back, how the row would stand in
the data. A row whose way back still has the hash with which it was loaded has not been touched and may be renewed.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from akademie.core import stamps
from akademie.core.actions import NotPossible
from akademie.core.records import Record

UNORDERED = ("topics", "subtopics")  # lists of the data whose order says nothing
Shipped = dict[str, Any]  # a record as the data have it
R = TypeVar("R", bound=Record)


def source_version(*paths: Path) -> str:
    """Return the version of data: the hash of their files."""
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()


def read_records(path: Path, fields: set[str]) -> list[Shipped]:
    """Return the records of a file; NotPossible when it cannot be read or one has no `id` or lacks a field."""
    try:
        records = json.loads(path.read_text(encoding="utf-8"))["records"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NotPossible(f"{path.name} lässt sich nicht lesen: {error}") from error
    if not isinstance(records, list):
        raise NotPossible(f"{path.name}: „records“ ist keine Liste.")
    for number, record in enumerate(records, start=1):
        if not isinstance(record, dict) or not isinstance(record.get("id"), str):
            raise NotPossible(f"{path.name}, Datensatz {number}: Es fehlt „id“.")
        if missing := sorted(fields - record.keys()):
            raise NotPossible(f"{path.name}, „{record['id'][:60]}“: Es fehlt „{missing[0]}“.")
    return records


@contextmanager
def loading(key: str) -> Iterator[None]:
    """All or nothing, and one after the other: the area's stamp is the row that makes a second load wait."""
    with transaction.atomic():
        stamps.bump(key)
        yield


@contextmanager
def naming(path: Path, name: str) -> Iterator[None]:
    """Turn what goes wrong with a record into NotPossible, which names the record and the field."""
    place = f"{path.name}, „{name[:60]}“"
    try:
        yield
    except KeyError as error:
        raise NotPossible(f"{place}: {error.args[0]!r} gibt es nicht.") from error
    except ValidationError as error:
        problems = "; ".join(f"{field}: {' '.join(found)}" for field, found in error.message_dict.items())
        raise NotPossible(f"{place}: {problems}") from error
    except (TypeError, AttributeError, ValueError) as error:
        raise NotPossible(f"{place}: {error}") from error


def take_over(
    model: type[R],
    path: Path,
    records: Iterable[Shipped],
    *,
    fill: Callable[[R, Shipped], None],
    record_of: Callable[[R], Shipped],
) -> int:
    """Make or renew a row for each record, and return for how many; the others are not new, or somebody changed them.

    `fill` puts a record's values into a row, `record_of` is the way back. Belongs inside `loading`.
    """
    taken = 0
    for record in records:
        mark = fingerprint(record)
        row = model.objects.filter(slug=record["id"]).first()
        if row is None:
            row = model(slug=record["id"], first_published_at=timezone.now())
        elif row.loaded_hash == mark or row.latest_revision_id or fingerprint(record_of(row)) != row.loaded_hash:
            continue
        with naming(path, record["id"]):
            fill(row, record)
            row.full_clean()
        row.loaded_hash, row.last_published_at = mark, timezone.now()
        row.save()
        taken += 1
    return taken


def fingerprint(record: Shipped) -> str:
    """Return a hash of a record that does not depend on the order of its keys and topics."""
    ordered = record | {key: sorted(record[key]) for key in UNORDERED if key in record}
    return hashlib.sha256(json.dumps(ordered, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
