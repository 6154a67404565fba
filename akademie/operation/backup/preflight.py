"""Before an update: is it safe? Everything is tried with the new program on a copy; nothing that runs is touched."""

import json
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import TimeoutExpired

from django.conf import settings
from django.core.checks import ERROR, run_checks
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from akademie.core.actions import NotPossible, load_data_sets
from akademie.core.contributions import Light, reference_data
from akademie.core.preparation import collect_static_files
from akademie.operation.backup import archive, rehearsal

SCHEMA = "akademie_preflight"
FRESH = 24 * 3600  # seconds; an older backup is too old to go back to
LEAST_SPACE = 1 << 30  # bytes


@dataclass(frozen=True)
class Finding:
    """What was found, in one sentence; red means that the update must wait."""

    light: Light
    sentence: str


def preflight() -> Iterator[Finding]:
    """Yield the findings as they come. Takes about as long as a backup and a restore together."""
    yield _space()
    yield _last_backup()
    executor = MigrationExecutor(connection)
    ahead = sorted(set(executor.loader.applied_migrations) - set(executor.loader.disk_migrations))
    if ahead:
        yield Finding(
            Light.RED,
            f"Die Datenbank gehört zu einer neueren Fassung als dieses Programm: {'.'.join(ahead[0])} ist unbekannt.",
        )
        return
    pending = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    connection.close()
    yield from _try_on_a_copy(pending)


def _space() -> Finding:
    free = shutil.disk_usage(settings.DATA_DIR).free
    if free < LEAST_SPACE:
        return Finding(
            Light.RED, f"Auf dem Datenträger ist nur noch {free >> 20} MB frei. Schaffen Sie Platz: mindestens 1 GB."
        )
    return Finding(Light.GREEN, f"Auf dem Datenträger sind {free / 1e9:.0f} GB frei.")


def _last_backup() -> Finding:
    times = [path.stat().st_mtime for path in Path(settings.BACKUP_DIR).glob("akademie-[0-9]*.zip")]
    if not times or time.time() - max(times) > FRESH:
        return Finding(
            Light.YELLOW, "Es gibt keine Sicherung aus den letzten 24 Stunden. Sichern Sie vorher: ./run manage backup"
        )
    return Finding(Light.GREEN, "Es gibt eine Sicherung aus den letzten 24 Stunden.")


def _try_on_a_copy(pending: int) -> Iterator[Finding]:
    try:
        with rehearsal.throw_away_folder(Path(settings.DATA_DIR)) as folder, _database_for(folder) as database:
            copy, manifest = archive.write(folder / "copy", files=False)
            begun = time.monotonic()
            done = rehearsal.manage(folder, database, "restore", str(copy))
            if done.returncode:
                reason = rehearsal.last_words(done)
                yield Finding(Light.RED, f"Die Änderungen an der Datenbank scheitern auf einer Kopie: {reason}")
                return
            seconds = time.monotonic() - begun
            if pending:
                steps = "Eine Änderung" if pending == 1 else f"{pending} Änderungen"
                verb = "gelang" if pending == 1 else "gelangen"
                sentence = f"{steps} an der Datenbank: {verb} auf einer Kopie mit {manifest.row_count} Zeilen"
            else:
                sentence = f"Die Datenbank bleibt, wie sie ist: {manifest.row_count} Zeilen ließen sich kopieren"
            yield Finding(Light.GREEN, f"{sentence} ({seconds:.0f} Sekunden).")
            done = rehearsal.manage(folder, database, "preflight", "--on-copy")
            if done.returncode:
                reason = rehearsal.last_words(done)
                yield Finding(Light.RED, f"Das neue Programm kommt mit der Kopie nicht zurecht: {reason}")
                return
            yield from (Finding(Light(light), sentence) for light, sentence in json.loads(done.stdout.splitlines()[-1]))
    except NotPossible as reason:
        yield Finding(Light.RED, str(reason))
    except TimeoutExpired:
        yield Finding(Light.RED, "Nach einer Stunde war der Versuch auf der Kopie nicht fertig.")


def look_at_copy() -> list[tuple[str, str]]:
    """Do on the copy what the first start does, and run the checks; return findings as pairs.

    What belongs to the program and not to the data (styles, words of the search) is then made already, so that the
    update interrupts for no longer than any start.
    """
    found = []
    try:
        collect_static_files(lambda sentence: None)
        load_data_sets(reference_data, lambda sentence: None)
        found.append((Light.GREEN.value, "Die mitgelieferten Daten ließen sich laden."))
    except NotPossible as reason:
        found.append((Light.RED.value, f"Die mitgelieferten Daten ließen sich nicht laden: {reason}"))
    errors = [message for message in run_checks(databases=["default"]) if message.level >= ERROR]
    found += [(Light.RED.value, f"{error.id}: {error.msg}") for error in errors]
    if not errors:
        found.append((Light.GREEN.value, "Die Prüfungen des Programms sind in Ordnung."))
    return found


@contextmanager
def _database_for(folder: Path) -> Iterator[str]:
    """Give the address of an empty database: a file, or a schema of its own beside ours, which needs no new right."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{folder / 'db.sqlite3'}"
        return
    with connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")
        cursor.execute(f"CREATE SCHEMA {SCHEMA}")
    connection.close()
    try:
        yield rehearsal.database_address(SCHEMA)
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")
