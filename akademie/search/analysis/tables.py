"""Tables of many words in little memory: read-only, one file each, not copied when processes fork.

A dict of 100,000 words takes 18 MB, and every lookup writes a reference count into memory that processes share, so
each of them copies it. A trie (marisa) takes half a megabyte and nobody writes into it.

Each file ends with the checksum of what stands before it: a disk that loses bytes must not lead to wrong words.
"""

from __future__ import annotations

import os
from array import array
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from zlib import crc32

from marisa_trie import BytesTrie, Trie

NUMBER = "I"  # 32 bits without sign
CHECKSUM = 4  # bytes


class Damaged(Exception):
    """A file of the search is not there, or not as it was written; it must be made anew."""


class WordTable:
    """Words with a number each (0 to 2**32 - 1), as a mapping that also knows which of its words begin a text."""

    def __init__(self, numbers: Mapping[str, int] | Iterable[tuple[str, int]] = ()) -> None:
        given = dict(numbers)
        self._trie = Trie(given)
        self._numbers = array(NUMBER, [0]) * len(given)
        for word, place in self._trie.items():
            self._numbers[place] = given[word]

    def get(self, word: str) -> int | None:
        """Return the number of a word."""
        place = self._trie.get(word)
        return None if place is None else self._numbers[place]

    def __getitem__(self, word: str) -> int:
        return self._numbers[self._trie[word]]

    def __contains__(self, word: str) -> bool:
        return word in self._trie

    def __len__(self) -> int:
        return len(self._numbers)

    def items(self) -> Iterator[tuple[str, int]]:
        """Yield every word with its number."""
        return ((word, self._numbers[place]) for word, place in self._trie.iteritems())

    def beginnings(self, text: str) -> Iterator[tuple[str, int]]:
        """Yield the words that `text` begins with and their numbers, the shortest first."""
        numbers = self._numbers
        return ((word, numbers[place]) for word, place in self._trie.iter_prefixes_with_ids(text))

    def save(self, path: Path) -> None:
        """Write the table; the same words and numbers give the same bytes."""
        _write(path, self._numbers.tobytes() + self._trie.tobytes() + len(self._numbers).to_bytes(8, "little"))

    @classmethod
    def load(cls, path: Path) -> WordTable:
        """Read a table that was written on a machine of this kind; `Damaged` when it is not as it was."""
        data = _read(path)
        table = cls.__new__(cls)
        size = int.from_bytes(data[-8:], "little") * array(NUMBER).itemsize
        table._numbers = array(NUMBER, data[:size])
        table._trie = Trie().frombytes(data[size:-8])
        return table


class WordMap:
    """Words with a word each, both of ASCII letters."""

    def __init__(self, words: Mapping[str, str] | None = None) -> None:
        self._trie = BytesTrie((word, other.encode("ascii")) for word, other in (words or {}).items())

    def get(self, word: str) -> str | None:
        """Return the other word."""
        found = self._trie.get(word)
        return found[0].decode("ascii") if found else None

    def items(self) -> Iterator[tuple[str, str]]:
        """Yield every word with its other word."""
        return ((word, other.decode("ascii")) for word, other in self._trie.iteritems())

    def save(self, path: Path) -> None:
        """Write the map."""
        _write(path, self._trie.tobytes())

    @classmethod
    def load(cls, path: Path) -> WordMap:
        """Read a map; `Damaged` when it is not as it was."""
        found = cls.__new__(cls)
        found._trie = BytesTrie().frombytes(_read(path))
        return found


def _write(path: Path, content: bytes) -> None:
    """Write a file for good: an index names its tables, and must not outlive them when the power goes."""
    with path.open("wb") as file:
        file.write(content + crc32(content).to_bytes(CHECKSUM, "little"))
        file.flush()
        os.fsync(file.fileno())


def _read(path: Path) -> bytes:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Damaged(str(error)) from error
    content, checksum = data[:-CHECKSUM], data[-CHECKSUM:]
    if not content or crc32(content).to_bytes(CHECKSUM, "little") != checksum:
        raise Damaged(f"{path} is not as it was written")
    return content
