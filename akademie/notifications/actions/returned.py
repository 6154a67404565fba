"""Mails that came back: read from their mailbox by IMAP, every few minutes.

Only reports that name a mail of ours are acted upon, and then deleted: nobody can make an address silent by a forged
one. A report that names none of ours is flagged for people to look at and stays, as does every other mail.
"""

import hashlib
import imaplib
import logging
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress

from django.conf import settings
from django.db import transaction
from django_tasks import task

from akademie.core import jobs
from akademie.core.contributions import Health, Light
from akademie.core.models import OutgoingMail
from akademie.notifications.actions.addresses import note_refusal
from akademie.notifications.delivery_reports import read_report

log = logging.getLogger(__name__)
PATIENCE = 15.0  # seconds for one answer of the server
LONGEST = 120.0  # seconds for one reading
MOST = 200  # reports in one reading; the next one takes the rest
MOST_BYTES = 256 * 1024  # of one report: what matters comes first, the returned mail last
REPORTS = ("UNDELETED", "UNFLAGGED", "HEADER", "Content-Type", "delivery-status")


class MailboxProblem(Exception):
    """The mailbox cannot be read; says why in German."""


@contextmanager
def open_mailbox(patience: float = PATIENCE, longest: float = LONGEST + PATIENCE) -> Iterator[imaplib.IMAP4]:
    """Give the mailbox for what comes back, and close it. MailboxProblem when it is not to be read.

    `patience` are seconds for one answer, `longest` those for all together: a server may drip.
    """
    with ExitStack() as ending:
        try:
            box = _connect(patience)
            ending.callback(_close, box)
            timer = threading.Timer(longest, _cut, (box,))
            timer.daemon = True
            timer.start()
            ending.callback(timer.cancel)
            box.login(settings.BOUNCE_IMAP_USER, settings.BOUNCE_IMAP_PASSWORD)
            box.select("INBOX")
            yield box
        except imaplib.IMAP4.error as error:
            raise MailboxProblem(f"Der Server des Postfachs sagt: {_in_words(error)}") from error
        except OSError as error:
            raise MailboxProblem(f"Der Server des Postfachs ist nicht erreichbar: {error}") from error


def _connect(patience: float) -> imaplib.IMAP4:
    host, port = settings.BOUNCE_IMAP_HOST, settings.BOUNCE_IMAP_PORT
    if settings.BOUNCE_IMAP_TLS:
        return imaplib.IMAP4_SSL(host, port, ssl_context=ssl.create_default_context(), timeout=patience)
    return imaplib.IMAP4(host, port, timeout=patience)


def _close(box: imaplib.IMAP4) -> None:
    with suppress(OSError, imaplib.IMAP4.error):
        box.logout()


def _cut(box: imaplib.IMAP4) -> None:
    """End a connection whose server goes on answering without coming to an end."""
    with suppress(OSError):
        socket.socket.shutdown(box.sock, socket.SHUT_RDWR)


def _in_words(error: Exception) -> str:
    said = error.args[0] if error.args else error
    return (said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said))[:200]


@task()
def read_returned_mails() -> None:
    """Note every report in the mailbox that is about a mail of ours, and delete it; does nothing without a mailbox."""
    if not settings.BOUNCE_IMAP_HOST:
        return
    end = time.monotonic() + LONGEST
    try:
        with open_mailbox() as box:
            for uid in _reports(box)[:MOST]:
                if time.monotonic() > end:
                    break
                _take(box, uid)
    except MailboxProblem as problem:  # the self-test tells the office; the next reading tries again
        log.warning("Returned mails are not read: %s", problem)


def _reports(box: imaplib.IMAP4) -> list[str]:
    _state, found = box.uid("SEARCH", *REPORTS)
    return found[0].decode("ascii").split() if found and found[0] else []


def _take(box: imaplib.IMAP4, uid: str) -> None:
    """Act upon one report. Noted first and deleted then: after a crash between the two it is known by its content."""
    source = _read(box, uid)
    try:
        is_ours = source is not None and note_report(source)
    except Exception as error:  # malformed by accident or on purpose: the next report has nothing to do with it
        log.warning("A returned mail is not readable: %s", type(error).__name__)
        is_ours = False
    if not is_ours:
        box.uid("STORE", uid, "+FLAGS.SILENT", r"(\Flagged)")
        return
    box.uid("STORE", uid, "+FLAGS.SILENT", r"(\Deleted)")
    if (
        b"UIDPLUS" in box.capability()[1][0].split()
    ):  # else it stays marked as deleted: nobody else's deleted mails go with it
        box.uid("EXPUNGE", uid)


def _read(box: imaplib.IMAP4, uid: str) -> bytes | None:
    _state, answer = box.uid("FETCH", uid, f"(BODY.PEEK[]<0.{MOST_BYTES}>)")
    return next((part[1] for part in answer if isinstance(part, tuple)), None)


@transaction.atomic
def note_report(source: bytes) -> bool:
    """Note what a report says about our mails, once; False when it is no report or names no mail of ours."""
    report = read_report(source)
    if report is None:
        return False
    mails = list(OutgoingMail.objects.filter(message_id__in=report.message_ids).only("pk", "address"))
    if not mails:
        return False
    if not jobs.once(f"returned:{hashlib.sha256(source).hexdigest()}"):
        return True
    for failure in report.failures:
        # The server that reports may know the person by another address, to which the mail was passed on.
        meant = mails if len(mails) == 1 else [mail for mail in mails if mail.address.casefold() == failure.email]
        for mail in meant:
            note_refusal(mail.address, failure.said)
            OutgoingMail.objects.filter(pk=mail.pk).update(problem=f"kam zurück: {failure.said}"[:200])
    return True


def mailbox_health() -> Health:
    """Whether the mailbox for what comes back can be read."""
    if not settings.BOUNCE_IMAP_HOST:
        return Health(
            Light.GREY,
            "Niemand liest, welche Mails zurückkommen. Nennen Sie Ihrer Technik die Einstellung BOUNCE_IMAP_HOST.",
        )
    try:
        with open_mailbox() as box:
            waiting = len(_reports(box))
    except MailboxProblem as problem:
        return Health(
            Light.RED, f"{problem} Prüfen Sie mit Ihrer Technik die Angaben BOUNCE_IMAP_HOST, _USER und _PASSWORD."
        )
    if waiting > MOST:
        return Health(Light.YELLOW, f"{waiting} Rückmeldungen warten. Läuft der Hintergrunddienst?")
    return Health(Light.GREEN, "Das Postfach für zurückgekommene Mails ist lesbar.")
