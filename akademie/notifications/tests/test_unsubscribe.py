"""One press in the mail program switches a kind of mail off (RFC 8058); opening the link changes nothing."""

import re
from email import message_from_bytes, policy
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core import signing
from django.test import Client

from akademie.core.models import OutgoingMail
from akademie.notifications.actions import notify
from akademie.notifications.models import DeliveryChoice
from akademie.notifications.tests.factories import LINK, declare
from akademie.notifications.types import notification_types
from akademie.notifications.unsubscribing import SALT, unsubscribe_address

pytestmark = pytest.mark.django_db
CONTEXT = {"link": LINK}
ONE_CLICK = {"data": b"List-Unsubscribe=One-Click", "content_type": "application/x-www-form-urlencoded"}


@pytest.fixture(autouse=True)
def kinds(monkeypatch, settings):
    settings.EMAIL_BACKEND = "akademie.core.outbox.OutboxBackend"
    declare(
        monkeypatch,
        {"key": "tests.must", "label": "Frage bestätigen"},
        {"key": "tests.news", "label": "Neue Antwort", "may_stop": True},
    )


def mail_to(one: Any, key: str = "tests.news") -> Any:
    OutgoingMail.objects.all().delete()
    notify(key, to=[one], context=CONTEXT)
    mail = OutgoingMail.objects.first()
    return mail and message_from_bytes(bytes(mail.source), policy=policy.default)


def path_in(mail: Any) -> str:
    (address,) = re.findall(r"^<(https?://[^>]+)>$", unfolded(mail["List-Unsubscribe"]))
    return urlsplit(address).path


def unfolded(header: str) -> str:
    """A header as those read it who get it: a long one begins on its second line."""
    return str(header).strip()


def test_the_headers_are_those_of_the_rfc_and_the_body_says_it_too(participant):
    mail = mail_to(participant)
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail.get_body(("plain",)).get_content().splitlines()[-2:] == [
        f"Diese Art Mail nicht mehr bekommen: {unfolded(mail['List-Unsubscribe']).strip('<>')}",
        "Einstellen, was Sie wann bekommen: http://127.0.0.1:8000/konto/benachrichtigungen/",
    ]


def test_what_nobody_may_switch_off_carries_none(participant):
    mail = mail_to(participant, "tests.must")
    assert (mail["List-Unsubscribe"], mail["List-Unsubscribe-Post"]) == (None, None)
    assert "nicht mehr bekommen" not in mail.get_body(("plain",)).get_content()


@pytest.mark.parametrize("kind", ["urlencoded", "multipart"])
def test_the_post_of_a_mail_program_needs_no_cookie_and_no_page(participant, kind):
    path = path_in(mail_to(participant))
    program = Client(enforce_csrf_checks=True)
    answer = program.post(path, **ONE_CLICK) if kind == "urlencoded" else program.post(
        path, {"List-Unsubscribe": "One-Click"}
    )  # fmt: skip
    assert answer.status_code == 200
    assert list(DeliveryChoice.objects.values_list("user", "kind", "delivery")) == [
        (participant.pk, "tests.news", "never")
    ]  # fmt: skip
    assert mail_to(participant) is None
    assert mail_to(participant, "tests.must") is not None
    assert program.post(path, **ONE_CLICK).status_code == 200
    assert DeliveryChoice.objects.count() == 1


def test_somebody_without_an_account_gets_out_the_same_way():
    Client(enforce_csrf_checks=True).post(path_in(mail_to("Otto@stadt.example")), **ONE_CLICK)
    assert list(DeliveryChoice.objects.values_list("user", "email", "delivery")) == [
        (None, "otto@stadt.example", "never")
    ]  # fmt: skip
    assert mail_to("otto@stadt.example") is None


def test_opening_the_link_shows_what_will_happen_and_one_button(participant, client):
    path = path_in(mail_to(participant))
    page = client.get(path).content.decode()
    assert "„Neue Antwort“ geht dann nicht mehr an <strong>paula@stadt.example</strong>." in page
    main = page.partition("<main")[2].partition("</main>")[0]
    assert main.count("<button") == 1
    assert DeliveryChoice.objects.count() == 0


def test_it_can_be_taken_back_on_the_same_page(participant, client):
    path = path_in(mail_to(participant))
    assert "Doch wieder bekommen" in client.post(path, **ONE_CLICK).content.decode()
    assert "wieder" in client.post(path, {"wieder": "1"}).content.decode()
    assert DeliveryChoice.objects.count() == 0


def test_a_forged_link_and_one_for_what_must_come_are_refused(participant, client):
    must = notification_types.get("tests.must")
    paths = [
        "/abbestellen/quatsch/",
        f"/abbestellen/{signing.dumps({'kind': 'tests.news', 'user': participant.pk}, salt='another')}/",
        f"/abbestellen/{signing.dumps({'kind': 'tests.news', 'user': 0}, salt=SALT)}/",
        f"/abbestellen/{signing.dumps({'kind': 'tests.gone', 'user': participant.pk}, salt=SALT)}/",
        urlsplit(unsubscribe_address(must, participant)).path,
    ]
    assert [client.post(path, **ONE_CLICK).status_code for path in paths] == [410] * 5
    assert DeliveryChoice.objects.count() == 0
