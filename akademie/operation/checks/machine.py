"""Database, background worker and disk."""

import shutil
import sqlite3
from datetime import date, timedelta
from importlib.util import find_spec
from pathlib import Path
from pkgutil import iter_modules

from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from akademie.core.contributions import Health
from akademie.operation.checks.words import GIGABYTE, duration, green, number, red, size, yellow
from akademie.operation.models import SignOfLife

SOUND_SQLITE = (3, 51, 3)  # since then without the WAL-reset fault
POSTGRESQL_ENDS = {  # day of the last update, by postgresql.org/support/versioning
    14: date(2026, 11, 12), 15: date(2027, 11, 11), 16: date(2028, 11, 9), 17: date(2029, 11, 8),
    18: date(2030, 11, 14),
}  # fmt: skip
SILENCE = timedelta(minutes=1)  # the worker shows itself every ten seconds
WAITS = timedelta(minutes=10)  # how long a job may wait for its turn
WAITS_TOO_LONG = timedelta(hours=1)
LITTLE, TOO_LITTLE = 5 * GIGABYTE, 1 * GIGABYTE  # free space


def database_answers() -> bool:
    """Whether the database answers at all."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return cursor.fetchone() == (1,)
    except DatabaseError:
        return False


def database() -> Health:
    """Whether the database answers, and how large it is."""
    if not database_answers():
        return red("Die Datenbank antwortet nicht. Ihre Technik muss sie wieder starten.")
    if connection.vendor == "sqlite":
        question = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
    else:
        question = "SELECT pg_database_size(current_database())"
    with connection.cursor() as cursor:
        cursor.execute(question)
        (count,) = cursor.fetchone()
    return green(f"Die Datenbank antwortet. Sie ist {size(count)} groß.")


def database_release() -> Health:
    """Whether the release of the database is free of a fault that can damage data."""
    if connection.vendor == "postgresql":
        return postgresql_release(connection.pg_version // 10000)  # type: ignore[attr-defined]
    release = sqlite3.sqlite_version
    if sqlite3.sqlite_version_info >= SOUND_SQLITE:
        return green(f"SQLite {release} verwahrt die Daten, ohne den Fehler älterer Fassungen.")
    return yellow(
        f"SQLite {release} hat einen Fehler, der in seltenen Fällen Daten beschädigt. Ihre Technik sollte SQLite "
        f"{'.'.join(map(str, SOUND_SQLITE))} oder PostgreSQL einrichten. Prüfen Sie bis dahin Ihre Sicherungen.",
    )


def postgresql_release(release: int) -> Health:
    """Whether a release of PostgreSQL still gets its security updates; one that we do not know is newer than we."""
    end = POSTGRESQL_ENDS.get(release)
    if release < min(POSTGRESQL_ENDS) or (end and end < timezone.localdate()):
        return yellow(
            f"PostgreSQL {release} bekommt keine Sicherheitsupdates mehr. Ihre Technik sollte eine neuere Fassung "
            "einrichten.",
        )
    return green(f"PostgreSQL {release} verwahrt die Daten und bekommt Sicherheitsupdates.")


def migrations() -> Health:
    """Whether the database has the shape that the programme expects."""
    known, applied = _known_migrations(), set(MigrationRecorder(connection).applied_migrations())
    if applied - known:
        return red("Die Datenbank gehört zu einem neueren Programm. Ihre Technik muss das Programm aktualisieren.")
    if missing := known - applied:
        steps = number(len(missing), "ein Schritt fehlt", "Schritte fehlen")
        return red(f"Die Datenbank ist älter als das Programm: {steps}. Starten Sie die Akademie neu.")
    return green("Datenbank und Programm passen zusammen.")


def _known_migrations() -> set[tuple[str, str]]:
    """Return app and name of each migration by its file: to load them all would cost the worker 20 MB for good."""
    found = set()
    for app in apps.get_app_configs():
        module, _is_set = MigrationLoader.migrations_module(app.label)
        folder = find_spec(module) if module else None
        files = iter_modules(folder.submodule_search_locations) if folder else ()
        found |= {(app.label, file.name) for file in files if not file.ispkg and file.name[0] not in "_~"}
    return found


def worker_silence() -> timedelta | None:
    """Return since when no background worker has shown itself; None when none ever has."""
    last = SignOfLife.objects.order_by("-seen_at").values_list("seen_at", flat=True).first()
    return timezone.now() - last if last else None


def worker() -> Health:
    """Whether the background worker lives and keeps up with its jobs."""
    silence = worker_silence()
    if silence is None or silence > SILENCE:
        since = f"seit {duration(silence)} nicht" if silence else "noch nie"
        return red(
            f"Der Hintergrunddienst hat sich {since} gemeldet: Mails bleiben liegen, die Suche findet Neues nicht. "
            "Starten Sie die Akademie neu.",
        )
    waits = _longest_wait()
    if waits > WAITS:
        light = red if waits > WAITS_TOO_LONG else yellow
        return light(
            f"Der Hintergrunddienst läuft, aber eine Aufgabe wartet seit {duration(waits)}. Prüfen Sie in einer "
            "halben Stunde noch einmal; wartet sie dann noch, starten Sie die Akademie neu.",
        )
    failed = DBTaskResult.objects.failed().filter(finished_at__gt=timezone.now() - timedelta(days=1)).count()
    if failed:
        jobs = number(failed, "ist eine Aufgabe", "Aufgaben sind")
        return yellow(
            f"Der Hintergrunddienst läuft. Seit gestern {jobs} endgültig gescheitert. Was es war, steht unter "
            "„Fehler“.",
        )
    return green("Der Hintergrunddienst läuft, keine Aufgabe wartet lange.")


def _longest_wait() -> timedelta:
    now = timezone.now()
    ready = DBTaskResult.objects.ready().order_by().values_list("enqueued_at", "run_after")
    # A job without a time of its own has one in the far future.
    begins = [max(enqueued, due) if due <= now else enqueued for enqueued, due in ready]
    return max((now - begin for begin in begins), default=timedelta())


def free_space(folder: Path | None = None) -> int:
    """Return how many bytes the data folder, or another one, can still take."""
    place = folder or settings.DATA_DIR
    while not place.exists():
        place = place.parent
    return shutil.disk_usage(place).free


def disk() -> Health:
    """Whether there is room for data, files and backups, which may lie elsewhere: speaks of the fuller disk."""
    free, where = min((free_space(), "der Akademie"), (free_space(Path(settings.BACKUP_DIR)), "der Sicherungen"))
    if free < TOO_LITTLE:
        return red(
            f"Auf dem Datenträger {where} sind nur noch {size(free)} frei. Ist er voll, geht nichts mehr: Lassen Sie "
            "sofort Platz schaffen.",
        )
    if free < LITTLE:
        return yellow(f"Auf dem Datenträger {where} sind noch {size(free)} frei. Lassen Sie bald Platz schaffen.")
    return green(f"Auf dem Datenträger {where} sind {size(free)} frei.")
