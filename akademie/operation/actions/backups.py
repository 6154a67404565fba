"""Backups: asked for, made, tried out, thinned out, restored."""

import logging
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from akademie.core.actions import NotPossible
from akademie.operation.backup import archive, rehearsal, retention
from akademie.operation.backup.archive import Manifest
from akademie.operation.backup.restore import restore as restore_file
from akademie.operation.models import Backup, BackupReason, BackupState
from akademie.operation.queries.backups import newest_backup

log = logging.getLogger(__name__)
DRILL_EVERY, DRILL_AFTER = timedelta(days=6, hours=12), timedelta(hours=1)
LOST_AFTER = timedelta(hours=3)  # a backup that is still open then was given up with its job
PATTERN = f"{archive.NAMES['backup']}-[0-9]*.zip"


def request_backup() -> bool:
    """Have a backup made in the background; return False when one is under way already."""
    with transaction.atomic():
        backup, is_new = _open(BackupReason.BY_HAND)
        if is_new:
            make_backup.enqueue(backup.pk)
    return is_new


def _open(reason: BackupReason) -> tuple[Backup, bool]:
    now = timezone.now()
    lost = Backup.objects.filter(state=BackupState.OPEN, made_at__lt=now - LOST_AFTER)
    lost.update(state=BackupState.FAILED, problem="Die Sicherung wurde abgebrochen.")
    return Backup.objects.get_or_create(state=BackupState.OPEN, defaults={"reason": reason, "made_at": now})


@task()
def make_backup(pk: int) -> None:
    """Make the backup that was asked for. May run again after a crash: what is done is not done twice."""
    backup = Backup.objects.filter(pk=pk).exclude(state=BackupState.DONE).first()
    if backup is None:
        return
    try:
        _save(backup, state=BackupState.OPEN, begun_at=timezone.now(), problem="")
    except IntegrityError:
        return  # this one failed and another is under way
    begun = time.monotonic()
    try:
        path, manifest = rehearsal.write_backup(Path(settings.BACKUP_DIR))
    except Exception as error:
        problem = str(error) if isinstance(error, NotPossible) else f"Unerwarteter Fehler: {type(error).__name__}."
        _save(backup, state=BackupState.FAILED, problem=problem[:500])
        if isinstance(error, NotPossible):
            log.warning("No backup: %s", error)
            return
        raise
    _save(backup, **_facts(path, manifest), seconds=time.monotonic() - begun, verified_at=timezone.now())
    remove_old()


def _save(backup: Backup, **fields: object) -> None:
    for name, value in fields.items():
        setattr(backup, name, value)
    with transaction.atomic():
        backup.save(update_fields=list(fields))


def _facts(path: Path, manifest: Manifest) -> dict[str, object]:
    return {
        "state": BackupState.DONE,
        "name": path.name,
        "made_at": datetime.fromisoformat(manifest.created_at),
        "size": path.stat().st_size,
        "row_count": manifest.row_count,
        "file_count": len(manifest.files),
        "notes": "\n".join(manifest.notes()),
    }


@task()
def make_nightly_backup() -> None:
    """Make a backup unless one is under way."""
    take_stock()
    backup, _is_new = _open(BackupReason.NIGHTLY)
    make_backup.func(backup.pk)


@task()
def drill_when_due() -> None:
    """Drill once a week, in the night after a backup: not while a new academy is just starting."""
    now = timezone.now()
    newest = newest_backup()
    if newest is None or now - newest.made_at < DRILL_AFTER:
        return
    if not Backup.objects.filter(drilled_at__gt=now - DRILL_EVERY).exists():
        drill_newest.func()


@task()
def drill_newest() -> None:
    """Restore the newest backup into a folder that is thrown away, and note how that went."""
    if backup := newest_backup():
        done = rehearsal.drill(backup.path)
        _save(backup, drilled_at=timezone.now(), drill_seconds=done.seconds, drill_problem=done.problem)


def request_drill() -> bool:
    """Have the newest backup tried out in the background; return False when there is none or one is waiting already."""
    with transaction.atomic():
        if newest_backup() is None:
            return False
        unfinished = (TaskResultStatus.READY, TaskResultStatus.RUNNING)
        jobs = DBTaskResult.objects.filter(task_path=drill_newest.module_path, status__in=unfinished)
        if jobs.exists():
            return False
        drill_newest.enqueue()
    return True


def take_stock() -> None:
    """Bring the list in step with the folder: files without a row are listed, rows without a file go."""
    present = {path.name: path for path in Path(settings.BACKUP_DIR).glob(PATTERN)}
    Backup.objects.filter(state=BackupState.DONE).exclude(name__in=present).delete()
    for name in sorted(present.keys() - set(Backup.objects.values_list("name", flat=True))):
        with suppress(NotPossible), archive.opened(present[name]) as (_, manifest):
            Backup.objects.create(reason=BackupReason.FOUND, **_facts(present[name], manifest))


def remove_old() -> None:
    """Delete the backups that need not be kept any more, and what is noted about them and about old failures."""
    times = {timezone.localtime(backup.made_at): backup for backup in Backup.objects.done()}
    for moment in times.keys() - retention.to_keep(times):
        times[moment].path.unlink(missing_ok=True)
        times[moment].delete()
    old = timezone.now() - timedelta(days=30)
    Backup.objects.filter(state=BackupState.FAILED, made_at__lt=old).delete()


def write_by_hand(folder: Path | None, *, kind: str, listed: bool = True) -> tuple[Path, Manifest]:
    """Write a backup or an export at once; a backup in the usual folder is listed."""
    begun = time.monotonic()
    target = (folder or Path(settings.BACKUP_DIR)).resolve()
    path, manifest = archive.write(target, kind=kind)
    if listed and kind == "backup" and target == Path(settings.BACKUP_DIR).resolve():
        facts = _facts(path, manifest) | {"seconds": time.monotonic() - begun, "verified_at": timezone.now()}
        with suppress(DatabaseError):  # the file is good even where this table is not there yet
            Backup.objects.create(reason=BackupReason.BY_HAND, **facts)
    return path, manifest


def restore(path: Path, *, kind: str, replace: bool, say: Callable[[str], None]) -> None:
    """Restore a backup or take over an export; NotPossible, and nothing changed, when that cannot be done."""
    begun = time.monotonic()
    manifest = restore_file(path, kind=kind, replace=replace, say=say)
    take_stock()
    day = timezone.localtime(datetime.fromisoformat(manifest.created_at))
    for note in manifest.notes():
        say(f"Achtung: {note}")
    say(
        f"Wiederhergestellt ist der Stand vom {day:%d.%m.%Y, %H:%M} Uhr: {manifest.summary}, "
        f"alle verglichen, in {time.monotonic() - begun:.0f} Sekunden."
    )
