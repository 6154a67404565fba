"""Synonyms: applied to the query only, so editors may change them without a new index.

One group a line, members separated by commas; each member may be several words. `a, b => c, d` leads one way. `#`
begins a comment. Members are compared by stems, so every inflection counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

Stems = tuple[str, ...]
LONGEST_MEMBER = 4  # words


class Match(NamedTuple):
    """Words `first` to `last` (exclusive) of the query stand for each of `targets`."""

    first: int
    last: int
    targets: tuple[Stems, ...]


class Synonyms:
    """A read-only table from stems to the stems of their synonyms."""

    def __init__(self, lines: Iterable[str], stems_of: Callable[[str], Sequence[str]]) -> None:
        table: dict[Stems, dict[Stems, None]] = {}
        for line in lines:
            left, arrow, right = line.partition("#")[0].partition("=>")
            sources = _members(left, stems_of)
            targets = _members(right, stems_of) if arrow else sources
            for source in sources:
                found = table.setdefault(source, {})
                found.update((target, None) for target in targets if target != source)
        self._table = {source: tuple(targets) for source, targets in table.items() if targets}

    def __len__(self) -> int:
        return len(self._table)

    def of(self, *stems: str) -> tuple[Stems, ...]:
        """Return the synonyms of one member."""
        return self._table.get(stems, ())

    def matches(self, stems: Sequence[str]) -> list[Match]:
        """Find the members in a row of stems, longest first at each place."""
        found = []
        for first in range(len(stems)):
            for last in range(min(len(stems), first + LONGEST_MEMBER), first, -1):
                targets = self._table.get(tuple(stems[first:last]))
                if targets:
                    found.append(Match(first, last, targets))
                    break
        return found


def _members(text: str, stems_of: Callable[[str], Sequence[str]]) -> list[Stems]:
    members = (tuple(stems_of(member)) for member in text.split(",") if member.strip())
    return [member for member in members if 0 < len(member) <= LONGEST_MEMBER]
