"""Mails: plain text from a template; the outbox adds the HTML twin."""

import re
import sys
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.filebased import EmailBackend as FileBackend
from django.template.loader import render_to_string

from akademie.core.outbox import ALWAYS_HEADER, KEY_HEADER


def send_mail(
    template: str,
    to: list[str],
    context: dict[str, Any],
    *,
    reply_to: list[str] | None = None,
    key: str = "",
    always: bool = False,
) -> None:
    """Have a mail sent once the present transaction is committed: the outbox keeps it as part of that transaction.

    The template's first line is the subject; `site_url` is always in its context. With a key, the mail goes out once
    however often this is called: for jobs, which may run twice. `always` is for what lets people in: it goes to an
    address too at which mails did not arrive lately.
    """
    subject, body = words_of(template, context)
    headers = {name: value for name, value in ((KEY_HEADER, key), (ALWAYS_HEADER, "yes" if always else "")) if value}
    send_all(
        # one mail each: nobody reads the others' addresses
        EmailMessage(subject, body, to=[address], reply_to=reply_to, headers=headers.copy())
        for address in to
    )


def words_of(template: str, context: dict[str, Any]) -> tuple[str, str]:
    """Return the subject and the text of a mail; both are the same for all its readers."""
    text = render_to_string(f"{template}.txt", {**context, "site_url": settings.SITE_URL})
    subject, body = text.split("\n", 1)
    return " ".join(subject.split()), body.strip() + "\n"


def send_all(messages: Iterable[EmailMessage]) -> None:
    """Have many mails sent with as few queries as one."""
    get_connection().send_messages(list(messages))


class DemoBackend(FileBackend):
    """Without an SMTP server, on this machine only: each mail becomes a file, and its links appear on the terminal."""

    def write_message(self, message: EmailMessage) -> None:
        """Write the file as Django does, and show where the mail would lead."""
        super().write_message(message)
        links = re.findall(r"https?://\S+", str(message.body))
        print(f"Mail an {', '.join(message.to)}: {message.subject}", *links, sep="\n  ", file=sys.stderr, flush=True)
