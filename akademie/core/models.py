"""Core's few tables: stamps, which data sets have been loaded, tallies for limits."""

from django.db import models


class Stamp(models.Model):
    """When something last changed, as a random word: equal means unchanged. Written in the changing transaction.

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
