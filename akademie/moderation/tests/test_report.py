"""Reporting content: what is kept, who is told, what is refused, and that pressing twice is safe."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
import time_machine
from django.db import connections
from django.utils import timezone

from akademie.accounts.models import Role, User
from akademie.core.contributions import retention_rules
from akademie.moderation import actions, queries
from akademie.moderation.forms import ReportForm, address_on_this_site
from akademie.moderation.models import KEPT_DAYS, ContentReport
from akademie.privacy.actions.retention import run_rule
from akademie.towns.tests.factories import TownFactory

FORM = "/inhalt-melden/"
TEXT = "Auf dem Bild ist ein Kind zu sehen, dessen Eltern nicht gefragt wurden."
GIVEN = {
    "address": "http://testserver/staedte/12070296/", "category": "personal", "text": TEXT, "name": "Paula Pohl",
    "email": "Paula@Stadt.example", "good_faith": "on",
}  # fmt: skip


@pytest.fixture
def send(client, django_capture_on_commit_callbacks):
    """A function that sends the form; a field that is None is left out."""

    def post(**fields: str | None):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(FORM, {key: value for key, value in (GIVEN | fields).items() if value is not None})

    return post


def errors(response) -> dict[str, list[str]]:
    return dict(response.context["form"].errors)


@pytest.mark.django_db
def test_a_report_is_kept_with_what_the_page_shows_and_two_people_are_told(send, mailoutbox, lead, editor):
    User.objects.create_user("dritte@akademie.example", role=Role.EDITOR)
    TownFactory(ags="12070296", name="Perleberg")
    answer = send()
    report = ContentReport.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"{FORM}danke/?nummer={report.number}")
    assert (report.address, report.kind, report.object_pk) == ("/staedte/12070296/", "staedte", "12070296")
    assert report.title == "Perleberg"
    assert (report.text, report.name, report.email) == (TEXT, "Paula Pohl", "paula@stadt.example")
    told = {mail.to[0]: mail for mail in mailoutbox}
    assert set(told) == {lead.email, editor.email, "paula@stadt.example"}
    assert TEXT in told[lead.email].body
    assert f"/geschaeftsstelle/meldungen/{report.pk}/" in told[lead.email].body
    assert report.number in told["paula@stadt.example"].subject
    assert TEXT not in told["paula@stadt.example"].body, "nobody can send strangers texts through us"


@pytest.mark.django_db
def test_the_same_report_twice_is_one(send, mailoutbox, lead):
    send()
    send(text=TEXT.replace(" ", "  "))
    assert ContentReport.objects.count() == 1
    assert len(mailoutbox) == 2
    send(category="wrong")
    assert ContentReport.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("category", "needed"),
    [
        ("illegal", ["name", "email"]), ("personal", ["name", "email"]), ("copyright", ["name", "email"]),
        ("children", []), ("wrong", []), ("insulting", []), ("other", []),
    ],
)  # fmt: skip
def test_name_and_address_are_asked_for_where_the_law_wants_them(send, category, needed):
    answer = send(category=category, name="", email="")
    assert ContentReport.objects.count() == (0 if needed else 1)
    assert (list(errors(answer)) if needed else []) == needed


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("address", "", "Bitte nennen Sie die Adresse der Seite."),
        ("address", "https://anderswo.example/staedte/", "Diese Seite gibt es hier nicht."),
        ("address", "//anderswo.example/", "Diese Seite gibt es hier nicht."),
        ("address", "javascript://testserver/x", "Diese Seite gibt es hier nicht."),
        ("address", "http://[kaputt", "Diese Seite gibt es hier nicht."),
        ("address", "http://testserver/staedte/%00?", "Diese Seite gibt es hier nicht."),
        ("address", "/" + "x" * 500, "Bitte kürzen Sie die Adresse auf 500 Zeichen."),
        ("category", None, "Bitte wählen Sie, was nicht stimmt."),
        ("category", "quatsch", "Bitte wählen Sie, was nicht stimmt."),
        ("text", "Zu kurz", "Bitte beschreiben Sie es mit mindestens 20 Zeichen."),
        ("text", "x" * 4001, "Bitte kürzen Sie den Text auf 4.000 Zeichen."),
        ("email", "keine", "Bitte prüfen Sie die Adresse. Sie sieht so aus: name@stadt.de"),
        ("good_faith", None, "Bitte bestätigen Sie, dass Ihre Angaben nach bestem Wissen richtig sind."),
    ],
)
def test_what_is_not_fit_gets_a_clear_answer_and_stays_in_the_form(send, field, value, says):
    answer = send(**{field: value})
    assert ContentReport.objects.count() == 0
    assert errors(answer)[field][0].startswith(says)
    assert (value is None) or answer.context["form"][field].value() == value


@pytest.mark.django_db
def test_who_fills_in_what_nobody_sees_is_a_program(send):
    answer = send(website="https://werbung.example")
    assert (errors(answer)["website"], ContentReport.objects.count()) == (["Bitte lassen Sie dieses Feld leer."], 0)


@pytest.mark.parametrize("begins", ["", "http://testserver", "https://testserver", "testserver"])
def test_an_address_may_be_written_as_people_do_and_stays_exact(begins):
    assert address_on_this_site(f"{begins}/staedte/?seite=2#karte") == "/staedte/?seite=2#karte"


@pytest.mark.django_db
def test_a_part_of_a_page_is_reported_as_exactly_as_it_was_named(send):
    town = TownFactory(ags="12070296")
    send(address="http://testserver/staedte/12070296/?jahr=2020#zahlen")
    report = ContentReport.objects.get()
    assert (report.address, report.object_pk) == ("/staedte/12070296/?jahr=2020#zahlen", town.pk)


@pytest.mark.django_db
def test_the_page_in_question_is_filled_in(client):
    assert client.get(f"{FORM}?adresse=/praxis/").context["form"]["address"].value() == "http://testserver/praxis/"
    assert client.get(f"{FORM}?adresse=https://boese.example/").context["form"]["address"].value() == ""
    page = client.get("/staedte/").content.decode()
    assert '<a rel="nofollow" href="/inhalt-melden/?adresse=/staedte/">Inhalt melden</a>' in page
    crooked = client.get('/gibt"es<nicht>/').content.decode()
    assert "/inhalt-melden/?adresse=/gibt%22es%3Cnicht%3E/" in crooked


@pytest.mark.django_db
def test_floods_are_refused_with_all_that_was_typed(send, mailoutbox):
    for number in range(actions.PER_SENDER_AND_HOUR):
        assert send(text=f"{TEXT} {number}", email=f"paula{number}@stadt.example").status_code == 302
    answer = send(text=f"{TEXT} und mehr")
    assert (answer.status_code, 0 < int(answer["Retry-After"]) <= 3600) == (429, True)
    assert answer.context["form"]["text"].value() == f"{TEXT} und mehr"
    assert ContentReport.objects.count() == actions.PER_SENDER_AND_HOUR


@pytest.mark.django_db
def test_nobody_fills_the_mailbox_of_somebody_else(send):
    given = [send(text=f"{TEXT} {n}", REMOTE_ADDR=f"192.0.2.{n}") for n in range(actions.PER_ADDRESS_AND_HOUR)]
    assert {answer.status_code for answer in given} == {302}
    with pytest.raises(actions.NotPossible, match="Mit dieser E-Mail-Adresse"):
        actions.report_content(
            address="/", category="other", text=TEXT, email="paula@stadt.example", sender="198.51.100.1"
        )


@pytest.mark.django_db(transaction=True)
def test_two_at_once_are_one_report():
    start = Barrier(2)

    def report(_: int) -> int:
        try:
            start.wait(timeout=10)
            return actions.report_content(address="/staedte/", category="other", text=TEXT, sender="192.0.2.1").pk
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        assert len(set(pool.map(report, range(2)))) == 1
    assert ContentReport.objects.count() == 1


@pytest.mark.django_db
def test_thanks_repeats_nothing_but_a_number(client):
    assert "Nummer <strong>2027-3</strong>" in client.get(f"{FORM}danke/?nummer=2027-3").content.decode()
    assert "Nummer" not in client.get(f"{FORM}danke/?nummer=<b>1</b>").content.decode()


def test_due_days_are_workdays():
    report = ContentReport(created_at=timezone.now())
    with time_machine.travel("2027-03-11 12:00 +0100", tick=False):  # a Thursday
        report.created_at = timezone.now()
        assert queries.due_on(report).isoformat() == "2027-03-18"


@pytest.mark.django_db
def test_reports_go_a_year_after_their_decision():
    now = timezone.now()
    for age in (KEPT_DAYS - 1, KEPT_DAYS + 1):
        ContentReport.objects.create(
            address="/", category="other", text=TEXT, digest=str(age), decision="kept", reasons="Alles in Ordnung.",
            decided_at=now - timedelta(days=age),
        )  # fmt: skip
    ContentReport.objects.create(address="/", category="other", text=TEXT, created_at=now - timedelta(days=999))
    run_rule(retention_rules.get("moderation.reports"))
    assert sorted(ContentReport.objects.values_list("digest", flat=True)) == ["", str(KEPT_DAYS - 1)]


def test_every_field_has_its_limit():
    limits = {name: getattr(field, "max_length", 0) for name, field in ReportForm.base_fields.items()}
    assert {name for name, limit in limits.items() if limit is None} == set()
