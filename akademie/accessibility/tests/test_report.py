"""Reporting a barrier: it is kept and reaches the office, and bad input gets a clear answer."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connections
from django.template.loader import get_template
from django.utils import timezone

from akademie.accessibility import actions
from akademie.accessibility.models import ANSWER_DAYS, BarrierReport
from akademie.accounts.actions import sign_in_token
from akademie.accounts.actions.account import move_to
from akademie.cms.models import AcademySettings
from akademie.core.frame import LONGEST_QUESTIONS

pytestmark = pytest.mark.django_db
FORM = "/barriere-melden/"
TEXT = "Die Karte lässt sich nicht mit der Tastatur bedienen."


@pytest.fixture
def report(client, django_capture_on_commit_callbacks):
    """Return a function that sends the form."""

    def send(**fields: str):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(FORM, {"text": TEXT, **fields})

    return send


def set_up(**values: str) -> None:
    academy = AcademySettings.load()
    for name, value in values.items():
        setattr(academy, name, value)
    academy.save()


def test_a_report_is_kept_and_the_office_and_the_person_hear_of_it(report, mailoutbox):
    set_up(email="buero@akademie.example", enforcement_body="Landesstelle\nMarkt 1, 12345 Stadt")
    answer = report(page=f"{settings.SITE_URL}/staedte/?q=M%C3%B6lln", email="Paula@stadt.example")
    assert (answer.status_code, answer["Location"]) == (302, f"{FORM}danke/")
    kept = BarrierReport.objects.get()
    assert (kept.page, kept.text, kept.email) == (
        f"{settings.SITE_URL}/staedte/?q=M%C3%B6lln",
        TEXT,
        "paula@stadt.example",
    )
    assert (kept.due_on - timezone.localdate()).days == ANSWER_DAYS == 28
    mails = {mail.to[0]: mail for mail in mailoutbox}
    assert set(mails) == {"buero@akademie.example", "paula@stadt.example"}
    office, receipt = mails["buero@akademie.example"], mails["paula@stadt.example"]
    assert office.reply_to == ["paula@stadt.example"]
    assert (TEXT in office.body, f"/geschaeftsstelle/barrieren/{kept.pk}/" in office.body) == (True, True)
    assert kept.number in receipt.subject
    assert "Landesstelle\nMarkt 1" in receipt.body
    assert str(kept.due_on.year) in receipt.body
    assert TEXT not in receipt.body, "nobody can send strangers texts through us"


def test_the_address_for_barriers_comes_first_and_the_lead_last(report, mailoutbox, lead):
    report(page="/a")
    set_up(email="buero@akademie.example")
    report(page="/b")
    set_up(accessibility_email="barriere@akademie.example")
    report(page="/c")
    assert [mail.to for mail in mailoutbox] == [
        [lead.email], ["buero@akademie.example"], ["barriere@akademie.example"],
    ]  # fmt: skip


def test_it_is_kept_even_when_there_is_nobody_to_write_to(report, mailoutbox):
    assert report().status_code == 302
    assert (BarrierReport.objects.count(), mailoutbox) == (1, [])


def test_the_same_report_twice_is_one_until_it_is_answered(report, mailoutbox, lead):
    report()
    report()
    assert (BarrierReport.objects.count(), len(mailoutbox)) == (1, 1)
    actions.answer(BarrierReport.objects.get(), by=lead, answer="Das ist jetzt behoben, vielen Dank.")
    report()
    assert BarrierReport.objects.count() == 2


def test_after_five_reports_an_hour_it_is_enough(report, mailoutbox, lead):
    for number in range(actions.REPORTS_PER_HOUR):
        assert report(page=f"/{number}").status_code == 302
    answer = report()
    assert (answer.status_code, 3590 < int(answer["Retry-After"]) <= 3600) == (429, True)
    assert "schon mehrere Meldungen" in answer.content.decode()
    assert TEXT in answer.content.decode()
    assert len(mailoutbox) == actions.REPORTS_PER_HOUR


def test_nobody_fills_the_mailbox_of_somebody_else():
    for number in range(actions.RECEIPTS_PER_HOUR):
        actions.report_barrier(page=f"/{number}", text=TEXT, email="p@stadt.example", sender=f"192.0.2.{number}")
    with pytest.raises(actions.NotPossible, match="Mit dieser E-Mail-Adresse"):
        actions.report_barrier(page="/", text=TEXT, email="p@stadt.example", sender="198.51.100.1")


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"text": ""}, "Bitte beschreiben Sie in einem Satz, was nicht geht."),
        ({"text": "Geht nix"}, "Bitte beschreiben Sie es mit mindestens 10 Zeichen."),
        ({"text": "x" * 2001}, "Bitte kürzen Sie den Text auf 2.000 Zeichen."),
        ({"page": "x" * 1001}, "Bitte kürzen Sie die Adresse auf 1.000 Zeichen."),
        ({"page": "/" + "x" * 999}, "Bitte kürzen Sie die Adresse auf 1.000 Zeichen."),
        ({"email": "paula"}, "Bitte prüfen Sie die Adresse. Sie sieht so aus: name@stadt.de"),
        ({"website": "https://spam.example"}, "Bitte lassen Sie dieses Feld leer."),
    ],
)
def test_bad_input_gets_a_clear_answer(report, mailoutbox, lead, fields, says):
    answer = report(**fields)
    assert answer.status_code == 200
    assert says in answer.content.decode()
    assert (mailoutbox, BarrierReport.objects.count()) == ([], 0)


def test_a_line_break_does_not_become_a_header(report, mailoutbox, lead):
    report(page="kaputt\r\nBcc: alle@stadt.example")
    assert mailoutbox[0].subject.endswith(" gemeldet: kaputt Bcc: alle@stadt.example")
    assert mailoutbox[0].message()["Bcc"] is None


@pytest.mark.parametrize(
    ("query", "referer", "page"),
    [
        ("?adresse=/formate/", "", f"{settings.SITE_URL}/formate/"),
        ("", "http://testserver/staedte/?q=M%C3%B6lln", "http://testserver/staedte/?q=M%C3%B6lln"),
        ("", "https://fremd.example/", ""),
        ("?adresse=https://fremd.example/", "", ""),
    ],
)
def test_the_page_in_question_is_filled_in(client, query, referer, page):
    answer = client.get(f"{FORM}{query}", headers={"referer": referer})
    assert answer.context["form"]["page"].value() == page


@pytest.mark.parametrize("path", ["/staedte/?q=M%C3%B6lln&seite=2", "/gibt-es-nicht/?a=1", "/suche/?q=%3Cb%3E", "/"])
def test_the_link_on_every_page_takes_the_whole_address_along(client, path):
    page = client.get(path).content.decode()
    link = page.partition(">Barriere melden</a>")[0].rpartition('href="')[2].rstrip('"')
    assert client.get(link).context["form"]["page"].value() == f"{settings.SITE_URL}{path}"


def test_questions_that_are_too_long_stay_behind(client):
    long = "x" * (LONGEST_QUESTIONS - 1)
    assert f"?adresse=/suche/{quote('?q=')}" not in client.get(f"/suche/?q={long}").content.decode()
    assert "?adresse=/suche/" in client.get(f"/suche/?q={long}").content.decode()


def test_pages_that_need_nothing_lead_there_too():
    said = get_template("core/plain_error.html").render({"site": settings.SITE_URL})
    assert f'<a href="{settings.SITE_URL}{FORM}">Barriere melden</a>' in said


def test_nobody_gets_the_key_of_a_mail_with_the_address(client, report):
    token = sign_in_token("paula@stadt.example")
    for page in (f"/anmelden/{token}/", f"{settings.SITE_URL}/anmelden/{token}/"):
        report(page=page)
    assert set(BarrierReport.objects.values_list("page", flat=True)) == {f"{settings.SITE_URL}/anmelden/…"}
    shown = client.get(f"{FORM}?adresse=/anmelden/{token}/").context["form"]["page"].value()
    assert shown == f"{settings.SITE_URL}/anmelden/…"


@pytest.mark.django_db(transaction=True)
def test_answering_at_once_answers_once(lead, editor):
    report, start = BarrierReport.objects.create(text=TEXT), Barrier(2)

    def press(person) -> str:
        try:
            start.wait(timeout=10)
            return actions.answer(report, by=person, answer=f"Das ist behoben. {person}").answered_by.email
        except actions.NotPossible:
            return "later"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        heard = list(pool.map(press, (lead, editor)))
    assert sorted(heard) == sorted(["later", BarrierReport.objects.get().answered_by.email])


def test_the_answer_reaches_who_has_another_address_by_now(
    participant, lead, mailoutbox, django_capture_on_commit_callbacks
):
    report = BarrierReport.objects.create(text=TEXT, email=participant.email)
    move_to(participant, "neu@stadt.example")
    report.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        actions.answer(report, by=lead, answer="Das ist jetzt behoben, vielen Dank.")
    assert [mail.to for mail in mailoutbox] == [["neu@stadt.example"]]


def test_reading_the_form_or_the_thanks_changes_nothing(client, mailoutbox):
    assert [client.get(path).status_code for path in (FORM, f"{FORM}danke/")] == [200, 200]
    assert (mailoutbox, BarrierReport.objects.count()) == ([], 0)
