"""The handbook: task cards, written in `docs/handbuch/` and shown in the product from the same files.

There is a book for the office and one for everybody else. A card has five kinds of blocks, in this order: the title;
what one knows before ("**Wann:** …"); numbered steps; the picture, which a test makes; what is good to know. Nothing
else of Markdown is understood, so that the cards need no library and read the same everywhere. "**Wo:** /…/" says on
which screens of the office the card helps; these link to it.
"""

import re
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from akademie.towns.queries import fold

FOLDER = settings.BASE_DIR / "docs" / "handbuch"
DESK = "/geschaeftsstelle/"
OFFICE, TOWNS = "geschaeftsstelle", "kommunen"  # a book is a file with its contents and a folder with its cards
FILLING = {"hilfe", "anleitung", "wie", "ich"}  # says that somebody looks for help, not with what
SHORTEST, MOST_FOUND = 4, 3
GROUP = re.compile(r"^## (.+)\n\n((?:- .+\n?)+)", re.MULTILINE)
ENTRY = re.compile(r"^- \[.+\]\([a-z]+/([a-z-]+)\.md\)$", re.MULTILINE)
WHERE = "Wo:"
PART = re.compile(r"\*\*(.+?)\*\* (.+?)(?=\s\*\*|$)")
STEP = re.compile(r"^\d+\. (.+(?:\n   .+)*)", re.MULTILINE)
PICTURE = re.compile(r"!\[(.+)\]\(([a-z-]+\.webp)\)")


@dataclass(frozen=True)
class Card:
    """One task on one page. `before` and `after` are pairs of a word ("Wann:") and what it says.

    `places` are beginnings of the addresses of the screens where it helps.
    """

    slug: str
    title: str
    before: list[tuple[str, str]]
    places: list[str]
    steps: list[str]
    picture: Path
    alternative: str  # what the picture shows, in words
    after: list[tuple[str, str]]

    def says(self, word: str) -> bool:
        """Whether a word of the title, or of when one needs the card, begins like this."""
        return f" {word}" in self._words

    @cached_property
    def _words(self) -> str:
        return f" {fold(f'{self.title} {self.before[0][1]}')}"


@dataclass(frozen=True)
class Book:
    """The cards of one audience, by the heading under which the table of contents names them."""

    title: str
    groups: dict[str, list[Card]]

    @property
    def cards(self) -> list[Card]:
        """All cards in their order."""
        return list(chain.from_iterable(self.groups.values()))

    def card(self, slug: str) -> Card | None:
        """Return the card of that name, or None."""
        return next((card for card in self.cards if card.slug == slug), None)


@cache
def book(key: str) -> Book:
    """Return the book for `OFFICE` or for `TOWNS`."""
    text = (FOLDER / f"{key}.md").read_text(encoding="utf-8") + "\n"
    groups = {
        heading: [read(FOLDER / key / f"{slug}.md") for slug in ENTRY.findall(entries)]
        for heading, entries in GROUP.findall(text)
    }
    return Book(title=text.splitlines()[0].removeprefix("# "), groups=groups)


def card_at(path: str) -> Card | None:
    """Return the card that helps on this screen of the office: the one that names most of its address.

    The card of the desk helps there only, not everywhere below.
    """
    named = _by_place()
    places = [place for place in named if path == place or (place != DESK and path.startswith(place))]
    return named[max(places, key=len)] if places else None


def context(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `help_card` on the screens of the office, where a card helps there."""
    return {"help_card": card_at(request.path) if request.path.startswith(DESK) else None}


@cache
def _by_place() -> dict[str, Card]:
    return {place: card for card in book(OFFICE).cards for place in card.places}


def cards_for(text: str) -> list[Card]:
    """Return the few cards for everybody in which every word of a search stands; the word "Hilfe" is only the wish."""
    words = set(fold(text).split()) - FILLING
    if not words or any(len(word) < SHORTEST for word in words):
        return []
    found = [card for card in book(TOWNS).cards if all(map(card.says, words))]
    return found[:MOST_FOUND]


def read(path: Path) -> Card:
    """Return what the file of a card says; ValueError when it is not built like one."""
    title, before, steps, picture, *after = path.read_text(encoding="utf-8").strip().split("\n\n")
    shown = PICTURE.fullmatch(" ".join(picture.split()))
    if not title.startswith("# ") or not STEP.match(steps) or not shown or shown[2] != f"{path.stem}.webp":
        raise ValueError(f"{path} is not built like a card")
    words = _parts(before)
    return Card(
        slug=path.stem,
        title=title.removeprefix("# "),
        before=[(word, text) for word, text in words if word != WHERE],
        places=[place for word, text in words if word == WHERE for place in text.split(" und ")],
        steps=[" ".join(step.split()) for step in STEP.findall(steps)],
        picture=path.with_suffix(".webp"),
        alternative=shown[1],
        after=[part for block in after for part in _parts(block)],
    )


def _parts(block: str) -> list[tuple[str, str]]:
    return PART.findall(" ".join(block.split()))
