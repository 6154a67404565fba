"""The second step: an app that counts codes, codes on paper instead, and who must have one."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client
from django.utils import timezone

from akademie.accounts import actions, queries
from akademie.accounts.actions import factors
from akademie.accounts.models import RecoveryCode, Role, User

pytestmark = pytest.mark.django_db
STEP, APP, CHOOSE = "/anmelden/zweiter-schritt/", "/konto/app/", "/konto/zweiter-schritt/"
PROVE = "/konto/bestaetigen/"


def signed_in_as(client: Client) -> str | None:
    pk = client.session.get("_auth_user_id")
    return User.objects.get(pk=pk).email if pk else None


def code_now(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(timezone.now().timestamp()) // 30))


def with_app(user: User) -> str:
    """Give somebody an app; return its secret."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def heading(response) -> str:
    return re.search(r"<h1>(.*?)</h1>", response.content.decode())[1]


@pytest.fixture
def needed(settings) -> None:
    """As in production."""
    settings.SECOND_FACTOR = True


# -- signing in -------------------------------------------------------------------------------------------------------
def test_after_the_link_comes_the_app(client, ask, participant):
    secret = with_app(participant)
    answer = client.post(ask(participant.email, "/formate/"))
    assert (answer.status_code, answer["Location"], signed_in_as(client)) == (302, STEP, None)
    assert heading(client.get(STEP)) == "Zweiter Schritt"
    wrong = client.post(STEP, {"code": "000000" if code_now(secret) != "000000" else "111111"})
    assert (wrong.status_code, factors.WRONG_CODE in wrong.text, signed_in_as(client)) == (200, True, None)
    answer = client.post(STEP, {"code": code_now(secret)})
    assert (answer.status_code, answer["Location"], signed_in_as(client)) == (302, "/formate/", participant.email)


def test_after_the_mail_code_and_the_paper_code_comes_the_app_too(client, ask, lead, mailoutbox):
    with_app(lead)
    ask(lead.email)
    code = re.search(r"^(\d{4} \d{4})$", mailoutbox[0].body, re.MULTILINE)[1]
    assert client.post("/anmelden/code/", {"code": code})["Location"] == STEP
    paper = actions.make_recovery_codes(lead)
    other = Client()
    assert other.post("/anmelden/notfallcode/", {"email": lead.email, "code": paper[0]})["Location"] == STEP
    assert [signed_in_as(client), signed_in_as(other)] == [None, None]
    assert other.post(STEP, {"code": paper[0]}).status_code == 200
    assert other.post(STEP, {"code": paper[1]}).status_code == 302
    assert (signed_in_as(other), queries.unused_codes(lead)) == (lead.email, 8)


def test_a_code_of_the_app_is_good_once(ask, participant):
    secret = with_app(participant)
    first, second = Client(), Client()
    first.post(ask(participant.email))
    second.post(ask(participant.email))
    code = code_now(secret)
    assert [first.post(STEP, {"code": code}).status_code, second.post(STEP, {"code": code}).status_code] == [302, 200]
    assert signed_in_as(second) is None


def test_after_ten_tries_everybody_waits(client, ask, participant):
    secret = with_app(participant)
    client.post(ask(participant.email))
    for _ in range(10):
        assert client.post(STEP, {"code": "AAAA"}).status_code == 200
    answer = client.post(STEP, {"code": code_now(secret)})
    assert (answer.status_code, factors.ENOUGH_TRIES in answer.text, signed_in_as(client)) == (429, True, None)


def test_the_step_waits_a_quarter_of_an_hour_and_opens_nothing_by_itself(client, ask, participant):
    assert client.get(STEP)["Location"] == "/anmelden/"
    secret = with_app(participant)
    client.post(ask(participant.email))
    for path in ("/konto/", "/konto/app/", "/konto/bestaetigen/"):
        assert client.get(path)["Location"].startswith("/anmelden/?next=")
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert client.post(STEP, {"code": code_now(secret)})["Location"] == "/anmelden/"
    assert signed_in_as(client) is None


def test_somebody_blocked_meanwhile_stays_out(client, ask, participant):
    secret = with_app(participant)
    client.post(ask(participant.email))
    User.objects.update(is_active=False)
    client.post(STEP, {"code": code_now(secret)})
    assert client.get("/konto/").status_code == 302


@pytest.mark.parametrize("data", [{}, {"code": ""}, {"code": "9" * 100}, {"passkey": "{}"}, {"passkey": "x" * 30_000}])
def test_nonsense_gets_a_clear_answer(client, ask, participant, data):
    with_app(participant)
    client.post(ask(participant.email))
    answer = client.post(STEP, data)
    assert (answer.status_code, "kern-alert--danger" in answer.text, signed_in_as(client)) == (200, True, None)


# -- setting up -------------------------------------------------------------------------------------------------------
def on_page(response) -> tuple[str, str]:
    """Return the signed secret and the secret that a page shows."""
    text = response.content.decode()
    return re.search(r'name="secret" value="([^"]+)"', text)[1], re.search(r"<code>([A-Z2-7 ]+)</code>", text)[1]


def test_an_app_is_set_up_and_used(client, participant, mailoutbox):
    client.force_login(participant)
    signed, typed = on_page(client.get(APP))
    assert client.get(APP).text.count('src="data:image/svg+xml') == 1
    secret = typed.replace(" ", "")
    wrong = client.post(APP, {"secret": signed, "code": "12"})
    assert (wrong.status_code, factors.WRONG_APP_CODE in wrong.text, on_page(wrong)) == (200, True, (signed, typed))
    answer = client.post(APP, {"secret": signed, "code": f" {code_now(secret)[:3]} {code_now(secret)[3:]} "})
    assert (answer.status_code, answer["Location"]) == (302, "/konto/notfallcodes/")
    assert [(mail.to, mail.subject) for mail in mailoutbox] == [([participant.email], "Änderung an Ihrer Anmeldung")]
    assert queries.factors(participant) == {"totp"}
    assert client.post(APP, {"secret": signed, "code": code_now(secret)}).status_code == 200
    assert Authenticator.objects.count() == 1


def test_looking_at_the_page_changes_nothing(client, participant):
    client.force_login(participant)
    before = dict(client.session.items())
    client.get(APP)
    client.get("/konto/passkeys/")
    assert dict(client.session.items()) == before


def test_a_secret_of_somebody_else_or_of_yesterday_is_not_taken(client, participant, editor):
    client.force_login(participant)
    foreign = factors.new_secret(editor)
    code = code_now(factors.read_secret(editor, foreign))
    answer = client.post(APP, {"secret": foreign, "code": code})
    assert (factors.STALE in answer.text, on_page(answer)[0] != foreign) == (True, True)
    own = factors.new_secret(participant)
    secret = factors.read_secret(participant, own)
    with time_machine.travel(timezone.now() + timedelta(minutes=31)):
        answer = client.post(APP, {"secret": own, "code": code_now(secret)})
    assert factors.STALE in answer.text
    assert queries.factors(participant) == set()


def test_whoever_has_a_factor_shows_it_before_changes(client, participant):
    secret = with_app(participant)
    client.force_login(participant)
    for path in (APP, "/konto/passkeys/", "/konto/passwort/", "/konto/adresse/", "/konto/notfallcodes/"):
        assert client.get(path)["Location"] == f"/konto/bestaetigen/?next={path.replace('/', '%2F')}"
        answer = client.post(path, {"remove": "1"}, HTTP_REFERER=f"http://testserver{path}")
        assert answer["Location"] == "/konto/bestaetigen/?next=%2Fkonto%2Fweiter%2F"
        assert client.get("/konto/weiter/")["Location"] == path
    assert queries.factors(participant) == {"totp"}
    answer = client.post(f"/konto/bestaetigen/?next={APP}", {"code": code_now(secret)})
    assert (answer.status_code, answer["Location"]) == (302, APP)
    assert client.post(APP, {"remove": "1"}).status_code == 302
    assert queries.factors(participant) == set()


def test_a_proof_lasts_a_quarter_of_an_hour_and_leads_nowhere_else(client, participant):
    secret = with_app(participant)
    client.force_login(participant)
    answer = client.post("/konto/bestaetigen/?next=https://boese.example/", {"code": code_now(secret)})
    assert answer["Location"] == "/konto/"
    assert client.get(APP).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert client.get(APP).status_code == 302


def test_paper_codes_are_for_everyone_who_has_a_factor(client, participant):
    client.force_login(participant)
    assert client.get("/konto/notfallcodes/").status_code == 404
    secret = with_app(participant)
    client.post("/konto/bestaetigen/", {"code": code_now(secret)})
    assert client.post("/konto/notfallcodes/").status_code == 200
    assert RecoveryCode.objects.filter(user=participant).count() == 10


# -- the office -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("path", ["/geschaeftsstelle/cms/", "/geschaeftsstelle/betrieb/", "/konto/notfallcodes/"])
def test_the_office_is_led_to_the_set_up_first(client, lead, needed, path):
    client.force_login(lead)
    answer = client.get(path)
    assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, CHOOSE)
    assert answer["Location"].endswith(f"?next={path.replace('/', '%2F')}")
    assert client.post(path)["Location"].startswith(CHOOSE)
    assert [client.get(open_).status_code for open_ in ("/", "/konto/", CHOOSE, APP, "/konto/passkeys/")] == [200] * 5


def test_with_a_factor_the_office_opens_once_it_was_shown(client, editor, needed):
    secret = with_app(editor)
    client.force_login(editor)  # a session from before: nothing was shown in it
    led = client.get("/geschaeftsstelle/cms/?p=2")
    assert (led.status_code, led["Location"]) == (302, f"{PROVE}?next=%2Fgeschaeftsstelle%2Fcms%2F%3Fp%3D2")
    assert "einmal in jeder Sitzung" in client.get(led["Location"]).text
    assert client.post("/konto/notfallcodes/")["Location"].startswith(PROVE)
    assert client.get("/konto/").status_code == 200
    assert client.post(led["Location"], {"code": code_now(secret)})["Location"] == "/geschaeftsstelle/cms/?p=2"
    assert client.get("/geschaeftsstelle/betrieb/").status_code == 200
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        assert client.get("/geschaeftsstelle/betrieb/").status_code == 200
    factors.remove_app(editor)
    assert client.get("/geschaeftsstelle/betrieb/")["Location"].startswith(CHOOSE)


def test_a_role_that_rises_asks_in_the_session_that_is_open(client, ask, participant, needed):
    Authenticator.objects.create(user=participant, type="webauthn", data={"name": "x", "credential": {}})
    client.post(ask(participant.email))  # with the mail alone: a passkey is a way of its own for participants
    assert client.get("/geschaeftsstelle/betrieb/").status_code == 404
    participant.role = Role.EDITOR
    participant.save()
    assert client.get("/geschaeftsstelle/betrieb/")["Location"].startswith(f"{PROVE}?next=")
    paper = actions.make_recovery_codes(participant)
    client.post(PROVE, {"code": paper[0]})
    assert client.get("/geschaeftsstelle/betrieb/").status_code == 200


def test_who_showed_it_at_the_sign_in_is_not_asked_again(client, ask, editor, needed):
    secret = with_app(editor)
    client.post(ask(editor.email))
    client.post(STEP, {"code": code_now(secret)})
    assert client.get("/geschaeftsstelle/betrieb/").status_code == 200


def test_participants_need_none_and_guests_learn_nothing(client, participant, needed):
    assert client.get("/geschaeftsstelle/betrieb/")["Location"].startswith("/anmelden/?next=")
    client.force_login(participant)
    assert client.get("/geschaeftsstelle/betrieb/").status_code == 404


def test_the_whole_way_of_a_new_editor(client, ask, editor, needed):
    client.post(ask(editor.email, "/geschaeftsstelle/betrieb/"))
    led = client.get("/geschaeftsstelle/betrieb/")["Location"]
    assert "Redaktion und Leitung zeigen" in client.get(led).text
    signed, typed = on_page(client.get(APP))
    client.post(APP, {"secret": signed, "code": code_now(typed.replace(" ", ""))})
    assert client.get("/geschaeftsstelle/betrieb/").status_code == 200
    client.logout()
    assert client.post(ask(editor.email))["Location"] == STEP


def test_a_passkey_alone_is_a_way_in_for_participants_and_a_second_factor_for_the_office(participant, editor):
    for user in (participant, editor):
        Authenticator.objects.create(user=user, type="webauthn", data={"name": "x", "credential": {}})
    assert [queries.is_asked_for_second_factor(user) for user in (participant, editor)] == [False, True]
