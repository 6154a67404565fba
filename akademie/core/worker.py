"""The background worker: runs queued tasks, and what the areas keep doing (`background_loops`).

One worker per data folder; `manage.py serve` starts it, `manage.py worker` runs it alone.
"""

import hashlib
import logging
import signal
import socket
import threading
from datetime import timedelta

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import connections
from django.utils.crypto import get_random_string
from django.utils.timezone import now
from django_tasks_db.backend import DatabaseBackend
from django_tasks_db.compat import TaskResultStatus, task_backends
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from akademie.core import limits
from akademie.core.contributions import BackgroundLoop, background_loops

log = logging.getLogger(__name__)
INTERVAL = 0.5  # seconds between two looks into the queue
MOST_STARTS = 3  # a task that ended its worker this often is not started again
KEPT = timedelta(days=14)  # how long results of finished tasks are kept
TIDY_EVERY = 3600  # seconds
PATIENCE = 5.0  # seconds that the loops have for their end


def run_worker() -> None:
    """Work until SIGTERM or SIGINT; a task that is running then is finished first."""
    stop = threading.Event()
    worker = Worker(
        queue_names=["*"],
        interval=INTERVAL,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=_name() + get_random_string(8),
        excluded_queue_names=[],
    )

    def end(*_: object) -> None:
        worker.running = False
        stop.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    loops = [*background_loops, BackgroundLoop(key="core.tidy", run=_tidy)]
    threads = [threading.Thread(target=keep_running, args=(loop, stop), name=loop.key, daemon=True) for loop in loops]
    for thread in threads:
        thread.start()
    try:
        if isinstance(task_backends["default"], DatabaseBackend):
            take_up_again()
            worker.run()
        stop.wait()
    finally:
        stop.set()
        for thread in threads:
            thread.join(PATIENCE)
        connections.close_all()


def keep_running(loop: BackgroundLoop, stop: threading.Event) -> None:
    """Run a loop; when it fails, log it and begin again, later each time."""
    pause = 1
    while not stop.is_set():
        try:
            loop.run(stop)
            return
        except Exception:
            log.exception("%s failed, again in %s seconds", loop.key, pause)
        finally:
            connections.close_all()
        stop.wait(pause)
        pause = min(60, pause * 2)


def take_up_again() -> None:
    """Put back into the queue what a worker of this data folder was doing when it was killed.

    The queue itself has no recovery: such a task would be "running" for ever. Our tasks may therefore run twice.
    """
    for task in DBTaskResult.objects.running():
        if not task.worker_ids or not task.worker_ids[-1].startswith(_name()):
            continue
        if len(task.worker_ids) >= MOST_STARTS:
            log.error("Task %s ended its worker %s times and is given up", task.task_path, MOST_STARTS)
            task.set_failed(RuntimeError("ended its worker"))
        else:
            DBTaskResult.objects.filter(pk=task.pk, status=TaskResultStatus.RUNNING).update(
                status=TaskResultStatus.READY
            )


def _name() -> str:
    """How workers of this data folder on this machine begin their names."""
    folder = hashlib.sha256(str(settings.DATA_DIR.resolve()).encode()).hexdigest()[:8]
    return f"{socket.gethostname()[:40]}:{folder}:"


def delete_what_is_due() -> None:
    """Delete what finished tasks left behind some time ago, and sessions and tallies whose time is over."""
    DBTaskResult.objects.finished().filter(finished_at__lt=now() - KEPT).delete()
    SessionStore.clear_expired()
    limits.forget_past()


def _tidy(stop: threading.Event) -> None:
    while not stop.is_set():
        delete_what_is_due()
        connections.close_all()
        stop.wait(TIDY_EVERY)
