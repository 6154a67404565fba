"""A few words around an address, for people who must see what changes."""

import html
import re
from typing import Any

from akademie.weblinks.addresses import HTML, in_text, texts_in

AROUND = 60  # characters on each side
LINK = re.compile(r'<a\b[^>]*\bhref="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)


def excerpt(value: Any, address: str) -> str:
    """Return the words around the first place where an address stands in a value; nothing where it does not."""
    for text in texts_in(value):
        if address in in_text(text):
            return _around(_readable(text), address)
    return ""


def _readable(text: str) -> str:
    """Return HTML as people read it, with the addresses of links behind their words."""
    if HTML.search(text):
        text = html.unescape(re.sub(r"<[^>]*>", " ", LINK.sub(r"\2 (\1)", text)))
    return " ".join(text.split())


def _around(text: str, address: str) -> str:
    start = max(text.find(address), 0)
    first, last = max(0, start - AROUND), min(len(text), start + len(address) + AROUND)
    return f"{'… ' if first else ''}{text[first:last]}{' …' if last < len(text) else ''}"
