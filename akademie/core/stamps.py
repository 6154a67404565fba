"""What changed since? One word per area, read once per request, so that a process may keep what it has built.

Lists keep their facets and the frame keeps its menus under the stamp they were built from; a change writes a new stamp
in its own transaction, and the next request of every process builds anew.
"""

import secrets
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Lock
from typing import Generic, TypeVar

from akademie.core.models import Stamp
from akademie.core.worded import Worded

_kept: ContextVar[dict[str, str] | None] = ContextVar("stamps of this request", default=None)
_all = Worded(lambda: Stamp.objects.values_list("key", "value"))
V = TypeVar("V")


@contextmanager
def once() -> Iterator[None]:
    """Within this block (a request) the stamps are read from the database at most once."""
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


def current() -> dict[str, str]:
    """Return all stamps."""
    kept = _kept.get()
    if kept:
        return kept
    # The empty key makes "read, but there are none" true as well.
    stamps = {"": "", **dict(_all.rows())}
    if kept is not None:
        kept.update(stamps)
    return stamps


def bump(key: str) -> None:
    """Say that something of this area has changed. Belongs in the transaction of the change."""
    Stamp.objects.update_or_create(key=key, defaults={"value": f"{int(time.time()):x}-{secrets.token_hex(8)}"})
    if kept := _kept.get():
        kept.clear()


def changed_at(keys: Iterable[str]) -> int:
    """Return the second since 1970 in which one of these areas last changed; 0 where none has noted it."""
    now = current()
    noted = (now.get(key, "").partition("-") for key in keys)
    return max((int(second, 16) for second, dash, _word in noted if dash), default=0)


class Kept(Generic[V]):
    """A value built once per process and stamp: `Kept("library", build).get()`."""

    def __init__(self, keys: str | tuple[str, ...], build: Callable[[], V]) -> None:
        self.keys = (keys,) if isinstance(keys, str) else keys
        self.build = build
        self._lock = Lock()
        self._state: tuple[tuple[str, ...] | None, V | None] = (None, None)

    def get(self) -> V:
        """Return the value that belongs to the present stamps."""
        now = current()
        stamp = tuple(now.get(key, "") for key in self.keys)
        state, value = self._state  # one tuple, swapped whole: readers never see half of it
        if state != stamp:
            with self._lock:
                state, value = self._state
                if state != stamp:
                    value = self.build()
                    self._state = (stamp, value)
        return value  # type: ignore[return-value]

    def stamp(self) -> str:
        """Return the present stamp as text, for an ETag."""
        now = current()
        return "-".join(now.get(key, "0") for key in self.keys)
