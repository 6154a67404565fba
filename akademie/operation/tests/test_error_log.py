"""The list of errors: what reaches it, what must never, and how little a storm costs."""

import logging
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import path
from django.utils import timezone
from django_tasks import task
from django_tasks_db.management.commands.db_worker import Worker

from akademie.core.access import public
from akademie.operation import error_log
from akademie.operation.actions import errors as actions
from akademie.operation.error_log import ErrorLog, Seen, Sum
from akademie.operation.models import ErrorEntry, ErrorState
from akademie.operation.queries import errors as queries

pytestmark = pytest.mark.django_db(transaction=True)
log = logging.getLogger("akademie.test")
SECRET = "paula@stadt.example"


@public
def broken(request, town):
    raise ValueError(f"{SECRET} typed {request.POST}")


urlpatterns = [path("kaputt/<str:town>/", broken)]
handler500 = "akademie.core.views.public.server_error"


@pytest.fixture
def errors() -> Iterator[ErrorLog]:
    """The handler, on all loggers as in the settings."""
    handler = ErrorLog()
    logging.getLogger().addHandler(handler)
    yield handler
    logging.getLogger().removeHandler(handler)
    handler.flush()


def fail(message: str = SECRET) -> None:
    try:
        raise KeyError(message)
    except KeyError:
        log.exception("Failed for %s", message)


def rows() -> list[dict]:
    return list(ErrorEntry.objects.order_by("pk").values())


def test_an_error_is_counted_with_class_line_and_place(errors: ErrorLog) -> None:
    fail("one")
    fail("another")
    errors.flush()
    (row,) = rows()
    assert (row["what"], row["place"], row["count"], row["state"]) == ("KeyError", "akademie.test", 2, "new")
    file, _colon, number = row["line"].partition(":")
    assert (file, number.isdigit()) == ("akademie/operation/tests/test_error_log.py", True)


def test_nothing_of_anybody_is_kept(errors: ErrorLog, client, settings) -> None:
    settings.ROOT_URLCONF = __name__
    client.raise_request_exception = False
    answer = client.post(f"/kaputt/{SECRET}/?q={SECRET}", {"name": SECRET}, REMOTE_ADDR="203.0.113.9")
    log.error("Nobody at %s", SECRET)
    errors.flush()
    assert answer.status_code == 500
    kept = rows()
    assert [(row["what"], row["place"]) for row in kept] == [
        ("ValueError", "/kaputt/<str:town>/"), ("", "akademie.test"),
    ]  # fmt: skip
    assert [part for part in ("paula", "203.0.113.9", "Nobody") if part in str(kept)] == []
    assert queries.place(ErrorEntry(place=kept[0]["place"])) == "auf der Seite /kaputt/…/"


def test_foreign_host_names_are_not_our_errors(errors: ErrorLog) -> None:
    logging.getLogger("django.security.DisallowedHost").error("Invalid HTTP_HOST header")
    log.warning("only a warning")
    errors.flush()
    assert rows() == []


def test_an_error_is_kept_though_its_transaction_is_rolled_back(errors: ErrorLog) -> None:
    with transaction.atomic():
        ErrorEntry.objects.create(fingerprint="x", line="x", first_seen_at=timezone.now(), last_seen_at=timezone.now())
        fail()
        transaction.set_rollback(True)
    errors.flush()
    assert [row["what"] for row in rows()] == ["KeyError"]


def test_a_storm_costs_few_writes(errors: ErrorLog, monkeypatch) -> None:
    written = []
    real = actions.note_errors
    monkeypatch.setattr(actions, "note_errors", lambda seen: (written.append(1), real(seen)))
    for _ in range(2000):
        fail()
    errors.flush()
    assert [row["count"] for row in rows()] == [2000]
    assert len(written) <= 4


def test_a_failed_job_is_in_the_list(errors: ErrorLog, settings) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    job_that_fails.enqueue(SECRET)
    worker = Worker(
        queue_names=["*"], interval=0, batch=True, backend_name="default", startup_delay=False, max_tasks=1,
        worker_id="test", excluded_queue_names=[],
    )  # fmt: skip
    worker.run()
    errors.flush()
    assert [(row["what"], row["place"]) for row in rows()] == [("RuntimeError", f"{__name__}.job_that_fails")]
    assert "paula" not in str(rows())


@task()
def job_that_fails(word: str) -> None:
    raise RuntimeError(word)


def test_while_the_database_is_gone_errors_wait_and_the_console_says_so(errors: ErrorLog, monkeypatch, capsys) -> None:
    monkeypatch.setattr(error_log, "PATIENCE", 0.1)
    gone = {"NAME": "/gibt/es/nicht.sqlite3"} if connection.vendor == "sqlite" else {"HOST": "127.0.0.1", "PORT": "1"}
    connection.close()
    with monkeypatch.context() as patch:
        for name, value in gone.items():
            patch.setitem(connection.settings_dict, name, value)
        fail()
        fail()
        time.sleep(0.5)
    fail()
    for _ in range(100):
        if rows() and rows()[0]["count"] == 3:
            break
        time.sleep(0.05)
    assert [row["count"] for row in rows()] == [3]
    assert capsys.readouterr().err.count("Die Fehlerliste ist nicht erreichbar: OperationalError") == 1


def test_at_the_end_of_a_process_what_waits_is_written_at_once(errors: ErrorLog) -> None:
    fail()
    before = time.monotonic()
    errors.acquire()  # as logging does then
    errors.flush()
    errors.release()
    assert (time.monotonic() - before < error_log.REST, [row["count"] for row in rows()]) == (True, [1])


def test_kinds_that_wait_are_limited(errors: ErrorLog, monkeypatch) -> None:
    monkeypatch.setattr(error_log, "MOST_KINDS", 3)
    with transaction.atomic():  # holds the writer off with SQLite
        for name in "abcdef":
            logging.getLogger(f"akademie.{name}").error("x")
    errors.flush()
    assert 3 <= len(rows()) <= 6


# -- the list -------------------------------------------------------------------------------------------------------
def note(name: str, days: int = 0, count: int = 1) -> ErrorEntry | None:
    seen = Seen(name, "akademie/x.py:1", "/")
    actions.note_errors({seen: Sum(count, timezone.now() - timedelta(days=days))})
    return ErrorEntry.objects.filter(fingerprint=seen.fingerprint).first()


def test_what_was_fixed_and_comes_again_is_new() -> None:
    entry = note("A")
    actions.mark(entry, ErrorState.SEEN)
    assert (note("A").state, note("A").count) == ("seen", 3)
    actions.mark(entry, ErrorState.FIXED)
    assert note("A").state == "new"


def test_the_list_stays_short(monkeypatch) -> None:
    monkeypatch.setattr(actions, "MOST_KINDS", 3)
    for days, name in enumerate("EDCBA"):
        note(name, days)
    assert [entry.what for entry in queries.errors(None)] == ["E", "D", "C"]
    monkeypatch.setattr(actions, "MOST_KINDS", 5)
    actions.mark(note("X", days=100), ErrorState.FIXED)
    note("Y")
    actions.old_errors().delete()
    assert [entry.what for entry in queries.errors(None)] == ["Y", "E", "D", "C"]


def test_one_more_of_a_known_kind_is_one_query() -> None:
    note("A")
    with CaptureQueriesContext(connection) as captured:
        actions.note_errors({Seen("A", "akademie/x.py:1", "/"): Sum(5, timezone.now())})
    assert len(captured) == 1


@pytest.mark.parametrize(
    ("what", "says"),
    [
        ("OperationalError", "Die Datenbank antwortete nicht oder war zu lange beschäftigt"),
        ("SMTPServerDisconnected", "Der Mailserver machte Schwierigkeiten"),
        ("ValueError", "Das Programm stieß auf einen Fehler"),
        ("", "Das Programm meldet ein Hindernis"),
    ],
)
def test_errors_have_a_meaning(what: str, says: str) -> None:
    assert queries.meaning(ErrorEntry(what=what)) == says


def test_where_in_words() -> None:
    places = [
        "/bibliothek/<slug:slug>/",
        r"/^b/(?P<slug>[-\w]+)\.(?P<ending>bib|ris|csl\.json)$",
        "akademie.core.jobs",
        "",
    ]
    assert [queries.place(ErrorEntry(place=place)) for place in places] == [
        "auf der Seite /bibliothek/…/",
        "auf der Seite /b/….…",
        "im Programmteil akademie.core.jobs",
        "an einer Stelle, die wir nicht kennen",
    ]
