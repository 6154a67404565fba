"""What a mail asks for is done once, by one press behind its link."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from urllib.parse import unquote, urlsplit

import pytest
import time_machine
from django.db import connections
from django.test import Client
from django.utils import timezone

from akademie.accounts.models import Role, User
from akademie.core.actions import NotPossible
from akademie.core.models import DoneEffect
from akademie.notifications import mail_links
from akademie.notifications.types import MailAction, MailQuestion, mail_actions


def ask(user: User, person: User | str) -> MailQuestion:
    if user.role == Role.LEAD:
        raise NotPossible("Das ist schon entschieden.")
    return MailQuestion(f"Soll {user} mitlesen?", ("Danach liest die Person mit.", f"Sie sind {person}."), "Ja, gern")


def run(user: User, person: User | str) -> str:
    if user.role == Role.LEAD:
        raise NotPossible("Das ist schon entschieden.")
    user.role = Role.EDITOR
    user.last_name += "!"  # shows a second run
    user.save()
    return f"{user} liest jetzt mit."


@pytest.fixture(autouse=True)
def actions(monkeypatch):
    """Two actions for these tests only: one for whoever has the mail, one for whoever is signed in."""
    declared = [
        MailAction(key=key, model=User, ask=ask, run=run, days=7, open=key == "tests.open")
        for key in ("tests.open", "tests.closed")
    ]
    monkeypatch.setattr(mail_actions, "_items", {action.key: action for action in declared})


def path_of(link: str) -> str:
    return urlsplit(link).path


def heading(response) -> str:
    return response.content.decode().partition("<h1>")[2].partition("</h1>")[0]


@pytest.mark.django_db
def test_opening_shows_what_will_happen_and_pressing_does_it_once(participant, client):
    path = path_of(mail_links.mail_link("tests.open", participant, "otto@stadt.example"))
    page = client.get(path)
    assert (page.status_code, heading(page)) == (200, "Soll Paula mitlesen?")
    assert "Sie sind otto@stadt.example." in page.content.decode()
    assert client.head(path).status_code == 200
    participant.refresh_from_db()
    assert participant.role == Role.PARTICIPANT
    assert "Paula ! liest jetzt mit." in client.post(path).content.decode()
    for again in (client.post(path), client.get(path)):
        assert (again.status_code, "schon benutzt" in again.content.decode()) == (410, True)
    participant.refresh_from_db()
    assert (participant.role, participant.last_name) == (Role.EDITOR, "!")


@pytest.mark.django_db
def test_a_form_of_another_site_cannot_press(participant):
    path = path_of(mail_links.mail_link("tests.open", participant, participant))
    assert Client(enforce_csrf_checks=True).post(path).status_code == 403
    assert DoneEffect.objects.count() == 0


@pytest.mark.django_db
def test_an_expired_link_says_so(participant, client):
    path = path_of(mail_links.mail_link("tests.open", participant, participant))
    with time_machine.travel(timezone.now() + timedelta(days=6, hours=23)):
        assert client.get(path).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(days=7, seconds=2)):
        for answer in (client.get(path), client.post(path)):
            assert (answer.status_code, "abgelaufen" in answer.content.decode()) == (410, True)


@pytest.mark.django_db
def test_a_forged_or_cut_link_is_refused(participant, client):
    path = path_of(mail_links.mail_link("tests.open", participant, participant))
    for wrong in (path[:-6] + "/", path.replace("/aus-der-mail/", "/aus-der-mail/x"), "/aus-der-mail/quatsch/"):
        answer = client.post(wrong)
        assert (answer.status_code, "unvollständig" in answer.content.decode()) == (410, True)


@pytest.mark.django_db
def test_what_is_not_safe_needs_the_person_signed_in(participant, editor, client):
    path = path_of(mail_links.mail_link("tests.closed", participant, participant))
    assert unquote(client.get(path)["Location"]) == f"/anmelden/?next={path}"
    assert client.post(path).status_code == 302
    client.force_login(editor)
    assert [client.get(path).status_code, client.post(path).status_code] == [403, 403]
    client.force_login(participant)
    assert client.post(path).status_code == 200


@pytest.mark.django_db
def test_a_link_ends_with_the_address_it_went_to(participant, client):
    path = path_of(mail_links.mail_link("tests.open", participant, participant))
    participant.email = "neu@stadt.example"
    participant.save()
    assert "andere Adresse" in client.get(path).content.decode()
    User.objects.filter(pk=participant.pk).update(email="paula@stadt.example", is_active=False)
    assert client.post(path).status_code == 410


@pytest.mark.django_db
def test_a_link_about_something_that_is_gone_says_so(participant, editor, client):
    path = path_of(mail_links.mail_link("tests.open", editor, participant))
    editor.delete()
    assert "gibt es nicht mehr" in client.get(path).content.decode()


@pytest.mark.django_db
def test_an_area_that_says_no_leaves_the_link_unused(participant, lead, client):
    path = path_of(mail_links.mail_link("tests.open", lead, participant))
    assert [client.get(path).status_code, client.post(path).status_code] == [410, 410]
    User.objects.filter(pk=lead.pk).update(role=Role.PARTICIPANT)
    assert client.post(path).status_code == 200


@pytest.mark.django_db
def test_wrong_declarations_are_found_at_once(participant):
    with pytest.raises(LookupError, match=r"tests\.strange"):
        mail_links.mail_link("tests.strange", participant, participant)
    with pytest.raises(TypeError, match="is about User"):
        mail_links.mail_link("tests.open", DoneEffect(key="x"), participant)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_four_presses_at_once_one_counts(participant):
    path = path_of(mail_links.mail_link("tests.open", participant, participant))

    def press(_: int) -> int:
        try:
            return Client().post(path).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(press, range(4))) == [200, 410, 410, 410]
    participant.refresh_from_db()
    assert participant.last_name == "!"
