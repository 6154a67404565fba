"""What a person typed, taken apart: words, "phrases", -words, filters. Never a syntax error.

    leerstand "leere läden" -essen thema:innenstadt jahr:2023 land:"Sachsen-Anhalt"

Whatever does not fit this form is words: unbalanced quotes, a colon after an unknown key, a lone minus.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from akademie.search.analysis import canonical, normalise

MAX_QUERY = 600  # characters; what is beyond is not read (three long sentences fit)
MAX_WORDS = 32  # words that are searched for
MAX_PHRASES = 4

# Words before a colon that filter, and the facet field they mean.
FILTER_KEYS = {"art": "kind", "thema": "topic", "land": "state", "jahr": "year", "groesse": "size"}

_PIECE = re.compile(
    r"""(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"|(?P<key>[^\W\d_]+):(?:"(?P<quoted>[^"]+)"|(?P<value>[^\s"]+))"""
    r"""|(?P<word>[^\s"]+))"""
)
_QUOTES = str.maketrans(dict.fromkeys("„“”»«‟″", '"') | {"\t": " ", "\n": " ", "\r": " "})


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """The parts of a query. `words` is plain text; phrases and exclusions are too."""

    words: str
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    filters: dict[str, tuple[str, ...]] = field(default_factory=dict)


def parse_query(text: str) -> ParsedQuery:
    """Take the text of a query apart; only the first MAX_QUERY characters count."""
    # each invisible character is dropped, so it cannot hide a filter or a quote
    text = normalise(text[:MAX_QUERY].translate(_QUOTES))
    words: list[str] = []
    phrases: list[str] = []
    excluded: list[str] = []
    filters: dict[str, tuple[str, ...]] = {}
    for piece in _PIECE.finditer(text):
        phrase, key, word = piece["phrase"], piece["key"], piece["word"]
        field_name = FILTER_KEYS.get(canonical(key)) if key else None
        if field_name and not piece["minus"]:
            value = (piece["quoted"] or piece["value"]).strip()
            filters[field_name] = (*filters.get(field_name, ()), value)
            continue
        content = (
            phrase if phrase is not None else word if word is not None else f"{key} {piece['quoted'] or piece['value']}"
        )
        if not any(c.isalnum() for c in content):
            continue
        if piece["minus"]:
            excluded.append(content)
        elif phrase is not None and len(phrases) < MAX_PHRASES:
            phrases.append(content)
        else:
            words.append(content)
    return ParsedQuery(" ".join(words), tuple(phrases), tuple(excluded[:MAX_PHRASES]), filters)
