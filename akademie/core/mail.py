"""Mails: plain text from a template."""

import re
import sys
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.filebased import EmailBackend as FileBackend
from django.template.loader import render_to_string

from akademie.core.outbox import KEY_HEADER


def send_mail(
    template: str, to: list[str], context: dict[str, Any], *, reply_to: list[str] | None = None, key: str = ""
) -> None:
    """Have a mail sent once the present transaction is committed: the outbox keeps it as part of that transaction.

    The template's first line is the subject; `site_url` is always in its context. With a key, the mail goes out once
    however often this is called: for jobs, which may run twice.
    """
    text = render_to_string(f"{template}.txt", {**context, "site_url": settings.SITE_URL})
    subject, body = text.split("\n", 1)
    subject = " ".join(subject.split())
    headers = {KEY_HEADER: key} if key else None
    for address in to:  # one mail each: nobody reads the others' addresses
        EmailMessage(subject, body.strip() + "\n", to=[address], reply_to=reply_to, headers=headers).send()


class DemoBackend(FileBackend):
    """Without an SMTP server, on this machine only: each mail becomes a file, and its links appear on the terminal."""

    def write_message(self, message: EmailMessage) -> None:
        """Write the file as Django does, and show where the mail would lead."""
        super().write_message(message)
        links = re.findall(r"https?://\S+", str(message.body))
        print(f"Mail an {', '.join(message.to)}: {message.subject}", *links, sep="\n  ", file=sys.stderr, flush=True)
