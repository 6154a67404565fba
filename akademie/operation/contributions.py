"""What operation shows elsewhere: its place on the desk, jobs that come round, checks of the self-test."""

from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

from django.conf import settings
from django.dispatch import receiver
from django.urls import reverse

from akademie.core.audit import LogWords, log_words
from akademie.core.contributions import (
    BackgroundLoop,
    HealthCheck,
    NavigationLink,
    OperatorDuty,
    PeopleData,
    Processing,
    RetentionRule,
    Schedule,
    about_to_end,
    about_to_fork,
    background_loops,
    health_checks,
    navigation,
    operator_duties,
    outside_asked,
    people_data,
    processing,
    retention_rules,
    schedules,
)
from akademie.operation import personal_data
from akademie.operation.actions import backups, health, visits
from akademie.operation.actions.errors import KEPT, KEPT_FIXED, old_errors
from akademie.operation.checks import machine, mail, site
from akademie.operation.error_log import flush_all
from akademie.operation.models import Backup, ConfirmedDuty
from akademie.operation.queries import setup
from akademie.operation.queries.backups import backup_health, drill_health
from akademie.operation.visits import collector

navigation.add(NavigationLink(key="betrieb", title="Betrieb", url="/geschaeftsstelle/betrieb/", place="desk", order=90))
if settings.DEMO:
    navigation.add(NavigationLink(key="demo", title="Mails der Demo", url="/demo/mails/", place="footer", order=99))

A_DAY = timedelta(days=1)
schedules.add(Schedule(key="operation.backup", job=backups.make_nightly_backup, every=A_DAY, at=time(2, 30), order=10))
schedules.add(Schedule(key="operation.drill", job=backups.drill_when_due, every=A_DAY, at=time(4, 0), order=20))
health_checks.add(HealthCheck(key="operation.backup", title="Sicherung", look=backup_health, order=40))
health_checks.add(HealthCheck(key="operation.drill", title="Probe der Wiederherstellung", look=drill_health, order=41))

AN_HOUR = timedelta(hours=1)
for order, (key, title, look, every) in enumerate((
    ("database", "Datenbank", machine.database, timedelta(minutes=5)),
    ("release", "Fassung der Datenbank", machine.database_release, AN_HOUR),
    ("migrations", "Aufbau der Datenbank", machine.migrations, AN_HOUR),
    ("worker", "Hintergrunddienst", machine.worker, timedelta(minutes=5)),
    ("disk", "Speicherplatz", machine.disk, timedelta(minutes=5)),
    ("mail_sent", "Mails verschicken", mail.sent, timedelta(minutes=5)),
    ("mail_received", "Mails kommen an", mail.received, AN_HOUR),
    ("spf", "Absender: erlaubte Server (SPF)", mail.spf, AN_HOUR),
    ("dkim", "Absender: Unterschrift (DKIM)", mail.dkim, AN_HOUR),
    ("dmarc", "Absender: Schutz vor Fälschung (DMARC)", mail.dmarc, AN_HOUR),
    ("certificate", "Zertifikat", site.certificate, AN_HOUR),
    ("outside", "Anfragen nach außen", site.outside, AN_HOUR),
    ("configuration", "Einstellungen", site.configuration, AN_HOUR),
    ("duties", "Vor dem Start", setup.duties_health, AN_HOUR),
)):  # fmt: skip
    health_checks.add(HealthCheck(key=f"operation.{key}", title=title, look=look, every=every, order=10 + order))
schedules.add(Schedule(key="operation.self_test", job=health.look_at_what_is_due, every=timedelta(minutes=5), order=30))
schedules.add(Schedule(key="operation.visits", job=visits.tidy_visits, every=A_DAY, at=time(0, 5), order=40))
background_loops.add(BackgroundLoop(key="operation.life", run=health.show_life))


@receiver(outside_asked, dispatch_uid="operation counts requests to others")
def count_outside(host: str, **_: Any) -> None:
    """Count a request to somebody else's server."""
    health.note_outside(host)


@receiver(about_to_fork, dispatch_uid="operation ends the thread of its error log")
def end_error_log(**_: Any) -> None:
    """Have errors of the start written before the fork."""
    flush_all()


@receiver(about_to_end, dispatch_uid="operation writes what waits in memory")
def write_what_waits(**_: Any) -> None:
    """Have the errors and visits of the last seconds written before a process ends."""
    flush_all()
    collector.flush()


def _on_duties(part: str) -> Callable[[], str]:
    return lambda: reverse("operation:duties") + part


for order, (key, title, is_done, url, why) in enumerate((
    ("address", "Öffentliche Adresse", setup.has_public_address, _on_duties("#einstellungen"),
     "Bisher ist die Akademie nur auf diesem Rechner zu sehen. Öffentlich läuft sie nur mit https."),
    ("mail", "Mailserver und Absender", setup.can_mail, _on_duties("#einstellungen"),
     "Alle melden sich über Links in Mails an. Ohne Mailserver kommt niemand hinein."),
    ("backup_target", "Sicherungen auf einem anderen Datenträger", setup.backups_are_elsewhere,
     _on_duties("#einstellungen"), "Sonst nimmt ein kaputter Datenträger die Sicherungen mit (Artikel 32 DSGVO)."),
    ("secret_key", "Geheimer Schlüssel an einem zweiten Ort", setup.secret_key_is_kept, _on_duties("#schluessel"),
     "Er ist nicht in den Sicherungen. Geht er verloren, gelten Sitzungen und verschickte Links nicht mehr."),
    ("demo", "Demo abgeschaltet und entfernt", setup.is_no_demo, lambda: reverse("operation:remove_demo"),
     "Mit der Demo kann sich jede Person als Leitung anmelden, die den Server erreicht."),
)):  # fmt: skip
    operator_duties.add(
        OperatorDuty(key=f"operation.{key}", title=title, is_done=is_done, url=url, why=why, order=50 + order)
    )

# -- people's data ----------------------------------------------------------------------------------------------------
people_data.add(
    PeopleData(
        key="operation", title="Sicherungen", models=(), export=personal_data.export, preview=personal_data.preview,
        erase=personal_data.erase, order=950,
    )
)  # fmt: skip
for key, title, period, reason, due, delete in (
    ("operation.visitors", "Prüfsummen der Besuche eines Tages", "bis kurz nach Mitternacht",
     "Damit Besuche eines Tages nicht doppelt zählen.", visits.old_marks, None),
    ("operation.visits", "Zahlen der Zugriffe", f"{visits.KEPT_MONTHS} Monate",
     "Damit sich zwei Jahre vergleichen lassen.", visits.old_days, visits.forget_days),
    ("operation.errors", "Fehlerliste, ohne Angaben zu Personen",
     f"{KEPT_FIXED.days} Tage nach der Behebung, sonst {KEPT.days} Tage",
     "Damit sich zeigt, ob ein Fehler wiederkommt.", old_errors, None),
):  # fmt: skip
    retention_rules.add(
        RetentionRule(key=key, title=title, period=period, reason=reason, due=due, delete=delete, order=70)
    )
processing.add(
    Processing(
        key="operation.visits", title="Zählung der Zugriffe", purpose="wissen, welche Seiten gebraucht werden",
        basis="Art. 6 Abs. 1 Buchst. e DSGVO", people="alle, die öffentliche Seiten lesen",
        data="Anzahl je Seite und Tag, Name der Website, von der jemand kam; zum Zählen der Besuche eine Prüfsumme des "
        "Tages, mit der niemand wiederzuerkennen ist", recipients="alle, als Summen",
        retention=("operation.visitors", "operation.visits"), order=70,
    )
)  # fmt: skip
processing.add(
    Processing(
        key="operation.backups", title="Sicherungen und Fehlerliste",
        purpose="die Akademie nach einem Schaden herstellen",
        basis="Art. 6 Abs. 1 Buchst. c mit Art. 32 DSGVO", people="alle, deren Daten hier gespeichert sind",
        data="eine Kopie aller Daten; Fehler ohne Angaben zu Personen",
        recipients="die Leitung und die Technik des Trägers",
        retention=("operation.errors",), kept="Sicherungen: die älteste ist in der Regel zwölf Monate alt.", order=71,
    )
)  # fmt: skip
log_words.add(
    LogWords(
        key="operation", things={Backup: "die", ConfirmedDuty: "die"},
        deeds={
            "operation.download": "{person} hat {thing} heruntergeladen.",
            "operation.confirm_key": "{person} hat bestätigt, dass der geheime Schlüssel an einem zweiten Ort liegt.",
            "operation.remove_demo": "{person} hat die Daten der Demo entfernt.",
        },
    )
)  # fmt: skip
