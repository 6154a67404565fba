"""Which backups there are, how they went, and whether they could be restored."""

from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import Q


class BackupState(models.TextChoices):
    """How far a backup is."""

    OPEN = "open", "unterwegs"
    DONE = "done", "fertig"
    FAILED = "failed", "nicht gelungen"


class BackupReason(models.TextChoices):
    """Why a backup was made."""

    NIGHTLY = "nightly", "nachts"
    BY_HAND = "by_hand", "von Hand"
    FOUND = "found", "vorgefunden"


class BackupQuerySet(models.QuerySet["Backup"]):
    """Choices of backups."""

    def done(self) -> "BackupQuerySet":
        """Those that have a file, the newest first."""
        return self.filter(state=BackupState.DONE).order_by("-made_at", "-pk")


class Backup(models.Model):
    """A backup in BACKUP_DIR, or the try to make one. Speaks of this installation's files, so no backup holds it."""

    left_out_of = ("backup", "export")

    name = models.CharField("Datei", max_length=80, blank=True)
    state = models.CharField("Stand", max_length=10, choices=BackupState, default=BackupState.OPEN)
    reason = models.CharField("Anlass", max_length=10, choices=BackupReason)
    made_at = models.DateTimeField("vom")
    begun_at = models.DateTimeField("begonnen am", null=True)
    seconds = models.FloatField("Dauer", null=True)
    size = models.BigIntegerField("Größe", default=0)  # bytes
    row_count = models.PositiveIntegerField("Zeilen", default=0)
    file_count = models.PositiveIntegerField("Dateien", default=0)
    verified_at = models.DateTimeField("geprüft am", null=True)
    notes = models.TextField("Hinweise", blank=True)
    problem = models.CharField("Hindernis", max_length=500, blank=True)
    drilled_at = models.DateTimeField("probeweise wiederhergestellt am", null=True)
    drill_seconds = models.FloatField("Dauer der Probe", null=True)
    drill_problem = models.CharField("Hindernis der Probe", max_length=500, blank=True)

    objects = BackupQuerySet.as_manager()

    class Meta:
        verbose_name = "Sicherung"
        verbose_name_plural = "Sicherungen"
        constraints = [
            models.UniqueConstraint(fields=["state"], condition=Q(state="open"), name="one_open_backup"),
            models.UniqueConstraint(fields=["name"], condition=~Q(name=""), name="one_backup_per_file"),
        ]

    def __str__(self) -> str:
        return f"Sicherung vom {self.made_at:%d.%m.%Y %H:%M}"

    @property
    def path(self) -> Path:
        """Where its file is."""
        return Path(settings.BACKUP_DIR) / self.name

    @property
    def is_there(self) -> bool:
        """Whether its file is still there."""
        return self.state == BackupState.DONE and self.path.is_file()
