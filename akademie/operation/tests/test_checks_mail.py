"""What the self-test says about mails: asked of a name server and of the outbox."""

import base64
from datetime import timedelta

import pytest
from django.utils import timezone

from akademie.core.contributions import Light
from akademie.core.models import MailState, OutgoingMail
from akademie.operation.checks import mail
from akademie.operation.tests.name_server import name_server

DOMAIN = "akademie.example"


def key(length: int) -> str:
    return base64.b64encode(b"k" * length).decode()


@pytest.fixture(autouse=True)
def sender(settings) -> None:
    settings.DEFAULT_FROM_EMAIL = f"Kleinstadtakademie <post@{DOMAIN}>"
    settings.EMAIL_DKIM_SELECTOR = "s1"


@pytest.mark.parametrize(
    ("texts", "light", "says"),
    [
        (["v=spf1 mx include:mail.example -all"], Light.GREEN, "nennt, welche Server"),
        (["google-site-verification=x", "V=SPF1 a ~ALL"], Light.GREEN, "nennt, welche Server"),
        (["v=spf1 redirect=_spf.mail.example"], Light.GREEN, "nennt, welche Server"),
        (["v=spf1 mx ?all"], Light.YELLOW, "schließt niemanden aus"),
        (["v=spf1 mx +all"], Light.RED, "erlaubt jedem"),
        (["v=spf1 mx -all", "v=spf1 a -all"], Light.RED, "hat 2 SPF-Einträge"),
        (["etwas anderes"], Light.RED, "nennt nicht, welche Server"),
        ([], Light.RED, "nennt nicht, welche Server"),
    ],
)
def test_spf(texts: list[str], light: Light, says: str) -> None:
    with name_server({DOMAIN: texts}) as resolver:
        found = mail.spf(resolver)
    assert (found.light, says in found.sentence) == (light, True)


@pytest.mark.parametrize(
    ("text", "light", "says"),
    [
        (f"v=DKIM1; k=rsa; p={key(294)}", Light.GREEN, "ist veröffentlicht (DKIM, s1)"),
        (f"v=DKIM1; k=ed25519; p={key(32)}", Light.GREEN, "ist veröffentlicht"),
        (f"p={key(162)}", Light.YELLOW, "ist kurz"),
        ("v=DKIM1; p=", Light.RED, "ist zurückgezogen"),
        ("v=DKIM1; p=kein Schlüssel?", Light.RED, "ist beschädigt"),
        ("v=DKIM1", Light.RED, "steht kein Schlüssel"),
    ],
)
def test_dkim(text: str, light: Light, says: str) -> None:
    with name_server({f"s1._domainkey.{DOMAIN}": [text]}) as resolver:
        found = mail.dkim(resolver)
    assert (found.light, says in found.sentence) == (light, True)


def test_dkim_without_a_selector_is_not_known(settings) -> None:
    settings.EMAIL_DKIM_SELECTOR = ""
    with name_server({}) as resolver:
        assert mail.dkim(resolver).light == Light.GREY


@pytest.mark.parametrize(
    ("texts", "light", "says"),
    [
        ({f"_dmarc.{DOMAIN}": ["v=DMARC1; p=reject; rua=mailto:x@y.example"]}, Light.GREEN, "aussortieren"),
        ({f"_dmarc.{DOMAIN}": ["v=DMARC1;p=quarantine"]}, Light.GREEN, "aussortieren"),
        ({f"_dmarc.{DOMAIN}": ["v=DMARC1; p=none"]}, Light.YELLOW, "p=none"),
        ({f"_dmarc.{DOMAIN}": ["kein DMARC"]}, Light.YELLOW, "sagt nicht"),
        ({}, Light.YELLOW, "sagt nicht"),
    ],
)
def test_dmarc(texts: dict[str, list[str]], light: Light, says: str) -> None:
    with name_server(texts) as resolver:
        found = mail.dmarc(resolver)
    assert (found.light, says in found.sentence) == (light, True)


@pytest.mark.parametrize(
    ("policy", "light"),
    [("p=none; sp=reject", Light.GREEN), ("p=reject", Light.GREEN), ("p=reject; sp=none", Light.YELLOW)],
)
def test_dmarc_of_the_domain_above_counts_for_the_one_below(settings, policy: str, light: Light) -> None:
    settings.DEFAULT_FROM_EMAIL = f"post@mail.{DOMAIN}"
    with name_server({f"_dmarc.{DOMAIN}": [f"v=DMARC1; {policy}"]}) as resolver:
        assert mail.dmarc(resolver).light == light


@pytest.mark.parametrize("check", [mail.spf, mail.dkim, mail.dmarc])
def test_a_name_server_that_is_broken_or_silent_says_nothing(monkeypatch, check) -> None:
    monkeypatch.setattr(mail, "DNS_PATIENCE", 0.5)
    for trouble in ({"broken": True}, {"silent": True}):
        with name_server({}, **trouble) as resolver:
            found = check(resolver)
        assert (found.light, "gab keine Auskunft" in found.sentence) == (Light.GREY, True)


@pytest.mark.parametrize("check", [mail.spf, mail.dkim, mail.dmarc])
def test_a_sender_on_this_machine_has_no_domain(settings, check) -> None:
    settings.DEFAULT_FROM_EMAIL = "akademie@localhost"
    assert check().sentence == "Der Absender hat noch keine Domain im Internet. Nennen Sie ihn in EMAIL_FROM."


def kept(state: MailState, minutes: int, **more) -> None:
    row = OutgoingMail.objects.create(
        address="a@stadt.example", sender="x", subject="y", source=b"", state=state, **more
    )
    OutgoingMail.objects.filter(pk=row.pk).update(created_at=timezone.now() - timedelta(minutes=minutes))


@pytest.mark.django_db
def test_mails_on_their_way(settings) -> None:
    settings.EMAIL_HOST = ""
    assert mail.sent().light == Light.GREY
    settings.EMAIL_HOST = "mail.example"
    assert (mail.sent().light, "ging keine Mail hinaus" in mail.sent().sentence) == (Light.GREY, True)
    kept(MailState.SENT, 60, ended_at=timezone.now() - timedelta(minutes=59))
    kept(MailState.WAITING, 5)
    assert (mail.sent().light, "zuletzt am" in mail.sent().sentence) == (Light.GREEN, True)
    kept(MailState.FAILED, 60, ended_at=timezone.now() - timedelta(days=8))
    assert mail.sent().light == Light.GREEN
    kept(MailState.FAILED, 60, ended_at=timezone.now() - timedelta(days=1))
    assert (mail.sent().light, "eine Mail nicht angenommen" in mail.sent().sentence) == (Light.YELLOW, True)
    kept(MailState.WAITING, 45, problem="535 Anmeldung falsch")
    found = mail.sent()
    assert found.light == Light.RED
    assert found.sentence.startswith("Eine Mail wartet seit 45 Minuten. Der Mailserver sagt: 535 Anmeldung falsch.")
