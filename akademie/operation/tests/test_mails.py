"""What the office and the demo see of mails."""

import re

import pytest
from django.core.mail import get_connection, send_mail

from akademie.core import outbox
from akademie.core.models import MailState, OutgoingMail

pytestmark = pytest.mark.django_db
PAGE = "/geschaeftsstelle/betrieb/mails/"


@pytest.fixture
def wrote():
    """A function that has a mail kept, in a state."""

    def write(address: str, state: str = MailState.WAITING, **fields) -> OutgoingMail:
        server = get_connection("akademie.core.outbox.OutboxBackend")
        send_mail("Ihre Frage", "Bitte: https://akademie.example/x?a=1&b=<2>", None, [address], connection=server)
        mail = OutgoingMail.objects.latest("pk")
        OutgoingMail.objects.filter(pk=mail.pk).update(state=state, **fields)
        return OutgoingMail.objects.get(pk=mail.pk)

    return write


def addresses(client, path: str = PAGE) -> list[str]:
    return re.findall(r"<td>(\S+@\S+)</td>", client.get(path).content.decode())


def test_mails_by_state(client, editor, wrote):
    client.force_login(editor)
    assert "Hier ist keine Mail" in client.get(PAGE).content.decode()
    wrote("neu@stadt.example")
    wrote("weg@stadt.example", MailState.FAILED, attempts=1, problem="550 no <such> user")
    wrote("da@stadt.example", MailState.SENT)
    assert addresses(client) == ["da@stadt.example", "weg@stadt.example", "neu@stadt.example"]
    assert addresses(client, f"{PAGE}?stand=gescheitert") == ["weg@stadt.example"]
    assert addresses(client, f"{PAGE}?stand=quatsch&seite=99") == addresses(client)
    assert "550 no &lt;such&gt; user" in client.get(PAGE).content.decode()


def test_a_failed_mail_is_sent_again_and_pressing_twice_is_safe(client, editor, wrote):
    client.force_login(editor)
    mail = wrote("weg@stadt.example", MailState.FAILED, attempts=1)
    for _ in range(2):
        assert client.post(f"{PAGE}{mail.pk}/senden/", follow=True).status_code == 200
    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == (MailState.WAITING, 0)
    OutgoingMail.objects.update(state=MailState.SENT)
    page = client.post(f"{PAGE}{mail.pk}/senden/", follow=True).content.decode()
    assert "Diese Mail ist schon unterwegs oder übergeben." in page
    assert client.get(f"{PAGE}{mail.pk}/senden/").status_code == 405


def test_many_mails_cost_as_many_queries_as_few(client, editor, wrote, queries):
    client.force_login(editor)
    wrote("a@stadt.example")
    few = queries(lambda: client.get(PAGE))
    for number in range(3):
        wrote(f"b{number}@stadt.example")
    assert queries(lambda: client.get(PAGE)) == few


def test_the_demo_shows_its_mails_and_nobody_else_does(client, settings, wrote):
    wrote("paula@stadt.example")
    assert client.get("/demo/mails/").status_code == 404
    settings.DEMO = True
    page = client.get("/demo/mails/").content.decode()
    assert re.findall(r'href="(https://akademie[^"]*)"', page) == ["https://akademie.example/x?a=1&amp;b="]
    settings.MAIL_TRANSPORT = "django.core.mail.backends.dummy.EmailBackend"
    outbox.send_waiting()
    assert "Ihre Frage" in client.get("/demo/mails/").content.decode(), "in the demo the content stays"
