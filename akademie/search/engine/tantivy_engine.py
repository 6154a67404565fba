"""The embedded engine: tantivy in a folder, read by any number of processes, written by one."""

from __future__ import annotations

import logging
import os
import shutil
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import tantivy
from tantivy import Query as Q

from akademie.search.analysis import Damaged, Synonyms, canonical, chain_version, german_synonyms, words

from .generation import Generation, folder_number
from .model import PUBLIC, Document, Hits, Query, Suggestion
from .plan import Plan
from .tantivy_search import Search, all_of, still_public

MOST_FREQUENCIES = 50_000
AT_ONCE = 1000  # titles that are read at once
COMPLETIONS = 8  # words of the vocabulary looked at for suggestions
log = logging.getLogger(__name__)


class TantivyEngine:
    """Implements `Engine`. Thread-safe for reading; writing belongs to one thread of one process."""

    def __init__(self, root: Path, *, synonyms: Iterable[str] = ()) -> None:
        self.root = root
        self._more_synonyms = tuple(synonyms)
        self._lock = threading.Lock()
        self._generation: Generation | None = None
        self._searcher: tantivy.Searcher | None = None
        self._stamp: tuple[str, int] = ("", 0)
        self._cursor = 0
        self._frequencies: dict[tuple[str, str], int] = {}  # documents by field and stem, in the commit that is read
        self._synonyms: Synonyms | None = None

    # -- generations

    def current(self) -> Path | None:
        """Folder of the generation that is read, or None before the first swap and where a damaged one was."""
        try:
            folder = self.root / (self.root / "CURRENT").read_text(encoding="ascii").strip()
        except (FileNotFoundError, UnicodeDecodeError):
            return None
        return folder if folder_number(folder) else None

    def needs_rebuild(self) -> bool:
        """Whether there is no index, or one whose tokens another version of the analysis made."""
        folder = self.current()
        return folder is None or not folder.is_dir() or not folder.name.startswith(f"{chain_version()}-")

    def is_usable(self) -> bool:
        """Whether there is an index of this analysis that can be opened."""
        return not self.needs_rebuild() and self._reading()[0] is not None

    def is_whole(self) -> bool:
        """Whether the index on the disk is as it was written; one that is not is given up. Reads all of it."""
        generation, _searcher = self._reading()
        if generation is None:
            return False
        try:
            generation.check()
        except Damaged as error:
            self._give_up(generation.folder, error)
            return False
        return True

    def _give_up(self, folder: Path, error: BaseException) -> None:
        """Read a damaged index no more, in all processes: without a current one, the indexer builds it anew."""
        if folder != self.current():
            return  # somebody else did, or there is a newer one
        log.error("The search index %s is damaged and will be built anew", folder, exc_info=error)
        with suppress(OSError):
            (self.root / "CURRENT").unlink()
        with suppress(OSError, ValueError):  # what its writer says
            self._close_writer()

    def new_generation(self, own_words: Mapping[str, int] | None = None) -> Generation:
        """Begin a new index beside the one that is read; fill it, commit it, then `swap` to it."""
        self.root.mkdir(parents=True, exist_ok=True)
        number = max((folder_number(folder) for folder in self.root.iterdir()), default=0) + 1
        return Generation(self.root / f"{chain_version()}-{number}", create=True, own_words=own_words)

    def swap(self, generation: Generation) -> None:
        """Make a committed generation the one that is read: readers of all processes follow with their next search."""
        generation.close()
        fresh = self.root / ".CURRENT"
        fresh.write_text(generation.folder.name, encoding="ascii")
        with fresh.open("rb") as file:
            os.fsync(file.fileno())
        fresh.replace(self.root / "CURRENT")
        self._close_writer()

    def remove_old(self) -> None:
        """Delete every generation but the one that is read. Readers that still hold one go on undisturbed."""
        current = self.current()
        for folder in self.root.iterdir():
            if folder != current and folder_number(folder):
                shutil.rmtree(folder, ignore_errors=True)

    def set_synonyms(self, lines: Iterable[str]) -> None:
        """Use these lines of the editors besides the shipped ones, from the next search on."""
        more = tuple(lines)
        if more != self._more_synonyms:
            with self._lock:
                self._more_synonyms, self._synonyms = more, None

    # -- writing

    def upsert(self, batch: Iterable[Document]) -> None:
        """Add or replace documents in the current generation."""
        self.writable().upsert(batch)

    def delete(self, ids: Iterable[str]) -> None:
        """Remove documents from the current generation."""
        self.writable().delete(ids)

    def commit(self, seq: int) -> None:
        """Commit the current generation with the cursor."""
        self.writable().commit(seq)

    def cursor(self) -> int:
        """The `seq` of the last commit of the current generation; 0 without one."""
        generation, _searcher = self._reading()
        return self._cursor if generation else 0

    def rest(self) -> None:
        """Give up the writer with its memory and threads until the next change; reading goes on."""
        with self._lock:
            if self._generation is not None:
                self._generation.close()

    def close(self) -> None:
        """Give up the writer's lock and all open files."""
        self._close_writer()

    def writable(self) -> Generation:
        """The current generation, for a batch of changes that belong together: all of them go into the same one."""
        generation, _searcher = self._reading()
        if generation is None:
            raise LookupError("There is no index yet: build a generation and swap to it first.")
        return generation

    def _close_writer(self) -> None:
        with self._lock:
            generation, self._generation = self._generation, None
            self._searcher, self._stamp, self._cursor = None, ("", 0), 0
            if generation is not None:
                generation.close()

    # -- reading

    def _reading(self) -> tuple[Generation | None, tantivy.Searcher | None]:
        """The current generation and a searcher on its last commit, reopened only when the stamp changed.

        Nothing where there is none, or a damaged one.
        """
        for _again in range(2):
            folder = self.current()
            if folder is None:
                break
            try:
                stamp = (folder.name, (folder / "documents" / "meta.json").stat().st_mtime_ns)
                if stamp != self._stamp:
                    with self._lock:
                        if stamp != self._stamp:
                            self._open(folder)
                            self._stamp = stamp
            except (Damaged, OSError, ValueError) as error:  # the last is tantivy's for all that it cannot read
                self._give_up(folder, error)
                continue  # or it was replaced and removed just now: there is a newer one
            return self._generation, self._searcher
        return None, None

    def _open(self, folder: Path) -> None:
        if self._generation is None or self._generation.folder != folder:
            if self._generation is not None:
                self._generation.close()
            self._generation, self._synonyms = Generation(folder), None
        self._searcher, self._frequencies = self._generation.reload(), {}
        self._cursor = self._generation.cursor()

    def search(self, query: Query) -> Hits:
        """Answer a query; an index that does not exist yet, or is damaged, gives no hits."""
        generation, searcher = self._reading()
        if generation is not None and searcher is not None:
            if len(self._frequencies) > MOST_FREQUENCIES:
                self._frequencies = {}
            with self._giving_up_what_is_damaged():
                return Search(generation, searcher, self._synonyms_for(generation), query, self._frequencies).run()
        return Hits([], 0, {}, [], {}, Plan())

    @contextmanager
    def _giving_up_what_is_damaged(self) -> Iterator[None]:
        """Pass on an error only when the index is whole: then it is ours."""
        try:
            yield
        except BaseException:  # also what tantivy panics with
            if self.is_whole():
                raise

    def titles(self) -> Iterator[tuple[str, str]]:
        """Yield id and title of every public document; reads all of them, so for checks, not for pages."""
        generation, searcher = self._reading()
        if generation is None or searcher is None:
            return
        public = Q.term_query(generation.schema, "visible", PUBLIC, "basic")
        for offset in range(0, searcher.num_docs, AT_ONCE):
            titles: list[tuple[str, str]] = []
            with self._giving_up_what_is_damaged():
                found = searcher.search(public, limit=AT_ONCE, offset=offset, count=False).hits
                rows = (searcher.doc(address) for _score, address in found)
                titles = [(str(row.get_first("id")), str(row.get_first("title_shown"))) for row in rows]
            yield from titles

    def _synonyms_for(self, generation: Generation) -> Synonyms:
        """The synonyms in the stems of this generation's analyzer."""
        with self._lock:
            if self._synonyms is None:
                self._synonyms = german_synonyms(generation.analyzer, self._more_synonyms)
            return self._synonyms

    def suggest(self, prefix: str, limit: int = 8) -> list[Suggestion]:
        """Titles with a word that begins like the last word typed (and all words before it), then single words."""
        generation, searcher = self._reading()
        typed = [word.form for word in words(prefix[:80]) if not word.closed]
        if generation is None or searcher is None or not typed or len(typed[-1]) < 2:
            return []
        found: list[Suggestion] = []
        with self._giving_up_what_is_damaged():
            found += [Suggestion(title, id) for title, id in _titles(generation, searcher, typed)][: max(1, limit - 3)]
            before = prefix[: len(prefix) - len(prefix.split()[-1])] if len(typed) > 1 else ""
            for entry in generation.vocabulary.complete(typed[-1], COMPLETIONS):
                if len(found) < limit and still_public(generation, searcher, entry.form):
                    found.append(Suggestion(f"{before}{entry.shown}"))
        return found


def _titles(generation: Generation, searcher: tantivy.Searcher, typed: Sequence[str]) -> list[tuple[str, str]]:
    """Titles of public documents with all the words typed, the last one as a prefix; shortest first."""
    schema = generation.schema
    clauses = [Q.term_query(schema, "title_words", form, "basic") for form in typed[:-1]]
    clauses.append(Q.regex_query(schema, "title_words", f"{typed[-1]}.*"))
    clauses.append(Q.term_query(schema, "visible", PUBLIC, "basic"))
    rows = [searcher.doc(a) for _s, a in searcher.search(all_of(clauses, []), limit=20, count=False).hits]
    pairs = [(str(row.get_first("title_shown")), str(row.get_first("id"))) for row in rows]
    # tags stand among the title words too, but a suggestion must show why it is one
    pairs = [(title, id) for title, id in pairs if any(w.form.startswith(typed[-1]) for w in words(title))]
    return sorted(pairs, key=lambda pair: (not canonical(pair[0]).startswith(typed[0]), len(pair[0]), pair[0]))
