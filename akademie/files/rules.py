"""Who keeps the media in order, and which words are no text alternative."""

import re
from collections.abc import Iterable

import rules

from akademie.accounts.rules import is_office

rules.add_perm("files.keep_media", is_office)

ENDING = re.compile(r"\.(avif|bmp|gif|heic|jpe?g|png|svg|tiff?|webp)$")
# The names that cameras, phones and screens give: IMG_1234, DSC 0042, Bildschirmfoto 2026-05-01 um 10.20.30.
GIVEN = re.compile(
    r"(bild|bildschirmfoto|dcim|dsc[fn]?|foto|image|imgp?|mvi|photo|picture|pxl|scan|screenshot|signal|unbenannt|"
    r"untitled|whatsapp (image|bild))( |\d|am|at|copy|kopie|um|wa)*|[\d ]+"
)
PLAIN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def is_file_name(text: str, names: Iterable[str]) -> bool:
    """Whether a text alternative is a file's name: one of these names, or one that a camera gives."""
    words = _words(text)
    return (
        bool(ENDING.search(text.strip().lower()))
        or bool(GIVEN.fullmatch(words))
        or words in {_words(name) for name in names if name}
    )


def _words(name: str) -> str:
    stem = ENDING.sub("", name.strip().lower()).translate(PLAIN)
    return re.sub(r"[\W_]+", " ", stem).strip()
