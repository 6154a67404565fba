"""What an opening is: typed, ordered, with keys that are taken once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, Protocol, TypeVar


class Contribution(Protocol):
    """What every contribution has: a key of its own and a place in the order."""

    @property
    def key(self) -> str: ...

    @property
    def order(self) -> int: ...


T = TypeVar("T", bound=Contribution)


class ContributionPoint(Generic[T]):
    """A typed opening. Iterates in order; refuses strangers and a key that is taken."""

    def __init__(self, name: str, kind: type[T]) -> None:
        self.name, self.kind = name, kind
        self._items: dict[str, T] = {}

    def add(self, item: T) -> None:
        """Add one item; TypeError for another type, ValueError for a key that is taken."""
        if not isinstance(item, self.kind):
            raise TypeError(f"{self.name} takes {self.kind.__name__}, not {item!r}")
        if item.key in self._items:
            raise ValueError(f"{self.name} already has {item.key!r}")
        self._items[item.key] = item

    def get(self, key: str) -> T | None:
        """Return the item of that key, or None."""
        return self._items.get(key)

    def __iter__(self) -> Iterator[T]:
        return iter(sorted(self._items.values(), key=lambda item: (item.order, item.key)))
