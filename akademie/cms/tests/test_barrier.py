"""Reporting a barrier: it reaches the office, and bad input gets a clear answer."""

import pytest

from akademie.accounts.models import User
from akademie.cms.models import AcademySettings

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages")]
TEXT = "Die Karte lässt sich nicht mit der Tastatur bedienen."


@pytest.fixture
def report(client):
    """Return a function that sends the form."""

    def send(**fields: str):
        return client.post("/barriere-melden/", {"text": TEXT, **fields})

    return send


def set_email(**addresses: str) -> None:
    settings = AcademySettings.load()
    for name, address in addresses.items():
        setattr(settings, name, address)
    settings.save()


def test_a_report_reaches_the_office_with_page_and_reply_address(report, mailoutbox):
    set_email(email="buero@akademie.example")
    answer = report(page="http://testserver/staedte/", email="paula@stadt.example")
    assert (answer.status_code, answer["Location"]) == (302, "/barriere-melden/danke/")
    (mail,) = mailoutbox
    assert (mail.to, mail.reply_to) == (["buero@akademie.example"], ["paula@stadt.example"])
    assert mail.subject == "Barriere gemeldet: http://testserver/staedte/"
    assert TEXT in mail.body


def test_the_address_for_barriers_comes_first_and_the_lead_last(report, mailoutbox, lead):
    report()
    set_email(email="buero@akademie.example")
    report()
    set_email(accessibility_email="barriere@akademie.example")
    report()
    assert [mail.to for mail in mailoutbox] == [
        [lead.email], ["buero@akademie.example"], ["barriere@akademie.example"],
    ]  # fmt: skip


def test_without_anybody_to_write_to_the_person_is_told_and_keeps_the_text(report, mailoutbox):
    assert User.objects.count() == 0
    answer = report()
    assert answer.status_code == 200
    assert "nutzen Sie den Kontakt im Impressum" in answer.content.decode()
    assert TEXT in answer.content.decode()
    assert mailoutbox == []


def test_after_five_reports_an_hour_it_is_enough(report, mailoutbox, lead):
    for _ in range(5):
        assert report().status_code == 302
    answer = report()
    assert (answer.status_code, 3590 < int(answer["Retry-After"]) <= 3600) == (429, True)
    assert "schon mehrere Meldungen" in answer.content.decode()
    assert TEXT in answer.content.decode()
    assert len(mailoutbox) == 5


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"text": ""}, "Bitte beschreiben Sie in einem Satz, was nicht geht."),
        ({"text": "Geht nix"}, "Bitte beschreiben Sie es mit mindestens 10 Zeichen."),
        ({"text": "x" * 2001}, "Bitte kürzen Sie den Text auf 2.000 Zeichen."),
        ({"page": "x" * 501}, "Bitte kürzen Sie die Adresse auf 500 Zeichen."),
        ({"email": "paula"}, "Bitte prüfen Sie die Adresse. Sie sieht so aus: name@stadt.de"),
        ({"website": "https://spam.example"}, "Bitte lassen Sie dieses Feld leer."),
    ],
)
def test_bad_input_gets_a_clear_answer(report, mailoutbox, lead, fields, says):
    answer = report(**fields)
    assert answer.status_code == 200
    assert says in answer.content.decode()
    assert mailoutbox == []


def test_a_line_break_does_not_become_a_header(report, mailoutbox, lead):
    report(page="/x\r\nBcc: alle@stadt.example")
    assert mailoutbox[0].subject == "Barriere gemeldet: /x Bcc: alle@stadt.example"
    assert mailoutbox[0].message()["Bcc"] is None


@pytest.mark.parametrize(
    ("query", "referer", "page"),
    [
        ("?seite=/formate/", "", "http://127.0.0.1:8000/formate/"),
        ("", "http://testserver/staedte/?q=M%C3%B6lln", "http://testserver/staedte/?q=M%C3%B6lln"),
        ("", "https://fremd.example/", ""),
        ("?seite=https://fremd.example/", "", ""),
    ],
)
def test_the_page_in_question_is_filled_in(client, query, referer, page):
    answer = client.get(f"/barriere-melden/{query}", headers={"referer": referer})
    assert answer.context["form"]["page"].value() == page


def test_reading_the_form_or_the_thanks_changes_nothing(client, mailoutbox):
    assert [client.get(path).status_code for path in ("/barriere-melden/", "/barriere-melden/danke/")] == [200, 200]
    assert mailoutbox == []
