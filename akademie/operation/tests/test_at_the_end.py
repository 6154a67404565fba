"""A process of ours that ends writes first what it holds in memory: visits and errors, of web server and worker."""

import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from akademie.core.tests.running_worker import environment, fail, wait_for
from akademie.operation.models import ErrorEntry, PageCount, VisitDay
from akademie.operation.tests.test_visits import FIREFOX

# As `manage.py serve` starts them: in children that end without what Python does at its end.
SERVER = """
import django
from django.conf import settings
settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"  # none collected
django.setup()
import logging, os, socket, sys
from django.core.wsgi import get_wsgi_application
from akademie.core.serve import WebServer, fork
listener = socket.create_server(("127.0.0.1", 0))
pages = get_wsgi_application()
def application(environ, start_response):
    logging.getLogger("akademie.test").error("an error in each request")
    return pages(environ, start_response)
pid = fork(lambda: WebServer(application, listener, 2, 2).run())
print(pid, listener.getsockname()[1], flush=True)
os.waitpid(pid, 0)
"""
WORKER = """
import django
django.setup()
import os
from akademie.core.serve import fork
from akademie.core.worker import run_worker
pid = fork(run_worker)
print(pid, flush=True)
os.waitpid(pid, 0)
"""
TIMES = 30
pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@contextmanager
def family(code: str, folder: Path) -> Iterator[tuple[subprocess.Popen, list[int]]]:
    """Run a parent with a child; give it and the numbers that it says."""
    parent = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, cwd=settings.BASE_DIR, env=environment(folder)
    )
    try:
        yield parent, [int(word) for word in parent.stdout.readline().split()]
    finally:
        parent.kill()  # its child ends with it
        parent.wait()
        parent.stdout.close()


def test_the_end_of_the_web_server_loses_no_visit_and_no_error(tmp_path: Path) -> None:
    with family(SERVER, tmp_path) as (parent, (child, port)):
        headers = {"User-Agent": FIREFOX["HTTP_USER_AGENT"], "Accept-Language": "de"}
        for _ in range(TIMES):
            request = urllib.request.Request(f"http://127.0.0.1:{port}/anmelden/", headers=headers)
            with urllib.request.urlopen(request, timeout=20) as answer:
                assert answer.status == 200
        assert PageCount.objects.count() == 0, "no request writes"
        assert sum(ErrorEntry.objects.values_list("count", flat=True)) < TIMES, "some wait"
        os.kill(child, signal.SIGTERM)
        parent.wait(15)
    assert dict(PageCount.objects.values_list("path", "views")) == {"/anmelden/": TIMES}
    assert VisitDay.objects.get().visitors == 1
    assert list(ErrorEntry.objects.values_list("place", "count")) == [("akademie.test", TIMES)]


def test_the_end_of_the_worker_loses_no_error(tmp_path: Path, settings) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    with transaction.atomic():
        for _ in range(5):
            fail.enqueue(99)
    with family(WORKER, tmp_path) as (parent, (child,)):
        jobs = DBTaskResult.objects.filter(task_path=fail.module_path)
        wait_for(lambda: not jobs.filter(worker_ids=[]).exists() and not jobs.running().exists())
        os.kill(child, signal.SIGTERM)
        parent.wait(15)
    assert list(ErrorEntry.objects.values_list("place", "count")) == [(fail.module_path, 5)]
