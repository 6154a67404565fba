"""Queries that are worded once per process: that takes Django several times as long as the database takes to answer."""

from collections.abc import Callable
from functools import cached_property
from typing import Any, NamedTuple

from django.db import connection, models

Converter = Callable[[Any, Any, Any], Any]


class _Words(NamedTuple):
    statement: str
    places: int  # for values
    converters: list[tuple[int, Any, list[Converter]]]  # by column: what Python has where the database has text
    fields: list[str]  # of the model, when the query asks for objects


class Worded:
    """A query with other values each time: `Worded(lambda: Stamp.objects.filter(key="").values_list("value"))`.

    The values of a call, text and whole numbers, take the places of those in the query, in the order of its SQL.
    """

    def __init__(self, build: Callable[[], models.QuerySet]) -> None:
        self.build = build

    def rows(self, *values: str | int) -> list[tuple[Any, ...]]:
        """Return what `values_list` would."""
        words = self._words
        if len(values) != words.places:
            raise TypeError(f"the query takes {words.places} values, not {len(values)}")
        with connection.cursor() as cursor:
            cursor.execute(words.statement, values)
            found = cursor.fetchall()
        return [_converted(row, words.converters) for row in found] if words.converters else found

    def objects(self, *values: str | int) -> list[Any]:
        """Return objects, without the columns that the query defers."""
        model, fields = self._model, self._words.fields
        return [model.from_db(connection.alias, fields, row) for row in self.rows(*values)]

    @cached_property
    def _words(self) -> _Words:
        query = self.build().query
        compiler = query.get_compiler(connection=connection)
        statement, values = compiler.as_sql()
        columns = [expression for expression, _sql, _alias in compiler.select]
        converters = [(place, column, found) for place, (found, column) in compiler.get_converters(columns).items()]
        fields = [columns[place].target.attname for place in (compiler.klass_info or {}).get("select_fields", ())]
        return _Words(statement, len(values), converters, fields)

    @cached_property
    def _model(self) -> type[models.Model]:
        return self.build().model


def _converted(row: tuple[Any, ...], converters: list[tuple[int, Any, list[Converter]]]) -> tuple[Any, ...]:
    values = list(row)
    for place, column, steps in converters:
        for step in steps:
            values[place] = step(values[place], column, connection)
    return tuple(values)
