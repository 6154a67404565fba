"""How safe the data are: the newest backup, the last drill."""

from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from akademie.core.contributions import Health, Light
from akademie.operation.models import Backup, BackupState

LATE, TOO_LATE = timedelta(hours=36), timedelta(days=7)
DRILL_LATE = timedelta(days=15)
AGAIN = "Sichern Sie jetzt: Betrieb, Sicherungen. Gelingt das nicht, fragen Sie Ihre Technik."


def newest_backup() -> Backup | None:
    """Return the newest backup whose file is still there."""
    return next((backup for backup in Backup.objects.done() if backup.is_there), None)


def backup_health() -> Health:
    """Say whether there is a fresh backup and whether the last try went well."""
    newest = newest_backup()
    failed = Backup.objects.filter(state=BackupState.FAILED).order_by("-made_at").first()
    if failed and (newest is None or failed.made_at > (newest.verified_at or newest.made_at)):
        return Health(Light.RED, f"Die letzte Sicherung ist nicht gelungen: {failed.problem} {AGAIN}")
    if newest is None:
        return Health(Light.YELLOW, "Es gibt noch keine Sicherung. Sichern Sie jetzt: Betrieb, Sicherungen.")
    if newest.path.stat().st_size != newest.size:
        return Health(Light.RED, f"Die Datei der letzten Sicherung ist beschädigt, vom {_day(newest.made_at)}. {AGAIN}")
    age = timezone.now() - newest.made_at
    if age > LATE:
        light = Light.RED if age > TOO_LATE else Light.YELLOW
        return Health(light, f"Die letzte Sicherung ist vom {_day(newest.made_at)}. {AGAIN}")
    if newest.notes:
        return Health(
            Light.YELLOW,
            f"Die letzte Sicherung ist unvollständig. {newest.notes.splitlines()[0]} Legen Sie diese Dateien neu ab, "
            "oder lassen Sie Ihre Technik nachsehen.",
        )
    return Health(Light.GREEN, f"Die letzte Sicherung ist vom {_day(newest.made_at)}.")


def drill_health() -> Health:
    """Say whether a backup has been restored lately, into a folder that is thrown away."""
    last = Backup.objects.exclude(drilled_at=None).order_by("-drilled_at").first()
    if last is None or last.drilled_at is None:
        return Health(Light.GREY, "Eine Wiederherstellung ist noch nicht geprobt. Das geschieht in der nächsten Nacht.")
    when = _day(last.drilled_at)
    if last.drill_problem:
        return Health(
            Light.RED,
            f"Die Probe vom {when} ist gescheitert: {last.drill_problem} Sichern Sie neu und proben Sie noch einmal; "
            "bleibt es dabei, fragen Sie Ihre Technik.",
        )
    if timezone.now() - last.drilled_at > DRILL_LATE:
        return Health(Light.YELLOW, f"Die letzte Probe ist vom {when}. Proben Sie jetzt: Betrieb, Sicherungen.")
    return Health(Light.GREEN, f"Die Probe vom {when} ist gelungen: Jede Zeile und jede Datei war gleich.")


def is_on_the_same_disk() -> bool:
    """Whether a broken disk would take the data and their backups together."""
    folder = Path(settings.BACKUP_DIR)
    while not folder.exists():
        folder = folder.parent
    return folder.stat().st_dev == Path(settings.DATA_DIR).stat().st_dev


def _day(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%d.%m.%Y, %H:%M} Uhr"
