"""Signing in by a link in a mail: the way through, and everything that may go wrong on it."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from akademie.accounts import actions
from akademie.accounts.models import User
from akademie.core.actions import NotPossible

pytestmark = pytest.mark.django_db


def signed_in_as(client: Client) -> str | None:
    pk = client.session.get("_auth_user_id")
    return User.objects.get(pk=pk).email if pk else None


def heading(response) -> str:
    return re.search(r"<h1>(.*?)</h1>", response.content.decode())[1]


def test_a_person_signs_in_by_the_link(client, ask, participant):
    link = ask(participant.email)
    assert participant.email in client.get(link).content.decode()
    answer = client.post(link)
    assert (answer.status_code, answer["Location"]) == (302, "/mein-bereich/")
    assert signed_in_as(client) == participant.email


def test_a_scanner_that_opens_the_link_changes_nothing(client, ask, participant):
    link = ask(participant.email)
    word = User.objects.get().link_word
    for _ in range(3):
        assert Client().get(link).status_code == 200
        assert Client().head(link).status_code == 200
    assert User.objects.get().link_word == word
    assert signed_in_as(client) is None
    client.post(link)
    assert signed_in_as(client) == participant.email


def test_a_scanner_does_not_create_an_account(ask):
    link = ask("neu@stadt.example")
    Client().get(link)
    assert User.objects.count() == 0


def test_using_the_link_creates_the_account_of_a_new_address(client, ask):
    client.post(ask("Neu@Stadt.example"))
    user = User.objects.get()
    assert (user.email, user.role, user.has_usable_password()) == ("neu@stadt.example", "participant", False)
    assert signed_in_as(client) == "neu@stadt.example"


def test_the_answer_does_not_tell_whether_an_address_is_known(client, ask, participant):
    ask(participant.email)
    known = client.post("/anmelden/", {"email": participant.email})
    unknown = client.post("/anmelden/", {"email": "fremde@stadt.example"})
    text = [re.sub(r'(csrfmiddlewaretoken" value=)"\w+"', r"\1", answer.text) for answer in (known, unknown)]
    assert text[0].replace(participant.email, "X") == text[1].replace("fremde@stadt.example", "X")
    assert known.status_code == unknown.status_code == 200


def test_a_second_use_is_refused(client, ask, participant):
    link = ask(participant.email)
    client.post(link)
    other = Client()
    assert heading(other.get(link)) == "Dieser Link geht nicht mehr"
    answer = other.post(link)
    assert answer.status_code == 410
    assert "schon benutzt" in answer.content.decode()
    assert signed_in_as(other) is None


def test_the_link_of_a_new_address_works_once_too(ask):
    link = ask("neu@stadt.example")
    assert Client().post(link).status_code == 302
    assert Client().post(link).status_code == 410
    assert User.objects.count() == 1


def test_using_one_link_makes_the_others_worthless(ask, participant):
    first, second = ask(participant.email), ask(participant.email)
    assert Client().post(second).status_code == 302
    assert Client().post(first).status_code == 410


def test_an_old_link_is_refused(ask, participant, settings):
    link = ask(participant.email)
    with time_machine.travel(timezone.now() + timedelta(minutes=settings.SIGN_IN_LINK_MINUTES, seconds=2)):
        answer = Client().post(link)
    assert answer.status_code == 410
    assert "abgelaufen" in answer.content.decode()


@pytest.mark.parametrize("change", [lambda t: t[:-2] + "xx", lambda t: "A" + t[1:], lambda t: t[:20], lambda t: "x"])
def test_a_changed_link_is_refused(ask, participant, change):
    token = ask(participant.email).removeprefix("/anmelden/").rstrip("/")
    for method in (Client().get, Client().post):
        assert method(f"/anmelden/{change(token)}/").status_code == 410


def test_a_blocked_person_is_refused(ask, participant):
    link = ask(participant.email)
    User.objects.update(is_active=False)
    client = Client()
    answer = client.post(link)
    assert answer.status_code == 410
    assert "gesperrt" in answer.content.decode()
    assert signed_in_as(client) is None


@pytest.mark.parametrize(
    ("asked", "leads_to"),
    [
        ("/formate/", "/formate/"),
        ("https://boese.example/", "/mein-bereich/"),
        ("//boese.example/", "/mein-bereich/"),
        ("javascript:alert(1)", "/mein-bereich/"),
        ("/\\boese.example", "/mein-bereich/"),
    ],
)
def test_the_link_leads_on_within_the_site_only(ask, participant, asked, leads_to):
    assert Client().post(ask(participant.email, asked))["Location"] == leads_to


def test_five_links_in_a_quarter_of_an_hour(client, ask, participant, mailoutbox):
    for _ in range(5):
        ask(participant.email)
    answer = client.post("/anmelden/", {"email": participant.email})
    assert (answer.status_code, 890 < int(answer["Retry-After"]) <= 900) == (429, True)
    assert "mehrere Links" in answer.content.decode()
    assert ["<b>Das ging nicht.</b>" in answer.text, "prüfen Sie Ihre Angaben" in answer.text] == [True, False]
    assert f'value="{participant.email}"' in answer.content.decode()
    assert len(mailoutbox) == 5
    ask("andere@stadt.example")
    assert len(mailoutbox) == 6


@pytest.mark.parametrize(
    ("email", "says"),
    [
        ("", "Bitte geben Sie Ihre E-Mail-Adresse ein."),
        ("keine Adresse", "Bitte prüfen Sie die Adresse. Sie sieht so aus: name@stadt.de"),
        ("a@b\x00.de", "Bitte prüfen Sie die Adresse. Sie sieht so aus: name@stadt.de"),
        ("\u202eab@stadt.de\n", "Bitte prüfen Sie die Adresse. Sie sieht so aus: name@stadt.de"),
        ("x" * 10_000 + "@stadt.de", "Bitte prüfen Sie die Adresse. Sie sieht so aus: name@stadt.de"),
    ],
)
def test_a_bad_address_gets_a_clear_answer(client, mailoutbox, email, says):
    answer = client.post("/anmelden/", {"email": email})
    assert answer.status_code == 200
    assert says in answer.content.decode()
    assert mailoutbox == []


def test_a_filled_trap_sends_nothing(client, mailoutbox):
    assert client.post("/anmelden/", {"email": "a@stadt.de", "website": "x"}).status_code == 200
    assert mailoutbox == []


def test_who_is_signed_in_is_told_so(client, participant):
    client.force_login(participant)
    assert heading(client.get("/anmelden/")) == "Sie sind angemeldet"
    assert "nicht freigegeben" in client.get("/anmelden/?next=/geschaeftsstelle/cms/").content.decode()
    assert "nicht freigegeben" not in client.get("/anmelden/").content.decode()


def test_signing_out_needs_a_post(client, participant):
    client.force_login(participant)
    assert client.get("/abmelden/").status_code == 405
    assert signed_in_as(client) == participant.email
    assert client.post("/abmelden/").status_code == 302
    assert signed_in_as(client) is None


def test_the_mail_says_what_to_do(ask, participant, mailoutbox, settings):
    link = ask(participant.email)
    mail = mailoutbox[0]
    assert (mail.to, mail.subject) == ([participant.email], "Ihr Link zur Anmeldung")
    assert settings.SITE_URL + link in mail.body
    assert f"{settings.SIGN_IN_LINK_MINUTES} Minuten" in mail.body


def test_reading_a_link_of_somebody_else_does_not_help(participant, editor):
    token = actions.sign_in_token(participant.email)
    actions.use_sign_in_link(actions.sign_in_token(editor.email))
    assert actions.use_sign_in_link(token)[0] == participant
    with pytest.raises(NotPossible):
        actions.use_sign_in_link(token)
