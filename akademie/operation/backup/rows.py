"""Rows as neutral values: what SQLite and PostgreSQL keep in forms of their own becomes the same line of JSON.

A line is a JSON array in the order of the columns. Times are ISO 8601 in UTC, decimals and UUIDs text, binary values
Base64; the value of a JSON column stands in a list of its own, so that JSON's null is not taken for none at all.
"""

import base64
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any
from uuid import UUID

from django.apps.registry import Apps
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Model
from django.db.models.expressions import Col

BATCH = 500
BOTH = ("backup", "export")
LEFT_OUT = {  # of tables that core and the libraries own; ours say it themselves, by an attribute `left_out_of`
    "core.tally": BOTH,
    "core.scheduledjob": ("export",),
    "core.outgoingmail": ("export",),
    "django_tasks_database.dbtaskresult": ("export",),
    "mfa.authenticator": ("export",),  # opens doors; a passkey is good for one address anyway
    "socialaccount.socialaccount": ("export",),  # of the operator's own provider
    "socialaccount.socialapp": ("export",),
    "socialaccount.socialtoken": BOTH,
    "usersessions.usersession": BOTH,
    "sessions.session": BOTH,  # whoever has a session's key is signed in
    "wagtailadmin.editingsession": BOTH,
    "wagtailadmin.formstate": BOTH,
    "wagtailcore.apitoken": ("export",),
    "wagtailcore.uploadedfile": ("export",),
    "wagtailsearch.indexentry": BOTH,  # the back office's search, in a form of each database's own
    "wagtailsearch.sqliteftsindexentry": BOTH,
}
# Columns that an export empties: words that open doors, and what is renewed anyway.
EMPTIED = {"accounts.user": ("link_word",), "core.stamp": ("value",)}
Migrations = dict[str, list[str]]


@dataclass(frozen=True)
class Column:
    """A column and how its values become neutral, and back."""

    name: str
    field: models.Field  # without foreign keys: the field that the key leads to
    neutral: Callable[[Any], Any]
    back: Callable[[Any], Any]


class Contents:
    """A hash of rows that does not depend on their order, nor on the order of keys inside JSON."""

    def __init__(self) -> None:
        self.rows, self._sum = 0, 0

    def add(self, row: list[Any]) -> None:
        """Take in one row of neutral values."""
        text = json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        self._sum += int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest(), "big")
        self.rows += 1

    def hash(self) -> str:
        """Return the hash of all rows so far."""
        return f"{self._sum % (1 << 256):064x}"


def state_of(connection: BaseDatabaseWrapper) -> Migrations:
    """Return the applied migrations of each app, as far as the product knows them."""
    loader = MigrationExecutor(connection).loader
    found: Migrations = {}
    for app, name in sorted(set(loader.applied_migrations) & set(loader.graph.nodes)):
        found.setdefault(app, []).append(name)
    return found


def models_at(connection: BaseDatabaseWrapper, migrations: Migrations) -> dict[str, type[Model]]:
    """Return the tables' models as they are after these migrations, by label: "library.libraryitem"."""
    nodes = [(app, name) for app, names in migrations.items() for name in names]
    apps: Apps = MigrationExecutor(connection).loader.project_state(nodes, at_end=True).apps
    found = apps.get_models(include_auto_created=True)
    return {m._meta.label_lower: m for m in found if m._meta.managed and not m._meta.proxy and not m._meta.swapped}


def is_left_out(label: str, kind: str) -> bool:
    """Whether a table passes by: it lives for a short time, or is made anew from the others."""
    from django.apps import apps  # the present ones: those of a past state have no attributes

    app, name = label.split(".")
    try:
        own = getattr(apps.get_model(app, name), "left_out_of", ())
    except LookupError:
        own = ()
    return kind in own or kind in LEFT_OUT.get(label, ())


def columns_of(connection: BaseDatabaseWrapper, model: type[Model]) -> list[Column]:
    """Return the columns of a table."""
    found = []
    for field in model._meta.local_concrete_fields:
        if getattr(field, "generated", False):
            continue
        target: Any = field
        while target.remote_field:
            target = target.target_field
        kind = target.get_internal_type()
        converters = connection.ops.get_db_converters(Col(model._meta.db_table, target))
        neutral = _chain([lambda v, c=c, t=target: c(v, Col("", t), connection) for c in converters], kind)
        found.append(Column(str(field.column), target, neutral, _back(connection, kind)))
    return found


def read(connection: BaseDatabaseWrapper, model: type[Model], columns: Sequence[Column]) -> Iterator[list[Any]]:
    """Yield the rows of a table as neutral values, in the order of its key."""
    quote = connection.ops.quote_name
    names = ", ".join(quote(column.name) for column in columns)
    table, key = quote(model._meta.db_table), quote(str(model._meta.pk.column))
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"SELECT {names} FROM {table} ORDER BY {key}")  # noqa: S608  (names of our own models)
        while batch := cursor.fetchmany(BATCH):
            for row in batch:
                pairs = zip(columns, row, strict=True)
                yield [None if value is None else column.neutral(value) for column, value in pairs]


def write(
    connection: BaseDatabaseWrapper, model: type[Model], columns: Sequence[Column], rows: Iterable[list[Any]]
) -> None:
    """Put rows of neutral values into a table."""
    quote = connection.ops.quote_name
    names = ", ".join(quote(column.name) for column in columns)
    places = f"({', '.join(['%s'] * len(columns))})"
    most = connection.features.max_query_params or BATCH * len(columns)
    size = max(1, min(BATCH, most // len(columns)))
    into = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES "  # noqa: S608
    remaining = iter(rows)
    with connection.cursor() as cursor:
        while batch := list(islice(remaining, size)):
            values = [
                None if value is None else column.back(value)
                for row in batch
                for column, value in zip(columns, row, strict=True)
            ]
            cursor.execute(into + ", ".join([places] * len(batch)), values)


def next_number(connection: BaseDatabaseWrapper, model: type[Model]) -> int | None:
    """Return the last number that the table's key has given out, 0 for none; None when it gives out no numbers."""
    if not isinstance(model._meta.pk, models.AutoField | models.BigAutoField | models.SmallAutoField):
        return None
    table, key = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
            found = cursor.fetchone()
        else:
            cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [connection.ops.quote_name(table), key])
            cursor.execute(f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {cursor.fetchone()[0]}")  # noqa: S608
            found = cursor.fetchone()
    return found[0] if found else 0


def set_next_number(connection: BaseDatabaseWrapper, model: type[Model], last: int) -> None:
    """Have the table's key go on after `last`: a number once given to somebody is not given to somebody else."""
    table, key = model._meta.db_table, str(model._meta.pk.column)
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COALESCE(MAX({quote(key)}), 0) FROM {quote(table)}")  # noqa: S608
        last = max(last, cursor.fetchone()[0])
        if connection.vendor == "sqlite":
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
            if last:
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, last])
        else:
            sequence = "pg_get_serial_sequence(%s, %s)"
            cursor.execute(f"SELECT setval({sequence}, %s, %s)", [quote(table), key, max(last, 1), last > 0])


def _chain(converters: list[Callable[[Any], Any]], kind: str) -> Callable[[Any], Any]:
    """Return one function from the database's value to the neutral one; `kind` is Django's name of the type."""
    last = _NEUTRAL.get(kind, _as_it_is)
    if not converters:
        return last

    def neutral(value: Any) -> Any:
        for convert in converters:
            value = convert(value)
        return last(value)

    return neutral


def _as_it_is(value: Any) -> Any:
    if type(value) in (str, int, float, bool):
        return value
    raise TypeError(f"no neutral form for {type(value).__name__}")


def _utc(value: datetime) -> str:
    return (value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)).isoformat()


_NEUTRAL: dict[str, Callable[[Any], Any]] = {
    "BinaryField": lambda value: base64.b64encode(bytes(value)).decode("ascii"),
    "DateField": date.isoformat,
    "DateTimeField": _utc,
    "DecimalField": str,
    "DurationField": lambda value: [value.days, value.seconds, value.microseconds],
    "GenericIPAddressField": str,
    "JSONField": lambda value: [json.loads(value)],
    "TimeField": time.isoformat,
    "UUIDField": str,
}


def _back(connection: BaseDatabaseWrapper, kind: str) -> Callable[[Any], Any]:
    """Return the function from the neutral value to what the database takes."""
    ops = connection.ops

    def prepared(field: models.Field, read_value: Callable[[Any], Any]) -> Callable[[Any], Any]:
        return lambda value: field.get_db_prep_save(read_value(value), connection)

    found: dict[str, Callable[[Any], Any]] = {
        "BinaryField": prepared(models.BinaryField(), base64.b64decode),
        "DateField": prepared(models.DateField(), date.fromisoformat),
        "DateTimeField": prepared(models.DateTimeField(), datetime.fromisoformat),
        "DecimalField": lambda value: ops.adapt_decimalfield_value(Decimal(value)),
        "DurationField": prepared(models.DurationField(), lambda parts: timedelta(*parts)),
        "JSONField": lambda value: json.dumps(value[0], ensure_ascii=False),
        "TimeField": prepared(models.TimeField(), time.fromisoformat),
        "UUIDField": prepared(models.UUIDField(), UUID),
    }
    return found.get(kind, lambda value: value)
