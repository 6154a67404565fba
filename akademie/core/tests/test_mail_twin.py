"""Every mail has its words twice: as plain text first, and as HTML with the same words."""

import re
from email import message_from_bytes, policy
from email.message import EmailMessage as Parsed
from html import unescape

import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives, send_mail

from akademie.core.mail import send_mail as send_from_template
from akademie.core.mail_twin import html_of
from akademie.core.models import OutgoingMail

pytestmark = pytest.mark.django_db
TEXT = "Guten Tag Frau <Beck> & Co.,\n\nöffnen Sie https://akademie.example/x?a=1&b=2.\nDanke\n\nIhre Akademie\n"


@pytest.fixture(autouse=True)
def kept(settings):
    settings.EMAIL_BACKEND = "akademie.core.outbox.OutboxBackend"
    settings.SITE_URL = "https://akademie.example"


def the_mail() -> Parsed:
    parsed = message_from_bytes(bytes(OutgoingMail.objects.get().source), policy=policy.default)
    assert isinstance(parsed, Parsed)
    return parsed


def words(html: str) -> list[str]:
    body = html.partition("<body")[2].partition(">")[2]
    return unescape(re.sub(r"<[^>]+>", "", re.sub(r"<br>|</p>", " ", body))).split()


def test_the_plain_text_comes_first_and_the_twin_says_the_same():
    send_mail("Betreff", TEXT, None, ["paula@stadt.example"])
    mail = the_mail()
    assert mail.get_content_type() == "multipart/alternative"
    plain, html = mail.iter_parts()
    assert (plain.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    assert plain.get_content().splitlines() == TEXT.splitlines()
    assert words(html.get_content()) == TEXT.split()


def test_the_twin_links_addresses_and_nothing_else():
    html = html_of("Betreff", TEXT + "\nwww.stadt.example und mail@stadt.example (https://akademie.example/y)\n")
    assert re.findall(r"<a [^>]*>", html) == [
        '<a href="https://akademie.example/x?a=1&amp;b=2">', '<a href="https://akademie.example/y">',
    ]  # fmt: skip
    assert "Frau &lt;Beck&gt; &amp; Co." in html
    assert re.findall(r"<p [^>]*>(?:[^<]|<(?!/p>))*</p>", html) != []
    assert html.count("<p ") == 4


def test_the_twin_loads_nothing():
    html = html_of("Betreff", TEXT)
    assert re.findall(r"<(?:img|link|script|iframe|style)\b|\bsrc=|url\(|@import", html) == []


@pytest.mark.parametrize("text", ["javascript:alert(1)", '"><script>alert(1)</script>', "https://x\"onclick='y'"])
def test_nothing_written_by_people_becomes_code(text):
    html = html_of(text, text)
    assert re.findall(r"<script|href=\"(?!https?://)|<a [^>]*onclick=", html) == []


def test_mails_of_other_packages_get_their_twin_too():
    EmailMessage("Betreff", TEXT, to=["paula@stadt.example"], attachments=[("a.csv", "a;b", "text/csv")]).send()
    mail = the_mail()
    assert [part.get_content_type() for part in mail.walk()] == [
        "multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/csv",
    ]  # fmt: skip


def test_a_mail_that_has_html_keeps_it():
    message = EmailMultiAlternatives("Betreff", "Text", to=["paula@stadt.example"])
    message.attach_alternative("<p>Eigenes</p>", "text/html")
    message.send()
    body = the_mail().get_body(("html",))
    assert body is not None
    assert body.get_content().strip() == "<p>Eigenes</p>"


def test_every_mail_says_that_a_program_wrote_it_and_has_a_name_of_ours():
    send_from_template("accounts/mail/sign_in_link", ["paula@stadt.example"], {"link": "https://akademie.example/"})
    mail, row = the_mail(), OutgoingMail.objects.get()
    assert mail["Auto-Submitted"] == "auto-generated"
    assert re.fullmatch(r"<[\w.]+@akademie\.example>", mail["Message-ID"])
    assert row.message_id == mail["Message-ID"]
    assert (mail["List-Unsubscribe"], mail["X-Academy-Always"], mail["Bcc"]) == (None, None, None)


def test_what_comes_back_goes_to_the_mailbox_for_it(settings):
    settings.BOUNCE_ADDRESS = "rueckmeldung@akademie.example"
    send_mail("Betreff", "Text", "Akademie <akademie@akademie.example>", ["paula@stadt.example"])
    assert OutgoingMail.objects.get().sender == "rueckmeldung@akademie.example"
    assert the_mail()["From"] == "Akademie <akademie@akademie.example>"
