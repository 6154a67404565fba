"""Mails that the academy sends, and what the domain of the sender says about them."""

import base64
from datetime import timedelta
from email.utils import parseaddr
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import salted_hmac

from akademie.core.contributions import Health
from akademie.core.models import MailState, OutgoingMail
from akademie.operation.checks.words import duration, green, grey, moment, number, red, yellow
from akademie.operation.models import ConfirmedDuty

if TYPE_CHECKING:
    from dns.resolver import Resolver

DNS_PATIENCE = 6.0  # seconds for one question, all servers and repetitions included
WAITS = timedelta(minutes=15)
RECENT = timedelta(days=7)
MAIL_ARRIVED = "operation.mail_received"  # key of the check and of what somebody has confirmed
PROOF_HOLDS = timedelta(days=90)  # mail servers, and what others think of them, change
SHORT_KEY = 200  # bytes of a public key; RSA with 1024 bits has 162, with 2048 bits 294


def sent() -> Health:
    """Whether the mail server takes our mails."""
    if not settings.EMAIL_HOST:
        return grey(
            "Es ist kein Mailserver eingerichtet: Mails bleiben auf diesem Rechner. Zum Ausprobieren genügt das.",
        )
    now = timezone.now()
    oldest = (
        OutgoingMail.objects.filter(state__in=(MailState.WAITING, MailState.SENDING), created_at__lt=now - WAITS)
        .order_by("created_at")
        .first()
    )
    if oldest:
        said = f" Der Mailserver sagt: {oldest.problem}." if oldest.problem else ""
        return red(
            f"Eine Mail wartet seit {duration(now - oldest.created_at)}.{said} Prüfen Sie mit Ihrer Technik die "
            "Angaben zum Mailserver.",
        )
    failed = OutgoingMail.objects.filter(state=MailState.FAILED, ended_at__gt=now - RECENT).count()
    if failed:
        mails = number(failed, "hat der Mailserver eine Mail", "Mails hat der Mailserver")
        return yellow(
            f"In den letzten sieben Tagen: {mails} nicht angenommen. Meist ist eine Adresse falsch; sehen Sie nach.",
        )
    last = OutgoingMail.objects.filter(state=MailState.SENT).order_by("-ended_at").first()
    if last is None or last.ended_at is None:
        return grey(
            "In den letzten 30 Tagen ging keine Mail hinaus. Schicken Sie sich eine Probe-Mail: Betrieb, Mails."
        )
    return green(f"Der Mailserver hat zuletzt am {moment(last.ended_at)} eine Mail angenommen.")


def received() -> Health:
    """Whether somebody has confirmed a test mail, sent with the present settings and not long ago."""
    if not settings.EMAIL_HOST:
        return grey("Ohne Mailserver kommt keine Mail an. Lassen Sie von Ihrer Technik EMAIL_HOST einrichten.")
    proof = ConfirmedDuty.objects.filter(key=MAIL_ARRIVED, mark=mail_mark()).first()
    if proof is None:
        return grey("Noch niemand hat bestätigt, dass eine Mail ankommt. Schicken Sie sich eine: Betrieb, Mails.")
    when = moment(proof.confirmed_at)
    if timezone.now() - proof.confirmed_at > PROOF_HOLDS:
        return grey(f"Die letzte bestätigte Probe-Mail ist vom {when}. Schicken Sie sich eine neue: Betrieb, Mails.")
    return green(f"Eine Probe-Mail kam an, bestätigt am {when}.")


def mail_mark() -> str:
    """Return a word that stands for mail server and sender: with others, nobody knows whether mails arrive."""
    said = (settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_HOST_USER, settings.DEFAULT_FROM_EMAIL)
    return salted_hmac(MAIL_ARRIVED, repr(said), algorithm="sha256").hexdigest()


def spf(resolver: "Resolver | None" = None) -> Health:
    """Whether the domain says which servers may send for it (RFC 7208)."""
    domain = _domain()
    if domain is None:
        return _no_domain()
    records = _texts(domain, "v=spf1", resolver)
    if isinstance(records, Health):
        return records
    if not records:
        return red(
            f"{domain} nennt nicht, welche Server für die Domain senden dürfen (SPF). Viele Postfächer lehnen "
            "Mails dann ab. Lassen Sie den Eintrag anlegen.",
        )
    if len(records) > 1:
        return red(f"{domain} hat {len(records)} SPF-Einträge. Gültig ist nur einer: Lassen Sie sie vereinen.")
    words = records[0].lower().split()
    if "+all" in words or "all" in words:
        return red(f"Der SPF-Eintrag von {domain} erlaubt jedem, als Sie zu senden. Lassen Sie +all ersetzen.")
    if not any(word in ("-all", "~all") or word.startswith("redirect=") for word in words):
        return yellow(
            f"Der SPF-Eintrag von {domain} schließt niemanden aus. Lassen Sie am Ende ~all oder -all ergänzen.",
        )
    return green(f"{domain} nennt, welche Server für die Domain senden dürfen (SPF).")


def dkim(resolver: "Resolver | None" = None) -> Health:
    """Whether the key for the signature of our mails is published (RFC 6376)."""
    domain, selector = _domain(), settings.EMAIL_DKIM_SELECTOR
    if domain is None:
        return _no_domain()
    if not selector:
        return grey(
            "Ob Ihre Mails unterschrieben sind (DKIM), lässt sich erst prüfen, wenn Ihre Technik in "
            "EMAIL_DKIM_SELECTOR den Selektor Ihres Mailservers nennt.",
        )
    name = f"{selector}._domainkey.{domain}"
    records = _texts(name, "", resolver)
    if isinstance(records, Health):
        return records
    tags = next((tags for record in records if "p" in (tags := _tags(record))), None)
    if tags is None:
        return red(f"Unter {name} steht kein Schlüssel (DKIM). Lassen Sie ihn eintragen.")
    if not tags["p"]:
        return red(f"Der Schlüssel unter {name} ist zurückgezogen (DKIM). Lassen Sie den neuen eintragen.")
    try:
        length = len(base64.b64decode(tags["p"], validate=True))
    except ValueError:
        return red(f"Der Schlüssel unter {name} ist beschädigt (DKIM). Lassen Sie ihn neu eintragen.")
    if length < SHORT_KEY and tags.get("k", "rsa") == "rsa":
        return yellow(f"Der Schlüssel unter {name} ist kurz (DKIM). Lassen Sie einen mit 2048 Bit eintragen.")
    return green(f"Der Schlüssel für die Unterschrift Ihrer Mails ist veröffentlicht (DKIM, {selector}).")


def dmarc(resolver: "Resolver | None" = None) -> Health:
    """Whether the domain says what becomes of mails that only pretend to come from it (RFC 7489)."""
    domain = _domain()
    if domain is None:
        return _no_domain()
    labels = domain.split(".")
    for depth in range(len(labels) - 1):  # the domain itself, then those above it
        records = _texts(f"_dmarc.{'.'.join(labels[depth:])}", "v=dmarc1", resolver)
        if isinstance(records, Health):
            return records
        if records:
            break
    else:
        return yellow(
            f"{domain} sagt nicht, was mit gefälschten Mails geschehen soll (DMARC). Lassen Sie den Eintrag anlegen.",
        )
    tags = _tags(records[0])
    policy = tags.get("sp", tags.get("p", "")) if depth else tags.get("p", "")
    if policy.lower() not in ("quarantine", "reject"):
        return yellow(
            f"{domain} lässt gefälschte Mails nur zählen (DMARC, p={policy or '?'}). Lassen Sie p=quarantine "
            "eintragen, wenn SPF und DKIM grün sind.",
        )
    return green(f"{domain} lässt gefälschte Mails aussortieren (DMARC).")


def _domain() -> str | None:
    """Return the domain of our sender, None while there is none that others could look up."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2].lower()
    return domain if "." in domain else None


def _no_domain() -> Health:
    return grey("Der Absender hat noch keine Domain im Internet. Nennen Sie ihn in EMAIL_FROM.")


def _tags(record: str) -> dict[str, str]:
    """Return the parts of "v=DMARC1; p=none", names in small letters, values without blanks."""
    pairs = (part.partition("=") for part in record.split(";"))
    return {name.strip().lower(): "".join(value.split()) for name, _equals, value in pairs}


def _texts(name: str, begin: str, resolver: "Resolver | None") -> list[str] | Health:
    """Return the text records of a name that begin like this; grey when the DNS does not say whether there are "
    "any."""
    # Not at the top: 15 MB and 0.15 s that only the self-test needs.
    import dns.exception
    import dns.resolver

    try:
        asked = resolver or dns.resolver.Resolver()
        found = asked.resolve(name, "TXT", lifetime=DNS_PATIENCE)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return []
    except (dns.exception.DNSException, OSError):
        return grey(f"Das DNS gab keine Auskunft über {name}. Das kann an der Netzverbindung liegen.")
    texts = [b"".join(record.strings).decode("utf-8", "replace").strip() for record in found]
    return [text for text in texts if text.lower().startswith(begin)]
