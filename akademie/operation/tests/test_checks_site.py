"""What the self-test says about certificate, requests to others and settings."""

import ssl
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from akademie.core.contributions import Light
from akademie.core.tests.web import ServerContext, WebServer, certificate, serving
from akademie.operation.actions import health
from akademie.operation.checks import site
from akademie.operation.models import OutsideHost


@pytest.fixture
def secure(tmp_path: Path) -> Iterator[object]:
    """A function that runs a server whose certificate is for localhost and lasts so many days."""
    running = []

    def run(days: int, name: str = "localhost") -> tuple[WebServer, object]:
        context = certificate(tmp_path, name, days)
        running.append(serving({}, context))
        return running[-1].__enter__(), context

    yield run
    for server in running:
        server.__exit__(None, None, None)


ENDS = "und hätte sich erneuern sollen. Lassen Sie das prüfen."


def trusting(context: ServerContext) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=context.authority)


@pytest.mark.parametrize(
    ("days", "light", "says"),
    [
        (90, Light.GREEN, "Das Zertifikat von localhost gilt noch 89 Tage."),
        (
            15,
            Light.YELLOW,
            f"Das Zertifikat von localhost gilt nur noch 14 Tage {ENDS}",
        ),
        (
            2,
            Light.RED,
            f"Das Zertifikat von localhost gilt nur noch einen Tag {ENDS}",
        ),
    ],
)
def test_a_certificate_has_days_left(secure, days: int, light: Light, says: str) -> None:
    server, context = secure(days)
    found = site.certificate(server.url(scheme="https", host="localhost"), trusting(context))
    assert (found.light, found.sentence) == (light, says)


def test_a_certificate_for_another_name_or_of_nobody(secure) -> None:
    server, context = secure(90, "anders.example")
    address = server.url(scheme="https", host="localhost")
    other, nobody = site.certificate(address, trusting(context)), site.certificate(address)
    assert [found.light for found in (other, nobody)] == [Light.RED, Light.RED]
    assert other.sentence.startswith("Das Zertifikat von localhost gilt für einen anderen Namen.")
    assert nobody.sentence.startswith("Das Zertifikat von localhost hat niemand bestätigt.")


def test_a_site_that_is_not_reached_is_not_called_broken(secure) -> None:
    server, context = secure(90)
    server.stop()
    found = site.certificate(server.url(scheme="https", host="localhost"), trusting(context))
    assert (found.light, "ungeprüft" in found.sentence) == (Light.YELLOW, True)


def test_without_https_there_is_no_certificate() -> None:
    assert site.certificate("http://127.0.0.1:8000").light == Light.GREY


@pytest.mark.django_db
def test_whom_the_academy_asked() -> None:
    begin = "Die Seiten laden nichts von außen. Die Akademie "
    assert site.outside().sentence == f"{begin}hat in 30 Tagen keinen fremden Server gefragt."
    for times, host in enumerate(("a.example", "b.example", "c.example"), 1):
        for _ in range(times):
            health.note_outside(host)
    OutsideHost.objects.create(host="alt.example", day=timezone.localdate() - timedelta(days=30), count=999)
    assert site.outside().sentence == f"{begin}selbst hat in 30 Tagen gefragt: c.example, b.example, a.example."
    for host in ("d.example", "e.example", "f.example", "g.example"):
        health.note_outside(host)
    assert site.outside().sentence.endswith("c.example, b.example, a.example, d.example, e.example und 2 weitere.")
    assert dict(OutsideHost.objects.filter(host__lt="c").values_list("host", "count")) == {
        "a.example": 1, "alt.example": 999, "b.example": 2,
    }  # fmt: skip


@pytest.mark.django_db
def test_pages_that_may_load_from_outside_are_red(settings) -> None:
    policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": {**policy, "img-src": ["'self'", "bilder.example"]}}
    found = site.outside()
    assert (found.light, "von bilder.example laden" in found.sentence) == (Light.RED, True)


def test_settings_for_real_use(settings) -> None:
    settings.DEBUG, settings.DEMO, settings.SECURE, settings.SECURE_HSTS_SECONDS = True, True, False, 0
    lights = [site.configuration().light]
    settings.DEBUG = False
    lights.append(site.configuration().light)
    settings.DEMO = False
    lights.append(site.configuration().light)
    settings.SECURE = True
    lights.append(site.configuration().light)
    settings.SECURE_HSTS_SECONDS = 3600
    lights.append(site.configuration().light)
    assert lights == [Light.RED, Light.YELLOW, Light.YELLOW, Light.YELLOW, Light.GREEN]
