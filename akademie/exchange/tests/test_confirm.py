"""Confirming by link: safe against scanners, twice, at once, late and forged."""

import html
from datetime import timedelta
from threading import Barrier, Thread

import pytest
import time_machine
from django.core import signing
from django.db import connections
from django.utils import timezone

from akademie.cms.models import AcademySettings
from akademie.exchange import actions
from akademie.exchange.models import HelpRequest, HelpRequestState
from akademie.exchange.queries import answer_by
from akademie.exchange.tests.factories import HelpRequestFactory
from akademie.practices.tests.factories import TownFactory


def text_of(response):
    return " ".join(html.unescape(response.content.decode()).split())


def token_of(path: str) -> str:
    return path.rstrip("/").rsplit("/", 1)[1]


@pytest.mark.django_db
def test_a_scanner_that_opens_the_link_changes_nothing(client, link, mailoutbox):
    for _ in range(3):
        response = client.get(link)
    assert response.status_code == 200
    assert "Frage an die Geschäftsstelle senden" in text_of(response)
    assert HelpRequest.objects.get().state == HelpRequestState.UNCONFIRMED
    assert len(mailoutbox) == 1


@pytest.mark.django_db
def test_the_button_hands_the_question_over(press, link, mailoutbox, lead):
    HelpRequest.objects.update(town=TownFactory(name="Prüm"), concern="Leerstand")
    with time_machine.travel(timezone.now()):
        response = press(link)
    found = HelpRequest.objects.get()
    until = answer_by(found)
    assert (response.status_code, found.state, found.confirmed_at is not None) == (200, HelpRequestState.OPEN, True)
    assert "Ihre Frage ist angekommen" in text_of(response)
    office, receipt = mailoutbox[1:]
    assert (office.to, office.reply_to, office.subject) == ([lead.email], [found.email], "Neue Anfrage aus Prüm")
    assert found.question in office.body
    assert "Anliegen im Wegweiser: Leerstand" in office.body
    assert f"/geschaeftsstelle/cms/anfragen/inspect/{found.pk}/" in office.body
    assert (receipt.to, receipt.reply_to) == ([found.email], [lead.email])
    assert f"{until.day}. " in receipt.body
    assert found.question in receipt.body


@pytest.mark.django_db
def test_the_address_of_the_settings_comes_first(press, link, mailoutbox, lead):
    settings = AcademySettings.load()
    settings.email = "buero@akademie.example"
    settings.save()
    press(link)
    assert mailoutbox[1].to == ["buero@akademie.example"]


@pytest.mark.django_db
def test_without_an_office_the_question_still_arrives_in_the_list(press, link, mailoutbox):
    press(link)
    assert HelpRequest.objects.get().state == HelpRequestState.OPEN
    assert [mail.to for mail in mailoutbox[1:]] == [["paula@stadt.example"]]


@pytest.mark.django_db
def test_pressing_twice_is_safe(client, press, link, mailoutbox, lead):
    press(link)
    before = HelpRequest.objects.get().confirmed_at
    assert "Ihre Frage ist angekommen" in text_of(press(link))
    assert "Ihre Frage ist angekommen" in text_of(client.get(link))
    assert HelpRequest.objects.get().confirmed_at == before
    assert len(mailoutbox) == 3


@pytest.mark.django_db
def test_pressing_again_after_the_answer_does_not_reopen(press, link):
    press(link)
    HelpRequest.objects.update(state=HelpRequestState.ANSWERED, done_at=timezone.now())
    assert "hat sie am" in text_of(press(link))
    assert HelpRequest.objects.get().state == HelpRequestState.ANSWERED


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
def test_after_seven_days_the_link_says_so(client, link, method):
    with time_machine.travel(timezone.now() + timedelta(days=7, minutes=1)):
        response = getattr(client, method)(link)
    assert response.status_code == 410
    assert "Dieser Link ist abgelaufen oder unvollständig." in text_of(response)
    assert HelpRequest.objects.get().state == HelpRequestState.UNCONFIRMED


@pytest.mark.django_db
def test_within_seven_days_the_link_works(press, link):
    with time_machine.travel(timezone.now() + timedelta(days=6, hours=23)):
        assert press(link).status_code == 200
    assert HelpRequest.objects.get().state == HelpRequestState.OPEN


@pytest.mark.django_db
def test_forged_cut_and_strange_tokens_are_refused(client, link):
    found = HelpRequest.objects.get()
    token = token_of(link)
    forged = [
        token[:-1], token[:-1] + ("A" if token[-1] != "A" else "B"), "x", "%00", "a" * 5000,
        signing.dumps({"request": found.pk, "digest": found.digest}, salt="accounts.sign_in"),
        signing.dumps({"request": found.pk, "digest": "0" * 64}, salt=actions.SALT),
        signing.dumps({"request": found.pk + 1, "digest": found.digest}, salt=actions.SALT),
    ]  # fmt: skip
    statuses = [client.post(f"/austausch/frage/bestaetigen/{one}/").status_code for one in forged]
    assert statuses == [410] * len(forged)
    assert HelpRequest.objects.get().state == HelpRequestState.UNCONFIRMED


@pytest.mark.django_db
def test_a_removed_request_is_gone(client, link):
    HelpRequest.objects.all().delete()
    assert client.get(link).status_code == 410
    assert client.post(link).status_code == 410


@pytest.mark.django_db(transaction=True)
def test_two_confirmations_at_once_send_one_mail_each(mailoutbox, lead):
    found = HelpRequestFactory(unconfirmed=True)
    token = token_of(actions.confirm_address(found))
    start, ended = Barrier(2), []

    def press() -> None:
        start.wait()
        ended.append(actions.confirm(token).state)
        connections.close_all()

    threads = [Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ended == [HelpRequestState.OPEN, HelpRequestState.OPEN]
    assert sorted(mail.subject for mail in mailoutbox) == ["Ihre Frage ist angekommen", "Neue Anfrage"]
