"""How often the pages are read, per day: counts, and nothing about anybody.

What tells visitors of one day apart (`DailySalt`, `VisitorMark`) lives for that day only and is in no backup; without
the salt nobody can try out which address a mark was made from.
"""

from django.db import models


class VisitDay(models.Model):
    """All views of a day, and how many visitors there were. Whoever adds to a day locks its row."""

    day = models.DateField("Tag", primary_key=True)
    views = models.PositiveIntegerField("Seitenaufrufe", default=0)
    visitors = models.PositiveIntegerField("Besuche", default=0)

    class Meta:
        verbose_name = "Tag der Zugriffe"
        verbose_name_plural = "Tage der Zugriffe"

    def __str__(self) -> str:
        return f"Zugriffe am {self.day:%d.%m.%Y}"


class DailySalt(models.Model):
    """The random word of a day; deleted when the day is over."""

    left_out_of = ("backup", "export")

    day = models.DateField("Tag", primary_key=True)
    salt = models.BinaryField("Tageswort")

    class Meta:
        verbose_name = "Tageswort der Zugriffe"
        verbose_name_plural = "Tageswörter der Zugriffe"

    def __str__(self) -> str:
        return f"Tageswort vom {self.day:%d.%m.%Y}"


class VisitorMark(models.Model):
    """A visitor of a day: a hash of the day's salt, network address and browser; deleted when the day is over."""

    left_out_of = ("backup", "export")

    mark = models.BigIntegerField("Prüfsumme", primary_key=True)
    day = models.DateField("Tag", db_index=True)

    class Meta:
        verbose_name = "Besuch des Tages"
        verbose_name_plural = "Besuche des Tages"

    def __str__(self) -> str:
        return f"Besuch am {self.day:%d.%m.%Y}"


class PageCount(models.Model):
    """How often a page was read on a day. An empty path stands for all further pages of its area."""

    day = models.DateField("Tag")
    area = models.CharField("Bereich", max_length=60)  # first part of the path; empty for the start page
    path = models.CharField("Seite", max_length=300)  # without what stands behind the question mark
    views = models.PositiveIntegerField("Aufrufe", default=0)

    class Meta:
        verbose_name = "Aufrufe einer Seite"
        verbose_name_plural = "Aufrufe von Seiten"
        constraints = [models.UniqueConstraint(fields=["day", "area", "path"], name="one_count_per_page_and_day")]

    def __str__(self) -> str:
        return f"{self.path or self.area} am {self.day:%d.%m.%Y}"


class ReferrerCount(models.Model):
    """How often people came from a site on a day. An empty host stands for all further sites."""

    day = models.DateField("Tag")
    host = models.CharField("Website", max_length=100)
    views = models.PositiveIntegerField("Aufrufe", default=0)

    class Meta:
        verbose_name = "verweisende Website"
        verbose_name_plural = "verweisende Websites"
        constraints = [models.UniqueConstraint(fields=["day", "host"], name="one_count_per_referrer_and_day")]

    def __str__(self) -> str:
        return f"{self.host} am {self.day:%d.%m.%Y}"
