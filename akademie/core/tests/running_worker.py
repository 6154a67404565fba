"""The real worker as a process of its own on the database of the test, and jobs for it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction
from django_tasks import task

from akademie.core.jobs import once
from akademie.core.models import Stamp


def on_both(test: Callable[..., None]) -> Callable[..., None]:
    """Mark a test as slow, but on SQLite only: PostgreSQL, where slow tests are left out, locks in another way."""
    return pytest.mark.slow(test) if connection.vendor == "sqlite" else test


def environment(folder: Path, **more: str) -> dict[str, str]:
    """Variables with which a process of ours works on the database of this test."""
    values = connection.settings_dict
    if connection.vendor == "sqlite":
        address = f"sqlite:///{values['NAME']}"
    else:
        address = f"postgres://{values['USER']}@{str(values['HOST']).replace('/', '%2F')}/{values['NAME']}"
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "akademie.settings",
        "DATABASE_URL": address,
        "DATA_DIR": str(folder),
        "SITE_URL": "http://127.0.0.1:8000",
        "DEMO": "False",
        "FOLDER_OF_JOBS": str(folder),
        **more,
    }


@contextmanager
def running_worker(folder: Path, **more: str) -> Iterator[subprocess.Popen]:
    """Run `manage.py worker`, and end it hard at the end."""
    with (folder / "worker.log").open("ab") as said:
        command = [sys.executable, "manage.py", "worker"]
        variables = environment(folder, **more)
        worker = subprocess.Popen(command, cwd=settings.BASE_DIR, env=variables, stdout=said, stderr=said)
    try:
        yield worker
    finally:
        kill(worker)


def kill(worker: subprocess.Popen) -> None:
    """End a process as `kill -9` does."""
    if worker.poll() is None:
        worker.send_signal(signal.SIGKILL)
    worker.wait()


def wait_for(look: Callable[[], object], seconds: float = 60) -> object:
    """Return what `look` finds, as soon as it finds something."""
    deadline = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)
    return found


@task()
def count_up(name: str, slowly: int) -> None:
    """Note each start in a file; take long in the first ones; have the effect once."""
    starts = Path(os.environ["FOLDER_OF_JOBS"]) / name
    with starts.open("a") as file:
        file.write("started\n")
    if len(starts.read_text().splitlines()) <= slowly:
        time.sleep(60)
    with transaction.atomic():
        if once(f"count:{name}"):
            stamp, _ = Stamp.objects.get_or_create(key=f"test:{name}", defaults={"value": "0"})
            stamp.value = str(int(stamp.value) + 1)
            stamp.save()


@task()
def fail(times: int) -> None:
    """Fail, but not for ever."""
    stamp, _ = Stamp.objects.get_or_create(key="test:failures", defaults={"value": "0"})
    stamp.value = str(int(stamp.value) + 1)
    stamp.save()
    if int(stamp.value) <= times:
        raise ConnectionError("not yet")
