"""What operation shows elsewhere: its place on the desk, jobs that come round, checks of the self-test."""

from datetime import time, timedelta

from django.conf import settings

from akademie.core.contributions import (
    HealthCheck,
    NavigationLink,
    Schedule,
    health_checks,
    navigation,
    schedules,
)
from akademie.operation.actions import backups
from akademie.operation.queries.backups import backup_health, drill_health

navigation.add(NavigationLink(key="betrieb", title="Betrieb", url="/geschaeftsstelle/betrieb/", place="desk", order=90))
if settings.DEMO:
    navigation.add(NavigationLink(key="demo", title="Mails der Demo", url="/demo/mails/", place="footer", order=99))

A_DAY = timedelta(days=1)
schedules.add(Schedule(key="operation.backup", job=backups.make_nightly_backup, every=A_DAY, at=time(2, 30), order=10))
schedules.add(Schedule(key="operation.drill", job=backups.drill_when_due, every=A_DAY, at=time(4, 0), order=20))
health_checks.add(HealthCheck(key="operation.backup", title="Sicherung", look=backup_health, order=40))
health_checks.add(HealthCheck(key="operation.drill", title="Probe der Wiederherstellung", look=drill_health, order=41))
