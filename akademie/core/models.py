"""Core's few tables: stamps, and which data sets have been loaded."""

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
