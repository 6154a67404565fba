"""Mails wait in the database and reach a real SMTP server exactly once, whatever ends in between."""

import asyncio
import smtplib
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy

import pytest
import time_machine
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.core.mail import EmailMultiAlternatives, send_mail
from django.db import connections, transaction
from django.utils import timezone

from akademie.core import outbox
from akademie.core.contributions import MailWatch, mail_watches
from akademie.core.mail import send_mail as send_from_template
from akademie.core.models import MailState, OutgoingMail
from akademie.core.tests.running_worker import kill, on_both, running_worker, wait_for


class Sink:
    """What a mail server says and what it has accepted."""

    def __init__(self) -> None:
        self.accepted: list[tuple[str, bytes]] = []
        self.answers: dict[str, list[str]] = {}  # address → what is said next, once each
        self.reached = threading.Event()
        self.may_go_on = threading.Event()
        self.may_go_on.set()
        self.scans_for = 0.0  # seconds between a mail and the answer to it
        self.refuses = ""  # what is said to whole mails

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list) -> str:
        self.reached.set()
        while not self.may_go_on.is_set():
            await asyncio.sleep(0.05)
        if self.answers.get(address):
            return self.answers[address].pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.refuses:
            return self.refuses
        self.accepted += [(address, envelope.content) for address in envelope.rcpt_tos]
        await asyncio.sleep(self.scans_for)
        return "250 accepted"

    def addresses(self) -> list[str]:
        return [address for address, _content in self.accepted]


@pytest.fixture
def sink(settings) -> Iterator[Sink]:
    """A real SMTP server on this machine, to which the site sends."""
    handler = Sink()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "akademie.core.outbox.OutboxBackend"
    settings.MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", port, False
    settings.DEMO = False
    yield handler
    handler.may_go_on.set()
    controller.stop(no_assert=True)


def write(*addresses: str, subject: str = "Grüße aus Prüm") -> None:
    send_mail(subject, "Schöne Grüße.\n.\nEnde", "Akademie <akademie@stadt.example>", list(addresses))


@pytest.mark.django_db
def test_a_mail_waits_until_the_worker_hands_it_over_and_then_loses_its_content(sink):
    write("paula@stadt.example")
    assert sink.accepted == []
    assert outbox.send_waiting() == 1
    ((address, content),) = sink.accepted
    message = message_from_bytes(content, policy=policy.default)
    assert (address, message["To"], message["Subject"]) == ("paula@stadt.example",) * 2 + ("Grüße aus Prüm",)
    body = message.get_body(("plain",))
    assert body.get_content().splitlines() == ["Schöne Grüße.", ".", "Ende"]
    mail = OutgoingMail.objects.get()
    assert (mail.state, mail.attempts, bytes(mail.source)) == (MailState.SENT, 1, b"")
    assert outbox.send_waiting() == 0


@pytest.mark.django_db
def test_each_recipient_gets_an_own_delivery_and_hidden_ones_stay_hidden(sink):
    EmailMultiAlternatives(
        "Betreff", "Text", "akademie@stadt.example", ["a@stadt.example"], bcc=["b@stadt.example"],
        attachments=[("liste.csv", "a;b", "text/csv")], alternatives=[("<p>Text</p>", "text/html")],
    ).send()  # fmt: skip
    outbox.send_waiting()
    assert sorted(sink.addresses()) == ["a@stadt.example", "b@stadt.example"]
    assert [b"b@stadt.example" in content for _address, content in sink.accepted] == [False, False]
    message = message_from_bytes(sink.accepted[0][1], policy=policy.default)
    assert [part.get_content_type() for part in message.walk()][2:] == ["text/plain", "text/html", "text/csv"]


@pytest.mark.django_db
def test_a_transaction_that_fails_sends_nothing(sink):
    with transaction.atomic():
        write("paula@stadt.example")
        transaction.set_rollback(True)
    assert OutgoingMail.objects.count() == 0


@pytest.mark.django_db
def test_a_mail_with_a_key_is_kept_once(sink, settings):
    for _ in range(2):
        send_from_template("accounts/mail/sign_in_link", ["paula@stadt.example"], {}, key="reminder:7")
    send_from_template("accounts/mail/sign_in_link", ["paula@stadt.example"], {}, key="reminder:8")
    assert OutgoingMail.objects.count() == 2
    outbox.send_waiting()
    assert [b"X-Academy-Key" in content for _address, content in sink.accepted] == [False, False]


@pytest.mark.django_db
def test_who_is_refused_for_now_is_tried_again_later_each_time(sink):
    sink.answers["paula@stadt.example"] = ["451 later", "452 full"]
    with time_machine.travel(datetime(2027, 1, 4, 12, tzinfo=UTC), tick=False) as clock:
        write("paula@stadt.example", "otto@stadt.example")
        assert outbox.send_waiting() == 2
        mail = OutgoingMail.objects.get(address="paula@stadt.example")
        assert (mail.state, mail.problem, mail.due_at - timezone.now()) == (
            MailState.WAITING, "451 later", timedelta(seconds=60),
        )  # fmt: skip
        assert outbox.send_waiting() == 0
        clock.shift(60)
        outbox.send_waiting()
        clock.shift(300)
        outbox.send_waiting()
    assert sink.addresses() == ["otto@stadt.example", "paula@stadt.example"]
    ids = {message_from_bytes(content)["Message-ID"] for _address, content in sink.accepted}
    assert len(ids) == 1, "both recipients of one mail"


@pytest.mark.django_db
def test_who_is_refused_for_good_is_given_up_and_can_be_tried_again_by_the_office(sink):
    sink.answers["weg@stadt.example"] = ["550 no such user weg@stadt.example"]
    write("weg@stadt.example")
    outbox.send_waiting()
    mail = OutgoingMail.objects.get()
    assert (mail.state, mail.problem) == (MailState.FAILED, "550 no such user …")
    assert bytes(mail.source) != b""
    outbox.try_again(mail)
    outbox.send_waiting()
    assert sink.addresses() == ["weg@stadt.example"]
    outbox.try_again(mail)  # pressed once more, after it was sent
    assert outbox.send_waiting() == 0


@pytest.mark.django_db
def test_after_two_days_of_refusals_a_mail_is_given_up(sink):
    sink.answers["paula@stadt.example"] = ["451 later"] * 20
    with time_machine.travel(datetime(2027, 1, 4, 12, tzinfo=UTC), tick=False) as clock:
        begun = timezone.now()
        write("paula@stadt.example")
        while OutgoingMail.objects.get().state == MailState.WAITING:
            clock.move_to(OutgoingMail.objects.get().due_at)
            outbox.send_waiting()
        assert timedelta(days=1) < timezone.now() - begun < timedelta(days=3)
    assert OutgoingMail.objects.get().attempts == len(outbox.PAUSES) + 1


@pytest.mark.django_db
def test_a_server_that_is_away_costs_one_try(settings, sink):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = closed.getsockname()[1]
        write("a@stadt.example", "b@stadt.example")
        with pytest.raises(OSError, match="refused"):
            outbox.send_waiting()
    assert sorted(OutgoingMail.objects.values_list("attempts", flat=True)) == [0, 1]


@pytest.mark.django_db
def test_what_is_old_is_forgotten():
    now, a_day = timezone.now(), timedelta(days=1)
    for state, age in ((MailState.SENT, outbox.KEPT_SENT), (MailState.FAILED, outbox.KEPT_FAILED)):
        for days in (-1, 1):
            ended_at, address = now - age + days * a_day, f"{state}{days}@stadt.example"
            OutgoingMail.objects.create(address=address, state=state, source=b"", ended_at=ended_at)
    for days in (-1, 1):
        mail = OutgoingMail.objects.create(address=f"held{days}@stadt.example", state=MailState.HELD, source=b"")
        OutgoingMail.objects.filter(pk=mail.pk).update(created_at=now - outbox.KEPT_HELD + days * a_day)
    OutgoingMail.objects.create(address="wartet@stadt.example", source=b"", created_at=now - timedelta(days=400))
    outbox.old_mails().delete()
    kept = set(OutgoingMail.objects.values_list("address", flat=True))
    assert kept == {f"{name}@stadt.example" for name in ("sent1", "failed1", "held1", "wartet")}


@pytest.fixture
def watch(monkeypatch) -> dict[str, str]:
    """Somebody who watches over addresses: what was refused is silent from then on."""
    refused: dict[str, str] = {}
    watch = MailWatch(key="tests", silent=lambda asked: asked & refused.keys(), refused=refused.__setitem__)
    monkeypatch.setattr(mail_watches, "_items", {watch.key: watch})
    return refused


@pytest.mark.django_db
def test_who_watches_hears_of_addresses_that_are_refused_for_good(sink, watch):
    sink.answers = {"Weg@stadt.example": ["550 5.1.1 no Weg@stadt.example"], "voll@stadt.example": ["452 full"]}
    write("Weg@stadt.example", "voll@stadt.example", "paula@stadt.example")
    outbox.send_waiting()
    assert watch == {"weg@stadt.example": "550 5.1.1 no …"}


@pytest.mark.django_db
@pytest.mark.parametrize(("says", "hears"), [
    ("550 5.1.1 no such mailbox", True), ("550 5.2.1 disabled", True), ("550 5.1.10 null mx", True),
    ("554 5.7.1 spam", False), ("554 no", False), ("550 5.1.8 sender", False),
])  # fmt: skip
def test_a_server_that_reads_first_and_then_knows_no_such_mailbox_is_heard_too(sink, watch, says, hears):
    sink.refuses = says
    write("weg@stadt.example")
    outbox.send_waiting()
    assert (OutgoingMail.objects.get().state, watch) == (MailState.FAILED, {"weg@stadt.example": says} if hears else {})


@pytest.mark.django_db
def test_a_silent_address_gets_only_what_lets_people_in_until_it_is_good_again(sink, watch):
    watch["weg@stadt.example"] = "550 no"
    write("Weg@stadt.example", "paula@stadt.example")
    send_from_template("accounts/mail/sign_in_link", ["weg@stadt.example"], {}, always=True)
    while outbox.send_waiting():
        pass
    assert sorted(sink.addresses()) == ["paula@stadt.example", "weg@stadt.example"]
    assert b"Ihr Link zur Anmeldung" in dict(sink.accepted)["weg@stadt.example"]
    assert OutgoingMail.objects.get(state=MailState.HELD).address == "Weg@stadt.example"
    watch.clear()
    assert outbox.release_held("weg@stadt.example") == 1
    outbox.send_waiting()
    assert sink.addresses().count("Weg@stadt.example") == 1


@pytest.mark.django_db
def test_a_watch_that_fails_stops_no_mail(sink, monkeypatch, caplog):
    def fail(*_: str) -> None:
        raise RuntimeError

    watch = MailWatch(key="tests", silent=lambda _: set(), refused=fail)
    monkeypatch.setattr(mail_watches, "_items", {watch.key: watch})
    sink.answers["weg@stadt.example"] = ["550 no"]
    write("weg@stadt.example", "paula@stadt.example")
    outbox.send_waiting()
    assert sink.addresses() == ["paula@stadt.example"]
    assert "tests could not note" in caplog.text


@pytest.mark.django_db
def test_many_mails_are_kept_with_the_queries_of_a_few(sink, django_assert_num_queries):
    for count in (2, 60):
        with django_assert_num_queries(4):  # silent addresses, savepoint, rows, release
            send_from_template("accounts/mail/sign_in_link", [f"p{n}@stadt.example" for n in range(count)], {})


@pytest.mark.django_db
def test_a_server_that_scans_for_long_gets_each_mail_once(sink, settings):
    settings.EMAIL_TIMEOUT, sink.scans_for = 1, 1.5
    write("paula@stadt.example", "jens@stadt.example")
    outbox.send_waiting()
    assert sink.addresses() == ["paula@stadt.example", "jens@stadt.example"]
    assert OutgoingMail.objects.filter(state=MailState.SENT).count() == 2


@on_both
@pytest.mark.django_db(transaction=True)
def test_four_workers_at_once_send_each_mail_once(sink):
    everyone = [f"person{number}@stadt.example" for number in range(20)]
    write(*everyone)

    def send(_: int) -> None:
        try:
            while outbox.send_waiting():
                pass
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(send, range(4)))
    assert sorted(sink.addresses()) == sorted(everyone)


@on_both
@pytest.mark.django_db(transaction=True)
def test_a_mail_survives_the_kill_of_its_worker(sink, settings, tmp_path):
    server = {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(settings.EMAIL_PORT), "EMAIL_TLS": "False"}
    everyone = [f"person{number}@stadt.example" for number in range(5)]
    write(*everyone)
    sink.may_go_on.clear()
    with running_worker(tmp_path, **server) as worker:
        assert sink.reached.wait(60)
        kill(worker)
    assert OutgoingMail.objects.filter(state=MailState.SENDING).count() == 1
    sink.may_go_on.set()
    with running_worker(tmp_path, **server):
        wait_for(lambda: OutgoingMail.objects.filter(state=MailState.SENT).count() == 5)
    assert sorted(sink.addresses()) == everyone


@pytest.mark.django_db
def test_a_mail_that_was_accepted_and_not_noted_goes_out_again_with_the_same_message_id(sink, monkeypatch):
    write("paula@stadt.example")
    with monkeypatch.context() as patch:
        patch.setattr(outbox, "_end", lambda *_: None)  # the worker is killed just here
        outbox.send_waiting()
    assert outbox.send_waiting() == 0
    assert outbox.release_claims(own=True) == 1
    outbox.send_waiting()
    ids = [message_from_bytes(content)["Message-ID"] for _address, content in sink.accepted]
    assert len(ids) == 2
    assert len(set(ids)) == 1


def test_what_the_server_says_about_us_is_not_final():
    assert outbox._is_final(smtplib.SMTPSenderRefused(550, b"no", "akademie@stadt.example")) is False
    assert outbox._is_final(smtplib.SMTPDataError(554, b"spam")) is True
    assert outbox._is_final(TimeoutError()) is False
