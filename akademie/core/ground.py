"""What a start stands on: a port, a data folder that can be written to, room on its disk.

Needs Python only and nothing of ours, because `./run` asks it before anything is installed, with the machine's Python:

    python3 akademie/core/ground.py PORT FOLDER

It ends with 2 after one German sentence when the start is not possible, and leaves nothing behind then.
"""

import contextlib
import errno
import fcntl
import os
import shutil
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

MEGABYTE = 1024 * 1024
BUILD = Path(__file__).absolute().parents[2] / ".build"  # as the settings call it: what is made once for all starts
FIRST_START = 200 * MEGABYTE  # what database, search index and first files take, with room for some weeks
DATABASE = "db.sqlite3"  # as the settings call it
OWN_MARKS = {"serve.lock", "secret_key"}  # in a data folder in which nothing has been set up yet
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
NO_WAY = {errno.EACCES, errno.EPERM, errno.EROFS}
# SQLite's own numbers. A small Python, before the set-up, may be without the module that names them.
SQLITE_READONLY, SQLITE_IOERR, SQLITE_FULL, SQLITE_CANTOPEN = 8, 10, 13, 14
MADE_BEFORE = "MADE_BY_THIS_START"  # names what ./run has already made for this start: the folder, or its key


class NotStarted(Exception):
    """The start is not possible; the message says why and what to do, in German."""


def claim_data_folder(folder: Path) -> Any:
    """Return a lock on the data folder that lives as long as one of our processes: two servers would disturb it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        claim = (folder / "serve.lock").open("a")
    except OSError as error:
        raise NotStarted(full(folder) if error.errno in NO_ROOM else closed(folder)) from error
    try:
        if not is_free(claim, folder):
            raise NotStarted(f"Die Akademie läuft schon mit dem Datenordner {folder}. Beenden Sie sie zuerst.")
    except NotStarted:
        claim.close()
        raise
    return claim


def is_free(claim: IO[str], folder: Path) -> bool:
    """Take the lock of an open file in a folder unless another process has it; `NotStarted` where there are none."""
    try:
        fcntl.flock(claim, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:  # some network drives
        raise NotStarted(
            f"Im Ordner {folder} lässt sich nichts sperren ({error.strerror}). Nehmen Sie einen Datenordner auf einem"
            " Datenträger dieses Rechners."
        ) from error
    return True


def open_port(host: str, port: int) -> socket.socket:
    """Take the port."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=1024)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            reason = f"Port {port} ist belegt. Wählen Sie einen anderen, zum Beispiel: ./run --port {port % 65535 + 1}"
        elif error.errno == errno.EACCES:
            reason = f"Port {port} ist dem System vorbehalten. Wählen Sie einen ab 1024: ./run --port 8000"
        else:
            reason = f"Auf {host}, Port {port}, lässt sich nicht hören: {error.strerror}."
        raise NotStarted(reason) from error


def expect_room(folder: Path, needed: int = FIRST_START) -> None:
    """Refuse to set up an academy where it would soon stand still; one that is there may go on with less."""
    if {path.name for path in _content(folder)} <= OWN_MARKS and shutil.disk_usage(folder).free < needed:
        raise NotStarted(f"{full(folder)} Für den ersten Start müssen {needed // MEGABYTE} MB frei sein.")


def full(folder: Path) -> str:
    """Say that the disk of a folder is full."""
    return f"Der Datenträger ist voll: {folder}. Schaffen Sie Platz und starten Sie noch einmal."


def closed(folder: Path) -> str:
    """Say that nothing can be written to a folder."""
    return f"In den Datenordner {folder} lässt sich nicht schreiben. Wählen Sie einen anderen mit --data."


def shut(folder: Path) -> str:
    """Say that nothing can be written to a folder that no option chooses."""
    return f"In den Ordner {folder} lässt sich nicht schreiben. Er muss dem Benutzer gehören, der die Akademie startet."


@contextmanager
def beginning(folder: Path) -> Iterator[Any]:
    """Claim the data folder, and undo what a first start makes in it when the start turns out not to be possible.

    Yields the claim. What was there before stays as it is, and where a database was, or is elsewhere, nothing is
    undone: it mends itself at the next start, but only with all its files. Whoever does not get the claim touches
    nothing. An error of the disk becomes `NotStarted` with a plain sentence.
    """
    topmost = Path(os.environ[MADE_BEFORE]) if MADE_BEFORE in os.environ else _topmost_missing(folder)
    is_first = not os.path.lexists(folder / DATABASE) and not os.environ.get("DATABASE_URL")
    before = set(_content(folder))
    try:
        claim = claim_data_folder(folder)
    except NotStarted:
        _remove_empty(folder, topmost)
        raise
    try:
        yield claim
    except Exception as error:
        told = refusal(error, folder)
        if told and is_first:
            for path in _content(folder):
                if path not in before:
                    _remove(path)
            if topmost:
                _remove(topmost)
        claim.close()
        if told is None:
            raise
        raise told from error


def _remove_empty(folder: Path, topmost: Path | None) -> None:
    """Take away folders that were made for nothing, never one with anything in it."""
    made = [one for one in (folder, *folder.parents) if topmost and one.is_relative_to(topmost)]
    with contextlib.suppress(OSError):
        for one in made:
            one.rmdir()


def _content(folder: Path) -> list[Path]:
    return list(folder.iterdir()) if folder.is_dir() else []


def _topmost_missing(folder: Path) -> Path | None:
    missing = [path for path in (folder, *folder.parents) if not os.path.lexists(path)]
    return missing[-1] if missing else None


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    elif path.exists():
        path.unlink()


def refusal(error: BaseException | None, folder: Path) -> NotStarted | None:
    """Return the plain sentence for an error of the disk, also where another error wraps it.

    A start writes into two folders: the data folder, and `.build` of the program. SQLite and the search index are in
    the first; an error that names a file tells which; of one that does not, the fuller disk is taken.
    """
    while error is not None:
        if isinstance(error, NotStarted):
            return error
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the rest tells more about the same
        number = error.errno if isinstance(error, OSError) else None
        if code == SQLITE_FULL or "(os error 28)" in str(error):  # the last: the search index
            return NotStarted(full(folder))
        if number in NO_ROOM:
            return NotStarted(full(_meant(error, folder) or min(folder, BUILD, key=_free)))
        if code in (SQLITE_READONLY, SQLITE_CANTOPEN):
            return NotStarted(closed(folder))
        if number in NO_WAY:
            return NotStarted(closed(folder) if (meant := _meant(error, folder) or folder) == folder else shut(meant))
        if code == SQLITE_IOERR:
            return NotStarted(f"{folder} nimmt nicht alles an, was geschrieben wird. Ist der Datenträger voll?")
        error = error.__cause__ or error.__context__
    return None


def _meant(error: BaseException, folder: Path) -> Path | None:
    """The folder that an error is about, if it names a file: one of ours, or else that of the file."""
    name = getattr(error, "filename2", None) or getattr(error, "filename", None)
    if not isinstance(name, str | bytes | os.PathLike):
        return None
    path = Path(os.fsdecode(name)).absolute()
    return next((one for one in (folder, BUILD) if path.is_relative_to(one)), path.parent)


def _free(folder: Path) -> int:
    there = next((one for one in (folder, *folder.parents) if one.exists()), folder)
    return shutil.disk_usage(there).free


def look(port: int, folder: Path) -> None:
    """Look whether a start could begin here, and leave everything as it was."""
    topmost, lock = _topmost_missing(folder), folder / "serve.lock"
    is_new = not os.path.lexists(lock)
    try:
        with claim_data_folder(folder):
            try:
                with open_port("127.0.0.1", port):
                    expect_room(folder)
            finally:
                if is_new:
                    _remove(lock)  # while it is ours
    finally:
        _remove_empty(folder, topmost)


if __name__ == "__main__":
    try:
        look(int(sys.argv[1]), Path(sys.argv[2]).absolute())
    except NotStarted as reason:
        sys.stderr.write(f"{reason}\n")
        sys.exit(2)
