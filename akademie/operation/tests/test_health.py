"""The self-test as a whole: checks that fail or hang, results that are kept, what machines are told."""

import socket
import subprocess
import sys
import threading
import time
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from akademie.core.contributions import Health, HealthCheck, Light, health_checks
from akademie.core.tests.running_worker import environment
from akademie.operation.actions import health
from akademie.operation.models import HealthResult, SignOfLife
from akademie.operation.queries import health as queries

GREEN = Health(Light.GREEN, "Gut.")


def check(key: str, look) -> HealthCheck:
    return HealthCheck(key=key, title=key, look=look)


@pytest.mark.django_db(transaction=True)
def test_a_check_that_fails_or_hangs_does_not_hold_up_the_others(caplog) -> None:
    hold = threading.Event()
    begun = []

    def hang() -> Health:
        begun.append(1)
        hold.wait(20)
        return GREEN

    def fail() -> Health:
        raise ValueError("what somebody typed")

    checks = [check("a", hang), check("b", fail), check("c", lambda: GREEN)]
    before = time.monotonic()
    health.look(checks, seconds=0.5)
    health.look(checks, seconds=0.5)
    assert (time.monotonic() - before < 5, begun) == (True, [1])  # what hangs is not begun a second time
    results = {result.key: (result.light, result.sentence[:47]) for result in HealthResult.objects.all()}
    assert results == {
        "a": ("red", "Diese Prüfung hat in 0 Sekunden nicht geantwort"),
        "b": ("red", "Diese Prüfung ist selbst gescheitert (ValueErro"),
        "c": ("green", "Gut."),
    }
    hold.set()
    for _ in range(100):
        health.look(checks[:1], seconds=0.5)
        if HealthResult.objects.get(key="a").light == "green":
            break
    assert HealthResult.objects.get(key="a").sentence == "Gut."


@pytest.mark.django_db
def test_since_when_it_is_so(time_machine) -> None:
    start = timezone.now()
    for minutes, light in enumerate((Light.GREEN, Light.RED, Light.RED, Light.GREEN)):
        time_machine.move_to(start + timedelta(minutes=minutes), tick=False)
        health.note("x", Health(light, f"{minutes}"))
        if minutes == 2:
            result = HealthResult.objects.get()
            assert (result.since, result.looked_at) == (start + timedelta(minutes=1), start + timedelta(minutes=2))
    result = HealthResult.objects.get()
    assert (result.since, result.sentence) == (start + timedelta(minutes=3), "3")


@pytest.mark.django_db(transaction=True)
def test_the_schedule_looks_at_what_is_due_and_forgets_what_is_gone() -> None:
    now = timezone.now()
    for key in ("gone", "operation.disk", "operation.configuration"):
        HealthResult.objects.create(
            key=key, light="grey", sentence="Alt.", looked_at=now - timedelta(minutes=6), since=now
        )
    health.look_at_what_is_due.call()
    results = dict(HealthResult.objects.values_list("key", "sentence"))
    assert results.keys() == {each.key for each in health_checks}
    assert (results["operation.configuration"], results["operation.disk"] == "Alt.") == ("Alt.", False)


@pytest.mark.django_db
def test_the_report_begins_with_the_worst_and_doubts_what_is_old() -> None:
    now = timezone.now()
    for each in health_checks:
        HealthResult.objects.create(key=each.key, light="green", sentence="Gut.", looked_at=now, since=now)
    SignOfLife.objects.create(name="x", seen_at=now)
    assert (queries.report().heading, queries.report().worst) == ("Alles läuft", Light.GREEN)
    HealthResult.objects.filter(key="operation.disk").update(light="yellow")
    assert queries.report().heading == "Ein Punkt braucht Sie bald"
    HealthResult.objects.filter(key="operation.spf").update(light="red")
    HealthResult.objects.filter(key="operation.dkim").update(light="red")
    HealthResult.objects.filter(key="operation.database").update(looked_at=now - timedelta(hours=3))
    HealthResult.objects.filter(key="search.index").delete()
    report = queries.report()
    assert (report.heading, report.worst) == ("2 Punkte brauchen Sie jetzt", Light.RED)
    lights = [line.light for line in report.lines]
    assert lights == sorted(lights, key=["red", "yellow", "grey", "green"].index)
    assert {line.title for line in report.lines if line.light == Light.GREY} == {"Datenbank", "Suche"}


@pytest.mark.django_db
def test_a_worker_that_has_gone_is_seen_though_its_last_result_was_green() -> None:
    now = timezone.now()
    HealthResult.objects.create(key="operation.worker", light="green", sentence="Gut.", looked_at=now, since=now)
    SignOfLife.objects.create(name="x", seen_at=now - timedelta(minutes=4))
    line = next(line for line in queries.report().lines if line.title == "Hintergrunddienst")
    assert (line.light, "seit 4 Minuten" in line.sentence) == (Light.RED, True)


@pytest.mark.django_db
def test_the_report_costs_the_same_for_many_results(queries) -> None:
    from akademie.operation.queries.health import report

    now = timezone.now()
    one = queries(report)
    for each in health_checks:
        HealthResult.objects.get_or_create(
            key=each.key, defaults={"light": "green", "sentence": "Gut.", "looked_at": now, "since": now}
        )
    assert queries(report) == one


# -- machines -------------------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_machines_are_told_200_or_503_with_reasons(client, settings, monkeypatch, caplog) -> None:
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    answer = client.get("/gesundheit/")
    assert (answer.status_code, answer.json()) == (
        503, {"ok": False, "reasons": ["Der Hintergrunddienst meldet sich nicht."]},
    )  # fmt: skip
    assert caplog.records == []  # or each look would add to the list of errors
    SignOfLife.objects.create(name="x", seen_at=timezone.now())
    answer = client.get("/gesundheit/")
    assert (answer.status_code, answer.json()) == (200, {"ok": True, "reasons": []})
    assert "no-store" in answer["Cache-Control"]
    monkeypatch.setattr(queries.machine, "free_space", lambda: 1000)
    assert client.get("/gesundheit/").json()["reasons"] == ["Der Datenträger ist voll."]


@pytest.mark.django_db(transaction=True)
def test_machines_are_told_when_the_database_is_gone(client, monkeypatch) -> None:
    gone = {"NAME": "/gibt/es/nicht.sqlite3"} if connection.vendor == "sqlite" else {"HOST": "127.0.0.1", "PORT": "1"}
    connection.close()
    with monkeypatch.context() as patch:
        for name, value in gone.items():
            patch.setitem(connection.settings_dict, name, value)
        answer = client.get("/gesundheit/")
        connection.close()
    assert (answer.status_code, answer.json()) == (503, {"ok": False, "reasons": ["Die Datenbank antwortet nicht."]})


@pytest.mark.django_db
def test_machines_are_answered_without_a_redirect_to_https(client, settings) -> None:
    settings.SECURE_SSL_REDIRECT = True
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    assert (client.get("/gesundheit/").status_code, client.get("/").status_code) == (503, 301)


@pytest.mark.slow
def test_machines_are_told_within_seconds_when_postgresql_says_nothing(tmp_path) -> None:
    """A server that takes the connection and stays silent, as behind a broken firewall."""
    script = (
        "import django; django.setup(); import time; from django.test import Client; from akademie import settings; "
        "before = time.monotonic(); answer = Client(HTTP_HOST='localhost').get('/gesundheit/'); "
        "print(settings.DATABASES['default']['OPTIONS'], answer.status_code, time.monotonic() - before < 12)"
    )
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"postgres://a:b@127.0.0.1:{silent.getsockname()[1]}/c"
        said = [
            subprocess.run(
                [sys.executable, "-c", script], cwd=settings.BASE_DIR, capture_output=True, text=True, check=False,
                env=environment(tmp_path, DATABASE_URL=address + given),
            ).stdout.strip()
            for given in ("", "?connect_timeout=2")
        ]  # fmt: skip
    assert said == ["{'connect_timeout': 5} 503 True", "{'connect_timeout': 2} 503 True"]
