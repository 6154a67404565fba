"""Backups as the office sees them."""

import os
import re
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import ModelLogEntry

from akademie.core.contributions import Light, health_checks
from akademie.operation.actions import backups
from akademie.operation.models import Backup, BackupReason, BackupState

pytestmark = pytest.mark.django_db
PAGE = "/geschaeftsstelle/betrieb/sicherungen/"
DATABASE_QUEUE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    """The folder of the backups."""
    settings.BACKUP_DIR = tmp_path / "backups"
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.BACKUP_DIR.mkdir()
    return settings.BACKUP_DIR


def made(folder: Path, *, hours: int = 1, **fields: Any) -> Backup:
    """A backup with its file."""
    when = timezone.now() - timedelta(hours=hours)
    name = f"akademie-{when:%Y-%m-%d-%H%M%S}.zip"
    (folder / name).write_bytes(b"alles")
    fields = {"verified_at": when, "seconds": 2.4, "size": 5, "row_count": 1, "file_count": 1, **fields}
    return Backup.objects.create(state=BackupState.DONE, reason=BackupReason.NIGHTLY, name=name, made_at=when, **fields)


def failed(problem: str, *, hours: int = 1) -> Backup:
    """A try that went wrong."""
    when = timezone.now() - timedelta(hours=hours)
    return Backup.objects.create(state=BackupState.FAILED, reason=BackupReason.NIGHTLY, made_at=when, problem=problem)


def text(client: Client) -> str:
    """Return the words of the page."""
    return " ".join(re.sub(r"<[^>]+>", " ", client.get(PAGE).content.decode()).split())


def test_an_empty_list_says_how_to_begin(client, editor):
    client.force_login(editor)
    said = text(client)
    assert "Noch keine Sicherung Die erste entsteht in der nächsten Nacht, oder jetzt gleich" in said
    assert "Wiederherstellung proben" not in said


def test_the_list_tells_good_from_bad(client, lead, folder):
    made(folder, hours=30, notes="Dateien genannt, aber nicht vorhanden: images/a.jpg.")
    made(folder, drilled_at=timezone.now(), drill_seconds=11.0, drill_problem="")
    failed("Der Datenträger ist voll: /mnt.", hours=3)
    client.force_login(lead)
    said = text(client)
    assert "1 Zeile, 1 Datei" in said
    assert "Dateien genannt, aber nicht vorhanden: images/a.jpg." in said
    assert "Nicht gelungen: Der Datenträger ist voll: /mnt." in said
    assert f"gelungen am {timezone.localdate():%d.%m.%Y}, in 11 s" in said
    assert said.count("Herunterladen : Sicherung vom") == 2


def test_three_backups_cost_as_many_queries_as_one(client, lead, folder, queries):
    client.force_login(lead)
    made(folder)
    one = queries(lambda: client.get(PAGE))
    made(folder, hours=30)
    made(folder, hours=60)
    assert queries(lambda: client.get(PAGE)) == one


def test_make_backup_asks_the_worker_once(client, editor, settings):
    settings.TASKS = DATABASE_QUEUE
    client.force_login(editor)
    answers = [client.post(f"{PAGE}jetzt/", follow=True).content.decode() for _ in range(2)]
    assert ["Die Sicherung beginnt" in answer for answer in answers] == [True, False]
    assert ["Eine Sicherung ist schon unterwegs" in answer for answer in answers] == [False, True]
    assert [backup.state for backup in Backup.objects.all()] == ["open"]
    assert [job.task_path for job in DBTaskResult.objects.all()] == ["akademie.operation.actions.backups.make_backup"]
    assert "Sicherung ist unterwegs" in text(client)
    assert "Jetzt sichern" not in re.sub(r"„[^“]*“", "", text(client))


def test_make_drill_asks_the_worker_once_and_only_for_something(client, editor, settings, folder):
    settings.TASKS = DATABASE_QUEUE
    client.force_login(editor)
    client.post(f"{PAGE}probe/")
    assert DBTaskResult.objects.count() == 0
    made(folder)
    for _ in range(2):
        client.post(f"{PAGE}probe/")
    assert [job.task_path for job in DBTaskResult.objects.all()] == ["akademie.operation.actions.backups.drill_newest"]


def test_only_the_leitung_downloads(client, editor, lead, participant, folder):
    backup = made(folder)
    address = f"{PAGE}{backup.pk}/datei/"
    for person in (participant, editor):
        client.force_login(person)
        assert client.post(address).status_code == 404
    assert "Herunterladen kann sie nur die Leitung" in text_of(client, editor)
    client.force_login(lead)
    assert client.get(address).status_code == 405
    answer = client.post(address)
    assert b"".join(answer.streaming_content) == b"alles"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Content-Disposition"] == f'attachment; filename="{backup.name}"'
    entry = ModelLogEntry.objects.get()
    assert (entry.action, entry.user, entry.object_id) == ("operation.download", lead, str(backup.pk))
    backup.path.unlink()
    assert "Die Datei dieser Sicherung ist nicht mehr da." in client.post(address, follow=True).content.decode()
    assert "Die Datei fehlt." in text(client)


def text_of(client: Client, person: Any) -> str:
    """Return the words of the page as this person sees it."""
    client.force_login(person)
    return text(client)


@pytest.mark.django_db(transaction=True)
def test_the_job_makes_a_backup_and_may_run_again(folder):
    backups.make_nightly_backup.func()
    backup = Backup.objects.get()
    assert (backup.state, backup.reason, backup.problem, backup.notes) == ("done", "nightly", "", "")
    assert backup.path.stat().st_size == backup.size
    assert backup.row_count > 100
    backups.make_backup.func(backup.pk)  # as after a crash between the last write and the end of the job
    assert [path.name for path in folder.glob("*.zip")] == [backup.name]


@pytest.mark.django_db(transaction=True)
def test_a_failed_backup_is_told_and_the_next_night_tries_again(settings, folder, tmp_path):
    (tmp_path / "datei").touch()
    settings.BACKUP_DIR = tmp_path / "datei" / "hier"
    backups.make_nightly_backup.func()
    assert [(b.state, b.problem) for b in Backup.objects.all()] == [
        ("failed", f"In den Ordner {settings.BACKUP_DIR} lässt sich nicht schreiben (Not a directory).")
    ]
    assert look("operation.backup")[0] == Light.RED
    settings.BACKUP_DIR = folder
    backups.make_nightly_backup.func()
    assert [b.state for b in Backup.objects.order_by("pk")] == ["failed", "done"]
    assert look("operation.backup")[0] == Light.GREEN


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_full_disk_is_a_red_light_that_says_so(folder, settings, tmp_path, monkeypatch):
    """The disk is full for the process of the backup after one megabyte, as by a quota."""
    (settings.MEDIA_ROOT).mkdir()
    (settings.MEDIA_ROOT / "film.mp4").write_bytes(os.urandom(3 << 20))
    settings.DATA_DIR = tmp_path
    limited = tmp_path / "limited"
    limited.write_text(f'#!/bin/sh\nulimit -f 2048\nexec "{sys.executable}" "$@"\n')
    limited.chmod(0o755)
    with monkeypatch.context() as patch:
        patch.setattr(sys, "executable", str(limited))
        backups.make_nightly_backup.func()
    assert look("operation.backup") == (
        Light.RED,
        f"Die letzte Sicherung ist nicht gelungen: Der Datenträger ist voll: {folder}. Schaffen Sie Platz oder wählen "
        "Sie einen anderen Ordner. Sichern Sie jetzt: Betrieb, Sicherungen. Gelingt das nicht, fragen Sie Ihre "
        "Technik.",
    )
    assert [path.name for path in folder.iterdir()] == [".lock"]


def test_a_backup_whose_worker_died_for_good_holds_nobody_up(settings):
    settings.TASKS = DATABASE_QUEUE
    lost = timezone.now() - timedelta(hours=4)
    Backup.objects.create(state=BackupState.OPEN, reason=BackupReason.NIGHTLY, made_at=lost)
    assert backups.request_backup() is True
    assert [(b.state, b.problem) for b in Backup.objects.order_by("pk")] == [
        ("failed", "Die Sicherung wurde abgebrochen."),
        ("open", ""),
    ]


def test_take_stock_follows_the_folder(folder):
    made(folder).path.unlink()
    (folder / "akademie-2026-01-01-000000.zip").write_bytes(b"keine Sicherung")
    (folder / "Urlaub.zip").write_bytes(b"")
    backups.take_stock()
    assert Backup.objects.count() == 0


def look(key: str) -> tuple[Light, str]:
    """Return what a check of the self-test finds."""
    check = health_checks.get(key)
    assert check
    health = check.look()
    return health.light, health.sentence


@pytest.mark.parametrize(
    ("hours", "light"), [(1, Light.GREEN), (35, Light.GREEN), (40, Light.YELLOW), (200, Light.RED)]
)
def test_the_light_follows_the_age_of_the_newest_backup(folder, hours, light):
    made(folder, hours=hours)
    assert look("operation.backup")[0] == light


def test_the_light_follows_failures_notes_and_missing_files(folder):
    assert look("operation.backup")[0] == Light.YELLOW
    backup = made(folder, notes="Dateien nicht lesbar und deshalb nicht enthalten: x.")
    assert look("operation.backup") == (
        Light.YELLOW,
        "Die letzte Sicherung ist unvollständig. Dateien nicht lesbar und deshalb nicht enthalten: x. "
        "Legen Sie diese Dateien neu ab, oder lassen Sie Ihre Technik nachsehen.",
    )
    failed("Der Datenträger ist voll: /mnt.", hours=0)
    assert look("operation.backup") == (
        Light.RED,
        "Die letzte Sicherung ist nicht gelungen: Der Datenträger ist voll: /mnt. "
        "Sichern Sie jetzt: Betrieb, Sicherungen. Gelingt das nicht, fragen Sie Ihre Technik.",
    )
    Backup.objects.update(verified_at=timezone.now())  # one that was begun before and has gone well since
    assert look("operation.backup")[0] == Light.YELLOW
    Backup.objects.filter(state=BackupState.FAILED).delete()
    backup.path.write_bytes(b"all")
    assert look("operation.backup")[1].startswith("Die Datei der letzten Sicherung ist beschädigt, vom ")
    backup.path.unlink()
    assert look("operation.backup")[1].startswith("Es gibt noch keine Sicherung.")


def test_the_light_of_the_drill(folder):
    assert look("operation.drill")[0] == Light.GREY
    backup = made(folder, drilled_at=timezone.now(), drill_problem="")
    assert look("operation.drill")[0] == Light.GREEN
    Backup.objects.update(drilled_at=timezone.now() - timedelta(days=16))
    assert look("operation.drill")[0] == Light.YELLOW
    Backup.objects.update(drilled_at=timezone.now(), drill_problem="Der Vergleich stimmt nicht.")
    assert look("operation.drill")[0] == Light.RED
    assert backup.path.exists()
