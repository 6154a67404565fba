"""The search engine: pure Python and tantivy, no Django. Everything that other code may use is exported here.

    engine = TantivyEngine(Path(settings.SEARCH_INDEX_DIR), synonyms=editors_lines)

Search (any thread, any process; follows commits and swaps of other processes by itself)::

    hits = engine.search(Query(
        text="leerstand -essen thema:innenstadt",      # words, "phrases", -words, art: thema: land: jahr: groesse:
        filters={"topic": ["innenstadt"]},             # values of one field: or; fields: and
        visible_to=("public", "town:12"), without=frozenset({"news:4"}),
        facets=("kind", "topic", "state"), limit=20, offset=0, correct=True))
    hits.hits          # [Hit(id, score, passage)]; passage = number of the best passage or None
    hits.total         # all hits
    hits.facets        # {"topic": {"innenstadt": 12}}, each without its own filter
    hits.corrections   # [Correction(written, meant)]; hits.corrected_text for "Meinten Sie"
    hits.filters       # those given and those typed
    hits.plan          # for the two functions below

    highlight(text, hits.plan, window=240) -> [Piece(text, marked)]      # original text, cut around the best matches
    highlight_html(text, hits.plan, window=240) -> str                   # escaped, with <mark>
    answers(text, hits.plan) -> bool                                     # is there anything to mark
    explain(text, hits.plan) -> [Reason(word, how, found)]               # "word" "part" "joined" "synonym" "correction"

    engine.suggest("bürgerb", limit=8) -> [Suggestion(text, id)]         # public only; id only for titles

A query without words and phrases gives all documents that pass the filters, newest first. Only the first MAX_QUERY
characters are read, the first MAX_WORDS words searched for, the first 2,000 hits can be paged through.

Write (one process; batches, one `commit` at most every 500 ms, it costs some 50 ms)::

    engine.upsert([Document(id="library:12", kind="library", title=…, text=…,
                            passages=(Passage(text, page),), tags=(…,),
                            facets={"topic": ("innenstadt",), "year": ("2023",)}, visible_to=("public",), on=date(…),
                            ages=False, verified=False)])
    engine.delete(["library:13"])
    engine.commit(seq)                # seq of the last outbox row that is in; readable by engine.cursor()

Build anew without a gap (also when `engine.needs_rebuild()`: none yet, or other analysis)::

    own = own_words(titles_and_tags, texts)            # akademie.search.analysis: words that the splitter learns
    generation = engine.new_generation(own)            # same upsert, delete, commit
    generation.upsert(documents); generation.commit(seq)
    engine.swap(generation); engine.remove_old()

A second writer is refused (ValueError, LockBusy); `engine.close()` frees the lock. After a crash the last commit
holds; replay from `cursor()`.
"""

from .highlight import Piece, Reason, answers, explain, highlight, highlight_html
from .model import PUBLIC, Correction, Document, Engine, Hit, Hits, Passage, Query, Suggestion
from .parsing import FILTER_KEYS, MAX_QUERY, MAX_WORDS, ParsedQuery, parse_query
from .plan import Plan
from .tantivy_engine import TantivyEngine

__all__ = [
    "FILTER_KEYS",
    "MAX_QUERY",
    "MAX_WORDS",
    "PUBLIC",
    "Correction",
    "Document",
    "Engine",
    "Hit",
    "Hits",
    "ParsedQuery",
    "Passage",
    "Piece",
    "Plan",
    "Query",
    "Reason",
    "Suggestion",
    "TantivyEngine",
    "answers",
    "explain",
    "highlight",
    "highlight_html",
    "parse_query",
]
