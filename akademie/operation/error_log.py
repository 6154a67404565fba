"""How errors reach the office's list: a logging handler that keeps what is the same for everybody, and nothing else.

It writes in a thread and a connection of its own, because the transaction of whoever failed is rolled back, and may
hold the one lock of SQLite. The thread lives only while there is something to write. A storm of one error costs each
process one write a second. While the database does not answer, errors are counted in memory; the console, which
another handler serves, has them in full.
"""

from __future__ import annotations

import hashlib
import logging
import sys
import threading
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from traceback import walk_tb
from typing import Any

from django.conf import settings

REST = 1.0  # seconds between two writes
PATIENCE = 15.0  # seconds before the next try while the database does not answer
MOST_KINDS = 200  # kinds of errors that wait in memory; further ones are left to the console
# Requests that nobody's fault of ours explains (foreign host names, broken cookies): the web is full of them.
IGNORED = ("django.security",)


@dataclass(frozen=True)
class Seen:
    """What an error has in common with all others of its kind."""

    what: str  # class of the exception
    line: str  # our line of code
    place: str  # route of the page, or name of the job

    @property
    def fingerprint(self) -> str:
        """Return what is equal for equal errors."""
        return hashlib.sha256(f"{self.what}\n{self.line}\n{self.place}".encode()).hexdigest()


@dataclass
class Sum:
    """How often an error has been seen since the last write, and when last."""

    count: int
    last_at: datetime


class ErrorLog(logging.Handler):
    """Notes errors for the office."""

    def __init__(self, level: int = logging.ERROR) -> None:
        super().__init__(level)
        self._waiting: dict[Seen, Sum] = {}
        self._writer: threading.Thread | None = None
        self._hurry = threading.Event()
        # Not the handler's own lock, which logging holds while it flushes at the end.
        self._own = threading.Lock()

    def emit(self, record: logging.LogRecord) -> None:
        """Count an error, and see to it that it is written."""
        if record.name.startswith(IGNORED) or threading.current_thread() is self._writer:
            return
        try:
            seen, at = describe(record), datetime.fromtimestamp(record.created).astimezone()
            with self._own:
                if seen in self._waiting:
                    self._waiting[seen] = Sum(self._waiting[seen].count + 1, at)
                elif len(self._waiting) < MOST_KINDS:
                    self._waiting[seen] = Sum(1, at)
                if self._writer is None or not self._writer.is_alive():  # not alive: in the child of a fork
                    self._hurry.clear()
                    self._writer = threading.Thread(target=self._write, name="error log", daemon=True)
                    self._writer.start()
        except Exception:
            self.handleError(record)

    def flush(self) -> None:
        """Have everything written now, as far as the database answers."""
        writer = self._writer
        if writer is not None and writer.is_alive() and writer is not threading.current_thread():
            self._hurry.set()
            writer.join(2 * REST)

    def _write(self) -> None:
        # Not at the top: logging is set up before the models are there.
        from django.db import connections

        from akademie.operation.actions.errors import note_errors

        told = False
        while waiting := self._take():
            try:
                note_errors(waiting)
                pause, told = REST, False
            except Exception as error:
                if not told:
                    sys.stderr.write(f"Die Fehlerliste ist nicht erreichbar: {type(error).__name__}\n")
                pause, told = PATIENCE, True
                self._put_back(waiting)
                if self._hurry.is_set():
                    return
            finally:
                connections.close_all()
            self._hurry.wait(pause)

    def _take(self) -> dict[Seen, Sum]:
        with self._own:
            waiting, self._waiting = self._waiting, {}
            if not waiting:
                self._writer = None  # under the lock: whoever comes next starts another
            return waiting

    def _put_back(self, waiting: dict[Seen, Sum]) -> None:
        with self._own:
            for seen, later in self._waiting.items():
                before = waiting.get(seen)
                waiting[seen] = Sum(later.count + (before.count if before else 0), later.last_at)
            self._waiting = waiting


def flush_all() -> None:
    """Have the handlers of this process write what waits."""
    for receiver in logging.getLogger().handlers:
        if isinstance(receiver, ErrorLog):
            receiver.flush()


def describe(record: logging.LogRecord) -> Seen:
    """Return what may be kept of a record: no message, for it may hold what somebody typed."""
    error = record.exc_info[1] if record.exc_info else None
    if error is None:
        return Seen("", f"{_short(record.pathname)}:{record.lineno}", _place(record))
    return Seen(type(error).__qualname__[:120], _line(error) or _short(record.pathname), _place(record))


def _line(error: BaseException) -> str:
    """Return the innermost line of ours that an exception passed through, or the innermost of all."""
    steps = [(frame.f_code.co_filename, line) for frame, line in walk_tb(error.__traceback__)]
    ours = [step for step in steps if step[0].startswith(str(settings.BASE_DIR / "akademie"))]
    for path, line in reversed(ours or steps):
        return f"{_short(path)}:{line}"[-200:]
    return ""


def _short(path: str) -> str:
    """Return a path without the folders of this machine."""
    _before, installed, after = path.rpartition("/site-packages/")
    if installed:
        return after
    here = Path(path)
    return str(here.relative_to(settings.BASE_DIR)) if here.is_relative_to(settings.BASE_DIR) else here.name


def _place(record: logging.LogRecord) -> str:
    """Return the route of the page or the name of the job, else the part of the programme that speaks."""
    route = getattr(getattr(getattr(record, "request", None), "resolver_match", None), "route", None)
    if route is not None:
        return f"/{route}"[:200]
    arguments: Any = record.args
    if record.name == "django_tasks" and isinstance(arguments, tuple) and len(arguments) > 1:
        return str(arguments[1])[:200]
    return record.name[:200]
