"""The background worker: runs queued tasks, and what the areas keep doing (`background_loops`).

One worker per data folder, kept by a lock: at its start it takes up again what the one before it left, and must not
take that from one that still works. `manage.py serve` starts it, `manage.py worker` runs it alone.
"""

import fcntl
import logging
import signal
import threading
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import connections
from django.utils.crypto import get_random_string
from django.utils.timezone import now
from django_tasks_db.backend import DatabaseBackend
from django_tasks_db.compat import task_backends
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from akademie.core import jobs, limits, outbox
from akademie.core.contributions import BackgroundLoop, about_to_end, background_loops
from akademie.core.ground import NotStarted, is_free, refusal
from akademie.core.models import DoneEffect

log = logging.getLogger(__name__)
INTERVAL = 0.5  # seconds between two looks into the queue
KEPT = timedelta(days=14)  # how long results of finished tasks are kept
KEPT_EFFECTS = timedelta(days=90)  # far longer than any job is tried
TIDY_EVERY = 3600  # seconds
PATIENCE = 5.0  # seconds that the loops have for their end


def run_worker(say: Callable[[str], None] | None = None) -> None:
    """Work until SIGTERM or SIGINT; a task that is running then is finished first.

    Where another worker has the data folder: `NotStarted`, or with `say` a word and then its turn when that one ends.
    """
    folder = settings.DATA_DIR
    try:
        claim = (folder / "worker.lock").open("a")
    except OSError as error:
        raise refusal(error, folder) or error from error
    with claim:
        if not is_free(claim, folder):
            if say is None:
                raise NotStarted(
                    f"Für den Datenordner {folder} arbeitet schon ein Hintergrunddienst. Beenden Sie ihn zuerst."
                )
            say("Ein anderer Hintergrunddienst arbeitet schon für diesen Datenordner. Dieser wartet auf sein Ende.")
            fcntl.flock(claim, fcntl.LOCK_EX)
        _work()


def _work() -> None:
    stop = threading.Event()
    worker = Worker(
        queue_names=["*"],
        interval=INTERVAL,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=jobs.worker_name() + get_random_string(8),
        excluded_queue_names=[],
    )

    def end(*_: object) -> None:
        worker.running = False
        stop.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    own = (("core.jobs", jobs.keep_time), ("core.mail", outbox.keep_sending), ("core.tidy", _tidy))
    loops = [*background_loops, *(BackgroundLoop(key=key, run=run) for key, run in own)]
    threads = [threading.Thread(target=keep_running, args=(loop, stop), name=loop.key, daemon=True) for loop in loops]
    for thread in threads:
        thread.start()
    try:
        if isinstance(task_backends["default"], DatabaseBackend):
            jobs.take_up_again(own=True)
            worker.run()
        stop.wait()
    finally:
        stop.set()
        for thread in threads:
            thread.join(PATIENCE)
        about_to_end.send(sender=None)
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


def delete_what_is_due() -> None:
    """Delete what finished tasks left behind some time ago, and sessions and tallies whose time is over."""
    DBTaskResult.objects.finished().filter(finished_at__lt=now() - KEPT).delete()
    SessionStore.clear_expired()
    limits.forget_past()
    DoneEffect.objects.filter(done_at__lt=now() - KEPT_EFFECTS).delete()


def _tidy(stop: threading.Event) -> None:
    while not stop.is_set():
        delete_what_is_due()
        connections.close_all()
        stop.wait(TIDY_EVERY)
