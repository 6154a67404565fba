"""Addresses that take no mails become a task of the office, which decides what is to be done."""

from datetime import timedelta

import pytest
from django.utils import timezone

from akademie.accounts.models import User
from akademie.core import frame, outbox
from akademie.core.contributions import Subject
from akademie.core.mail import send_mail
from akademie.core.models import MailState, OutgoingMail
from akademie.core.tests.test_outbox import sink  # noqa: F401
from akademie.notifications import personal_data, queries
from akademie.notifications.actions.addresses import MOST_FAILURES, note_refusal
from akademie.notifications.actions.choices import choose
from akademie.notifications.models import Delivery, DeliveryChoice, SilentAddress
from akademie.notifications.queries import waiting_addresses
from akademie.notifications.tests.factories import LINK, declare, make_notices
from akademie.notifications.types import KnownAddresses, known_addresses

pytestmark = pytest.mark.django_db
LIST = "/geschaeftsstelle/unzustellbar/"


@pytest.fixture
def confirmed(monkeypatch):
    """Whatever address comes, somebody has confirmed it."""
    known = KnownAddresses(key="tests", emails=lambda: SilentAddress.objects.values_list("email"))
    monkeypatch.setattr(known_addresses, "_items", {"tests": known})


def silent(email: str = "paula@stadt.example") -> SilentAddress:
    note_refusal(email, "550 5.1.1 no such user")
    return SilentAddress.objects.get(email=email)


@pytest.mark.parametrize(("said", "marked", "failures"), [
    ("550 5.1.1 no such user", True, 0), ("550 no such user", True, 0), ("5.0.0", True, 0),
    ("550 5.4.4 no host", True, 0),
    ("552 5.2.2 mailbox full", False, 1), ("452 4.2.2 mailbox full", False, 1), ("4.4.7 expired", False, 1),
    ("550 10.5.7.1 says no", True, 0), ("554 5.7.1 spam", None, None), ("5.3.4 too large", None, None),
    ("550 5.1.8 sender address rejected", None, None), ("550 5.1.7 bad sender", None, None),
])  # fmt: skip
def test_what_a_server_says_decides(said, marked, failures):
    note_refusal("Paula@stadt.example", said)
    rows = [(row.email, row.marked_at is not None, row.failures) for row in SilentAddress.objects.all()]
    assert rows == ([] if marked is None else [("paula@stadt.example", marked, failures)])


def test_several_failures_that_may_pass_mark_an_address_too():
    for _ in range(MOST_FAILURES):
        assert queries.silent_among({"paula@stadt.example"}) == set()
        note_refusal("paula@stadt.example", "452 4.2.2 full")
    assert queries.silent_among({"paula@stadt.example", "otto@stadt.example"}) == {"paula@stadt.example"}


def test_a_refusal_at_the_hand_over_becomes_a_task_and_holds_back_what_follows(sink, editor, confirmed):  # noqa: F811
    sink.answers["paula@stadt.example"] = ["550 5.1.1 <paula@stadt.example> unknown"]
    send_mail("accounts/mail/security_notice", ["paula@stadt.example"], {})
    outbox.send_waiting()
    (task,) = queries.waiting_addresses(editor)
    row = SilentAddress.objects.get()
    assert (task.text, task.url) == (
        "paula@stadt.example ist nicht erreichbar: Wer ist Nachfolgerin?",
        f"{LIST}{row.pk}/",
    )
    send_mail("accounts/mail/security_notice", ["paula@stadt.example"], {})
    send_mail("accounts/mail/sign_in_link", ["paula@stadt.example"], {"link": LINK}, always=True)
    outbox.send_waiting()
    assert len(sink.accepted) == 1
    assert OutgoingMail.objects.filter(state=MailState.HELD).count() == 1


def test_it_is_for_the_office_only(client, participant):
    row = silent()
    for path in (LIST, f"{LIST}{row.pk}/"):
        assert client.get(path).status_code == 302
    client.force_login(participant)
    answers = [client.get(LIST), client.get(f"{LIST}{row.pk}/"), client.post(f"{LIST}{row.pk}/gilt-wieder/")]
    assert [answer.status_code for answer in answers] == [404] * 3


def test_gilt_wieder_sends_what_was_held_back(client, editor, settings):
    settings.EMAIL_BACKEND = "akademie.core.outbox.OutboxBackend"
    row = silent()
    send_mail("accounts/mail/security_notice", ["paula@stadt.example"], {})
    client.force_login(editor)
    assert "1. Wir halten sie 14 Tage zurück." in client.get(f"{LIST}{row.pk}/").content.decode()
    answer = client.post(f"{LIST}{row.pk}/gilt-wieder/", follow=True)
    assert "An paula@stadt.example gehen wieder Mails. Jetzt gehen hinaus: 1." in answer.content.decode()
    assert OutgoingMail.objects.get().state == MailState.WAITING
    assert SilentAddress.objects.count() == 0
    assert client.post(f"{LIST}{row.pk}/gilt-wieder/").status_code == 404


def test_a_blocked_address_is_asked_about_no_more_and_stays_silent(client, editor):
    row = silent()
    client.force_login(editor)
    client.post(f"{LIST}{row.pk}/sperren/")
    note_refusal(row.email, "550 5.1.1 no")
    assert list(queries.waiting_addresses(editor)) == []
    assert queries.silent_among({row.email}) == {row.email}
    assert row.email in client.get(f"{LIST}?stand=gesperrt").content.decode()
    assert row.email not in client.get(LIST).content.decode()


def test_the_office_corrects_the_address_and_older_links_end(client, editor, participant, mailoutbox):
    row, word = silent(), participant.link_word
    client.force_login(editor)
    client.post(f"{LIST}{row.pk}/", {"email": "Paula.Neu@stadt.example"})
    participant.refresh_from_db()
    assert (participant.email, participant.link_word == word) == ("paula.neu@stadt.example", False)
    assert SilentAddress.objects.count() == 0
    assert [mail.to for mail in mailoutbox] == [["paula.neu@stadt.example"]]


@pytest.mark.parametrize(("typed", "says"), [
    ("", "Bitte geben Sie die neue Adresse ein"), ("quatsch", "Bitte prüfen Sie die Adresse"),
    ("paula@stadt.example", "Das ist die Adresse, an der nichts ankommt"),
    ("redaktion@akademie.example", "Zu dieser Adresse gibt es schon ein Konto"),
])  # fmt: skip
def test_a_wrong_correction_says_what_to_do_and_keeps_what_was_typed(client, editor, participant, typed, says):
    row = silent()
    client.force_login(editor)
    page = client.post(f"{LIST}{row.pk}/", {"email": typed}).content.decode()
    assert says in page
    assert f'value="{typed}"' in page or not typed
    participant.refresh_from_db()
    assert participant.email == "paula@stadt.example"


def test_an_editor_cannot_get_into_the_account_of_the_leitung(client, editor, lead):
    row = silent(lead.email)
    client.force_login(editor)
    page = client.post(f"{LIST}{row.pk}/", {"email": "boese@stadt.example"}).content.decode()
    assert "ändert nur die Leitung" in page
    lead.refresh_from_db()
    assert lead.email == "leitung@akademie.example"


def test_an_address_without_account_can_only_be_decided_about(client, editor):
    row = silent("otto@stadt.example")
    client.force_login(editor)
    page = client.get(f"{LIST}{row.pk}/").content.decode()
    assert ("kein Konto mit dieser Adresse" in page, 'name="email"' in page) == (True, False)
    assert "gibt es kein Konto mehr" in client.post(f"{LIST}{row.pk}/", {"email": "neu@stadt.example"}).content.decode()


def test_thirty_addresses_cost_the_list_and_the_desk_the_queries_of_one(client, editor, queries, confirmed):
    client.force_login(editor)
    silent("a@stadt.example")
    one = queries(lambda: client.get(LIST)), queries(lambda: list(waiting_addresses(editor)))
    for number in range(30):
        silent(f"person{number}@stadt.example")
    assert (queries(lambda: client.get(LIST)), queries(lambda: list(waiting_addresses(editor)))) == one


def test_a_slip_of_a_stranger_s_pen_is_silent_but_no_task_until_it_is_somebody_s(client, editor):
    row = silent("otto@stadt.exmaple")
    client.force_login(editor)
    pages = [client.get(LIST + stand).text for stand in ("", "?stand=verschrieben", "?stand=quatsch")]
    assert (list(waiting_addresses(editor)), ["stadt.exmaple" in page for page in pages]) == ([], [False, True, False])
    assert "Vielleicht verschrieben (1)" in pages[0]
    assert client.get(f"{LIST}{row.pk}/").status_code == 200
    assert queries.silent_among({"otto@stadt.exmaple"}) == {"otto@stadt.exmaple"}
    User.objects.create_user("otto@stadt.exmaple")
    assert [task.text for task in waiting_addresses(editor)] == [
        "otto@stadt.exmaple ist nicht erreichbar: Wer ist Nachfolgerin?"
    ]


def test_the_academy_s_own_address_is_a_task(editor, monkeypatch):
    own = frame.current()["contact_email"] or "kontakt@akademie.example"
    monkeypatch.setattr(frame, "current", lambda: {"contact_email": own.title()})
    silent(own)
    assert [task.text for task in waiting_addresses(editor)] == [f"{own} ist nicht erreichbar: Wer ist Nachfolgerin?"]


def test_what_is_old_is_due(participant, editor, monkeypatch):
    now = timezone.now()
    for email, ages in {
        "neu@stadt.example": (89, None, None), "alt@stadt.example": (91, None, None),
        "offen@stadt.example": (900, 900, None), editor.email: (900, 900, None),
        "verschrieben@stadt.example": (91, 91, None), "eben@stadt.example": (89, 89, None),
        "gesperrt@stadt.example": (900, 900, 729), "vergessen@stadt.example": (900, 900, 731),
    }.items():  # fmt: skip
        last, marked, blocked = (age and now - timedelta(days=age) for age in ages)
        SilentAddress.objects.create(email=email, last_at=last, marked_at=marked, blocked_at=blocked)
    known = KnownAddresses(
        key="tests", emails=lambda: SilentAddress.objects.filter(email__startswith="offen").values_list("email")
    )
    monkeypatch.setattr(known_addresses, "_items", {"tests": known})
    due = queries.old_addresses().order_by("email").values_list("email", flat=True)
    assert list(due) == ["alt@stadt.example", "vergessen@stadt.example", "verschrieben@stadt.example"]
    make_notices(participant, "neu", at=now - timedelta(days=59))
    make_notices(participant, "alt", at=now - timedelta(days=61))
    assert [notice.text for notice in queries.old_notices()] == ["alt"]


def test_people_get_all_of_it_and_can_have_all_of_it_deleted(monkeypatch, participant, editor):
    declare(monkeypatch, {"key": "tests.news", "label": "Neue Antwort", "may_wait": True, "may_stop": True})
    for user in (participant, editor):
        choose(user, {"tests.news": Delivery.NEVER})
        make_notices(user, "Neues", at=timezone.now())
        silent(user.email)
    subject = Subject(participant.email, participant)
    parts = {part.title: list(part.rows) for part in personal_data.export(subject)}
    assert parts["Ihre Benachrichtigungen"] == [{"Art": "Neue Antwort", "Wann": "gar nicht"}]
    assert [row["Text"] for row in parts["Mitteilungen an Sie"]] == ["Neues"]
    assert [row["Adresse"] for row in parts["Wie Ihre Adresse Mails annimmt"]] == [participant.email]
    assert len(list(personal_data.preview(subject))) == 3
    for _ in range(2):
        personal_data.erase(subject)
    assert list(personal_data.preview(subject)) == []
    assert len(list(personal_data.preview(Subject(editor.email, editor)))) == 3


def test_what_somebody_chose_without_an_account_holds_for_the_account(monkeypatch):
    declare(monkeypatch, {"key": "tests.news", "label": "Neue Antwort", "may_stop": True})
    choose("otto@stadt.example", {"tests.news": Delivery.NEVER})
    otto = User.objects.create_user("otto@stadt.example")
    for _ in range(2):
        personal_data.claim(otto)
    assert list(DeliveryChoice.objects.values_list("user", "email", "delivery")) == [(otto.pk, "", "never")]
