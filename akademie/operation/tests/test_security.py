"""What holds attackers off, on every page: headers, the policy, and whom to tell about a hole."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client

from akademie.accounts.actions import sign_in_token
from akademie.core import frame

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
}
POLICY = {
    "default-src 'self'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
}
PUBLIC_ADDRESS = {
    "SITE_URL": "https://akademie.example", "SECRET_KEY": "".join(chr(33 + n % 90) for n in range(80)),
    "EMAIL_HOST": "mail.akademie.example",
}  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/anmelden/", "/inhalt-melden/", "/gibt-es-nicht/", "/.well-known/security.txt"])
def test_every_answer_carries_the_headers(client, path):
    answer = client.get(path)
    assert {name: answer.get(name) for name in HEADERS} == HEADERS
    assert set(answer["Content-Security-Policy"].split("; ")) == POLICY


@pytest.mark.django_db
def test_the_back_office_may_frame_itself_and_loads_nothing_from_outside(client, editor):
    client.force_login(editor)
    answer = client.get(settings.BACK_OFFICE_PREFIX)
    policy = dict(part.split(" ", 1) for part in answer["Content-Security-Policy"].split("; "))
    assert policy["frame-ancestors"] == "'self'"
    assert {word for words in policy.values() for word in words.split()} == {
        "'self'", "'none'", "'unsafe-inline'", "data:", "blob:",
    }  # fmt: skip


@pytest.mark.django_db
def test_cookies_are_out_of_reach_of_scripts(client):
    client.get("/anmelden/")
    client.post(f"/anmelden/{sign_in_token('paula@stadt.example')}/")
    flags = {name: (cookie["httponly"], cookie["samesite"]) for name, cookie in client.cookies.items()}
    assert flags == {
        settings.CSRF_COOKIE_NAME: (True, "Lax"), settings.SESSION_COOKIE_NAME: (True, "Lax"),
    }  # fmt: skip


@pytest.mark.django_db
def test_a_form_from_elsewhere_is_refused():
    strict = Client(enforce_csrf_checks=True)
    for path in ("/anmelden/", "/inhalt-melden/", "/barriere-melden/", "/austausch/frage/", "/abmelden/"):
        assert strict.post(path, {"email": "paula@stadt.example"}).status_code == 403, path


@pytest.mark.django_db
def test_security_txt_names_the_operator_and_expires_within_a_year(client, monkeypatch):
    def says() -> dict[str, str]:
        text = client.get("/.well-known/security.txt").content.decode()
        return dict(line.split(": ", 1) for line in text.splitlines())

    found = says()
    assert (found["Contact"], found["Preferred-Languages"]) == (f"{settings.SITE_URL}/impressum/", "de, en")
    assert found["Canonical"] == f"{settings.SITE_URL}/.well-known/security.txt"
    expires = datetime.strptime(found["Expires"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    assert timedelta(days=30) < expires - datetime.now(UTC) < timedelta(days=365)
    monkeypatch.setitem(frame.current().values, "contact_email", "buero@akademie.example")
    assert says()["Contact"] == "mailto:buero@akademie.example"


@pytest.mark.slow
def test_django_finds_nothing_to_object_to_on_a_public_address(tmp_path):
    check = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=settings.BASE_DIR, capture_output=True, text=True, check=False,
        env={"PATH": "/usr/bin:/bin", "DATA_DIR": str(tmp_path), **PUBLIC_ADDRESS},
    )  # fmt: skip
    assert (check.returncode, check.stderr) == (0, "")


@pytest.mark.slow
def test_on_a_public_address_everything_goes_over_tls(tmp_path):
    script = (
        "import django; django.setup(); from django.test import Client; "
        "c = Client(HTTP_HOST='akademie.example'); "
        "a = c.get('/.well-known/security.txt'); b = c.get('/gesundheit/', secure=True); "
        "print(a.status_code, a['Location'], b['Strict-Transport-Security'])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script], cwd=settings.BASE_DIR, capture_output=True, text=True, check=False,
        env={"PATH": "/usr/bin:/bin", "DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "akademie.settings",
             **PUBLIC_ADDRESS},
    )  # fmt: skip
    target = "https://akademie.example/.well-known/security.txt"
    assert ran.stdout.strip() == f"301 {target} max-age=31536000; includeSubDomains; preload", ran.stderr
