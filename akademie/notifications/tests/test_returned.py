"""Mails that came back are read from a real mailbox; nothing that lies there stops the reading."""

import socket
import threading
import time
from collections.abc import Iterator

import pytest
from django.utils import timezone

from akademie.core.contributions import Light
from akademie.core.models import MailState, OutgoingMail
from akademie.notifications.actions import returned
from akademie.notifications.delivery_reports import Failure, read_report
from akademie.notifications.models import SilentAddress
from akademie.notifications.tests.dovecot import PASSWORD, USER, Mailbox, running_dovecot

OURS = "<179.26.142@akademie.example>"
REPORT = """\
Return-Path: <>
From: Mail Delivery System <MAILER-DAEMON@mx.stadt.example>
To: rueckmeldung@akademie.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="teil"

--teil
Content-Type: text/plain; charset=utf-8

Die Mail kam nicht an.

--teil
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.stadt.example
Arrival-Date: Mon, 29 Mar 2027 12:00:00 +0200

{fields}

--teil
Content-Type: {kind}

From: akademie@akademie.example
To: paula@stadt.example
Subject: Geheimer Inhalt
Message-ID: {message_id}

Geheimer Inhalt
--teil--
"""
FAILED = """\
Final-Recipient: rfc822; paula@stadt.example
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <paula@stadt.example>: Recipient address
    rejected: User unknown"""
DELAYED = "Final-Recipient: rfc822; paula@stadt.example\nAction: delayed\nStatus: 4.4.1"


def report(fields: str = FAILED, message_id: str = OURS, kind: str = "message/rfc822") -> bytes:
    return REPORT.format(fields=fields, message_id=message_id, kind=kind).replace("\n", "\r\n").encode()


@pytest.fixture(scope="module")
def dovecot() -> Iterator[Mailbox]:
    with running_dovecot() as mailbox:
        yield mailbox


@pytest.fixture
def mailbox(dovecot, settings) -> Mailbox:
    """The mailbox, empty, and the settings that name it."""
    for folder in ("new", "cur"):
        for path in (dovecot.inbox / folder).iterdir():
            path.unlink()
    settings.BOUNCE_IMAP_HOST, settings.BOUNCE_IMAP_PORT, settings.BOUNCE_IMAP_TLS = "127.0.0.1", dovecot.port, False
    settings.BOUNCE_IMAP_USER, settings.BOUNCE_IMAP_PASSWORD = USER, PASSWORD
    return dovecot


def sent_mail(address: str = "paula@stadt.example", message_id: str = OURS) -> OutgoingMail:
    return OutgoingMail.objects.create(
        address=address, message_id=message_id, source=b"", state=MailState.SENT, ended_at=timezone.now()
    )  # fmt: skip


def read() -> None:
    returned.read_returned_mails.func()


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers"])
def test_a_report_about_our_mail_marks_the_address_and_is_deleted(mailbox, kind):
    mail = sent_mail("Paula@stadt.example")
    mailbox.put(report(kind=kind))
    read()
    row = SilentAddress.objects.get()
    said = "5.1.1 550 5.1.1 …: Recipient address rejected: User unknown"
    assert (row.email, row.said, row.failures, row.marked_at is None) == ("paula@stadt.example", said, 0, False)
    mail.refresh_from_db()
    assert (mail.state, mail.problem) == (MailState.SENT, f"kam zurück: {said}")
    assert mailbox.flags() == []


@pytest.mark.slow
@pytest.mark.django_db
def test_what_is_no_report_about_a_mail_of_ours_stays_where_it_is(mailbox):
    sent_mail()
    letter = b"From: bert@stadt.example\r\nSubject: Frage\r\nContent-Type: text/plain\r\n\r\nGuten Tag\r\n"
    mailbox.put(letter, report(message_id="<erfunden@akademie.example>"), report(message_id=""))
    read()
    read()
    assert SilentAddress.objects.count() == 0
    assert mailbox.flags() == ["", "F", "F"], "reports that nobody knows are flagged for people, and not read again"


@pytest.mark.slow
@pytest.mark.django_db
def test_a_server_that_goes_on_trying_is_counted_and_five_times_is_enough(mailbox):
    for number in range(5):
        assert not SilentAddress.objects.filter(marked_at__isnull=False).exists()
        sent_mail(message_id=f"<{number}@akademie.example>")
        mailbox.put(report(DELAYED, f"<{number}@akademie.example>"))
        read()
    row = SilentAddress.objects.get()
    assert (row.failures, row.said, row.marked_at is None) == (5, "4.4.1", False)


@pytest.mark.slow
@pytest.mark.django_db
def test_a_report_that_is_read_twice_counts_once(mailbox, monkeypatch):
    sent_mail()
    mailbox.put(report(DELAYED))
    with monkeypatch.context() as patch:
        patch.setattr(returned, "read_report", lambda source: 1 / 0)
        read()
    assert mailbox.flags() == ["F"]
    assert [returned.note_report(report(DELAYED)) for _ in range(3)] == [True] * 3
    assert SilentAddress.objects.get().failures == 1


@pytest.mark.slow
@pytest.mark.django_db
def test_hostile_and_broken_reports_do_not_stop_the_reading(mailbox):
    sent_mail()
    head = b'Content-Type: multipart/report; report-type=delivery-status; boundary="a"\r\n'
    nested = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (depth, depth) for depth in range(3000)
    )
    hostile = [
        head + b"\r\n--a\r\n" + nested,
        head + b"\r\n",
        head + b"Subject: =?utf-8?b?////?=\r\nMessage-ID: =?x?q?<?=\r\n\r\n--a\r\nContent-Type: message/delivery-status"
        b"\r\n\r\nAction: failed\r\nStatus: \xff\xfe\r\n\r\n--a--\r\n",
        head + b"X: " + b"y" * 900_000 + b"\r\n\r\n" + b"z" * 100_000,
        report(FAILED + "\n\n" + "\n\n".join(["Final-Recipient: rfc822; x@y.example\nAction: failed"] * 5000)),
    ]
    mailbox.put(*hostile, report())
    begun = time.monotonic()
    read()
    assert time.monotonic() - begun < 20
    assert list(SilentAddress.objects.values_list("email", flat=True)) == ["paula@stadt.example"]
    assert set(mailbox.flags()) == {"F"}


@pytest.mark.slow
@pytest.mark.django_db
def test_one_reading_has_an_end(mailbox, monkeypatch):
    sent_mail()
    monkeypatch.setattr(returned, "MOST", 2)
    mailbox.put(*(report(FAILED + f"\nX-Number: {number}") for number in range(5)))
    left = []
    for _ in range(3):
        read()
        left.append(len(mailbox.flags()))
    assert left == [3, 1, 0]


def test_a_mail_to_several_counts_for_whom_the_report_names():
    second = "Original-Recipient: rfc822;<Otto@Stadt.example>\nFinal-Recipient: rfc822; o@mx.example\nAction: failed"
    arrived = "Final-Recipient: rfc822; anna@stadt.example\nAction: delivered\nStatus: 2.0.0"
    found = read_report(report(f"{FAILED}\n\n{second}\n\n{arrived}"))
    assert found is not None
    assert found.message_ids == {OURS}
    assert [failure.email for failure in found.failures] == ["paula@stadt.example", "otto@stadt.example"]
    assert found.failures[1] == Failure("otto@stadt.example", "5.0.0")


def test_nothing_of_the_mail_itself_is_taken_from_a_report():
    found = read_report(report())
    assert "Geheim" not in repr(found)
    assert read_report(b"Subject: Hallo\r\n\r\nText") is None


def test_without_a_mailbox_nothing_is_asked(settings):
    settings.BOUNCE_IMAP_HOST = ""
    read()
    assert returned.mailbox_health().light == Light.GREY


@pytest.mark.slow
def test_the_self_test_says_whether_the_mailbox_can_be_read(mailbox, settings):
    assert returned.mailbox_health().light == Light.GREEN
    settings.BOUNCE_IMAP_PASSWORD = "falsch"
    wrong = returned.mailbox_health()
    assert (wrong.light, wrong.sentence.startswith("Der Server des Postfachs sagt: ")) == (Light.RED, True)
    settings.BOUNCE_IMAP_PORT = 1
    away = returned.mailbox_health()
    assert (away.light, "nicht erreichbar" in away.sentence) == (Light.RED, True)


@pytest.mark.slow
@pytest.mark.django_db
def test_a_server_that_is_away_or_drips_ends_the_reading_without_an_error(settings, monkeypatch, caplog):
    settings.BOUNCE_IMAP_HOST, settings.BOUNCE_IMAP_TLS = "127.0.0.1", False
    monkeypatch.setattr(returned, "LONGEST", 1.0)
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.BOUNCE_IMAP_PORT = server.getsockname()[1]

        def drip() -> None:
            connection, _ = server.accept()
            with connection:
                try:
                    connection.sendall(b"* OK da\r\n")
                    connection.recv(100)
                    connection.sendall(b"* CAPABILITY IMAP4rev1\r\nAAAA0 OK\r\n")
                    while True:
                        connection.sendall(b".")
                        time.sleep(0.1)
                except OSError:
                    return

        thread = threading.Thread(target=drip, daemon=True)
        thread.start()
        begun = time.monotonic()
        with pytest.raises(returned.MailboxProblem), returned.open_mailbox(patience=1.0, longest=2.0):
            pass
        assert time.monotonic() - begun < 10
        thread.join(5)
    read()
    assert "not read" in caplog.text
