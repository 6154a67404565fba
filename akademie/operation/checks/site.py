"""What the academy is to the outside: certificate, settings, whom it asks."""

import socket
import ssl
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Sum
from django.utils import timezone

from akademie.core.contributions import Health
from akademie.operation.checks.words import green, grey, number, red, yellow
from akademie.operation.models import OutsideHost

PATIENCE = 5.0  # seconds for connection and handshake each
SOON, NOW = 20, 7  # days; renewal usually happens thirty days before the end
LOOKS_BACK = 30  # days
NAMED = 5  # hosts in the sentence
OWN_SOURCES = {"'self'", "'none'", "'unsafe-inline'", "data:", "blob:"}
REASONS = {  # OpenSSL's numbers of what is wrong with a certificate
    10: "ist abgelaufen",
    18: "hat niemand bestätigt",
    19: "hat niemand bestätigt",
    20: "ist unvollständig eingerichtet: Zwischenzertifikate fehlen",
    62: "gilt für einen anderen Namen",
}


def certificate(address: str = "", context: ssl.SSLContext | None = None) -> Health:
    """Whether browsers accept our certificate, and for how long; asks the site under its own address."""
    site = urlsplit(address or settings.SITE_URL)
    host = site.hostname or ""
    if site.scheme != "https":
        return grey("Die Akademie läuft ohne https auf diesem Rechner. Für den Betrieb brauchen Sie ein Zertifikat.")
    verifying = context or ssl.create_default_context()
    try:
        with (
            socket.create_connection((host, site.port or 443), timeout=PATIENCE) as connection,
            verifying.wrap_socket(connection, server_hostname=host) as secure,
        ):
            ends = str((secure.getpeercert() or {})["notAfter"])
    except ssl.SSLCertVerificationError as error:
        reason = REASONS.get(error.verify_code, "ist nicht gültig")
        return red(f"Das Zertifikat von {host} {reason}. Browser warnen davor: Lassen Sie es sofort erneuern.")
    except OSError:
        return yellow(
            f"{host} ließ sich von diesem Rechner aus nicht erreichen, das Zertifikat ist ungeprüft. Öffnen Sie "
            "die Website selbst; klappt das, braucht Ihre Technik hier nichts zu tun.",
        )
    days = (datetime.fromtimestamp(ssl.cert_time_to_seconds(ends), UTC) - datetime.now(UTC)).days
    if days < SOON:
        left = number(days, "einen Tag", "Tage")
        light = red if days < NOW else yellow
        return light(
            f"Das Zertifikat von {host} gilt nur noch {left} und hätte sich erneuern sollen. Lassen Sie das prüfen.",
        )
    return green(f"Das Zertifikat von {host} gilt noch {days} Tage.")


def outside() -> Health:
    """Whom the academy asks, and that its pages ask nobody."""
    strangers = sorted(_strangers())
    if strangers:
        return red(
            f"Die Seiten dürfen Inhalte von {', '.join(strangers)} laden. Dann erfahren andere, wer hier liest: "
            "Lassen Sie CONTENT_SECURITY_POLICY berichtigen.",
        )
    since = timezone.localdate() - timedelta(days=LOOKS_BACK)
    asked = (
        OutsideHost.objects.filter(day__gt=since)
        .values_list("host")
        .annotate(times=Sum("count"))
        .order_by("-times", "host")
    )
    hosts = [host for host, _times in asked]
    if not hosts:
        return green(
            f"Die Seiten laden nichts von außen. Die Akademie hat in {LOOKS_BACK} Tagen keinen fremden Server gefragt.",
        )
    named = ", ".join(hosts[:NAMED])
    more = f" und {number(len(hosts) - NAMED, 'einen weiteren', 'weitere')}" if len(hosts) > NAMED else ""
    return green(
        f"Die Seiten laden nichts von außen. Die Akademie selbst hat in {LOOKS_BACK} Tagen gefragt: {named}{more}.",
    )


def _strangers() -> set[str]:
    """Return what the pages' policies allow beside ourselves."""
    policies: Iterable[dict[str, list[str]]] = (
        settings.CONTENT_SECURITY_POLICY["DIRECTIVES"],
        settings.CONTENT_SECURITY_POLICY_BACK_OFFICE,
    )
    return {source for policy in policies for sources in policy.values() for source in sources} - OWN_SOURCES


def configuration() -> Health:
    """Whether the academy is set up for real use."""
    if settings.DEBUG:
        return red(
            "Fehlerseiten zeigen innere Einzelheiten (DEBUG). Das ist nur zum Entwickeln: Lassen Sie es ausschalten.",
        )
    if settings.DEMO:
        return yellow(
            "Dies ist der Probebetrieb mit Beispielpersonen (DEMO). Richten Sie für den Betrieb eine eigene "
            "Akademie ein.",
        )
    if not settings.SECURE:
        return yellow("Die Akademie ist nur auf diesem Rechner und ohne https zu erreichen (SITE_URL).")
    if not settings.SECURE_HSTS_SECONDS:
        return yellow("Browser dürfen die Akademie unverschlüsselt öffnen (HSTS). Lassen Sie das ändern.")
    return green("Die Akademie ist für den Betrieb eingestellt: verschlüsselt, ohne Beispielpersonen.")
