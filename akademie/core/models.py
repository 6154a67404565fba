"""Tables of core: stamps, loaded data, tallies for limits, schedules and effects of jobs, mails on their way."""

from django.db import models
from django.utils import timezone


class Stamp(models.Model):
    """When something last changed: the second and a random word. Equal means unchanged. Written in the changing
    transaction.

    A word and not a counter, so that a value never comes back after a rollback or a restored backup.
    """

    key = models.CharField("Schlüssel", max_length=60, primary_key=True)
    value = models.CharField("Stand", max_length=32)

    class Meta:
        verbose_name = "Stand"
        verbose_name_plural = "Stände"

    def __str__(self) -> str:
        return f"{self.key}: {self.value}"


class LoadedDataSet(models.Model):
    """A data set that has been loaded completely, with the version of its source."""

    key = models.CharField("Schlüssel", max_length=60, primary_key=True)
    version = models.CharField("Version", max_length=64)
    loaded_at = models.DateTimeField("geladen am", auto_now=True)

    class Meta:
        verbose_name = "geladener Datenbestand"
        verbose_name_plural = "geladene Datenbestände"

    def __str__(self) -> str:
        return f"{self.key}: {self.version}"


class Tally(models.Model):
    """How often one sender has done one thing, until `ends_at`; see `limits`. The key is a hash, not an address."""

    key = models.CharField("Schlüssel", max_length=64, primary_key=True)
    count = models.PositiveIntegerField("Anzahl", default=0)
    ends_at = models.DateTimeField("gilt bis", db_index=True)

    class Meta:
        verbose_name = "Zähler"
        verbose_name_plural = "Zähler"

    def __str__(self) -> str:
        return f"{self.count} bis {self.ends_at:%d.%m.%Y %H:%M}"


class ScheduledJob(models.Model):
    """When a job of the schedules is due next."""

    key = models.CharField("Schlüssel", max_length=60, primary_key=True)
    due_at = models.DateTimeField("fällig am")

    class Meta:
        verbose_name = "wiederkehrende Aufgabe"
        verbose_name_plural = "wiederkehrende Aufgaben"

    def __str__(self) -> str:
        return f"{self.key}: {self.due_at:%d.%m.%Y %H:%M}"


class DoneEffect(models.Model):
    """An effect that must happen once, though its job may run twice; see `jobs.once`."""

    key = models.CharField("Schlüssel", max_length=120, primary_key=True)
    done_at = models.DateTimeField("geschehen am", auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = "geschehene Wirkung"
        verbose_name_plural = "geschehene Wirkungen"

    def __str__(self) -> str:
        return self.key


class MailState(models.TextChoices):
    """Where a mail is on its way."""

    WAITING = "waiting", "wartet"
    SENDING = "sending", "wird übergeben"
    SENT = "sent", "übergeben"
    FAILED = "failed", "nicht zugestellt"
    HELD = "held", "zurückgehalten"  # the address takes no mails at present, see `contributions.mail_watches`


class OutgoingMail(models.Model):
    """One mail to one address, from the transaction that wanted it until a mail server has accepted it."""

    address = models.EmailField("an", max_length=254, db_index=True)
    sender = models.CharField("von", max_length=254)
    subject = models.CharField("Betreff", max_length=250)
    message_id = models.CharField("Message-ID", max_length=150, blank=True, db_index=True)  # named by what comes back
    source = models.BinaryField("Inhalt")  # as it goes over the wire; emptied once a server has it
    key = models.CharField("Schlüssel", max_length=120, null=True, unique=True)  # the effect that it belongs to
    state = models.CharField("Stand", max_length=10, choices=MailState, default=MailState.WAITING)
    created_at = models.DateTimeField("angelegt am", auto_now_add=True)
    due_at = models.DateTimeField("nächster Versuch", default=timezone.now)
    attempts = models.PositiveSmallIntegerField("Versuche", default=0)
    claimed_by = models.CharField("bei", max_length=80, blank=True)
    ended_at = models.DateTimeField("erledigt am", null=True)
    problem = models.CharField("Hindernis", max_length=200, blank=True)  # what the server said, without the address

    class Meta:
        verbose_name = "ausgehende Mail"
        verbose_name_plural = "ausgehende Mails"
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(state="waiting"), name="waiting_mail"),
            models.Index(fields=["state", "-created_at"], name="mail_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} ({self.get_state_display()})"
