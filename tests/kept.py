"""What loaders put into the database, kept as rows: the next test that begins as the first one did gets them back.

Loading the topics or the pages takes some tenths of a second, and hundreds of tests begin with it; putting back the
rows takes a hundredth of that. Only what stands in the database is kept: a loader that writes files or fills what the
process keeps has to run each time. The tests of the loaders themselves call them and keep nothing.
"""

from collections.abc import Callable, Iterable
from functools import partial
from itertools import count
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction

from akademie.core import stamps
from akademie.core.models import Stamp

Rows = dict[Any, tuple[Any, ...]]  # by key
Contents = dict[type[models.Model], Rows]


class Kept:
    """Remembers, for each name, from which contents a loader came to which."""

    def __init__(self) -> None:
        self.known: dict[str, list[tuple[Contents, Contents, int]]] = {}
        self.numbers = count()

    def __call__(self, name: str, load: Callable[[], object]) -> int:
        """Load, or put back what the same loader has put there before from the same contents; return which it was.

        The same are all tables that its statements named then, but for the stamps; those are new each time, so that
        nothing that the process keeps is taken for what belongs to this database.
        """
        known = self.known.setdefault(name, [])
        for place, (then, after, number) in enumerate(known):
            before = contents(then)
            if all(rows == before[model] for model, rows in then.items() if model is not Stamp):
                _put(before, after)
                known.append(known.pop(place))
                return number
        before = contents()
        said: set[str] = set()
        with connection.execute_wrapper(partial(_note, said)):
            load()
        named = [model for model in before if any(model._meta.db_table in sql for sql in said)]
        known.append(({model: before[model] for model in named}, contents(named), next(self.numbers)))
        del known[:-4]  # what was wanted last; contents with the time in them never come again
        return known[-1][2]


def _note(said: set[str], execute: Callable[..., Any], sql: str, *arguments: Any) -> Any:
    said.add(sql)
    return execute(sql, *arguments)


def contents(tables: Iterable[type[models.Model]] | None = None) -> Contents:
    """Return every row of these tables, or of all but the full text index of SQLite: triggers write that."""
    if tables is None:
        every = apps.get_models(include_auto_created=True)
        tables = (model for model in every if not model._meta.proxy and not model._meta.db_table.endswith("_fts"))
    return {model: _rows(model) for model in tables}


def _columns(model: type[models.Model]) -> str:
    return ", ".join(connection.ops.quote_name(field.column) for field in model._meta.local_concrete_fields)


def _key(model: type[models.Model]) -> int:
    return next(place for place, field in enumerate(model._meta.local_concrete_fields) if field.primary_key)


def _rows(model: type[models.Model]) -> Rows:
    key = _key(model)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_columns(model)} FROM {connection.ops.quote_name(model._meta.db_table)}")
        return {row[key]: row for row in cursor.fetchall()}


def _put(before: Contents, after: Contents) -> None:
    """Bring the rows from the one contents to the other."""
    changed = [model for model in after if before[model] != after[model]]
    quote = connection.ops.quote_name
    with transaction.atomic(), connection.cursor() as cursor:  # keys of others are looked at in its end
        for model in changed:
            gone = [key for key, row in before[model].items() if after[model].get(key) != row]
            new = [row for key, row in after[model].items() if before[model].get(key) != row]
            table, key_column = quote(model._meta.db_table), quote(model._meta.pk.column)
            cursor.executemany(f"DELETE FROM {table} WHERE {key_column} = %s", [(key,) for key in gone])
            values = ", ".join(["%s"] * len(model._meta.local_concrete_fields))
            cursor.executemany(f"INSERT INTO {table} ({_columns(model)}) VALUES ({values})", new)
        for statement in connection.ops.sequence_reset_sql(no_style(), changed):
            cursor.execute(statement)
    for key, row in after.get(Stamp, {}).items():
        if before[Stamp].get(key) != row:
            stamps.bump(key)
