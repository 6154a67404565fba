"""Jobs in the background: tried again when they fail, taken up again after a crash, enqueued by a schedule (ADR 8).

A job is a function with `django_tasks.task`. It runs at least once; after a crash or a failure it runs again, so its
effects must be safe to repeat: it sets a state instead of adding to it, or guards the effect with `once`.
"""

import hashlib
import logging
import os
import socket
import threading
import time
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connections, transaction
from django.dispatch import receiver
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks.base import TaskResultStatus
from django_tasks.signals import task_finished, task_started
from django_tasks_db.models import DBTaskResult

from akademie.core.actions import NotPossible
from akademie.core.contributions import Schedule, about_to_end, schedules
from akademie.core.models import DoneEffect, ScheduledJob

log = logging.getLogger(__name__)
PAUSES = (30, 300, 3600, 6 * 3600)  # seconds before each new try of a job that failed
MOST_STARTS = 3  # a job that ended its worker this often is not started again
LONGEST = timedelta(hours=2)  # a job that runs longer hangs: its worker is ended, and it is tried again
TICK = 5.0  # seconds between two looks at the schedules
_running: dict[str, float] = {}  # the job of this process, with when it began


def once(key: str) -> bool:
    """Whether the effect of this name has not happened yet; notes it. Belongs into the transaction of the effect."""
    return DoneEffect.objects.get_or_create(key=key)[1]


# -- schedules --------------------------------------------------------------------------------------------------------
def enqueue_due() -> list[str]:
    """Enqueue each job whose time has come, once however many workers look; return their keys.

    The job and its next time are written in one transaction. What came due several times while no worker ran is
    enqueued once.
    """
    known = dict(ScheduledJob.objects.values_list("key", "due_at"))
    now = timezone.now()
    return [
        schedule.key
        for schedule in schedules
        if known.get(schedule.key, now) <= now and _enqueue(schedule, now)
    ]  # fmt: skip


def _enqueue(schedule: Schedule, now: datetime) -> bool:
    with transaction.atomic():
        row, _is_new = ScheduledJob.objects.select_for_update().get_or_create(
            key=schedule.key, defaults={"due_at": first_due(schedule, now)}
        )
        if row.due_at > now:
            return False
        row.due_at = next_due(schedule, now)
        row.save()
        if _is_waiting(schedule):
            return False  # the last one has not begun: a second would do the same
        schedule.job.enqueue()
    return True


def _is_waiting(schedule: Schedule) -> bool:
    unfinished = (TaskResultStatus.READY, TaskResultStatus.RUNNING)
    return DBTaskResult.objects.filter(task_path=schedule.job.module_path, status__in=unfinished).exists()


def first_due(schedule: Schedule, now: datetime) -> datetime:
    """Return when a job is due for the first time: now, or the next time that the clock shows its time."""
    return now if schedule.at is None else next_due(replace(schedule, every=timedelta(days=1)), now)


def next_due(schedule: Schedule, now: datetime) -> datetime:
    """Return when a job is due after now; with a time of day, that time on the clock on the wall, summer or winter."""
    if schedule.at is None:
        return now + schedule.every
    day = timezone.localdate(now)
    while (due := _at(day, schedule)) <= now:
        day += max(schedule.every, timedelta(days=1))
    return due


def _at(day: date, schedule: Schedule) -> datetime:
    assert schedule.at is not None
    return timezone.make_aware(datetime.combine(day, schedule.at))


# -- failures and crashes ---------------------------------------------------------------------------------------------
@receiver(task_finished)
def try_again(sender: Any, task_result: Any, **_: Any) -> None:
    """Put a job that failed back into the queue, later each time; after the last pause it stays failed."""
    _running.clear()
    in_queue = hasattr(task_result, "db_result")  # not when a backend without a queue runs jobs at once
    if task_result.status == TaskResultStatus.FAILED and in_queue:
        for job in DBTaskResult.objects.failed().filter(pk=task_result.id):
            _back_into_queue(job)


def _back_into_queue(job: DBTaskResult) -> None:
    tries = len(job.worker_ids)
    if not _has_tries_left(job):
        log.error("Job %s failed for good after %s tries: %s", job.task_path, tries, job.exception_class_path)
        return
    log.warning("Job %s failed, again in %s seconds: %s", job.task_path, PAUSES[tries - 1], job.exception_class_path)
    DBTaskResult.objects.failed().filter(pk=job.pk).update(
        status=TaskResultStatus.READY, finished_at=None, run_after=timezone.now() + timedelta(seconds=PAUSES[tries - 1])
    )


def _has_tries_left(job: DBTaskResult) -> bool:
    """Whether a new try may help: not after the last, and not when the job itself said that it is not possible."""
    if not 1 <= len(job.worker_ids) <= len(PAUSES):
        return False
    try:
        return not issubclass(import_string(job.exception_class_path), NotPossible)
    except ImportError:
        return True


def take_up_again(*, own: bool) -> None:
    """Put back into the queue what a worker left behind when it was killed.

    The queue itself has no recovery: such a job would be "running" for ever. At its start a worker takes up what those
    of its data folder did before (`own`); later, what any worker anywhere has not ended within `LONGEST`.
    """
    lost = DBTaskResult.objects.running()
    if not own:
        lost = lost.filter(started_at__lt=timezone.now() - LONGEST - timedelta(minutes=5))
    for job in lost:
        if own and not (job.worker_ids and job.worker_ids[-1].startswith(worker_name())):
            continue
        if len(job.worker_ids) >= MOST_STARTS:
            log.error("Job %s ended its worker %s times and is given up", job.task_path, len(job.worker_ids))
            job.set_failed(NotPossible("Die Aufgabe hat den Hintergrunddienst mehrmals beendet."))
        else:
            DBTaskResult.objects.running().filter(pk=job.pk).update(status=TaskResultStatus.READY)
    if own:  # killed between the failure and the way back into the queue
        for job in DBTaskResult.objects.failed():
            if _has_tries_left(job) and job.worker_ids[-1].startswith(worker_name()):
                _back_into_queue(job)


def worker_name() -> str:
    """How workers of this data folder on this machine begin their names."""
    folder = hashlib.sha256(str(settings.DATA_DIR.resolve()).encode()).hexdigest()[:8]
    return f"{socket.gethostname()[:40]}:{folder}:"


@receiver(task_started)
def note_start(sender: Any, task_result: Any, **_: Any) -> None:
    """Note what this process begins, for `end_what_hangs`."""
    _running[task_result.task.module_path] = time.monotonic()


def end_what_hangs() -> None:
    """End this process when its job runs for too long; the parent starts a new one, which tries again."""
    for path, begun in list(_running.items()):
        if time.monotonic() - begun > LONGEST.total_seconds():
            log.error("Job %s hangs; its worker is ended", path)
            about_to_end.send_robust(sender=None)
            os._exit(1)


def keep_time(stop: threading.Event) -> None:
    """Tick the schedules and look for what is lost or hangs, until told to stop."""
    while not stop.is_set():
        enqueue_due()
        take_up_again(own=False)
        end_what_hangs()
        connections.close_all()
        stop.wait(TICK)
