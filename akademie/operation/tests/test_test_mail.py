"""A test mail goes to a real mail server and back to a person; her click makes the light green, and for how long."""

import re
from datetime import timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from akademie.core import outbox
from akademie.core.actions import NotPossible
from akademie.core.contributions import Health, Light
from akademie.core.tests.test_outbox import Sink, sink  # noqa: F401  (a fixture)
from akademie.operation.actions import mail as actions
from akademie.operation.checks import mail
from akademie.operation.models import ConfirmedDuty, HealthResult

pytestmark = pytest.mark.django_db
SEND, OVERVIEW = "/geschaeftsstelle/betrieb/mails/probe/", "/geschaeftsstelle/betrieb/"


@pytest.fixture
def link(client: Any, editor: Any, sink: Sink, settings: Any) -> str:  # noqa: F811
    """The path in the mail that the mail server has accepted for the editor."""
    settings.DEFAULT_FROM_EMAIL = "Akademie <post@akademie.example>"
    client.force_login(editor)
    page = client.post(SEND, follow=True).content.decode()
    assert f"Die Probe-Mail an {editor.email} geht hinaus." in page
    assert outbox.send_waiting() == 1
    ((address, content),) = sink.accepted
    assert address == editor.email
    text = message_from_bytes(content, policy=policy.default).get_body(("plain",)).get_content()
    assert "kommen im Postfach post@akademie.example an." in text
    (found,) = re.findall(rf"{settings.SITE_URL}(/\S+)", text)
    return found


def test_the_light_is_grey_until_the_link_is_confirmed(client, editor, link) -> None:
    assert mail.received() == Health(
        Light.GREY, "Noch niemand hat bestätigt, dass eine Mail ankommt. Schicken Sie sich eine: Betrieb, Mails."
    )
    assert "Die Probe-Mail ist da" in client.get(link).content.decode()
    assert ConfirmedDuty.objects.count() == 0, "to open the link changes nothing"
    for _ in range(2):
        assert "Vermerkt: Mails kommen an." in client.post(link, follow=True).content.decode()
    found = mail.received()
    assert (found.light, found.sentence[:37]) == (Light.GREEN, "Eine Probe-Mail kam an, bestätigt am ")
    assert HealthResult.objects.get(key=mail.MAIL_ARRIVED).light == Light.GREEN, "and the page says so at once"
    assert "Eine Probe-Mail kam an" in client.get(OVERVIEW).content.decode()


@pytest.mark.parametrize("name", ["EMAIL_HOST", "DEFAULT_FROM_EMAIL"])
def test_with_another_server_or_sender_nobody_knows(client, link, settings, name) -> None:
    client.post(link)
    assert mail.received().light == Light.GREEN
    setattr(settings, name, "anders@akademie.example")
    assert mail.received().light == Light.GREY
    assert "haben sich Mailserver oder Absender geändert" in client.post(link).content.decode()
    assert mail.received().light == Light.GREY


def test_after_three_months_it_is_time_for_a_new_one(client, link) -> None:
    client.post(link)
    with time_machine.travel(timezone.now() + timedelta(days=91)):
        found = mail.received()
    assert (found.light, found.sentence[:41]) == (Light.GREY, "Die letzte bestätigte Probe-Mail ist vom ")


def test_a_link_that_is_old_or_somebody_made_up_is_refused(client, link) -> None:
    for path in (link[:-5] + "abcd/", f"{SEND}quatsch/"):
        assert "Dieser Link ist unvollständig oder gilt nicht mehr." in client.post(path).content.decode()
    later = timezone.now() + timedelta(days=8)
    with time_machine.travel(later), pytest.raises(NotPossible, match="gilt nicht mehr"):
        actions.check_test_mail(link.split("/")[-2])
    assert ConfirmedDuty.objects.count() == 0


def test_the_sixth_within_an_hour_is_refused(client, link) -> None:
    for _ in range(4):
        client.post(SEND)
    assert "Das waren schon mehrere Probe-Mails." in client.post(SEND, follow=True).content.decode()


def test_nobody_but_the_office_sends_or_confirms(client, link, participant) -> None:
    client.force_login(participant)
    assert (client.post(SEND).status_code, client.get(link).status_code, client.post(link).status_code) == (
        404, 404, 404,
    )  # fmt: skip
    assert ConfirmedDuty.objects.count() == 0


def test_without_a_mail_server_the_light_says_what_to_do(settings) -> None:
    settings.EMAIL_HOST = ""
    assert mail.received() == Health(
        Light.GREY, "Ohne Mailserver kommt keine Mail an. Lassen Sie von Ihrer Technik EMAIL_HOST einrichten."
    )
