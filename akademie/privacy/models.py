"""Orders of one's own data, what must not be deleted yet, and how the nightly deletion went."""

import secrets
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone

KEPT_DAYS = 7  # how long an archive of somebody's data can be fetched
MIN_REASON, MAX_REASON = 10, 500


def new_word() -> str:
    """Return what nobody guesses: part of an archive's address and file name."""
    return secrets.token_hex(24)


class OrderState(models.TextChoices):
    """How far an archive is."""

    OPEN = "open", "wird zusammengestellt"
    READY = "ready", "liegt bereit"


class DataOrderQuerySet(models.QuerySet["DataOrder"]):
    """Questions about orders."""

    def of(self, email: str, user: Any = None) -> "DataOrderQuerySet":
        """Orders of an account, else of an address, that are of use: under way, or ready and not too old."""
        since = timezone.now() - timedelta(days=KEPT_DAYS)
        whose = Q(user=user) if user else Q(user=None, email=email)
        return self.filter(Q(state=OrderState.OPEN) | Q(ready_at__gt=since), whose)

    def over(self) -> "DataOrderQuerySet":
        """Orders whose time is over, those that nobody could carry out too."""
        before = timezone.now() - timedelta(days=KEPT_DAYS)
        return self.filter(Q(ready_at__lt=before) | Q(ready_at=None, created_at__lt=before))


class DataOrder(models.Model):
    """Somebody wants all that is known about them, in one archive. Speaks of a file that no backup holds."""

    left_out_of = ("backup", "export")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+", verbose_name="Person"
    )
    email = models.EmailField("E-Mail-Adresse")
    word = models.CharField(max_length=48, unique=True, default=new_word, editable=False)
    state = models.CharField("Stand", max_length=5, choices=OrderState, default=OrderState.OPEN)
    created_at = models.DateTimeField("bestellt am", default=timezone.now)
    ready_at = models.DateTimeField("fertig am", null=True)
    size = models.BigIntegerField("Größe", default=0)  # bytes

    objects = DataOrderQuerySet.as_manager()

    class Meta:
        verbose_name = "Bestellung der eigenen Daten"
        verbose_name_plural = "Bestellungen der eigenen Daten"
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=Q(state="open"), name="one_open_order_per_account"),
            models.UniqueConstraint(
                fields=["email"], condition=Q(state="open", user=None), name="one_open_order_per_address"
            ),
            models.CheckConstraint(
                condition=Q(state="open", ready_at=None) | Q(state="ready", ready_at__isnull=False),
                name="a_ready_archive_says_since_when",
            ),
        ]

    def __str__(self) -> str:
        return f"Bestellung vom {timezone.localtime(self.created_at):%d.%m.%Y}"

    @property
    def path(self) -> Path:
        """Where the archive is: outside of everything that a web server delivers."""
        return archive_folder() / f"{self.word}.zip"

    @property
    def kept_until(self) -> datetime | None:
        """When the archive goes; None while it is not ready."""
        return self.ready_at + timedelta(days=KEPT_DAYS) if self.ready_at else None


def archive_folder() -> Path:
    """Return the folder of the archives."""
    return Path(settings.DATA_DIR) / "personal"


class RetentionRun(models.Model):
    """How the nightly deletion by one rule went last."""

    key = models.CharField("Regel", max_length=60, primary_key=True)
    ran_at = models.DateTimeField("zuletzt gelaufen am")
    count = models.PositiveIntegerField("gelöscht", default=0)  # rows that went in this run
    went_at = models.DateTimeField("zuletzt etwas gelöscht am", null=True)
    problem = models.CharField("Hindernis", max_length=120, blank=True)  # class of the exception

    class Meta:
        verbose_name = "Lauf einer Löschregel"
        verbose_name_plural = "Läufe der Löschregeln"

    def __str__(self) -> str:
        return f"{self.key}: {self.count}"


class AboutRecord(models.Model):
    """Something that is said about one record of any area."""

    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+", verbose_name="Art")
    object_pk = models.CharField("Schlüssel", max_length=64)

    class Meta:
        abstract = True


class LegalHold(AboutRecord):
    """A record must be kept although its time may be over: for a dispute, an audit, a grant."""

    label = models.CharField("Vorgang", max_length=200)  # what it was called
    reason = models.TextField("Grund", max_length=MAX_REASON)
    set_at = models.DateTimeField("seit", default=timezone.now)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="gesetzt von"
    )
    ended_at = models.DateTimeField("beendet am", null=True)

    class Meta:
        verbose_name = "Aufbewahrung"
        verbose_name_plural = "Aufbewahrungen"
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_pk"], condition=Q(ended_at=None), name="a_record_is_held_once"
            )
        ]

    def __str__(self) -> str:
        return self.label


class ArchiveOffer(AboutRecord):
    """A record was offered to the public archive (§ 5 BArchG and the laws of the states); now it may go."""

    offered_on = models.DateField("dem Archiv angeboten am")
    noted_at = models.DateTimeField("vermerkt am", default=timezone.now)

    class Meta:
        verbose_name = "Angebot an das Archiv"
        verbose_name_plural = "Angebote an das Archiv"
        constraints = [models.UniqueConstraint(fields=["content_type", "object_pk"], name="a_record_is_offered_once")]

    def __str__(self) -> str:
        return f"dem Archiv angeboten am {self.offered_on:%d.%m.%Y}"
