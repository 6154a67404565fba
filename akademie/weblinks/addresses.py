"""Addresses in texts: found and replaced as whole words, in plain text and in HTML, however deep a value has them."""

import html
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

# What ends an address: a space, quotation marks, brackets that no address has, an HTML entity that is one of these.
_END = r"&(?:quot|gt|lt|nbsp|\#39|\#x27);"
OUTSIDE = re.compile(rf"""https?://(?:(?!{_END})[^\s<>"„“”‚‘’«»|\\^`{{}}\x00-\x1f])+""", re.IGNORECASE)
IN_HTML = re.compile(r'href="(?P<path>/(?!/)[^"\s]*)"')
PATH = re.compile(r"/(?!/)\S*")  # a text that is nothing but a path of ours
HTML = re.compile(r"<[a-zA-Z/][^<>]*>")
TRAILING = ".,;:!?'*_"
PAIRS = {")": "(", "]": "["}


class _Spot(NamedTuple):
    start: int
    end: int
    address: str


def in_text(text: str) -> list[str]:
    """Return the addresses in a text, in order: those of other servers, paths of ours where they are links."""
    return [spot.address for spot in _spots(text)]


def replaced(text: str, old: str, new: str) -> str:
    """Return the text with one address in place of another; an address that only begins like it stays."""
    written = html.escape(new) if HTML.search(text) else new
    for spot in reversed(_spots(text)):
        if spot.address == old:
            text = text[: spot.start] + written + text[spot.end :]
    return text


def _spots(text: str) -> list[_Spot]:
    if "/" not in text:
        return []
    read: Callable[[str], str] = str
    found = []
    if HTML.search(text):
        read = html.unescape
        found = [_Spot(*match.span("path"), read(match["path"])) for match in IN_HTML.finditer(text)]
    elif PATH.fullmatch(text):
        return [_Spot(0, len(text), text)]
    for match in OUTSIDE.finditer(text):
        written = _without_end_of_sentence(match[0])
        if written.partition("//")[2]:
            found.append(_Spot(match.start(), match.start() + len(written), read(written)))
    return sorted(found)


def _without_end_of_sentence(address: str) -> str:
    """Cut what belongs to the sentence: full stops, and a bracket that was not opened within the address."""
    while address:
        last = address[-1]
        unopened = last in PAIRS and address.count(last) > address.count(PAIRS[last])
        if last not in TRAILING and not unopened:
            break
        address = address[:-1]
    return address


def texts_in(value: Any) -> Iterator[str]:
    """Yield every text in a value: a text, or lists and dictionaries of them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from texts_in(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from texts_in(part)


def replaced_in(value: Any, old: str, new: str) -> Any:
    """Return a value with one address in place of another in every text of it."""
    if isinstance(value, str):
        return replaced(value, old, new)
    if isinstance(value, dict):
        return {key: replaced_in(part, old, new) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [replaced_in(part, old, new) for part in value]
    return value
