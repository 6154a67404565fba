"""The code in the mail: for the browser that asked, five tries, one sign-in together with the link."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from akademie.accounts.actions import sign_in
from akademie.accounts.models import User

pytestmark = pytest.mark.django_db
CODE = "/anmelden/code/"


def signed_in_as(client: Client) -> str | None:
    pk = client.session.get("_auth_user_id")
    return User.objects.get(pk=pk).email if pk else None


def code_in(mail) -> str:
    return re.search(r"^(\d{4} \d{4})$", mail.body, re.MULTILINE)[1]


@pytest.mark.parametrize("typed", [str, lambda code: code.replace(" ", ""), lambda code: f" {code.replace(' ', '-')} "])
def test_the_code_signs_in_where_the_mail_was_asked_for(client, ask, participant, mailoutbox, typed):
    ask(participant.email, "/formate/")
    assert client.get(CODE).status_code == 200
    answer = client.post(CODE, {"code": typed(code_in(mailoutbox[0]))})
    assert (answer.status_code, answer["Location"], signed_in_as(client)) == (302, "/formate/", participant.email)


def test_the_code_makes_the_account_of_a_new_address(client, ask, mailoutbox):
    ask("neu@stadt.example")
    client.post(CODE, {"code": code_in(mailoutbox[0])})
    assert signed_in_as(client) == "neu@stadt.example"


def test_another_browser_cannot_use_the_code(client, ask, participant, mailoutbox):
    ask(participant.email)
    other = Client()
    answer = other.post(CODE, {"code": code_in(mailoutbox[0])})
    assert (answer.status_code, answer["Location"], signed_in_as(other)) == (302, "/anmelden/", None)
    other.post("/anmelden/", {"email": "fremd@stadt.example"})
    answer = other.post(CODE, {"code": code_in(mailoutbox[0])})
    assert (sign_in.WRONG_MAIL_CODE in answer.text, signed_in_as(other)) == (True, None)


def test_nothing_in_the_page_gives_the_code_or_the_link_away(client, participant, mailoutbox):
    page = client.post("/anmelden/", {"email": participant.email}).text
    token = re.search(r"/anmelden/(\S+)/", mailoutbox[0].body)[1]
    code = code_in(mailoutbox[0])
    assert [secret for secret in (token, code, code.replace(" ", "")) if secret in page] == []


def test_link_and_code_end_together(client, ask, participant, mailoutbox):
    link = ask(participant.email)
    assert Client().post(link).status_code == 302
    answer = client.post(CODE, {"code": code_in(mailoutbox[0])})
    assert (answer.status_code, "schon benutzt" in answer.text, signed_in_as(client)) == (410, True, None)
    link = ask(participant.email)
    assert client.post(CODE, {"code": code_in(mailoutbox[1])}).status_code == 302
    assert Client().post(link).status_code == 410


def test_the_code_ends_with_the_link(client, ask, participant, mailoutbox, settings):
    ask(participant.email)
    with time_machine.travel(timezone.now() + timedelta(minutes=settings.SIGN_IN_LINK_MINUTES, seconds=2)):
        answer = client.post(CODE, {"code": code_in(mailoutbox[0])})
    assert (answer.status_code, "abgelaufen" in answer.text, signed_in_as(client)) == (410, True, None)


def test_after_five_wrong_codes_only_the_link_is_left(client, ask, participant, mailoutbox):
    link = ask(participant.email)
    wrong = f"{(int(code_in(mailoutbox[0]).replace(' ', '')) + 1) % 10**8:08}"
    answers = [client.post(CODE, {"code": wrong}) for _ in range(5)]
    assert [(answer.status_code, sign_in.WRONG_MAIL_CODE in answer.text) for answer in answers] == [(200, True)] * 5
    answer = client.post(CODE, {"code": code_in(mailoutbox[0])})
    assert (answer.status_code, sign_in.ENOUGH_CODES in answer.text, signed_in_as(client)) == (429, True, None)
    assert client.post(link).status_code == 302


def test_a_newer_mail_takes_the_place_of_the_older_one(client, ask, participant, mailoutbox):
    ask(participant.email)
    ask(participant.email)
    if code_in(mailoutbox[0]) != code_in(mailoutbox[1]):
        assert client.post(CODE, {"code": code_in(mailoutbox[0])}).status_code == 200
    assert client.post(CODE, {"code": code_in(mailoutbox[1])}).status_code == 302


@pytest.mark.parametrize("code", ["", "abc", "１２３４５６７８", "9" * 21, "\x00", "' OR 1=1"])
def test_nonsense_gets_a_clear_answer(client, ask, participant, code):
    ask(participant.email)
    answer = client.post(CODE, {"code": code})
    assert (answer.status_code, "kern-alert--danger" in answer.text, signed_in_as(client)) == (200, True, None)
