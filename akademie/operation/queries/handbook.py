"""The office's handbook: task cards, written in `docs/handbuch/` and shown in the product from the same files.

A card has five kinds of blocks, in this order: the title; what one knows before ("**Wann:** …"); numbered steps; the
picture, which a test makes; what is good to know. Nothing else of Markdown is understood, so that the cards need no
library and read the same everywhere.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

FOLDER = settings.BASE_DIR / "docs" / "handbuch"
CONTENTS = FOLDER / "geschaeftsstelle.md"  # the cards in their groups and order
GROUP = re.compile(r"^## (.+)\n\n((?:- .+\n?)+)", re.MULTILINE)
ENTRY = re.compile(r"^- \[.+\]\(([a-z-]+)\.md\)$", re.MULTILINE)
PART = re.compile(r"\*\*(.+?)\*\* (.+?)(?=\s\*\*|$)")
STEP = re.compile(r"^\d+\. (.+(?:\n   .+)*)", re.MULTILINE)
PICTURE = re.compile(r"!\[(.+)\]\(([a-z-]+\.png)\)")


@dataclass(frozen=True)
class Card:
    """One task on one page. `before` and `after` are pairs of a word ("Wann:") and what it says."""

    slug: str
    title: str
    before: list[tuple[str, str]]
    steps: list[str]
    alternative: str  # what the picture shows, in words
    after: list[tuple[str, str]]

    @property
    def picture(self) -> Path:
        """Where the picture lies."""
        return FOLDER / f"{self.slug}.png"


@cache
def groups() -> dict[str, list[Card]]:
    """Return the cards by the heading under which the table of contents names them."""
    found = GROUP.findall(CONTENTS.read_text(encoding="utf-8") + "\n")
    return {heading: [read(FOLDER / f"{slug}.md") for slug in ENTRY.findall(entries)] for heading, entries in found}


def card(slug: str) -> Card | None:
    """Return the card of that name, or None."""
    return next((card for cards in groups().values() for card in cards if card.slug == slug), None)


def read(path: Path) -> Card:
    """Return what the file of a card says; ValueError when it is not built like one."""
    title, before, steps, picture, *after = path.read_text(encoding="utf-8").strip().split("\n\n")
    shown = PICTURE.fullmatch(" ".join(picture.split()))
    if not title.startswith("# ") or not STEP.match(steps) or not shown or shown[2] != f"{path.stem}.png":
        raise ValueError(f"{path} is not built like a card")
    return Card(
        slug=path.stem,
        title=title.removeprefix("# "),
        before=_parts(before),
        steps=[" ".join(step.split()) for step in STEP.findall(steps)],
        alternative=shown[1],
        after=[part for block in after for part in _parts(block)],
    )


def _parts(block: str) -> list[tuple[str, str]]:
    return PART.findall(" ".join(block.split()))
