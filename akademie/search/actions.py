"""Keeping the index in step with the data: note, index what is new, build anew without a gap."""

from __future__ import annotations

import fcntl
import logging
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import islice
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import OperationalError, connection, transaction
from django.db.models import Max
from django.utils import timezone

from akademie.core import memory
from akademie.core.contributions import PublicKind, public_kinds
from akademie.search import queries
from akademie.search.analysis import lexicon_path, load_lexicon, own_words
from akademie.search.engine import Document, TantivyEngine
from akademie.search.models import SearchOutbox
from akademie.search.queries import document, entries

BATCH = 500
INTERVAL = 0.2  # seconds between two looks into the outbox: a change is found within one second
TIDY_EVERY = 3600.0
KEEP = timedelta(days=1)  # how long done work stays, for a look at what happened
log = logging.getLogger(__name__)


def note_changes(kind: PublicKind, pks: Iterable[Any]) -> None:
    """Note objects for the indexer, in the transaction of their change."""
    SearchOutbox.objects.bulk_create(
        (SearchOutbox(kind=kind.key, object_id=str(pk)) for pk in pks if pk is not None), batch_size=BATCH
    )


def index_changes(engine: TantivyEngine) -> int:
    """Take the next batch from the outbox into the index and return how many notes it was.

    The cursor is committed with the documents: after a crash the same notes are taken again, which does no harm. All
    goes into one generation: when another process changes over meanwhile, its new one takes these notes again itself.
    """
    generation = engine.writable()
    notes = _settled_notes(generation.cursor())
    if not notes:
        return 0
    changed: dict[str, set[str]] = {}
    for note in notes:
        changed.setdefault(note.kind, set()).add(note.object_id)
    for key, pks in changed.items():
        kind = public_kinds.get(key)
        seen = entries(kind, pks) if kind else {}
        if kind:
            generation.upsert(document(kind, pk, entry) for pk, entry in seen.items())
        generation.delete(f"{key}:{pk}" for pk in pks - seen.keys())
    generation.commit(notes[-1].seq)
    return len(notes)


def _settled_notes(cursor: int) -> list[SearchOutbox]:
    """Return the next notes, none while somebody is still writing some."""
    with transaction.atomic():
        if not _nobody_writes():
            return []
        return list(SearchOutbox.objects.filter(seq__gt=cursor).order_by("seq")[:BATCH])


def _nobody_writes() -> bool:
    """Whether no open transaction has written notes; holds new ones off until the end of our transaction.

    PostgreSQL gives out numbers before the commit, so a smaller number may appear after a greater one and the cursor
    would pass it. SQLite has one writer at a time.
    """
    if connection.vendor != "postgresql":
        return True
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {SearchOutbox._meta.db_table} IN SHARE MODE NOWAIT")
    except OperationalError:
        return False
    return True


def _last_note() -> int:
    """Return the number of the last note; waits for transactions that are writing some."""
    while True:
        with transaction.atomic():
            if _nobody_writes():
                return SearchOutbox.objects.aggregate(last=Max("seq"))["last"] or 0
        sleep(INTERVAL)


def remove_done_notes(engine: TantivyEngine) -> None:
    """Delete notes that have been in the index for a day."""
    SearchOutbox.objects.filter(seq__lte=engine.cursor(), noted_at__lt=timezone.now() - KEEP).delete()


def _documents() -> Iterator[Document]:
    guest = AnonymousUser()
    for kind in public_kinds:
        pks = kind.visible_to(guest).values_list("pk", flat=True).order_by("pk").iterator(chunk_size=BATCH)
        while batch := list(islice(pks, BATCH)):
            for pk, entry in entries(kind, batch).items():
                yield document(kind, pk, entry)


def _texts() -> Iterator[Document]:
    """All but names, whose words are no parts of others: Leer and Stand are none of Leerstand."""
    return (doc for doc in _documents() if not doc.is_name)


def build_index(say: Callable[[str], None]) -> None:
    """Build this installation's index; the set-up does it once, and again when the analysis has changed."""
    if not lexicon_path().exists():
        say("Wörterbuch der Suche wird eingerichtet (einmal, etwa zehn Sekunden) …")
        load_lexicon()
    rebuild_index(queries.engine(), say)


@contextmanager
def _one_build(folder: Path) -> Iterator[None]:
    """Hold off other processes' builds: the first to finish would remove what the other one is building."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "build.lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def rebuild_index(engine: TantivyEngine, say: Callable[[str], None] = lambda sentence: None) -> int:
    """Build a new index beside the one that is read, then change over. Returns the number of documents.

    What changes meanwhile stands in the outbox after the noted position and is taken in by the next `index_changes`.
    """
    with _one_build(engine.root):
        start = _last_note()
        own = own_words((doc.title for doc in _texts()), (doc.text for doc in _texts()))  # teach the splitter
        generation = engine.new_generation(own)
        done = 0
        documents = _documents()
        while batch := list(islice(documents, BATCH)):
            generation.upsert(batch)
            done += len(batch)
            if done % 2000 < BATCH:
                say(f"Suchindex: {done} Einträge …")
        generation.commit(start)
        engine.swap(generation)
        engine.remove_old()
    memory.give_back()
    log.info("Search index built: %d documents", done)
    return done


def run_indexer(stop: threading.Event) -> None:
    """Keep the index in step until told to stop; builds it first where there is none that can be used."""
    engine = queries.engine()
    engine.close()  # what failed before is opened anew, and so looked at
    tidied = -TIDY_EVERY  # the first thing to do
    while not stop.is_set():
        if not engine.is_usable():
            rebuild_index(engine)
            if not engine.is_usable():
                raise RuntimeError("A search index that was just built cannot be opened")
        taken = index_changes(engine)
        if 0 < taken < BATCH:  # all done: a writer that stays open fills 10 MB more with every few changes
            engine.rest()
            memory.give_back()
        if monotonic() - tidied > TIDY_EVERY:
            remove_done_notes(engine)
            tidied = monotonic()
        if taken < BATCH:
            stop.wait(INTERVAL)
    engine.close()
