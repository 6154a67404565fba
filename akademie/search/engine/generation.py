"""One generation of the index: a folder with the tantivy index, its vocabulary and the collection's own words.

    <root>/CURRENT                         one line: the folder that is read
    <root>/<chain version>-<number>/       documents/  vocabulary/  words/

Tokens are made by our own analysis and only split at blanks by tantivy. The cursor is a document of its own in the
same commit as the data.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from zlib import crc32

import tantivy

from akademie.search.analysis import IndexTokens, Splitter, canonical, german_analyzer, german_lexicon, words

from .model import PUBLIC, Document
from .vocabulary import Vocabulary
from .wholeness import check_index

TITLE_TIMES = 5  # how often the title's stems stand in the text field
TITLE_PARTS_TIMES = 2
QUALITY = 1.1
BUILD_MEMORY, CHANGES_MEMORY = 64_000_000, 15_000_000  # bytes; the second is tantivy's least
CURSOR_ID = "#cursor"
RESTRICTED, INNER = "1", "inner"  # documents that not everybody may see; rows that are no documents: cursor, passages
FACET_FIELDS = ("kind", "topic", "state", "size", "year")  # others may be given; these are counted fastest
FACET_SEPARATOR = "\x1f"  # between field and value
VALUE_SEPARATOR = "\x1e"  # between the values of one document

log = logging.getLogger(__name__)


def index_schema() -> tantivy.Schema:
    """The fields; `docs/adr/0004-search-lexicon.md` and search.md say why one text field with the title repeated."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("title_shown", stored=True, tokenizer_name="raw", index_option="basic")
    for name in ("text", "passage"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    for name in ("parts", "title"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    for name in ("words", "title_words"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="basic")
    builder.add_json_field("facets", tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_text_field("facet_key", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("visible", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("restricted", tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("passage_number", stored=True)
    builder.add_unsigned_field("day", fast=True)
    builder.add_unsigned_field("ages_from", fast=True)
    builder.add_float_field("quality", fast=True)
    builder.add_unsigned_field("kind_number", fast=True)
    builder.add_unsigned_field("cursor", stored=True)
    return builder.build()


def kind_number(kind: str) -> int:
    """The number by which the kind of a hit is read without loading the hit."""
    return crc32(kind.encode())


def facet_key(field: str, value: str) -> str:
    """The form in which facet values are compared: case and umlaut spelling do not matter."""
    return f"{canonical(field)}{FACET_SEPARATOR}{canonical(value)}"


class Generation:
    """Reads and writes one folder, `Damaged` when it is not as it was. Reading follows commits of other processes."""

    def __init__(self, folder: Path, *, create: bool = False, own_words: Mapping[str, int] | None = None) -> None:
        self.folder = folder
        if create:
            (folder / "documents").mkdir(parents=True)
            (folder / "words").mkdir()
            german_lexicon().splitter.with_words(own_words or {}).save(folder / "words")
        else:
            self.check()
        self.analyzer = german_analyzer(Splitter.load(german_lexicon().stem, folder / "words"))
        self.schema = index_schema()
        self.index = tantivy.Index(self.schema, path=str(folder / "documents"), reuse=True)
        self.index.config_reader("manual")
        self.vocabulary = Vocabulary(folder / "vocabulary")
        self._writer: tantivy.IndexWriter | None = None
        self._shown: dict[str, str] = {}
        self._new = create

    # -- reading

    def check(self) -> None:
        """Raise `Damaged` unless what was committed last is on the disk as it was written."""
        check_index(self.folder / "documents")
        check_index(self.folder / "vocabulary")

    def reload(self) -> tantivy.Searcher:
        """Return a searcher on the last commit."""
        self.index.reload()
        self.vocabulary.reload()
        return self.index.searcher()

    def cursor(self) -> int:
        """The sequence number stored with the last commit; 0 when there is none."""
        searcher = self.reload()
        found = searcher.search(self._term("id", CURSOR_ID), limit=1, count=False).hits
        return int(searcher.doc(found[0][1]).get_first("cursor") or 0) if found else 0

    def _term(self, field: str, value: str) -> tantivy.Query:
        return tantivy.Query.term_query(self.schema, field, value, "basic")

    # -- writing

    def writer(self) -> tantivy.IndexWriter:
        """The one writer; tantivy's lock refuses a second one in any process (ValueError: LockBusy)."""
        if self._writer is None:
            self._writer = self.index.writer(BUILD_MEMORY if self._new else CHANGES_MEMORY, 1)
        return self._writer

    def upsert(self, batch: Iterable[Document]) -> None:
        """Add or replace documents, with their passages as rows of their own."""
        writer = self.writer()
        for document in batch:
            writer.delete_documents_by_term("id", document.id)
            for row in self._rows(document):
                writer.add_document(row)

    def delete(self, ids: Iterable[str]) -> None:
        """Remove documents and their passages."""
        writer = self.writer()
        for document_id in ids:
            writer.delete_documents_by_term("id", document_id)

    def commit(self, seq: int) -> None:
        """Commit with the cursor, then bring the vocabulary up to date."""
        writer = self.writer()
        writer.delete_documents_by_term("id", CURSOR_ID)
        row = tantivy.Document()
        row.add_text("id", CURSOR_ID)
        row.add_text("restricted", INNER)
        row.add_unsigned("cursor", seq)
        writer.add_document(row)
        writer.commit()
        searcher = self.reload()
        if self._new:
            self.vocabulary.fill(searcher, self._term("visible", PUBLIC), self._shown)
            self._new = False
        else:
            self.vocabulary.update(searcher, self._shown)
        self._shown = {}

    def close(self) -> None:
        """Give the writer's lock back; what was not committed is gone."""
        writer, self._writer = self._writer, None
        if writer is not None:
            writer.rollback()
            writer.wait_merging_threads()

    def _rows(self, document: Document) -> Iterable[tantivy.Document]:
        analyze = self.analyzer.index
        title, tags = analyze(document.title), analyze(" ".join(document.tags))
        body = analyze(document.text)
        passages = [analyze(passage.text) for passage in document.passages]
        row = self._common_row(document)
        if document.is_name:
            self._add_name(row, document)
        else:
            _add_text(row, title, tags, [body, *passages])
        self._add_words(row, document, {**tags.words, **title.words}, [body, *passages])
        yield row
        for number, tokens in enumerate(passages):
            row = tantivy.Document()
            row.add_text("id", document.id)
            row.add_text("restricted", INNER)
            row.add_text("passage", " ".join(tokens.stems + tokens.parts))
            row.add_unsigned("passage_number", number)
            yield row

    def _add_name(self, row: tantivy.Document, document: Document) -> None:
        """The tokens of a name stand in the same fields as texts: in some of their own they would weigh otherwise.

        Thousands of documents without any text would make each other one look far too long.
        """
        title, besides = self.analyzer.names(document.title)
        for _ in range(TITLE_TIMES):
            row.add_text("text", " ".join(title))
        row.add_text("text", " ".join(besides))
        row.add_text("title", " ".join(title))
        for tokens in self.analyzer.names(document.text):  # where it is: alone, this says little
            row.add_text("parts", " ".join(tokens))

    def _common_row(self, document: Document) -> tantivy.Document:
        row = tantivy.Document()
        row.add_text("id", document.id)
        facets = {**document.facets, "kind": (document.kind,)}
        # one value a row and column: columns without gaps are counted many times faster than lists
        columns = {
            field: VALUE_SEPARATOR.join(sorted(value for value in values if value not in document.uncounted))
            for field, values in facets.items()
        }
        row.add_json("facets", dict.fromkeys(FACET_FIELDS, "") | columns)
        for field, values in facets.items():
            for value in values:
                row.add_text("facet_key", facet_key(field, value))
        if PUBLIC not in document.visible_to:
            row.add_text("restricted", RESTRICTED)
        for token in document.visible_to:
            row.add_text("visible", token)
        day = document.on.toordinal() if document.on else 0
        row.add_unsigned("day", day)
        row.add_unsigned("ages_from", day if document.ages else 0)
        row.add_unsigned("kind_number", kind_number(document.kind))
        row.add_float("quality", QUALITY if document.verified else 1.0)
        return row

    def _add_words(
        self, row: tantivy.Document, document: Document, title: dict[str, str], bodies: list[IndexTokens]
    ) -> None:
        """Whole words for the vocabulary: only public documents give any, so no suggestion can leak."""
        if PUBLIC not in document.visible_to:
            return
        every = {form: shown for tokens in bodies for form, shown in tokens.words.items()} | title
        every = {form: shown for form, shown in every.items() if len(form) > 2 and not form.isdigit()}
        row.add_text("words", " ".join(every))
        row.add_text("title_words", " ".join(dict.fromkeys(w.form for w in words(document.title)) | title))
        row.add_text("title_shown", document.title)
        for form, shown in every.items():
            if form not in self._shown or form in title:
                self._shown[form] = shown


def _add_text(row: tantivy.Document, title: IndexTokens, tags: IndexTokens, bodies: list[IndexTokens]) -> None:
    # values of one field are apart by a position, so a phrase never runs from one into the next
    for _ in range(TITLE_TIMES):
        row.add_text("text", " ".join(title.stems))
    if title.parts:
        row.add_text("text", " ".join(title.parts * TITLE_PARTS_TIMES))
    for tokens in (tags, *bodies):
        row.add_text("text", " ".join(tokens.stems))
    row.add_text("parts", " ".join(part for tokens in (title, tags, *bodies) for part in tokens.parts))
    row.add_text("title", " ".join(title.stems + title.parts))


def folder_number(folder: Path) -> int:
    """The number at the end of a generation's folder name; 0 for any other folder."""
    match = re.fullmatch(r"[0-9a-f]+-(\d+)", folder.name)
    return int(match[1]) if match else 0
