"""Passkeys in a real browser with a virtual device: made, used to sign in, as the second step, removed."""

import pytest
from django.conf import settings as academy
from pytest_django.live_server_helper import LiveServer

from akademie.accounts import queries
from akademie.accounts.actions import factors
from akademie.accounts.models import User
from tests.browser import Site

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSKEYS = "/konto/passkeys/"


@pytest.fixture
def site(live_server: LiveServer, settings) -> Site:
    """The site under a name: a passkey belongs to one, never to a number."""
    settings.ALLOWED_HOSTS = ["localhost", "testserver"]
    return Site(live_server.url.replace("127.0.0.1", "localhost"), academy.DATA_DIR)


@pytest.fixture
def device(visit):
    """A device that keeps passkeys and knows its person at once."""
    session = visit.context.new_cdp_session(visit.page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    key = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]
    return lambda method, **more: session.send(f"WebAuthn.{method}", {"authenticatorId": key, **more})


def enter(visit, client, user: User) -> None:
    """Be signed in, as after a link."""
    client.force_login(user)
    name = academy.SESSION_COOKIE_NAME
    visit.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": visit.site.url}])


def make(visit, name: str = "Rechner im Rathaus") -> None:
    page = visit.go(PASSKEYS)
    page.get_by_label("Name des Passkeys").fill(name)
    page.get_by_role("button", name="Passkey anlegen").click()
    page.wait_for_url("**/konto/notfallcodes/")


def test_a_passkey_is_made_and_signs_in_without_mail(visit, device, client, participant, mailoutbox):
    enter(visit, client, participant)
    make(visit)
    assert [(mail.to, "Rechner im Rathaus" in mail.body) for mail in mailoutbox] == [([participant.email], True)]
    assert [key["isResidentCredential"] for key in device("getCredentials")["credentials"]] == [True]
    visit.context.clear_cookies()
    page = visit.go("/anmelden/passkey/?next=/formate/")
    page.get_by_role("button", name="Mit Passkey anmelden").click()
    page.wait_for_url(f"{visit.site.url}/formate/")
    assert visit.go("/konto/").get_by_text(participant.email).count() == 1
    assert queries.passkeys_of(participant)[0].last_used_at is not None
    assert (visit.trouble, visit.outside) == ([], set())
    visit.go("/anmelden/passkey/")
    assert visit.axe() == []


def test_the_office_shows_it_as_second_step_and_before_changes(visit, device, client, editor, ask, settings):
    settings.SECOND_FACTOR = True
    enter(visit, client, editor)
    make(visit)
    visit.context.clear_cookies()
    client.logout()
    page = visit.go(ask(editor.email, PASSKEYS))
    page.get_by_role("button", name="Jetzt anmelden").click()
    page.wait_for_url("**/anmelden/zweiter-schritt/")
    assert visit.axe() == []
    page.get_by_role("button", name="Passkey benutzen").click()
    page.wait_for_url(f"**{PASSKEYS}")
    assert visit.axe() == []
    page.get_by_role("button", name="Entfernen").click()
    page.get_by_text("Der Passkey ist entfernt.").wait_for()
    assert queries.factors(editor) == set()


def test_a_passkey_of_nobody_here_is_refused(visit, device, client, participant):
    enter(visit, client, participant)
    make(visit)
    factors.remove_passkey(participant, queries.passkeys_of(participant)[0].pk)
    visit.context.clear_cookies()
    page = visit.go("/anmelden/passkey/")
    page.get_by_role("button", name="Mit Passkey anmelden").click()
    page.get_by_text(factors.WRONG_PASSKEY).wait_for()
    assert visit.axe() == []


def test_a_device_that_does_not_know_its_person_is_refused(visit, device, client, participant):
    enter(visit, client, participant)
    make(visit)
    visit.context.clear_cookies()
    device("setUserVerified", isUserVerified=False)
    page = visit.go("/anmelden/passkey/")
    page.get_by_role("button", name="Mit Passkey anmelden").click()
    page.get_by_text("Das ging nicht.").wait_for()
    assert visit.go("/konto/").url.endswith("/anmelden/?next=/konto/")


def test_without_scripts_the_page_says_that_it_needs_them(visiting):
    visit = visiting(script=False)
    page = visit.go("/anmelden/passkey/")
    assert page.get_by_text("Passkeys brauchen JavaScript. Alles andere geht ohne.").is_visible()
    assert page.get_by_role("button", name="Mit Passkey anmelden").is_visible() is False
