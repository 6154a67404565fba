"""From raw text to canonical words: Unicode, gender forms, hyphens, umlauts.

Canonical form: lower case, ß as ss, ä ö ü as ae oe ue. Lexicon, synonyms, overrides and vocabulary are all kept in it,
so every spelling of an umlaut meets.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

DATA_DIR = Path(__file__).resolve().parent.parent / "data"
MAX_WORD = 60  # longer runs of letters are no words: hashes, base64, broken extraction

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
# Soft hyphen, zero-width characters, direction marks and BOM carry no meaning for a search.
_INVISIBLE = dict.fromkeys((0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF))
_CONTROL = dict.fromkeys((*range(9), 0xB, 0xC, *range(0xE, 0x20), 0x7F), " ")
_DROPPED = {**_INVISIBLE, **_CONTROL}
_HAS_DROPPED = re.compile(f"[{re.escape(''.join(map(chr, _DROPPED)))}]")
_BROKEN_LINE = re.compile(r"(\w)-[^\S\n]*\n\s*([a-zäöüß])")
_GENDER = re.compile(r"(?<=[a-zäöüß])(?:[:*_·/]-?(?=[iI]n)|\((?=in(?:nen)?\))|(?=I))([iI]n(?:nen)?)\b\)?")
_HYPHENS = "-‐‑–'’.&+"
_TOKEN = re.compile(rf"[^\W_]+(?:[{_HYPHENS}][^\W_]+)*")
_HYPHEN = re.compile(rf"[{_HYPHENS}]")


class Word(NamedTuple):
    """One canonical word of a text; `closed` marks the closed-up spelling of a hyphen compound (B-Plan: bplan)."""

    form: str
    closed: bool = False
    shown: str = ""  # as written


@lru_cache(maxsize=20_000)
def canonical(word: str) -> str:
    """Return the canonical form: `Straße` and `strasse`, `Städte` and `staedte` become one."""
    return word.lower().translate(_UMLAUTS)


def without_accents(word: str) -> str:
    """Drop combining marks that the canonical form leaves (é, ñ, č)."""
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def normalise(text: str) -> str:
    """Compose characters (NFKC), drop invisible ones, join broken lines, write gender forms as plain words."""
    if not text.isascii() and not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", text)
    if _HAS_DROPPED.search(text):
        text = text.translate(_DROPPED)
    if "-" in text:
        text = _BROKEN_LINE.sub(r"\1\2", text)
    return _GENDER.sub(lambda match: match.group(1).lower(), text)


def words(text: str) -> Iterator[Word]:
    """Yield the canonical words of a text in order; a hyphen compound gives its closed-up form, then each part.

    One-letter parts of a compound are dropped (B-Plan: bplan, plan).
    """
    for match in _TOKEN.finditer(normalise(text)):
        token = match.group()
        if token.isalnum():
            if len(token) <= MAX_WORD:
                yield Word(canonical(token), False, token)
            continue
        parts = _HYPHEN.split(token)
        closed = "".join(parts)
        if len(closed) <= MAX_WORD:
            yield Word(canonical(closed), True, token)
        for part in parts:
            if 1 < len(part) <= MAX_WORD:
                yield Word(canonical(part), False, part)


def data_lines(name: str) -> list[str]:
    """Lines of a data file of this app, without comments and empty ones."""
    lines = (line.partition("#")[0].strip() for line in (DATA_DIR / name).read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line]
