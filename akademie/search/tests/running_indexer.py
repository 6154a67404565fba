"""The indexer beside a test."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections

from akademie.search import actions


@contextmanager
def running_indexer() -> Iterator[None]:
    """Run the indexer in a thread, as the background worker does; it has ended when this block ends."""
    stop = threading.Event()

    def work() -> None:
        try:
            actions.run_indexer(stop)
        finally:
            connections.close_all()

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(10)
    assert not thread.is_alive()
