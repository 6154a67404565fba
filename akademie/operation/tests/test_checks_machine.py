"""What the self-test says about database, worker and disk."""

import re
import sqlite3
import sys
import threading
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max

from akademie.core.contributions import Light
from akademie.core.jobs import worker_name
from akademie.operation.actions import health
from akademie.operation.checks import machine, words
from akademie.operation.models import SignOfLife

pytestmark = pytest.mark.django_db


def job(status: str, minutes: int, **more) -> None:
    row = DBTaskResult.objects.create(
        status=status, args_kwargs={"args": [], "kwargs": {}}, task_path="akademie.nothing", backend_name="default",
        **{"run_after": get_date_max(), **more},
    )  # fmt: skip
    DBTaskResult.objects.filter(pk=row.pk).update(enqueued_at=timezone.now() - timedelta(minutes=minutes))


def sign_of_life(seconds: int) -> None:
    SignOfLife.objects.update_or_create(name="x", defaults={"seen_at": timezone.now() - timedelta(seconds=seconds)})


def test_the_database_says_how_large_it_is() -> None:
    found = machine.database()
    assert found.light == Light.GREEN
    assert re.fullmatch(r"Die Datenbank antwortet\. Sie ist \d+ MB groß\.", found.sentence)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite")
@pytest.mark.parametrize(
    ("release", "light"),
    [((3, 40, 1), Light.YELLOW), ((3, 51, 2), Light.YELLOW), ((3, 51, 3), Light.GREEN), ((3, 53, 0), Light.GREEN)],
)
def test_a_release_with_the_fault_is_named(monkeypatch, release: tuple[int, ...], light: Light) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", release)
    assert machine.database_release().light == light


def test_a_migration_that_is_missing_is_red() -> None:
    assert machine.migrations().light == Light.GREEN
    MigrationRecorder.Migration.objects.filter(app="operation").order_by("-pk")[0].delete()
    found = machine.migrations()
    assert (found.light, found.sentence) == (
        Light.RED,
        "Die Datenbank ist älter als das Programm: ein Schritt fehlt. Starten Sie die Akademie neu.",
    )


def test_migrations_are_known_by_their_files_and_not_loaded(monkeypatch) -> None:
    assert machine._known_migrations() == set(MigrationLoader(None).disk_migrations)
    first = "akademie.operation.migrations.0001_initial"
    monkeypatch.delitem(sys.modules, first, raising=False)
    machine.migrations()
    assert first not in sys.modules


def test_a_database_of_a_newer_program_is_red() -> None:
    MigrationRecorder.Migration.objects.create(app="operation", name="0999_the_future")
    found = machine.migrations()
    assert (found.light, found.sentence) == (
        Light.RED,
        "Die Datenbank gehört zu einem neueren Programm. Ihre Technik muss das Programm aktualisieren.",
    )


@pytest.mark.parametrize(
    ("release", "light"), [(13, Light.YELLOW), (15, Light.YELLOW), (16, Light.GREEN), (99, Light.GREEN)]
)
def test_a_release_of_postgresql_without_updates_is_named(release: int, light: Light) -> None:
    with time_machine.travel("2027-12-01 12:00 +0100"):
        assert machine.postgresql_release(release).light == light


def test_a_worker_that_is_silent_is_red() -> None:
    assert "noch nie gemeldet" in machine.worker().sentence
    sign_of_life(50)
    assert machine.worker().light == Light.GREEN
    sign_of_life(180)
    found = machine.worker()
    assert (found.light, "seit 3 Minuten nicht gemeldet" in found.sentence) == (Light.RED, True)


def test_jobs_that_wait_or_failed() -> None:
    sign_of_life(1)
    job("READY", 5)
    job("READY", 500, run_after=timezone.now() + timedelta(hours=1))  # its time has not come
    job("RUNNING", 500)
    assert machine.worker().light == Light.GREEN
    job("FAILED", 1, finished_at=timezone.now())
    assert (machine.worker().light, "eine Aufgabe endgültig gescheitert" in machine.worker().sentence) == (
        Light.YELLOW,
        True,
    )
    job("READY", 500, run_after=timezone.now() - timedelta(minutes=20))
    assert (machine.worker().light, "seit 20 Minuten" in machine.worker().sentence) == (Light.YELLOW, True)
    job("READY", 300)
    assert (machine.worker().light, "seit 5 Stunden" in machine.worker().sentence) == (Light.RED, True)


@pytest.mark.parametrize(("free", "light"), [(6, Light.GREEN), (3, Light.YELLOW), (0.5, Light.RED)])
def test_room_on_the_disk(monkeypatch, free: float, light: Light) -> None:
    monkeypatch.setattr(machine, "free_space", lambda _folder=None: int(free * words.GIGABYTE))
    assert machine.disk().light == light


def test_the_fuller_disk_is_named(monkeypatch, settings, tmp_path) -> None:
    settings.DATA_DIR, settings.BACKUP_DIR = tmp_path / "data", tmp_path / "other" / "backups"
    free = {None: 9, settings.BACKUP_DIR: 3}
    monkeypatch.setattr(machine, "free_space", lambda folder=None: free[folder] * words.GIGABYTE)
    assert machine.disk().sentence == (
        "Auf dem Datenträger der Sicherungen sind noch 3,0 GB frei. Lassen Sie bald Platz schaffen."
    )


def test_folders_have_some_room_also_before_they_are_there(settings, tmp_path) -> None:
    settings.DATA_DIR = tmp_path / "noch" / "nicht"
    assert machine.free_space() > 0
    assert machine.free_space(tmp_path) > 0


@pytest.mark.django_db(transaction=True)
def test_the_worker_shows_that_it_lives() -> None:
    SignOfLife.objects.create(name="vergangen", seen_at=timezone.now() - timedelta(days=8))
    stop = threading.Event()
    loop = threading.Thread(target=health.show_life, args=(stop,))
    loop.start()
    for _ in range(100):
        if seen := list(SignOfLife.objects.filter(name=worker_name())):
            break
        stop.wait(0.05)
    stop.set()
    loop.join(5)
    assert timezone.now() - seen[0].seen_at < timedelta(seconds=10)
    assert list(SignOfLife.objects.values_list("name", flat=True)) == [worker_name()]


@pytest.mark.parametrize(
    ("seconds", "says"),
    [
        (1, "einer Sekunde"),
        (59, "59 Sekunden"),
        (60, "einer Minute"),
        (7100, "einer Stunde"),
        (172800, "2 Tagen"),
        (-5, "0 Sekunden"),
    ],
)
def test_durations_in_words(seconds: int, says: str) -> None:
    assert words.duration(timedelta(seconds=seconds)) == says


def test_sizes_and_numbers_in_words() -> None:
    assert [words.size(count) for count in (10, 84 * words.MEGABYTE, int(1.5 * words.GIGABYTE))] == [
        "1 MB",
        "84 MB",
        "1,5 GB",
    ]
    assert [words.number(count, "eine Mail", "Mails") for count in (1, 2, 12345)] == [
        "eine Mail",
        "2 Mails",
        "12.345 Mails",
    ]
