"""Jobs are tried again, taken up again after a kill, and enqueued once when they are due."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connections, transaction
from django.utils import timezone
from django_tasks import task_backends
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from akademie.core import jobs
from akademie.core.actions import NotPossible
from akademie.core.contributions import ContributionPoint, Schedule, about_to_end
from akademie.core.models import DoneEffect, ScheduledJob, Stamp
from akademie.core.tests.running_worker import count_up, environment, fail, kill, on_both, running_worker, wait_for

DATABASE_QUEUE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def queue(settings):
    settings.TASKS = DATABASE_QUEUE
    assert type(task_backends["default"]).__name__ == "DatabaseBackend"


@pytest.fixture
def planned(monkeypatch, queue):
    """The schedules are these alone."""
    point = ContributionPoint("schedules", Schedule)
    monkeypatch.setattr(jobs, "schedules", point)
    return point


def work() -> None:
    """Do what is due; the worker's own loop would close the connection that holds the test's transaction."""
    worker = Worker(
        queue_names=["*"], interval=0, batch=True, backend_name="default", startup_delay=False, max_tasks=None,
        worker_id=f"{jobs.worker_name()}test", excluded_queue_names=[],
    )  # fmt: skip
    for job in DBTaskResult.objects.ready():
        job.claim(worker.worker_id)
        worker.run_task(job)


# -- failures ---------------------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_a_job_that_fails_is_tried_again_later_each_time(queue):
    with time_machine.travel(datetime(2027, 1, 4, 12, tzinfo=UTC), tick=False) as clock:
        fail.enqueue(2)
        waits = []
        for _ in range(10):
            work()
            job = DBTaskResult.objects.get()
            if job.status != TaskResultStatus.READY:
                break
            waits.append((job.run_after - timezone.now()).total_seconds())
            clock.move_to(job.run_after)
    assert waits == [30, 300]
    assert (job.status, len(job.worker_ids)) == (TaskResultStatus.SUCCESSFUL, 3)


@pytest.mark.django_db
def test_after_the_last_pause_it_stays_failed(queue, caplog):
    with time_machine.travel(datetime(2027, 1, 4, 12, tzinfo=UTC), tick=False) as clock:
        fail.enqueue(99)
        for _ in range(10):
            work()
            clock.shift(timedelta(hours=7))
    job = DBTaskResult.objects.get()
    assert (job.status, len(job.worker_ids)) == (TaskResultStatus.FAILED, len(jobs.PAUSES) + 1)
    assert "failed for good after 5 tries" in caplog.text


@pytest.mark.django_db
def test_what_is_not_possible_is_not_tried_again(queue):
    fail.enqueue("not a number")  # fails with TypeError: tried again
    work()
    assert DBTaskResult.objects.get().status == TaskResultStatus.READY
    job = DBTaskResult.objects.get()
    job.worker_ids, job.exception_class_path = ["x"], f"{NotPossible.__module__}.{NotPossible.__qualname__}"
    assert jobs._has_tries_left(job) is False


@pytest.mark.django_db
def test_a_job_that_is_run_at_once_just_fails():
    assert fail.enqueue(1).status == TaskResultStatus.FAILED
    assert DBTaskResult.objects.count() == 0


@pytest.mark.django_db
def test_an_effect_happens_once():
    assert [jobs.once("mail:1"), jobs.once("mail:1"), jobs.once("mail:2")] == [True, False, True]


@pytest.mark.django_db
def test_an_effect_that_did_not_happen_is_not_noted():
    with transaction.atomic():
        assert jobs.once("mail:1") is True
        transaction.set_rollback(True)
    assert DoneEffect.objects.count() == 0


# -- crashes ----------------------------------------------------------------------------------------------------------
def left_behind(status: str, worker_ids: list[str], **values) -> DBTaskResult:
    job = DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {}}, task_path="akademie.core.tests.running_worker.count_up",
        backend_name="default", run_after=timezone.now(), worker_ids=worker_ids, status=status,
    )  # fmt: skip
    DBTaskResult.objects.filter(pk=job.pk).update(**values)
    return job


@pytest.mark.django_db
def test_what_a_killed_worker_left_behind_is_put_back_into_the_queue():
    ours, others = f"{jobs.worker_name()}abc", "another-machine:12345678:abc"
    an_age_ago = timezone.now() - jobs.LONGEST - timedelta(minutes=6)
    left = left_behind("RUNNING", [ours], started_at=timezone.now())
    elsewhere = left_behind("RUNNING", [others], started_at=timezone.now())
    lost = left_behind("RUNNING", [others], started_at=an_age_ago)
    deadly = left_behind("RUNNING", [ours] * jobs.MOST_STARTS, started_at=timezone.now())
    failing = left_behind("FAILED", [ours], exception_class_path="builtins.OSError")
    done = left_behind("SUCCESSFUL", [ours])

    def states() -> list[str]:
        found = dict(DBTaskResult.objects.values_list("pk", "status"))
        return [found[job.pk] for job in (left, elsewhere, lost, deadly, failing, done)]

    jobs.take_up_again(own=True)
    assert states() == ["READY", "RUNNING", "RUNNING", "FAILED", "READY", "SUCCESSFUL"]
    jobs.take_up_again(own=False)
    assert states() == ["READY", "RUNNING", "READY", "FAILED", "READY", "SUCCESSFUL"]


@on_both
@pytest.mark.django_db(transaction=True)
def test_a_job_survives_its_worker_twice_and_has_its_effect_once(queue, tmp_path):
    count_up.enqueue("one", slowly=2)
    count_up.enqueue("two", slowly=0)
    starts = tmp_path / "one"
    for number in (1, 2):
        with running_worker(tmp_path) as worker:
            wait_for(lambda: starts.exists() and len(starts.read_text().splitlines()) == number)  # noqa: B023
            kill(worker)
        running = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING, task_path__endswith=".count_up")
        assert running.count() == 1
    with running_worker(tmp_path):
        wait_for(lambda: counted() == 2)
    assert dict(Stamp.objects.filter(key__startswith="test:").values_list("key", "value")) == {
        "test:one": "1",
        "test:two": "1",
    }
    assert len(starts.read_text().splitlines()) == 3


def test_a_job_that_hangs_ends_its_worker_which_writes_its_errors_first(monkeypatch):
    happened = []
    monkeypatch.setattr(jobs.os, "_exit", happened.append)
    monkeypatch.setattr(jobs, "_running", {"akademie.hangs": -jobs.LONGEST.total_seconds()})

    def listen(**_):
        happened.append("told")

    about_to_end.connect(listen)
    try:
        jobs.end_what_hangs()
    finally:
        about_to_end.disconnect(listen)
    assert happened == ["told", 1]


def counted() -> int:
    """How many jobs that count are done; the schedules enqueue others."""
    return DBTaskResult.objects.successful().filter(task_path__endswith=".count_up").count()


# -- schedules --------------------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_a_schedule_enqueues_once_per_due_time_and_once_after_a_pause(planned):
    planned.add(Schedule(key="test.often", job=fail, every=timedelta(minutes=10)))
    heard = []
    with time_machine.travel(datetime(2027, 1, 4, 12, tzinfo=UTC), tick=False) as clock:
        for minutes in (0, 1, 9, 1, 60, 1):  # at 12:00, :01, :10, :11, 13:11, 13:12
            clock.shift(timedelta(minutes=minutes))
            heard.append(jobs.enqueue_due())
            DBTaskResult.objects.update(status=TaskResultStatus.SUCCESSFUL)
    assert heard == [["test.often"], [], ["test.often"], [], ["test.often"], []]


@pytest.mark.django_db
def test_a_job_that_still_waits_is_not_enqueued_a_second_time(planned):
    planned.add(Schedule(key="test.often", job=fail, every=timedelta(minutes=10)))
    with time_machine.travel(datetime(2027, 1, 4, 12, tzinfo=UTC), tick=False) as clock:
        jobs.enqueue_due()
        clock.shift(timedelta(minutes=11))
        assert jobs.enqueue_due() == []
        assert DBTaskResult.objects.count() == 1


@pytest.mark.parametrize(
    ("now", "every", "due"),
    [
        (datetime(2027, 1, 4, 1, tzinfo=BERLIN), 1, datetime(2027, 1, 4, 2, 30, tzinfo=BERLIN)),
        (datetime(2027, 1, 4, 3, tzinfo=BERLIN), 1, datetime(2027, 1, 5, 2, 30, tzinfo=BERLIN)),
        (datetime(2027, 1, 4, 3, tzinfo=BERLIN), 7, datetime(2027, 1, 11, 2, 30, tzinfo=BERLIN)),
        # The clocks go forward on 28 March 2027 at two, back on 31 October at three.
        (datetime(2027, 3, 28, 4, tzinfo=BERLIN), 1, datetime(2027, 3, 29, 2, 30, tzinfo=BERLIN)),
        (datetime(2027, 10, 30, 4, tzinfo=BERLIN), 1, datetime(2027, 10, 31, 2, 30, tzinfo=BERLIN)),
        (datetime(2027, 10, 31, 4, tzinfo=BERLIN), 1, datetime(2027, 11, 1, 2, 30, tzinfo=BERLIN)),
    ],
)
def test_a_daily_job_keeps_to_the_clock_on_the_wall(now, every, due):
    schedule = Schedule(key="test.daily", job=fail, every=timedelta(days=every), at=time(2, 30))
    assert jobs.next_due(schedule, now) == due


@pytest.mark.django_db
def test_a_daily_job_is_first_due_at_its_time(planned):
    planned.add(Schedule(key="test.daily", job=fail, every=timedelta(days=1), at=time(2, 30)))
    with time_machine.travel(datetime(2027, 1, 4, 12, tzinfo=BERLIN), tick=False):
        assert jobs.enqueue_due() == []
    assert ScheduledJob.objects.get().due_at == datetime(2027, 1, 5, 2, 30, tzinfo=BERLIN)


@on_both
@pytest.mark.django_db(transaction=True)
def test_a_second_worker_of_a_data_folder_is_refused_and_takes_nothing_from_the_first(queue, tmp_path):
    count_up.enqueue("one", slowly=1)
    with running_worker(tmp_path):
        wait_for((tmp_path / "one").exists)
        with running_worker(tmp_path) as second:
            assert second.wait(60) == 2
        assert "arbeitet schon ein Hintergrunddienst" in (tmp_path / "worker.log").read_text()
        assert DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING).count() == 1
    assert (tmp_path / "one").read_text() == "started\n"


@on_both
@pytest.mark.django_db(transaction=True)
def test_workers_of_two_data_folders_on_one_database_share_the_work(queue, tmp_path):
    folders = tmp_path / "a", tmp_path / "b"
    for folder in folders:
        folder.mkdir()
    for number in range(12):
        count_up.enqueue(str(number), slowly=0)
    noted = {"FOLDER_OF_JOBS": str(tmp_path)}
    with running_worker(folders[0], **noted), running_worker(folders[1], **noted):
        wait_for(lambda: counted() == 12)
    assert [(tmp_path / str(number)).read_text() for number in range(12)] == ["started\n"] * 12
    assert set(Stamp.objects.filter(key__startswith="test:").values_list("value", flat=True)) == {"1"}


@on_both
@pytest.mark.django_db(transaction=True)
def test_the_worker_of_the_server_waits_quietly_for_one_beside_it(queue, tmp_path):
    """As `manage.py worker` beside `serve`: one word, no restarts, and its turn when the other one ends."""
    waiting = "from akademie.core.worker import run_worker; run_worker(lambda word: print(word, flush=True))"
    with running_worker(tmp_path) as first:
        count_up.enqueue("one", slowly=0)
        wait_for(lambda: counted() == 1)
        second = subprocess.Popen(
            [sys.executable, "-c", f"import django; django.setup(); {waiting}"],
            env=environment(tmp_path),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        try:
            word = second.stdout.readline()
            kill(first)
            count_up.enqueue("two", slowly=0)
            wait_for(lambda: counted() == 2)
        finally:
            kill(second)
            second.stdout.close()
    assert word == (
        "Ein anderer Hintergrunddienst arbeitet schon für diesen Datenordner. Dieser wartet auf sein Ende.\n"
    )


@on_both
@pytest.mark.django_db(transaction=True)
def test_four_workers_at_once_enqueue_once(planned):
    planned.add(Schedule(key="test.often", job=fail, every=timedelta(minutes=10)))

    def look(_: int) -> list[str]:
        try:
            return jobs.enqueue_due()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(look, range(4))) == [[], [], [], ["test.often"]]
    assert DBTaskResult.objects.count() == 1
