"""Sign-in by a provider: a real one, and all that a bad one may answer."""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from html import unescape
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlsplit
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, build_opener

import pytest
from allauth.socialaccount.models import SocialAccount
from django.conf import settings as academy
from django.test import Client

from akademie.accounts.actions import provider
from akademie.accounts.models import User
from akademie.core.tests.web import answer, serving
from tests.browser import free_port

pytestmark = pytest.mark.django_db
START, BACK = "/anmelden/anbieter/", "/anmelden/anbieter/zurueck/"


def signed_in_as(client: Client) -> str | None:
    pk = client.session.get("_auth_user_id")
    return User.objects.get(pk=pk).email if pk else None


@pytest.fixture(scope="module")
def issuer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real provider."""
    port = free_port()
    script = Path(__file__).with_name("provider_site.py")
    command = [sys.executable, str(script), str(tmp_path_factory.mktemp("provider")), str(port)]
    process = subprocess.Popen(
        [*command, academy.SITE_URL + BACK], stdout=subprocess.PIPE, text=True, cwd=script.parents[3]
    )
    try:
        assert process.stdout.readline() == "ready\n"
        yield f"http://localhost:{port}"
    finally:
        process.terminate()
        process.wait(10)
        process.stdout.close()


@pytest.fixture
def use(settings) -> Callable[[str], None]:
    """A function that makes a provider the operator's."""

    def become(issuer: str, **more: str) -> None:
        settings.OIDC_ISSUER = issuer
        app = {"provider_id": "anbieter", "name": "Dienstkonto", "client_id": "akademie", "secret": "geheim"} | more
        apps = [app | {"settings": {"server_url": issuer}}]
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": apps}}

    return become


class NoRedirect(HTTPRedirectHandler):
    """Leaves a redirect to the test."""

    def redirect_request(self, *args: object) -> None:
        """Follow nothing."""


def leads_to(client: Client, next_path: str = "") -> str:
    """Begin here; return where the page leads."""
    page = client.post(START, {"next": next_path})
    assert page.status_code == 200
    return unescape(re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', page.text)[1])


def way_back(issuer: str, address: str, email: str) -> str:
    """Be somebody at the provider, and return the path here to which it sends them."""
    browser = build_opener(HTTPCookieProcessor(CookieJar()), NoRedirect)
    browser.open(f"{issuer}/als/{email}/").close()
    with pytest.raises(HTTPError) as redirected:
        browser.open(address)
    location = redirected.value.headers["Location"]
    redirected.value.close()
    return location.removeprefix(academy.SITE_URL)


def test_without_a_provider_there_is_none(client):
    assert client.post(START).status_code == 404
    assert client.get(BACK).status_code == 404
    assert "Dienstkonto" not in client.get("/anmelden/").text


def test_a_new_person_gets_an_account_and_comes_back_to_it(client, issuer, use):
    use(issuer)
    assert "Weiter mit Dienstkonto" in client.get("/anmelden/").text
    answer_ = client.get(way_back(issuer, leads_to(client, "/formate/"), "paula@stadt.example"))
    assert (answer_.status_code, answer_["Location"], signed_in_as(client)) == (302, "/formate/", "paula@stadt.example")
    user = User.objects.get()
    assert (str(user), user.role, user.has_usable_password()) == ("Paula Platz", "participant", False)
    user.email = "neu@stadt.example"
    user.save()
    other = Client()
    other.get(way_back(issuer, leads_to(other), "paula@stadt.example"))
    assert (signed_in_as(other), User.objects.count()) == ("neu@stadt.example", 1)
    assert list(SocialAccount.objects.values_list("extra_data", flat=True)) == [{}]


def test_a_verified_address_leads_to_its_account_and_the_person_hears_of_it(
    client, issuer, use, participant, mailoutbox
):
    use(issuer)
    client.get(way_back(issuer, leads_to(client), participant.email))
    assert (signed_in_as(client), User.objects.count()) == (participant.email, 1)
    assert [(mail.to, mail.subject) for mail in mailoutbox] == [([participant.email], "Änderung an Ihrer Anmeldung")]
    assert "Verbindung trennen" in client.get("/konto/").text
    client.post("/konto/anbieter/trennen/")
    assert SocialAccount.objects.count() == 0


@pytest.mark.parametrize("email", ["unbestaetigt@stadt.example", "ohne@stadt.example"])
def test_an_address_that_is_not_verified_opens_nothing(client, issuer, use, email):
    User.objects.create_user(email)
    use(issuer)
    answer_ = client.get(way_back(issuer, leads_to(client), email))
    assert (answer_.status_code, provider.NOT_VERIFIED in answer_.text, signed_in_as(client)) == (403, True, None)
    assert SocialAccount.objects.count() == 0


def test_the_second_step_comes_after_the_provider_too(client, issuer, use, participant):
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    TOTP.activate(participant, generate_totp_secret())
    use(issuer)
    answer_ = client.get(way_back(issuer, leads_to(client), participant.email))
    assert (answer_["Location"], signed_in_as(client)) == ("/anmelden/zweiter-schritt/", None)


def test_a_blocked_person_stays_out(client, issuer, use, participant):
    User.objects.update(is_active=False)
    use(issuer)
    answer_ = client.get(way_back(issuer, leads_to(client), participant.email))
    assert (answer_.status_code, "gesperrt" in answer_.text, signed_in_as(client)) == (403, True, None)


def test_the_way_back_works_once_and_in_the_browser_where_it_began(client, issuer, use, participant):
    use(issuer)
    path = way_back(issuer, leads_to(client), participant.email)
    other = Client()
    assert (other.get(path).status_code, signed_in_as(other)) == (403, None)
    assert client.get(path).status_code == 302
    client.logout()
    assert (client.get(path).status_code, signed_in_as(client)) == (403, None)


def test_it_leads_on_within_the_site_only(client, issuer, use, participant):
    use(issuer)
    path = way_back(issuer, leads_to(client, "https://boese.example/"), participant.email)
    assert client.get(path)["Location"] == "/mein-bereich/"


def test_a_wrong_secret_is_the_providers_refusal(client, issuer, use, participant):
    use(issuer, secret="falsch")
    answer_ = client.get(way_back(issuer, leads_to(client), participant.email))
    assert (answer_.status_code, provider.NONSENSE in answer_.text, signed_in_as(client)) == (502, True, None)


@pytest.mark.parametrize(
    ("query", "says"),
    [("error=access_denied", "abgebrochen"), ("error=server_error", provider.NONSENSE), ("", provider.NONSENSE)],
)
def test_a_refusal_of_the_provider_is_explained(client, issuer, use, query, says):
    use(issuer)
    state = parse_qs(urlsplit(leads_to(client)).query)["state"][0]
    answer_ = client.get(f"{BACK}?state={state}&{query}")
    assert (answer_.status_code, says in answer_.text) == (403, True)


@pytest.mark.parametrize(
    "query", ["", "?state=x&code=y", "?code=y", f"?state={'x' * 9000}&code=y", "?state=%00&code=%00"]
)
def test_a_forged_way_back_is_refused(client, issuer, use, query):
    use(issuer)
    answer_ = client.get(BACK + query)
    assert (answer_.status_code, "noch einmal" in answer_.text, signed_in_as(client)) == (403, True, None)


# -- nonsense ---------------------------------------------------------------------------------------------------------
CONFIG = "/.well-known/openid-configuration"
JSON = {"Content_Type": "application/json"}


def as_json(what: object) -> bytes:
    return answer(json.dumps(what).encode(), **JSON)


@pytest.mark.parametrize(
    "configuration",
    [
        answer(status="500 Internal Server Error"), answer(status="404 Not Found"), answer(b"<html>", **JSON),
        as_json([]), as_json(None), as_json("x"), as_json({}), as_json({"authorization_endpoint": 5}),
        as_json({"authorization_endpoint": "javascript:alert(1)", "token_endpoint": "http://localhost:1/"}),
        answer(b"x" * 300_000), b"no http at all\r\n\r\n",
    ],
)  # fmt: skip
def test_nonsense_at_the_start_is_explained(client, use, configuration):
    with serving({CONFIG: configuration}) as server:
        use(f"http://127.0.0.1:{server.port}")
        answer_ = client.post(START)
    assert (answer_.status_code, provider.NONSENSE in answer_.text) == (502, True)


@pytest.mark.parametrize(
    ("token", "userinfo"),
    [
        (as_json({}), as_json({})),
        (as_json([]), as_json({})),
        (as_json({"access_token": "x"}), as_json({"sub": "1"})),
        (as_json({"access_token": "x", "id_token": "x.y.z"}), as_json({"sub": "1"})),
        (as_json({"access_token": "x", "id_token": 5}), as_json([])),
        (as_json({"access_token": "x", "id_token": "x"}), answer(status="401 Unauthorized")),
        (answer(status="302 Found", Location="http://127.0.0.1:1/"), as_json({})),
        (answer(b"\xff\xfe", **JSON), as_json({})),
    ],
)
def test_nonsense_on_the_way_back_is_explained(client, use, token, userinfo):
    answers = {"/token": token, "/userinfo": userinfo}
    with serving(answers) as server:
        issuer = f"http://127.0.0.1:{server.port}"
        answers[CONFIG] = as_json({
            "issuer": issuer, "authorization_endpoint": f"{issuer}/authorize", "token_endpoint": f"{issuer}/token",
            "userinfo_endpoint": f"{issuer}/userinfo", "jwks_uri": f"{issuer}/keys",
        })  # fmt: skip
        use(issuer)
        state = parse_qs(urlsplit(leads_to(client)).query)["state"][0]
        answer_ = client.get(f"{BACK}?state={state}&code=x")
    assert (answer_.status_code, provider.NONSENSE in answer_.text, signed_in_as(client)) == (502, True, None)


def test_a_provider_that_is_away_is_explained(client, use):
    use(f"http://127.0.0.1:{free_port()}")
    assert client.post(START).status_code == 502


def test_nobody_is_asked_but_the_named_host(client, use):
    with serving({}) as other, serving({}) as server:
        server.answers[CONFIG] = answer(status="302 Found", Location=f"http://127.0.0.1:{other.port}{CONFIG}")
        use(f"http://127.0.0.1:{server.port}")
        assert client.post(START).status_code == 502
        assert (server.paths, other.asked) == ([CONFIG], [])


@pytest.mark.parametrize(
    "said",
    [
        {}, {"userinfo": {"sub": "1"}, "id_token": {"sub": "2"}}, {"userinfo": {"sub": 1}}, {"userinfo": {"sub": ""}},
        {"userinfo": {"sub": "x" * 191}}, {"userinfo": []},
    ],
)  # fmt: skip
def test_claims_without_one_name_are_nonsense(said):
    with pytest.raises(provider.NotPossible, match="nicht so geantwortet"):
        provider.read_claims(said)


@pytest.mark.parametrize("verified", ["true", 1, None, False])
def test_only_true_means_verified(verified):
    claims = provider.read_claims({"userinfo": {"sub": "1", "email": "a@b.de", "email_verified": verified}})
    assert claims.email == ""
