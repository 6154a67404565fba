"""A query compiled once: writing the SQL of one wide row takes Django longer than finding it takes the database."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)


def by_slug(queryset: Callable[[], QuerySet[M]]) -> Callable[[str], M | None]:
    """Return a function that finds the one row of this queryset with a slug, or None."""

    @lru_cache(1)
    def sql() -> tuple[str, type[M]]:
        rows = queryset().filter(slug="slug")
        text, parameters = rows.query.sql_with_params()
        assert parameters == ("slug",), "the slug must be the only parameter"
        return text, rows.model

    def find(slug: str) -> M | None:
        text, model = sql()
        rows: Any = model._default_manager.raw(text, [slug])
        return next(iter(rows), None)

    return find
