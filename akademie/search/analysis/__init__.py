"""German text analysis for the search: pure Python, no Django.

    analyzer = german_analyzer()                       # base lexicon, shipped stop words and overrides
    analyzer.index("Bürger:innen-App")                 # IndexTokens(stems, parts, words)
    analyzer.query("Leerstandsmanagement")             # [QueryWord(form, stem, shown, leaves, spans, closed)]
    german_synonyms(analyzer, more=editors_lines)      # Synonyms, applied to queries only
    chain_version()                                    # changes when the index must be built anew

The steps: Unicode and gender forms (`text`), stop words, overrides and stems (`stemming`), compound parts
(`compounds`) by a lexicon made at set-up (`lexicon`: `build_lexicon(target)`, `load_lexicon()`).
"""

from .analyzer import (
    Analyzer,
    IndexTokens,
    QueryWord,
    chain_version,
    data_lines,
    german_analyzer,
    german_synonyms,
)
from .lexicon import LEXICON_DIR, Lexicon, build_lexicon, lexicon_path, load_lexicon, own_words
from .synonyms import Synonyms
from .text import canonical, normalise, words

__all__ = [
    "LEXICON_DIR",
    "Analyzer",
    "IndexTokens",
    "Lexicon",
    "QueryWord",
    "Synonyms",
    "build_lexicon",
    "canonical",
    "chain_version",
    "data_lines",
    "german_analyzer",
    "german_synonyms",
    "lexicon_path",
    "load_lexicon",
    "normalise",
    "own_words",
    "words",
]
