"""What went wrong, grouped: what, where, how often; nothing about anybody."""

from django.db import models


class ErrorState(models.TextChoices):
    """How far the office is with an error."""

    NEW = "new", "neu"
    SEEN = "seen", "gesehen"
    FIXED = "fixed", "behoben"


class ErrorEntry(models.Model):
    """All errors of one kind at one place.

    Holds no message, address, name or input: the class of the exception, our line of code and the route with its
    holes ("/staedte/<ags>/") are the same for everybody.
    """

    fingerprint = models.CharField("Kennung", max_length=64, unique=True)
    what = models.CharField("was", max_length=120)  # class of the exception; empty when the code only reported
    line = models.CharField("Zeile im Programm", max_length=200)  # akademie/towns/views/public.py:123
    place = models.CharField("wo", max_length=200, blank=True)  # route of the page, or name of the job
    count = models.PositiveIntegerField("wie oft", default=0)
    first_seen_at = models.DateTimeField("zuerst")
    last_seen_at = models.DateTimeField("zuletzt", db_index=True)
    state = models.CharField("Stand", max_length=10, choices=ErrorState, default=ErrorState.NEW)
    left_out_of = ("export",)

    class Meta:
        verbose_name = "Fehlermeldung"
        verbose_name_plural = "Fehlermeldungen"
        indexes = [models.Index(fields=["state", "-last_seen_at"], name="error_by_state")]

    def __str__(self) -> str:
        return f"{self.what or 'Meldung'} in {self.line}"
