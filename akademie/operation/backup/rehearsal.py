"""Work in a process of its own: nothing that goes wrong there touches the academy that runs, and its memory is given
back at the end. Restores are tried on a copy, backups are made of what is there."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

from django.conf import settings
from django.db import connection

from akademie.core.actions import NotPossible
from akademie.operation.backup import archive
from akademie.operation.backup.archive import Manifest

PLACE = ".drill"  # in the folder of the backups, which has room for one
LONGEST = 3600  # seconds


@dataclass(frozen=True)
class Drill:
    """How a trial restore went: an empty problem is a good one."""

    problem: str
    seconds: float


@contextmanager
def throw_away_folder(parent: Path) -> Iterator[Path]:
    """Give an empty folder that only we may read, gone afterwards; also what one that was killed has left."""
    folder = parent / PLACE
    shutil.rmtree(folder, ignore_errors=True)
    try:
        folder.mkdir(parents=True, mode=0o700)
    except OSError as error:
        raise NotPossible(f"In den Ordner {parent} lässt sich nicht schreiben ({error.strerror}).") from error
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def manage(folder: Path, database: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command of manage.py with this data folder and this database instead of ours."""
    hidden = ("DATABASE_URL_FILE", "SECRET_KEY_FILE")
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    environment |= {
        "DJANGO_SETTINGS_MODULE": "akademie.settings",
        "DATA_DIR": str(folder),
        "BACKUP_DIR": str(folder / "backups"),
        "DATABASE_URL": database,
        "SECRET_KEY": settings.SECRET_KEY,
    }
    return subprocess.run(
        [sys.executable, str(settings.BASE_DIR / "manage.py"), *arguments],
        cwd=settings.BASE_DIR,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=LONGEST,
    )


def drill(path: Path) -> Drill:
    """Restore a backup into a folder that is thrown away; the restore itself compares every row and every file."""
    begun = time.monotonic()
    try:
        with throw_away_folder(path.parent) as folder:
            done = manage(folder, f"sqlite:///{folder / 'db.sqlite3'}", "restore", str(path))
        problem = "" if done.returncode == 0 else last_words(done)
    except NotPossible as reason:
        problem = str(reason)
    except subprocess.TimeoutExpired:
        problem = "Nach einer Stunde war sie nicht fertig."
    return Drill(problem[:500], time.monotonic() - begun)


def write_backup(folder: Path) -> tuple[Path, Manifest]:
    """Write a backup as `archive.write` does; the worker would keep 50 MB that it needs once a day."""
    done = manage(Path(settings.DATA_DIR), database_address(), "backup", "--to", str(folder), "--unlisted")
    if done.returncode == 2:
        raise NotPossible(last_words(done))
    if done.returncode:
        raise RuntimeError(last_words(done))
    path = Path(done.stdout.splitlines()[0])
    with archive.opened(path) as (_, manifest):
        return path, manifest


def last_words(done: subprocess.CompletedProcess[str]) -> str:
    """Return the last line of what a command complained about."""
    lines = [line.strip() for line in done.stderr.splitlines() if line.strip()]
    return lines[-1] if lines else f"Der Befehl endete mit {done.returncode}."


def database_address(schema: str = "") -> str:
    """Return the address of our database; in PostgreSQL, one that leads to this schema."""
    known = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{known['NAME']}"
    secret = f":{quote(known['PASSWORD'], safe='')}" if known["PASSWORD"] else ""
    person = quote(known["USER"] or "", safe="") + secret
    host = quote(known["HOST"] or "", safe="") + (f":{known['PORT']}" if known["PORT"] else "")
    options = {key: value for key, value in known["OPTIONS"].items() if isinstance(value, str | int)}
    if schema:
        options["options"] = f"{options.get('options', '')} -c search_path={schema}".strip()
    question = f"?{urlencode(options, quote_via=quote)}" if options else ""
    return f"postgres://{person}@{host}/{quote(str(known['NAME']), safe='')}{question}"
