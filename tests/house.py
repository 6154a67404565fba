"""The house as tests see it: every address of it, and every table."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db import connection
from django.urls import URLPattern, URLResolver, get_resolver

NO_CONTENT = {"core_tally"}  # how often somebody has asked changes with every request


class Address(NamedTuple):
    """One line of the URL configuration."""

    name: str  # with its name space
    route: str  # as configured, from the root
    pattern: URLPattern
    view: Any

    @property
    def is_ours(self) -> bool:
        """Whether it is a view function of ours; viewsets of the back office are Wagtail's, which checks each."""
        return self.view.__module__.startswith("akademie.") and not hasattr(self.view, "view_class")

    @property
    def filled(self) -> str:
        """A path that leads here, with 1 for every part."""
        return "/" + re.sub(r"<[^>]*>|\(\?P<\w+>[^()]*\)|\([^()]*\)", "1", self.route).replace("^", "").replace("$", "")


def addresses(resolver: URLResolver | None = None, space: str = "", prefix: str = "") -> Iterator[Address]:
    """Yield every address of the house."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, f"{pattern.namespace}:" if pattern.namespace else space, route)
        else:
            yield Address(f"{space}{pattern.name}", route, pattern, pattern.callback)


def contents() -> dict[str, str]:
    """Return a hash of each table."""
    found = {}
    with connection.cursor() as cursor:
        for table in set(connection.introspection.table_names(cursor)) - NO_CONTENT:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows = sorted(repr(row) for row in cursor.fetchall())
            found[table] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return found
