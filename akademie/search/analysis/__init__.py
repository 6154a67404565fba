"""German text analysis for the search: pure Python, no Django.

    analyzer = german_analyzer()                       # base lexicon, shipped stop words and overrides
    analyzer.index("Bürger:innen-App")                 # IndexTokens(stems, parts, words)
    analyzer.query("Leerstandsmanagement")             # [QueryWord(form, stem, shown, leaves, spans, closed)]
    german_synonyms(analyzer, more=editors_lines)      # Synonyms, applied to queries only
    chain_version()                                    # changes when the index must be built anew

The steps: Unicode and gender forms (`text`), stop words, overrides and stems (`stemming`), compound parts
(`compounds`) by a lexicon made at set-up (`lexicon`: `load_lexicon()`).
"""

from .analyzer import (
    NAME,
    Analyzer,
    IndexTokens,
    QueryWord,
    chain_version,
    german_analyzer,
    german_lexicon,
    german_synonyms,
    name_token,
)
from .compounds import Splitter
from .lexicon import LEXICON_DIR, Lexicon, lexicon_path, load_lexicon, own_words
from .synonyms import Synonyms
from .tables import Damaged
from .text import canonical, data_lines, normalise, words

__all__ = [
    "LEXICON_DIR",
    "NAME",
    "Analyzer",
    "Damaged",
    "IndexTokens",
    "Lexicon",
    "QueryWord",
    "Splitter",
    "Synonyms",
    "canonical",
    "chain_version",
    "data_lines",
    "german_analyzer",
    "german_lexicon",
    "german_synonyms",
    "lexicon_path",
    "load_lexicon",
    "name_token",
    "normalise",
    "own_words",
    "words",
]
