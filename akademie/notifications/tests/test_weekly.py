"""The weekly mail comes once a week, with a few lines, to those who have something to read."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from akademie.accounts.models import User
from akademie.core import outbox
from akademie.core.contributions import schedules
from akademie.core.jobs import next_due
from akademie.core.models import OutgoingMail
from akademie.notifications.actions import weekly
from akademie.notifications.actions.choices import choose
from akademie.notifications.models import Delivery, Notice, SilentAddress
from akademie.notifications.tests.factories import make_notices

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY, TUESDAY = datetime(2027, 3, 29, 12, tzinfo=BERLIN), datetime(2027, 3, 30, 7, 0, 3, tzinfo=BERLIN)  # summer time


@pytest.fixture(autouse=True)
def kept(settings):
    settings.EMAIL_BACKEND = "akademie.core.outbox.OutboxBackend"
    settings.SITE_URL = "https://akademie.example"


def run(at: datetime) -> None:
    with time_machine.travel(at, tick=False):
        weekly.send_weekly.func()


def texts() -> list[str]:
    return [outbox.text_of(mail).replace("\r\n", "\n") for mail in OutgoingMail.objects.order_by("pk")]


@pytest.mark.parametrize(("now", "tuesday"), [
    ("2027-03-30T06:59:59", "2027-03-23"), ("2027-03-30T07:00:00", "2027-03-30"), ("2027-03-31T00:00:00", "2027-03-30"),
    ("2027-04-05T23:59:59", "2027-03-30"), ("2027-10-26T07:00:00", "2027-10-26"), ("2027-11-02T06:59:59", "2027-10-26"),
])  # fmt: skip
def test_the_week_begins_on_tuesday_at_seven_on_the_wall(now, tuesday):
    assert str(weekly.week_of(datetime.fromisoformat(now).replace(tzinfo=BERLIN))) == tuesday


def test_it_is_due_every_morning_at_seven_so_that_a_missed_tuesday_is_made_up_for():
    schedule = schedules.get("notifications.weekly")
    assert schedule is not None
    due = next_due(schedule, MONDAY)
    assert due.astimezone(BERLIN).isoformat() == "2027-03-30T07:00:00+02:00"
    assert next_due(schedule, due) - due == timedelta(days=1)


@pytest.mark.django_db
def test_a_short_one_reads_like_this(participant):
    make_notices(participant, "Perleberg hat geantwortet", "Neues Praxisbeispiel", at=MONDAY)
    run(TUESDAY)
    mail = OutgoingMail.objects.get()
    assert (mail.address, mail.subject) == ("paula@stadt.example", "Ihre Woche: 2 Neuigkeiten")
    (text,) = texts()
    assert text.split("\nDiese Art Mail")[0] == (
        "Guten Tag Paula,\n\ndas ist neu für Sie auf Kleinstadtakademie:\n\n"
        "1. Neues Praxisbeispiel\nhttps://akademie.example/austausch/7/#1\n\n"
        "2. Perleberg hat geantwortet\nhttps://akademie.example/austausch/7/#0\n"
    )


@pytest.mark.django_db
def test_of_eleven_the_seven_most_important_are_shown_and_the_rest_counted(participant):
    make_notices(participant, *(f"unwichtig {n}" for n in range(5)), at=MONDAY, order=90)
    make_notices(participant, *(f"wichtig {n}" for n in range(6)), at=MONDAY - timedelta(days=3), order=10)
    run(TUESDAY)
    (text,) = texts()
    lines = [line[3:] for line in text.splitlines() if line[1:3] == ". "]
    assert lines == [*(f"wichtig {n}" for n in range(5, -1, -1)), "unwichtig 4"]
    assert "Und 4 weitere in Mein Bereich:\nhttps://akademie.example/mein-bereich/\n" in text
    assert OutgoingMail.objects.get().subject == "Ihre Woche: 11 Neuigkeiten"


@pytest.mark.django_db
def test_nobody_gets_an_empty_one_or_one_they_did_not_want(participant, editor, lead):
    quiet, gone = (User.objects.create_user(f"{name}@stadt.example") for name in ("still", "weg"))
    for user in (editor, lead, gone):
        make_notices(user, "Neues", at=MONDAY)
    choose(editor, {weekly.KIND: Delivery.NEVER})
    User.objects.filter(pk=lead.pk).update(is_active=False)
    SilentAddress.objects.create(email=gone.email, last_at=MONDAY, marked_at=MONDAY)
    run(TUESDAY)
    assert OutgoingMail.objects.count() == 0
    assert Notice.objects.filter(mailed_for=None).count() == 3
    SilentAddress.objects.all().delete()
    run(TUESDAY + timedelta(days=1))
    assert [mail.address for mail in OutgoingMail.objects.all()] == [gone.email]
    assert (quiet.email, participant.email) not in OutgoingMail.objects.values_list("address")


@pytest.mark.django_db
def test_it_comes_once_a_week_however_often_the_job_runs(participant):
    make_notices(participant, "Neues", at=MONDAY)
    for hours in (0, 0, 24, 48, 120):
        run(TUESDAY + timedelta(hours=hours))
        make_notices(participant, f"Später {hours}", at=TUESDAY + timedelta(hours=hours))
    assert len(texts()) == 1
    run(TUESDAY + timedelta(days=7))
    assert len(texts()) == 2
    assert OutgoingMail.objects.order_by("pk").last().subject == "Ihre Woche: 5 Neuigkeiten"


@pytest.mark.django_db
def test_when_no_worker_was_there_on_tuesday_it_comes_later_that_week(participant):
    make_notices(participant, "Neues", at=MONDAY)
    make_notices(participant, "Vom Mittwoch", at=TUESDAY + timedelta(days=1))
    run(TUESDAY + timedelta(days=3))
    (text,) = texts()
    assert ("1. Neues" in text, "Vom Mittwoch" in text) == (True, False)


@pytest.mark.django_db
def test_what_is_a_month_old_is_no_news(participant):
    make_notices(participant, "Uralt", at=MONDAY - timedelta(days=29))
    run(TUESDAY)
    assert texts() == []


@pytest.mark.django_db
def test_a_crash_in_the_middle_leaves_all_or_nothing(participant, monkeypatch):
    make_notices(participant, "Neues", at=MONDAY)
    with monkeypatch.context() as patch:
        patch.setattr(outbox.OutgoingMail.objects, "bulk_create", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            run(TUESDAY)
    assert Notice.objects.get().mailed_for is None
    run(TUESDAY)
    assert len(texts()) == 1


@pytest.mark.django_db
def test_many_readers_cost_the_queries_of_a_few(participant, editor, lead):
    costs = []
    for week, people in enumerate(((participant,), (participant, editor, lead))):
        tuesday = TUESDAY + timedelta(days=7 * week)
        for user in people:
            make_notices(user, "Neues", "Noch etwas", at=tuesday - timedelta(days=1))
        with time_machine.travel(tuesday, tick=False), CaptureQueriesContext(connection) as captured:
            weekly.send_weekly.func()
        costs.append(len(captured))
    assert costs[0] == costs[1]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_four_workers_at_once_write_to_everybody_once(monkeypatch):
    monkeypatch.setattr(weekly, "AT_ONCE", 7)
    everybody = [User.objects.create_user(f"person{number}@stadt.example") for number in range(40)]
    for user in everybody:
        make_notices(user, "Neues", "Noch etwas", at=MONDAY)

    def work(_: int) -> None:
        try:
            weekly.send_weekly.func()
        finally:
            connections.close_all()

    with time_machine.travel(TUESDAY, tick=True), ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    addresses = OutgoingMail.objects.values_list("address", flat=True)
    assert sorted(addresses) == sorted(user.email for user in everybody)
    assert Notice.objects.filter(mailed_for=None).count() == 0
