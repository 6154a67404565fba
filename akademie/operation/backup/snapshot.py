"""A second connection that sees the database as it was at one moment, while others go on writing."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper


@contextmanager
def snapshot() -> Iterator[BaseDatabaseWrapper]:
    """Give a connection that only reads, all of it from one moment. Holds nobody up: writers go on."""
    own = connection.copy()
    try:
        if own.vendor == "sqlite":
            # Our settings begin transactions as writers; a reader must say so itself. The first read fixes the moment.
            with own.cursor() as cursor:
                cursor.execute("PRAGMA query_only=ON")
                cursor.execute("BEGIN DEFERRED")
                cursor.execute("SELECT COUNT(*) FROM sqlite_master")
        else:
            own.set_autocommit(False)
            with own.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield own
    finally:
        own.close()
