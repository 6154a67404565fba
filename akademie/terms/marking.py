"""Terms in the text of a page: the first place of each becomes a link, with a number for the footnote in print.

One pass over the HTML, with one pattern for tags, quoted titles and all forms of all terms. Only links are put in,
between tags and never inside one; all else stays as it is, letter by letter.
"""

import re
from collections.abc import Iterable
from html import escape
from typing import NamedTuple

MOST = 8  # terms that a page explains, so that its text stays calm
# What no term is marked in: other links, what is pressed or typed, headings, names and words of others.
PLAIN = frozenset((
    "a", "abbr", "audio", "blockquote", "button", "canvas", "cite", "code", "del", "dfn", "dt", "figcaption", "h1",
    "h2", "h3", "h4", "h5", "h6", "iframe", "kbd", "label", "math", "noscript", "object", "option", "pre", "q", "samp",
    "script", "select", "style", "summary", "svg", "table", "template", "textarea", "title", "var", "video",
))  # fmt: skip
_VALUES = r"""(?:"[^"]*"[^<>"']*+|'[^']*'[^<>"']*+)*+"""
_TAG = rf"""<!--.*?-->|<(?P<end>/?)(?P<name>[a-zA-Z][\w:-]*)[^<>"']*+{_VALUES}>|<![^<>]*>"""
_QUOTED = r"„[^„“”<>]{1,300}[“”]"  # a title, or a word that somebody else used
_SPACE = r"(?:\s|&nbsp;)+"


class Entry(NamedTuple):
    """A term as texts need it."""

    slug: str
    title: str
    explanation: str
    forms: tuple[str, ...]  # all of them, the title too

    @property
    def url(self) -> str:
        """Address of its page."""
        return f"/fachwoerter/{self.slug}/"


class Glossary:
    """All terms, ready to be found. Built once from many entries; knows nothing of pages."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.by_form = {form: entry for entry in entries for form in _spellings(entry.forms)}
        self.pattern = re.compile("|".join(filter(None, (_TAG, _QUOTED, _any_of(self.by_form), "<"))), re.DOTALL)


class PageTerms:
    """The terms of one page, in the order in which they are met; `mark` is called for each of its texts."""

    def __init__(self, glossary: Glossary) -> None:
        self.glossary = glossary
        self.found: dict[str, Entry] = {}  # by slug

    def mark(self, html: str) -> str:
        """Return the HTML of a text with the first place of each new term as a link."""
        if not self.glossary.by_form or len(self.found) >= MOST:
            return html
        parts: list[str] = []
        done = depth = 0
        plain = ""  # the element that nothing is marked in, while inside it
        for match in self.glossary.pattern.finditer(html):
            piece = match[0]
            if piece[0] == "<":
                if piece == "<":  # no tag and not escaped: nobody knows how this goes on
                    break
                name = (match["name"] or "").lower()
                if plain:
                    if name == plain:
                        depth += -1 if match["end"] else 1
                        plain = plain if depth else ""
                elif not match["end"] and _is_plain(name, piece):
                    plain, depth = name, 1
            elif not plain and piece[0] != "„" and (entry := self._new(piece)):
                parts += (html[done : match.start()], _link(entry, piece, len(self.found)))
                done = match.end()
                if len(self.found) == MOST:
                    break
        return "".join((*parts, html[done:])) if parts else html

    def _new(self, piece: str) -> Entry | None:
        entry = self.glossary.by_form[" ".join(piece.replace("&nbsp;", " ").split())]
        return None if entry.slug in self.found else self.found.setdefault(entry.slug, entry)


def _is_plain(name: str, tag: str) -> bool:
    """Whether nothing is marked in this element: by what it is, in another language, or the title of a box."""
    return name in PLAIN or " lang=" in tag or "__title" in tag


def _link(entry: Entry, text: str, number: int) -> str:
    says = escape(entry.explanation)
    return (
        f'<a class="ak-term" href="{entry.url}" title="{says}" aria-describedby="fachwort-{entry.slug}" '
        f'data-ak-term="{number}">{text}</a>'
    )


def _spellings(forms: Iterable[str]) -> Iterable[str]:
    """Yield forms as HTML has them; one that begins small also as it begins a sentence."""
    for form in forms:
        yield escape(form)
        if form[0].islower():
            yield escape(form[0].upper() + form[1:])


def _any_of(forms: Iterable[str]) -> str:
    """Return a pattern for whole words, the longest first: a tree of letters, so that no text is read form by form."""
    tree: dict[str, dict] = {}
    for form in forms:
        node = tree
        for letter in form:
            node = node.setdefault(letter, {})
        node[""] = {}
    # What stands before a form is asked after its first letter: then the pattern begins with plain letters, for which
    # texts are skimmed far faster.
    return "|".join(
        rf"{re.escape(first)}(?<![\w/@-]{re.escape(first)}){_branches(below)}(?![\w-])"
        for first, below in sorted(tree.items())
    )


def _branches(node: dict[str, dict]) -> str:
    ways = [
        (_SPACE if letter == " " else re.escape(letter)) + _branches(below)
        for letter, below in sorted(node.items())
        if letter
    ]
    if not ways:
        return ""
    if "" in node:
        return f"(?:{'|'.join(ways)})?"
    return ways[0] if len(ways) == 1 else f"(?:{'|'.join(ways)})"
