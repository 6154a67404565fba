"""The office answers barriers: the clock, the mail, reminders, what is kept how long."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from wagtail.models import ModelLogEntry

from akademie.accessibility import actions, queries
from akademie.accessibility.models import ADDRESS_DAYS, KEPT_DAYS, BarrierReport
from akademie.accounts.models import Role, User
from akademie.cms.models import AcademySettings
from akademie.core.contributions import retention_rules
from akademie.editing.actions import name_substitute
from akademie.privacy.actions.retention import run_rule

pytestmark = pytest.mark.django_db
LIST = "/geschaeftsstelle/barrieren/"
TEXT = "Die Karte lässt sich nicht mit der Tastatur bedienen."
ANSWER = "Die Karte geht jetzt auch mit den Pfeiltasten. Danke für den Hinweis."
NOW = "2027-03-01 12:00 +0100"


def make(days: int = 0, **fields: object) -> BarrierReport:
    given = {"text": TEXT, "page": "http://127.0.0.1:8000/praxis/karte/?land=Hessen"}
    return BarrierReport.objects.create(**given | {"created_at": timezone.now() - timedelta(days=days)} | fields)


@pytest.fixture
def send(client, editor, django_capture_on_commit_callbacks):
    """A function that sends a form as Redaktion."""
    client.force_login(editor)

    def post(report: BarrierReport, step: str = "", **fields: str):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(f"{LIST}{report.pk}/{step}", fields)

    return post


def test_the_answer_goes_to_who_reported_with_the_body_that_decides(send, mailoutbox, editor):
    academy = AcademySettings.load()
    academy.enforcement_body = "Landesstelle, Markt 1"
    academy.save()
    report = make(email="paula@stadt.example")
    assert send(report, answer=ANSWER, fixed_on="2026-01-05").status_code == 302
    report.refresh_from_db()
    assert (report.answer, report.answered_by, str(report.fixed_on)) == (ANSWER, editor, "2026-01-05")
    (mail,) = mailoutbox
    assert mail.to == ["paula@stadt.example"]
    for words in (ANSWER, "Landesstelle, Markt 1", "seit dem 5. Januar 2026 behoben", report.page):
        assert words in mail.body
    entry = ModelLogEntry.objects.get(action="accessibility.answer")
    assert (entry.user, entry.label) == (editor, str(report))


def test_without_an_address_it_is_noted_what_was_done(send, client, mailoutbox):
    report = make()
    page = client.get(f"{LIST}{report.pk}/").text
    assert "Was haben Sie getan?" in page
    assert 'href="http://127.0.0.1:8000/praxis/karte/?land=Hessen"' in page
    send(report, answer=ANSWER)
    assert mailoutbox == []
    assert [one.pk for one in queries.reports("beheben")] == [report.pk]


def test_a_page_of_others_is_no_link(client, editor):
    client.force_login(editor)
    page = client.get(f"{LIST}{make(page='javascript:alert(1)').pk}/").text
    assert ("javascript:alert(1)" in page, 'href="javascript' in page) == (True, False)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"answer": ""}, "answer"), ({"answer": "Ja."}, "answer"), ({"answer": "x" * 4001}, "answer"),
        ({"answer": ANSWER, "fixed_on": "morgen"}, "fixed_on"),
        ({"answer": ANSWER, "fixed_on": "2999-01-01"}, "fixed_on"),
    ],
)  # fmt: skip
def test_bad_input_is_no_answer(send, fields, field):
    report = make()
    answer = send(report, **fields)
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, [field])
    assert answer.context["form"]["answer"].value() == fields["answer"]
    report.refresh_from_db()
    assert report.answered_at is None


def test_who_comes_second_is_told_and_keeps_the_text(send, client, lead, mailoutbox):
    report = make(email="paula@stadt.example")
    send(report, answer=ANSWER)
    assert send(report, answer=ANSWER).status_code == 302
    client.force_login(lead)
    page = send(report, answer="Das schauen wir uns nächste Woche an.").text
    assert "Rita hat schon geantwortet." in page
    assert "Das schauen wir uns nächste Woche an." in page
    assert len(mailoutbox) == 1


def test_a_barrier_is_noted_as_mended_once_it_is_answered(send):
    report = make()
    assert "Bitte antworten Sie zuerst." in str(send(report, "behoben/", fixed_on="2026-01-05").context["fixed"].errors)
    send(report, answer=ANSWER)
    assert list(send(report, "behoben/", fixed_on="2999-01-05").context["fixed"].errors) == ["fixed_on"]
    assert send(report, "behoben/", fixed_on="2026-01-05").status_code == 302
    assert queries.counts() == {"offen": 0, "beheben": 0, "behoben": 1}


def test_an_address_can_be_forgotten(send, client):
    report = make(email="paula@stadt.example")
    path = f"{LIST}{report.pk}/absender-loeschen/"
    assert client.get(path).status_code == 405
    assert send(report, "absender-loeschen/")["Location"] == f"{LIST}{report.pk}/"
    report.refresh_from_db()
    assert (report.email, report.text) == ("", TEXT)


@time_machine.travel(NOW, tick=False)
def test_the_list_has_the_clock_and_what_is_late_first(client, editor):
    client.force_login(editor)
    fresh, late, today = make(1), make(30), make(28)
    page = client.get(LIST).text
    at = [page.index(f">{one.number}<") for one in (late, today, fresh)]
    assert at == sorted(at)
    assert (page.count("überfällig"), page.count(">heute<"), "(noch 27 Tage)" in page) == (1, 1, True)


def test_many_reports_cost_as_many_queries_as_one(client, editor, queries):
    client.force_login(editor)
    make()
    one = queries(lambda: client.get(LIST))
    for _ in range(3):
        make(owner=editor)
    assert queries(lambda: client.get(LIST)) == one


def test_it_waits_on_the_desk_of_who_sees_to_it(send, editor, lead, django_assert_num_queries):
    report = make(3)
    send(report, "zustaendig/", owner=str(editor.pk))
    assert list(send(report, "zustaendig/", owner="99999").context["owner"].errors) == ["owner"]
    with django_assert_num_queries(3):
        (task,) = queries.waiting_reports(lead)
    said = f"{report} beantworten: http://127.0.0.1:8000/praxis/karte/?land=Hessen"
    assert (task.text, task.until, task.owner, task.since) == (said, report.due_on, editor.pk, report.created_at)


def test_the_office_is_reminded_a_week_before_and_at_the_end_once_each(
    mailoutbox, editor, lead, django_capture_on_commit_callbacks
):
    with time_machine.travel(NOW, tick=False):
        report, done = make(owner=editor), make()
        actions.answer(done, by=lead, answer=ANSWER)
    sent = []
    for days in range(32):
        with time_machine.travel(NOW, tick=False) as clock:
            clock.shift(timedelta(days=days))
            for _ in range(2):
                with django_capture_on_commit_callbacks(execute=True):
                    actions.remind_of_barriers.func()
        sent.append(len(mailoutbox))
    assert [day for day in range(1, 32) if sent[day] > sent[day - 1]] == [21, 28]
    assert [mail.to for mail in mailoutbox] == [[editor.email]] * 2
    assert mailoutbox[1].subject == f"Heute ist der letzte Tag: {report} beantworten"


def test_who_stands_in_is_reminded_and_all_where_nobody_sees_to_it(
    mailoutbox, editor, lead, django_capture_on_commit_callbacks
):
    today = timezone.localdate()
    make(40, owner=editor)
    name_substitute(person=editor, substitute=lead, from_day=today, until_day=today, by=lead)
    make(40)
    academy = AcademySettings.load()
    academy.accessibility_email = "barriere@akademie.example"
    academy.save()
    with django_capture_on_commit_callbacks(execute=True):
        actions.remind_of_barriers.func()
    assert [mail.to[0] for mail in mailoutbox] == [lead.email, "barriere@akademie.example"]


def test_addresses_go_half_a_year_after_the_answer_and_reports_after_three(editor):
    def answered(days: int, **fields: object) -> BarrierReport:
        at = timezone.now() - timedelta(days=days)
        return make(days, answer=ANSWER, answered_at=at, email="paula@stadt.example", **fields)

    fresh, old, ancient = (answered(days) for days in (ADDRESS_DAYS - 1, ADDRESS_DAYS + 1, KEPT_DAYS + 1))
    waiting = make(999, email="x@stadt.example")
    assert run_rule(retention_rules.get("accessibility.addresses")) == 2
    kept = dict(BarrierReport.objects.values_list("pk", "email"))
    assert kept == {fresh.pk: "paula@stadt.example", old.pk: "", ancient.pk: "", waiting.pk: "x@stadt.example"}
    assert run_rule(retention_rules.get("accessibility.addresses")) == 0
    assert run_rule(retention_rules.get("accessibility.reports")) == 1
    assert not BarrierReport.objects.filter(pk=ancient.pk).exists()


def test_nobody_else_sees_reports(client, participant):
    report = make()
    for path in (LIST, f"{LIST}{report.pk}/"):
        assert client.get(path).status_code == 302
    client.force_login(participant)
    for path in (LIST, f"{LIST}{report.pk}/"):
        assert client.get(path).status_code == 404
    assert User.objects.filter(role=Role.LEAD).count() == 0
