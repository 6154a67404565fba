"""Mails on their way: written into the database with what they tell about, handed to the mail server by the worker.

Every mail passes through here, Wagtail's and those of other packages too, because `OutboxBackend` is Django's e-mail
backend. A mail is accepted by the server exactly once, but where its answer does not reach the database: the worker is
killed (or ended, which waits a few seconds) after the server has accepted and before that is written down, or the
connection breaks just then. Then the mail goes out a second time, with the same Message-ID.
"""

import logging
import re
import smtplib
import threading
from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import timedelta
from email import message_from_bytes, policy
from email.utils import make_msgid, parseaddr
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import sanitize_address
from django.db import connections, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from akademie.core.contributions import mail_watches
from akademie.core.jobs import worker_name
from akademie.core.mail_twin import with_twin
from akademie.core.models import MailState, OutgoingMail

log = logging.getLogger(__name__)
LOOK = 0.3  # seconds between two looks for mails that wait
REST = 30.0  # seconds before a mail server is asked again that was not to be reached
AT_ONCE = 50  # mails on one connection
PAUSES = (60, 300, 900, 3600, 4 * 3600, 12 * 3600, 24 * 3600)  # seconds before the next try; two days in all
ANSWER = 600.0  # seconds that the server may take for its answer, as RFC 5321 (4.5.3.2.6) asks; it may scan long
CLAIM = timedelta(minutes=20)  # how long a worker may take to hand over one mail before another one tries
# A server that looks at the whole mail first may know only then that there is no such mailbox (RFC 3463).
NO_MAILBOX = re.compile(r"5\d\d 5\.(1\.([1236]|10)|2\.1)(?!\d)")
KEPT_SENT, KEPT_FAILED = timedelta(days=30), timedelta(days=90)
KEPT_HELD = timedelta(days=14)  # what is older is no news any more
# These never leave the house: the effect that a mail belongs to; that it goes to an address too which is silent.
KEY_HEADER, ALWAYS_HEADER = "X-Academy-Key", "X-Academy-Always"


class OutboxBackend(BaseEmailBackend):
    """Django's e-mail backend: keeps each mail for the worker, one row per recipient, in the present transaction."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep the mails and return how many they were; one whose key is known already is not kept again."""
        silent = _silent(email_messages)
        rows = [row for message in email_messages for row in _rows_of(message, silent)]
        with transaction.atomic():
            OutgoingMail.objects.bulk_create([row for row in rows if not row.key])
            OutgoingMail.objects.bulk_create([row for row in rows if row.key], ignore_conflicts=True)
        return len(email_messages)


def _silent(messages: Iterable[EmailMessage]) -> set[str]:
    """Return those of all recipients to whom nothing is sent at present."""
    addresses = {_plain(address) for message in messages for address in message.recipients()}
    return {address for watch in mail_watches for address in watch.silent(addresses)}


def _plain(address: str) -> str:
    return parseaddr(address)[1].casefold()


def _rows_of(message: EmailMessage, silent: set[str]) -> list[OutgoingMail]:
    """Return a mail as it is kept, once for each recipient."""
    key, always = (message.extra_headers.pop(name, None) for name in (KEY_HEADER, ALWAYS_HEADER))
    message_id = make_msgid(domain=urlsplit(settings.SITE_URL).hostname)
    message.extra_headers = {"Message-ID": message_id, "Auto-Submitted": "auto-generated", **message.extra_headers}
    source = with_twin(message).message().as_bytes(linesep="\r\n")  # type: ignore[call-arg]
    return [
        OutgoingMail(
            address=sanitize_address(address, "utf-8"),
            sender=sanitize_address(settings.BOUNCE_ADDRESS or message.from_email, "utf-8"),
            subject=" ".join(str(message.subject).split())[:250],
            message_id=str(message.extra_headers["Message-ID"])[:150],
            source=source,
            key=f"{key}:{address}"[:120] if key else None,
            state=MailState.HELD if _plain(address) in silent and not always else MailState.WAITING,
        )
        for address in message.recipients()
    ]


class _Kept(EmailMessage):
    """A mail as it was kept, for the transport."""

    def __init__(self, mail: OutgoingMail) -> None:
        super().__init__(mail.subject, text_of(mail), from_email=mail.sender, to=[mail.address])
        self.source = bytes(mail.source)

    def message(self, **_: Any) -> Any:
        """Return what was kept, with the Message-ID that it got then; transports ask for its bytes alone."""
        return self

    def as_bytes(self, **_: Any) -> bytes:
        """Return the mail as it goes over the wire."""
        return self.source


def text_of(mail: OutgoingMail) -> str:
    """Return the words of a mail; nothing once it was handed over."""
    body = message_from_bytes(bytes(mail.source), policy=policy.default).get_body(("plain", "html"))
    return body.get_content() if body else ""


def send_waiting() -> int:
    """Hand the mails that are due to the mail server; return how many were tried.

    Raises OSError (which smtplib's errors are too) when the server is not to be reached; the oldest mail says why.
    """
    if not OutgoingMail.objects.filter(state=MailState.WAITING, due_at__lte=timezone.now()).exists():
        return 0
    tried = 0
    with closing(get_connection(settings.MAIL_TRANSPORT)) as server:
        while tried < AT_ONCE and (mail := _claim()):
            tried += 1
            try:
                server.open()
            except OSError as error:
                _note_problem(mail, error, final=False)
                raise
            _be_patient(server)
            try:
                server.send_messages([_Kept(mail)])
            except Exception as error:
                _note_problem(mail, error, final=_is_final(error))
                server.close()
            else:
                _end(mail, MailState.SENT)
    return tried


def _be_patient(server: Any) -> None:
    """Wait long for answers: whoever gives up while the server scans a mail sends it twice."""
    connection = getattr(server, "connection", None)  # transports that write files have none
    if connection is not None and connection.sock is not None:
        connection.sock.settimeout(ANSWER)


def _claim() -> OutgoingMail | None:
    """Take the next mail, so that no other worker hands it over too."""
    with transaction.atomic():
        due = OutgoingMail.objects.filter(state=MailState.WAITING, due_at__lte=timezone.now())
        mail = due.select_for_update(skip_locked=True).order_by("due_at", "pk").first()
        if mail:
            mail.state, mail.claimed_by = MailState.SENDING, worker_name()
            mail.due_at = timezone.now() + CLAIM
            mail.attempts += 1
            mail.save(update_fields=["state", "claimed_by", "due_at", "attempts"])
        return mail


def _end(mail: OutgoingMail, state: MailState, problem: str = "") -> None:
    mail.state, mail.ended_at, mail.problem = state, timezone.now(), problem
    if state == MailState.SENT and not settings.DEMO:
        mail.source = b""  # links in it open doors; who is to have it has it
    mail.save(update_fields=["state", "ended_at", "problem", "source"])


def _note_problem(mail: OutgoingMail, error: Exception, *, final: bool) -> None:
    """Try again later, or give up: when the server refused for good, or after the last pause."""
    problem = _said(error).replace(mail.address, "…")[:200]
    if final or mail.attempts > len(PAUSES):
        log.error("Mail %s is given up: %s", mail.pk, problem)
        _end(mail, MailState.FAILED, problem)
        if isinstance(error, smtplib.SMTPRecipientsRefused) or NO_MAILBOX.match(problem):
            tell_refused(_plain(mail.address), problem)
        return
    log.warning("Mail %s has to wait: %s", mail.pk, problem)
    mail.state, mail.problem = MailState.WAITING, problem
    mail.due_at = timezone.now() + timedelta(seconds=PAUSES[mail.attempts - 1])
    mail.save(update_fields=["state", "problem", "due_at"])


def _said(error: Exception) -> str:
    """Return what the server said, in one line."""
    text: bytes | str
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, text = next(iter(error.recipients.values()))
    elif isinstance(error, smtplib.SMTPResponseException):
        code, text = error.smtp_code, error.smtp_error
    else:
        return f"{type(error).__name__}: {error}"
    said = text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)
    return " ".join(f"{code} {said}".split())


def _is_final(error: Exception) -> bool:
    """Whether the server will say the same next time (RFC 5321, 4.2.1: 5xx), about the mail and not about us."""
    if isinstance(error, smtplib.SMTPSenderRefused):
        return False  # our own address: the office can put it right
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _text in error.recipients.values())
    return isinstance(error, smtplib.SMTPResponseException) and error.smtp_code >= 500


def tell_refused(address: str, said: str) -> None:
    """Tell who watches over addresses that a mail was given up there; `said` is in one line, without the address."""
    for watch in mail_watches:
        try:
            watch.refused(address, said)
        except Exception:
            log.exception("%s could not note what a mail server has refused", watch.key)


def release_held(address: str) -> int:
    """Let the mails wait again that were held back because their address was silent; return how many they are."""
    held = OutgoingMail.objects.filter(state=MailState.HELD, address__iexact=address)
    return held.update(state=MailState.WAITING, due_at=timezone.now())


def release_claims(*, own: bool) -> int:
    """Let mails wait again whose worker ended before it could note how it went; return how many they were."""
    left = OutgoingMail.objects.filter(state=MailState.SENDING)
    left = left.filter(claimed_by=worker_name()) if own else left.filter(due_at__lt=timezone.now())
    return left.update(state=MailState.WAITING, due_at=timezone.now())


def try_again(mail: OutgoingMail) -> bool:
    """Have a failed or waiting mail tried at once, with all its tries anew; False for what is under way or sent."""
    chosen = OutgoingMail.objects.filter(pk=mail.pk, state__in=(MailState.WAITING, MailState.FAILED))
    return bool(chosen.update(state=MailState.WAITING, due_at=timezone.now(), attempts=0, ended_at=None))


def old_mails() -> QuerySet[OutgoingMail]:
    """Return the mails that have been sent, given up or held back longer ago than they are kept."""
    now = timezone.now()
    return OutgoingMail.objects.filter(
        Q(state=MailState.SENT, ended_at__lt=now - KEPT_SENT)
        | Q(state=MailState.FAILED, ended_at__lt=now - KEPT_FAILED)
        | Q(state=MailState.HELD, created_at__lt=now - KEPT_HELD)
    )


def keep_sending(stop: threading.Event) -> None:
    """Hand over what waits, until told to stop."""
    release_claims(own=True)
    while not stop.is_set():
        release_claims(own=False)
        try:
            pause = 0.0 if send_waiting() else LOOK
        except OSError:
            pause = REST
        connections.close_all()
        stop.wait(pause)
