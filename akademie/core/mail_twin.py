"""The HTML twin of a mail: the same words with links to press, for programs that show HTML first.

No pictures, nothing loaded from anywhere, no address that would tell who reads.
"""

import re

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

LINK = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)\]]")


def with_twin(message: EmailMessage) -> EmailMessage:
    """Return a mail of plain text with its twin; a mail that has HTML already as it is."""
    if message.content_subtype != "plain" or getattr(message, "alternatives", None):
        return message
    twin = EmailMultiAlternatives(
        message.subject, message.body, message.from_email, message.to, message.bcc, message.connection,
        message.attachments, message.extra_headers, cc=message.cc, reply_to=message.reply_to,
    )  # fmt: skip
    twin.attach_alternative(html_of(str(message.subject), str(message.body)), "text/html")
    return twin


def html_of(subject: str, text: str) -> str:
    """Return the words of a mail as HTML: one paragraph where there was one, and each address a link."""
    paragraphs = [_paragraph(part) for part in re.split(r"\n\s*\n", text.strip())]
    return render_to_string("core/mail/twin.html", {"subject": subject, "paragraphs": paragraphs})


def _paragraph(text: str) -> SafeString:
    return mark_safe("<br>\n".join(_linked(line.strip()) for line in text.strip().split("\n")))


def _linked(line: str) -> str:
    parts, end = [], 0
    for found in LINK.finditer(line):
        parts += [escape(line[end : found.start()]), format_html('<a href="{0}">{0}</a>', found[0])]
        end = found.end()
    return "".join([*parts, escape(line[end:])])
