"""Where an event takes place, read from one line as people write it: "online", "Rathaus Perleberg und online"."""

import re
from dataclasses import dataclass

from akademie.formats.words import Mode

ONLINE = r"(?:online|digital|virtuell|per video|als videokonferenz|videokonferenz|im netz)"
ALONE = re.compile(rf"\s*{ONLINE}\s*[.!]?\s*", re.IGNORECASE)
BESIDE = re.compile(rf"(?:\s*(?:,|;|\+|/|und|oder|sowie|auch)\s*(?:auch\s+)?)+{ONLINE}\s*$", re.IGNORECASE)
BEFORE = re.compile(rf"^\s*{ONLINE}\s*(?:,|;|\+|/|und|oder|sowie)\s*(?:in|im)?\s*", re.IGNORECASE)
HYBRID = re.compile(r"^\s*hybrid\s*[,:;-]?\s*|\s*[,(]\s*hybrid\s*\)?\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class Where:
    """How people take part, and where; a digital event has no place."""

    mode: Mode
    place: str


def where(typed: str) -> Where:
    """Return mode and place of one line."""
    if ALONE.fullmatch(typed):
        return Where(Mode.DIGITAL, "")
    for pattern in (HYBRID, BESIDE, BEFORE):
        rest, found = pattern.subn("", typed, count=1)
        if found:
            return Where(Mode.HYBRID, rest.strip(" ,;"))
    return Where(Mode.ON_SITE, typed.strip())


def in_one_line(mode: str, place: str) -> str:
    """Return what `where` reads back."""
    if mode == Mode.DIGITAL:
        return "online"
    return f"{place} und online" if mode == Mode.HYBRID and place else "hybrid" if mode == Mode.HYBRID else place
