"""How the academy was when it was last looked at, who works for it, and whom it asked."""

from django.db import models

from akademie.core.contributions import Light


class HealthResult(models.Model):
    """What a check of the self-test found last."""

    key = models.CharField("Prüfung", max_length=60, primary_key=True)
    light = models.CharField("Ampel", max_length=10, choices=[(light.value, light.value) for light in Light])
    sentence = models.CharField("Befund", max_length=500)
    looked_at = models.DateTimeField("geprüft am")
    since = models.DateTimeField("so seit")  # when the light last changed
    left_out_of = ("backup", "export")  # speaks of this machine

    class Meta:
        verbose_name = "Ergebnis des Selbsttests"
        verbose_name_plural = "Ergebnisse des Selbsttests"

    def __str__(self) -> str:
        return f"{self.key}: {self.light}"


class SignOfLife(models.Model):
    """When the background worker of a data folder was last seen alive, whichever machine it runs on."""

    name = models.CharField("Hintergrunddienst", max_length=60, primary_key=True)
    seen_at = models.DateTimeField("gesehen am")
    left_out_of = ("backup", "export")  # speaks of this machine

    class Meta:
        verbose_name = "Lebenszeichen"
        verbose_name_plural = "Lebenszeichen"

    def __str__(self) -> str:
        return f"{self.name} {self.seen_at:%d.%m.%Y %H:%M}"


class OutsideHost(models.Model):
    """How often the academy itself asked a host of somebody else on one day."""

    host = models.CharField("Server", max_length=253)
    day = models.DateField("Tag", db_index=True)
    count = models.PositiveIntegerField("Anfragen", default=0)
    left_out_of = ("export",)

    class Meta:
        verbose_name = "gefragter Server"
        verbose_name_plural = "gefragte Server"
        constraints = [models.UniqueConstraint(fields=["host", "day"], name="one_row_per_host_and_day")]

    def __str__(self) -> str:
        return f"{self.host} am {self.day:%d.%m.%Y}: {self.count}"
