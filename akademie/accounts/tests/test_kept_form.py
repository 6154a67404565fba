"""A form sent while the sign-in or the second factor is still to come: nothing typed is lost, no page says 405."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from akademie.accounts.kept_form import KEY, MOST_SIGNS
from akademie.accounts.models import User

pytestmark = pytest.mark.django_db
NAME, RESUME = "/konto/", "/konto/weiter/"
TYPED = {
    "first_name": "Anna „Ida“ <Maria>", "last_name": "Pohl", "csrfmiddlewaretoken": "x",
    "password": "ganz geheim und lang",
}  # fmt: skip


def here(path: str) -> dict[str, str]:
    return {"HTTP_REFERER": f"http://testserver{path}"}


def fields(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page.partition("<main")[2]))


def test_what_was_typed_is_there_after_the_sign_in_and_goes_with_one_press(client, mailoutbox, participant):
    answer = client.post(NAME, TYPED, **here(NAME))
    assert answer["Location"] == f"/anmelden/?next={NAME}&abgemeldet=1"
    page = client.get(answer["Location"])
    assert "heben wir eine Stunde auf" in page.text
    assert Session.objects.get().expire_date < timezone.now() + timedelta(minutes=61)
    client.post(answer["Location"], {"email": participant.email})
    link = re.search(r"http://[^/]+(/anmelden/\S+)", mailoutbox[-1].body)[1]
    assert client.post(link)["Location"] == RESUME
    assert Session.objects.get().expire_date > timezone.now() + timedelta(days=29)
    page = client.get(RESUME).text
    assert ("Anna „Ida“ &lt;Maria&gt;" in page, "geheim" in page) == (True, False)
    assert f'action="{NAME}"' in page
    assert fields(page).keys() - {"csrfmiddlewaretoken"} == TYPED.keys() - {"csrfmiddlewaretoken", "password"}
    client.post(NAME, {name: TYPED[name] for name in fields(page)}, **here(RESUME))
    participant.refresh_from_db()
    assert participant.get_full_name() == "Anna „Ida“ <Maria> Pohl"
    assert client.get(RESUME)["Location"] == "/mein-bereich/", "sent is sent"


def test_it_waits_an_hour_in_this_browser_and_not_for_somebody_else(client, participant, editor):
    client.post(NAME, TYPED, **here(NAME))
    other = Client()
    other.force_login(participant)
    assert other.get(RESUME)["Location"] == "/mein-bereich/"
    client.force_login(participant)
    assert client.get(RESUME).status_code == 200
    session = client.session
    session.set_expiry(None)  # as a real sign-in does
    session[KEY] = {**session[KEY], "person": editor.pk}
    session.save()
    assert client.get(RESUME)["Location"] == "/mein-bereich/"
    session[KEY] = {**session[KEY], "person": None}
    session.save()
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        assert client.get(RESUME)["Location"] == "/mein-bereich/"


@pytest.mark.parametrize("typed", ["Wort", "a " * MOST_SIGNS])
def test_without_text_or_with_too_much_the_page_of_the_form_comes(client, participant, typed):
    client.cookies["akademie_sitzung"] = "over"
    answer = client.post(NAME, {"first_name": typed}, **here(f"{NAME}?a=b"))
    assert "ist nicht angekommen" in client.get(answer["Location"]).text
    client.force_login(participant)
    assert client.get(RESUME)["Location"] == f"{NAME}?a=b"
    assert len(Session.objects.get().session_data) < 2000


def test_whoever_is_signed_in_meanwhile_goes_on(client, participant):
    answer = client.post(NAME, TYPED, **here(NAME))
    client.force_login(participant)
    assert client.get(answer["Location"])["Location"] == RESUME


def test_strangers_pages_are_led_to_by_nobody(client, participant):
    client.cookies["akademie_sitzung"] = "over"
    client.post("/konto/sitzungen/beenden/", HTTP_REFERER="https://boese.example/falle/")
    client.force_login(participant)
    assert client.get(RESUME)["Location"] == "/mein-bereich/"


def test_the_second_factor_of_the_office_loses_nothing_either(client, settings):
    settings.SECOND_FACTOR = True
    editor = User.objects.create_user("redaktion@akademie.example", role="editor")
    client.force_login(editor)
    path = "/geschaeftsstelle/meldungen/1/"
    answer = client.post(path, {"reasons": "Das ist alles richtig so."}, **here(path))
    assert answer["Location"] == "/konto/zweiter-schritt/?next=%2Fkonto%2Fweiter%2F"
    assert "Das ist alles richtig so." in client.get(RESUME).text


@pytest.mark.parametrize("step", ["/anmelden/eyJ.abc/", "/anmelden/", "/konto/bestaetigen/?next=x"])
def test_from_the_sign_in_nobody_gets_to_an_address_that_only_takes_forms(client, participant, step):
    client.force_login(participant)
    for path in ("/konto/sitzungen/beenden/", "/abmelden/"):
        assert client.get(path, **here(step))["Location"] == "/mein-bereich/"
        assert client.get(path, **here("/konto/")).status_code == 405
