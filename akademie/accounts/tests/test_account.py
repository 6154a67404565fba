"""The account page: name, address in two steps, password that nobody needs, sessions."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
import time_machine
from django.db import connections
from django.test import Client
from django.utils import timezone

from akademie.accounts import queries
from akademie.accounts.actions import account
from akademie.accounts.models import AddressChange, User
from akademie.core.actions import NotPossible

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
GOOD = "Pferd Batterie Klammer"


@pytest.fixture
def here(client: Client, participant: User) -> Client:
    """A browser in which the participant is signed in."""
    client.force_login(participant)
    return client


def link_to_confirm(here: Client, mailoutbox: list, email: str) -> str:
    assert here.post("/konto/adresse/", {"email": email}).status_code == 302
    assert mailoutbox[-1].to == [email]
    return re.search(r"https?://[^/\s]+(/konto/adresse/\S+)", mailoutbox[-1].body)[1]


# -- name and address -------------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_the_page_shows_everything_and_keeps_the_name(here, participant):
    page = here.get("/konto/").text
    for part in (participant.email, "Passkeys", "Zweiter Schritt", "Passwort", "Hier sind Sie angemeldet", "Abmelden"):
        assert part in page
    assert here.post("/konto/", {"first_name": " Paula\u200b ", "last_name": "Platz"}).status_code == 302
    participant.refresh_from_db()
    assert str(participant) == "Paula Platz"
    answer = here.post("/konto/", {"first_name": "x" * 81, "last_name": "Neu"})
    assert (answer.status_code, 'value="Neu"' in answer.text) == (200, True)
    participant.refresh_from_db()
    assert str(participant) == "Paula Platz"


@pytest.mark.django_db
def test_a_new_address_counts_once_it_is_confirmed(here, participant, mailoutbox):
    old, before = participant.email, participant.link_word
    link = link_to_confirm(here, mailoutbox, "neu@stadt.example")
    for _ in range(2):
        assert "künftig mit <strong>neu@stadt.example</strong>" in here.get(link).text
    participant.refresh_from_db()
    assert participant.email == old
    assert here.post(link).status_code == 302
    participant.refresh_from_db()
    assert (participant.email, participant.link_word != before) == ("neu@stadt.example", True)
    assert [(mail.to, mail.subject) for mail in mailoutbox[1:]] == [([old], "Änderung an Ihrer Anmeldung")]
    assert here.post(link).status_code == 410


@pytest.mark.django_db
def test_a_newer_wish_ends_the_older_one_and_so_does_dropping_it(here, participant, mailoutbox):
    first = link_to_confirm(here, mailoutbox, "erste@stadt.example")
    second = link_to_confirm(here, mailoutbox, "zweite@stadt.example")
    assert here.post(first).status_code == 410
    assert "zweite@stadt.example" in here.get("/konto/").text
    here.post("/konto/adresse/", {"drop": "1"})
    assert here.post(second).status_code == 410
    assert User.objects.get().email == participant.email


@pytest.mark.django_db
def test_nobody_else_confirms_and_a_guest_signs_in_first(here, participant, editor, mailoutbox):
    link = link_to_confirm(here, mailoutbox, "neu@stadt.example")
    other = Client()
    assert other.post(link)["Location"].startswith("/anmelden/?next=/konto/adresse/")
    other.force_login(editor)
    answer = other.post(link)
    assert (answer.status_code, "anderen Konto" in answer.text) == (410, True)
    assert sorted(User.objects.values_list("email", flat=True)) == sorted([participant.email, editor.email])


@pytest.mark.django_db
@pytest.mark.parametrize("change", [lambda link: link[:-3] + "x/", lambda link: "/konto/adresse/x/"])
def test_a_forged_or_old_link_changes_nothing(here, participant, mailoutbox, change):
    link = link_to_confirm(here, mailoutbox, "neu@stadt.example")
    assert here.post(change(link)).status_code == 410
    with time_machine.travel(timezone.now() + timedelta(hours=account.CHANGE_HOURS, seconds=2)):
        assert here.post(link).status_code == 410
    assert User.objects.get().email == participant.email


@pytest.mark.django_db
def test_asking_does_not_tell_whether_an_address_is_known_and_confirming_does(here, participant, editor, mailoutbox):
    link = link_to_confirm(here, mailoutbox, editor.email)
    answer = here.post(link)
    assert (answer.status_code, "schon ein Konto" in answer.text) == (410, True)
    participant.refresh_from_db()
    assert participant.email == "paula@stadt.example"


@pytest.mark.django_db
def test_the_same_address_and_too_many_wishes_are_refused(here, participant, mailoutbox):
    answer = here.post("/konto/adresse/", {"email": participant.email.upper()})
    assert (answer.status_code, "schon Ihre Adresse" in answer.text) == (200, True)
    for number in range(account.CHANGES_PER_HOUR):
        link_to_confirm(here, mailoutbox, f"neu{number}@stadt.example")
    assert here.post("/konto/adresse/", {"email": "noch@stadt.example"}).status_code == 429
    assert AddressChange.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_two_browsers_confirm_at_once(mailoutbox):
    user = User.objects.create_user("paula@stadt.example")
    account.ask_for_address(user, "neu@stadt.example")
    token = re.search(r"/konto/adresse/(\S+)/", mailoutbox[0].body)[1]
    start = Barrier(2)

    def confirm(_: int) -> str:
        try:
            start.wait(timeout=10)
            return account.change_address(User.objects.get(pk=user.pk), token).email
        except NotPossible as refusal:
            return str(refusal)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(confirm, range(2))) == sorted([account.USELESS, "neu@stadt.example"])


# -- password ---------------------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_a_password_is_set_used_and_removed(here, participant, mailoutbox):
    other = Client()
    other.force_login(participant)
    assert here.post("/konto/passwort/", {"password": GOOD}).status_code == 302
    assert (here.get("/konto/").status_code, other.get("/konto/").status_code) == (200, 302)
    answer = other.post("/anmelden/passwort/?next=/formate/", {"email": participant.email.upper(), "password": GOOD})
    assert (answer.status_code, answer["Location"]) == (302, "/formate/")
    assert here.post("/konto/passwort/", {"remove": "1"}).status_code == 302
    participant.refresh_from_db()
    assert participant.has_usable_password() is False
    assert [mail.subject for mail in mailoutbox] == ["Änderung an Ihrer Anmeldung"] * 2


@pytest.mark.django_db
@pytest.mark.parametrize("password", ["", "kurz", "paula@stadt.example", "123456789012", "x" * 129])
def test_a_password_that_is_guessed_easily_is_refused(here, participant, password):
    answer = here.post("/konto/passwort/", {"password": password})
    assert (answer.status_code, "kern-alert--danger" in answer.text) == (200, True)
    participant.refresh_from_db()
    assert participant.has_usable_password() is False


@pytest.mark.django_db
def test_the_answer_to_a_wrong_password_is_one_for_all(client, participant, editor):
    participant.set_password(GOOD)
    participant.save()
    blocked = User.objects.create_user("gesperrt@stadt.example", GOOD, is_active=False)
    tries = [(participant.email, "falsch"), (editor.email, GOOD), (blocked.email, GOOD), ("fremd@stadt.example", GOOD)]
    answers = [client.post("/anmelden/passwort/", {"email": email, "password": word}) for email, word in tries]
    assert [(answer.status_code, account.NOT_TOGETHER in answer.text) for answer in answers] == [(200, True)] * 4
    for number in range(6):
        client.post("/anmelden/passwort/", {"email": f"p{number}@stadt.example", "password": "x"})
    answer = client.post("/anmelden/passwort/", {"email": participant.email, "password": GOOD})
    assert (answer.status_code, account.ENOUGH_TRIES in answer.text) == (429, True)


# -- sessions ---------------------------------------------------------------------------------------------------------
@pytest.fixture
def two(ask, participant) -> tuple[Client, Client]:
    """Two browsers in which the participant has signed in."""
    clients = Client(headers={"User-Agent": FIREFOX}), Client(headers={"User-Agent": "seltsam"})
    for client in clients:
        client.post(ask(participant.email))
    return clients


@pytest.mark.django_db
def test_the_list_says_where_somebody_is_signed_in(two, participant):
    here, there = two
    rows = queries.sessions_of(participant, here.session.session_key)
    assert [(row.browser, row.is_here) for row in rows] == [
        ("Firefox auf Windows", True), ("Unbekannter Browser", False),
    ]  # fmt: skip
    assert "Firefox auf Windows" in there.get("/konto/").text


@pytest.mark.django_db
def test_ending_one_or_all_others(two, ask, participant, editor):
    here, there = two
    stranger = Client()
    stranger.post(ask(editor.email))
    row = queries.sessions_of(participant, here.session.session_key)[1]
    stranger.post("/konto/sitzungen/beenden/", {"session": row.pk})
    assert there.get("/konto/").status_code == 200
    here.post("/konto/sitzungen/beenden/", {"session": row.pk})
    assert (here.get("/konto/").status_code, there.get("/konto/").status_code) == (200, 302)
    there.post(ask(participant.email))
    for nonsense in ("x", "9" * 30, "-1"):
        here.post("/konto/sitzungen/beenden/", {"session": nonsense, "keep": "1"})
    there.post(ask(participant.email))
    here.post("/konto/sitzungen/beenden/")
    states = [browser.get("/konto/").status_code for browser in (here, there, stranger)]
    assert states == [200, 302, 200]


@pytest.mark.django_db
def test_changing_the_password_keeps_this_browser_in_the_list(two, participant):
    here, _ = two
    here.post("/konto/passwort/", {"password": GOOD})
    assert [row.is_here for row in queries.sessions_of(participant, here.session.session_key)][:1] == [True]


@pytest.mark.django_db
def test_no_network_address_is_kept(two):
    from allauth.usersessions.models import UserSession

    assert set(UserSession.objects.values_list("ip", flat=True)) == {"0.0.0.0"}


@pytest.mark.django_db
def test_many_sessions_cost_no_more_queries(here, participant, queries):
    from allauth.usersessions.models import UserSession
    from django.contrib.sessions.models import Session

    def add(number: int) -> None:
        for n in range(number):
            key = f"k{Session.objects.count()}-{n}"
            Session.objects.create(session_key=key, session_data="", expire_date=timezone.now() + timedelta(days=1))
            UserSession.objects.create(user=participant, session_key=key, ip="0.0.0.0", user_agent=FIREFOX)

    add(1)
    one = queries(lambda: here.get("/konto/"))
    add(3)
    assert queries(lambda: here.get("/konto/")) == one
