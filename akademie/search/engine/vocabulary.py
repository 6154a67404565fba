"""The words of public documents: for corrections and completions.

An index of its own beside the documents, one row a word. It is derived: after a crash the replayed documents bring
their words again, and a word whose last document is gone is harmless, because answers are checked against the
documents (`still_public`).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import tantivy
from rapidfuzz.distance import OSA

# In a large collection a word of texts counts as spelled right from two documents on; those of titles always do.
LARGE_COLLECTION, MIN_DOCUMENTS = 2_000, 2
CANDIDATES = 40
SHORT_WORD = 7  # letters; below, one slip is corrected, else two
OTHER_FIRST_LETTER = 0.5  # slips in the first letter are rare
WRITER_MEMORY = 15_000_000  # bytes, tantivy's least


class Entry(NamedTuple):
    """A word of the vocabulary: canonical, as shown, and in how many documents."""

    form: str
    shown: str
    documents: int


class Vocabulary:
    """Words with their spelling and their number of documents."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("form", stored=True, tokenizer_name="raw", index_option="basic")
        builder.add_text_field("shown", stored=True, tokenizer_name="raw", index_option="basic")
        builder.add_unsigned_field("documents", stored=True, fast=True)
        self._schema = builder.build()
        self._index = tantivy.Index(self._schema, path=str(folder), reuse=True)
        self._index.config_reader("manual")
        self._searcher = self._index.searcher()

    def reload(self) -> None:
        """Follow the last commit."""
        self._index.reload()
        self._searcher = self._index.searcher()

    def fill(self, documents: tantivy.Searcher, public: tantivy.Query, shown: Mapping[str, str]) -> None:
        """Write the whole vocabulary of a new generation."""
        titles = {form for form, _count in documents.terms_with_prefix("title_words", "")}
        counts = dict(documents.terms_with_prefix("words", ""))
        least = _least(documents)
        kept = {form: n for form, n in counts.items() if n >= least or form in titles}
        self._write(kept, shown, replace=False)

    def update(self, documents: tantivy.Searcher, shown: Mapping[str, str]) -> None:
        """Take in the words of the documents of one commit."""
        counts = {form: documents.doc_freq("words", form) for form in shown}
        least = _least(documents)
        kept = {
            form: count for form, count in counts.items() if count >= least or documents.doc_freq("title_words", form)
        }
        self._write(kept, shown, replace=True)

    def _write(self, counts: Mapping[str, int], shown: Mapping[str, str], *, replace: bool) -> None:
        if not counts:
            return
        writer = self._index.writer(WRITER_MEMORY, 1)
        for form, count in counts.items():
            if replace:
                writer.delete_documents_by_term("form", form)
            row = tantivy.Document()
            row.add_text("form", form)
            row.add_text("shown", shown.get(form, form))
            row.add_unsigned("documents", count)
            writer.add_document(row)
        writer.commit()
        writer.wait_merging_threads()
        self.reload()

    def near(self, form: str, most: int = 2) -> list[Entry]:
        """Return the words one or two slips away (swapped neighbours are one slip), nearest and commonest first."""
        reach = 1 if len(form) < SHORT_WORD else most
        for distance in range(1, reach + 1):
            query = tantivy.Query.fuzzy_term_query(self._schema, "form", form, distance, True)
            rated = []
            for entry in self._entries(query, CANDIDATES):
                slips = OSA.distance(form, entry.form) + OTHER_FIRST_LETTER * (entry.form[:1] != form[:1])
                rated.append((slips, -entry.documents, entry))
            if rated:
                rated.sort()
                return [entry for slips, _count, entry in rated if slips <= rated[0][0] + 0.01]
        return []

    def complete(self, prefix: str, limit: int) -> list[Entry]:
        """Return the commonest words that begin with a canonical prefix of letters and digits."""
        if not prefix.isalnum():
            return []
        query = tantivy.Query.regex_query(self._schema, "form", f"{prefix}.*")
        return self._entries(query, limit)

    def _entries(self, query: tantivy.Query, limit: int) -> list[Entry]:
        searcher = self._searcher
        found = searcher.search(query, limit=limit, count=False, order_by_field="documents").hits
        rows = (searcher.doc(address) for _count, address in found)
        return [
            Entry(r.get_first("form") or "", r.get_first("shown") or "", r.get_first("documents") or 0) for r in rows
        ]


def _least(documents: tantivy.Searcher) -> int:
    return MIN_DOCUMENTS if documents.num_docs >= LARGE_COLLECTION else 1
