"""What a person confirmed before going live, because no program can see it."""

from django.db import models


class ConfirmedDuty(models.Model):
    """A duty that is done because somebody says so, for what it was then: `mark` says which key or file was meant."""

    key = models.CharField("Schlüssel", max_length=60, primary_key=True)
    mark = models.CharField("Kennzeichen", max_length=64)
    confirmed_at = models.DateTimeField("bestätigt am", auto_now=True)
    left_out_of = ("export",)  # another operator confirms for himself

    class Meta:
        verbose_name = "bestätigte Pflicht"
        verbose_name_plural = "bestätigte Pflichten"

    def __str__(self) -> str:
        return self.key
