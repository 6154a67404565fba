import threading
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils.timezone import now
from django_tasks_db.models import DBTaskResult, get_date_max

from akademie.core import worker
from akademie.core.contributions import BackgroundLoop
from akademie.core.models import Tally


def task(status: str, worker_ids: list[str], **values) -> DBTaskResult:
    return DBTaskResult.objects.create(
        status=status,
        worker_ids=worker_ids,
        args_kwargs={"args": [], "kwargs": {}},
        task_path="akademie.nothing",
        backend_name="default",
        run_after=get_date_max(),
        **values,
    )


@pytest.mark.django_db
def test_results_of_finished_tasks_are_kept_for_a_while():
    task("SUCCESSFUL", [], finished_at=now() - worker.KEPT - timedelta(hours=1))
    recent = task("FAILED", [], finished_at=now() - worker.KEPT + timedelta(hours=1))
    waiting = task("READY", [])
    worker.delete_what_is_due()
    assert set(DBTaskResult.objects.values_list("pk", flat=True)) == {recent.pk, waiting.pk}


@pytest.mark.django_db
def test_sessions_and_tallies_end():
    for minutes in (-1, 1):
        ends_at = now() + timedelta(minutes=minutes)
        Session.objects.create(session_key=f"s{minutes}", session_data="", expire_date=ends_at)
        Tally.objects.create(key=f"t{minutes}", ends_at=ends_at)
    worker.delete_what_is_due()
    assert [each.pk for each in (*Session.objects.all(), *Tally.objects.all())] == ["s1", "t1"]


def test_a_loop_that_fails_is_run_again(caplog):
    stop = threading.Event()
    runs = []

    def run(event: threading.Event) -> None:
        runs.append(event)
        if len(runs) == 1:
            raise RuntimeError("once")
        stop.set()

    worker.keep_running(BackgroundLoop(key="test.loop", run=run), stop)
    assert runs == [stop, stop]
    assert [record.getMessage() for record in caplog.records] == ["test.loop failed, again in 1 seconds"]
