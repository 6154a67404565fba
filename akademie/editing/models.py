"""Who looks after what is published, and who stands in for somebody who is away."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from akademie.core.readability import LIMIT

CHECKED_EVERY = 12  # months, where nobody has chosen
ASKED_AGAIN_DAYS = 30  # between two reminders about the same thing
MAX_NOTE = 1000
KEPT_DAYS = 90  # how long an absence is kept after its last day


class Rhythm(models.IntegerChoices):
    """How often something is checked, in months."""

    QUARTER = 3, "jedes Vierteljahr"
    HALF = 6, "jedes halbe Jahr"
    YEAR = 12, "jedes Jahr"
    TWO_YEARS = 24, "alle zwei Jahre"


class UpkeepQuerySet(models.QuerySet["Upkeep"]):
    """Questions about upkeep as the product says them."""

    def published(self) -> "UpkeepQuerySet":
        """Of what stands on the site now."""
        return self.filter(is_shown=True)

    def due(self, on: date | None = None) -> "UpkeepQuerySet":
        """What is to be checked by now and does not wait for a change already."""
        return self.published().filter(due_on__lte=on or timezone.localdate(), flagged_at=None)

    def to_change(self) -> "UpkeepQuerySet":
        """Where somebody has said that something must be changed."""
        return self.published().filter(flagged_at__isnull=False)

    def hardest(self) -> "UpkeepQuerySet":
        """Texts above the limit, the hardest first."""
        return self.published().filter(lix__gt=LIMIT).order_by("-lix", "title", "pk")

    def of_nobody(self) -> "UpkeepQuerySet":
        """What nobody looks after, or somebody who has left the office's work."""
        return self.published().filter(Q(owner=None) | Q(owner__is_active=False))


class Upkeep(models.Model):
    """Who looks after a public thing that the office edits, when it was last checked, when it is to be checked again.

    One for each; made when the thing becomes public. Title and address are copies, so that lists of many kinds need
    one question.
    """

    kind = models.CharField("Art", max_length=60)  # key of the public kind
    object_pk = models.CharField(max_length=64)
    title = models.CharField("Titel", max_length=300)
    url = models.CharField("Adresse", max_length=500)
    is_shown = models.BooleanField("veröffentlicht", default=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="zuständig"
    )
    rhythm = models.PositiveSmallIntegerField("wird geprüft", choices=Rhythm, default=Rhythm.YEAR)
    checked_on = models.DateField("geprüft am", null=True, blank=True)  # None: never, as far as the academy knows
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="geprüft von"
    )
    due_on = models.DateField("zu prüfen bis")
    asked_on = models.DateField("zuletzt erinnert am", null=True, blank=True)
    flagged_at = models.DateTimeField("muss geändert werden seit", null=True, blank=True)
    note = models.TextField("Was zu ändern ist", max_length=MAX_NOTE, blank=True)
    lix = models.PositiveSmallIntegerField("LIX", null=True)  # of its own sentences; None: too few to measure

    objects = UpkeepQuerySet.as_manager()

    class Meta:
        verbose_name = "Pflege eines Inhalts"
        verbose_name_plural = "Pflege der Inhalte"
        constraints = [models.UniqueConstraint(fields=["kind", "object_pk"], name="one_upkeep_for_each_thing")]
        indexes = [models.Index(fields=["is_shown", "due_on"], name="upkeep_by_due")]

    def __str__(self) -> str:
        return self.title


class AbsenceQuerySet(models.QuerySet["Absence"]):
    """Questions about absences as the product says them."""

    def on(self, day: date | None = None) -> "AbsenceQuerySet":
        """Who is away on a day, today if none is named."""
        day = day or timezone.localdate()
        return self.filter(from_day__lte=day, until_day__gte=day)

    def long_past(self) -> "AbsenceQuerySet":
        """Absences that nobody asks about any more."""
        return self.filter(until_day__lt=timezone.localdate() - timedelta(days=KEPT_DAYS))


class Absence(models.Model):
    """Somebody of the office is away, and a colleague stands in: the tasks of the one show for the other."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="Wer ist nicht da?"
    )
    substitute = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="Wer vertritt?"
    )
    from_day = models.DateField("Erster Tag", default=timezone.localdate)
    until_day = models.DateField("Letzter Tag")

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = "Vertretung"
        verbose_name_plural = "Vertretungen"
        constraints = [
            models.CheckConstraint(condition=~Q(person=F("substitute")), name="nobody_stands_in_for_themselves"),
            models.CheckConstraint(condition=Q(until_day__gte=F("from_day")), name="an_absence_ends_after_it_begins"),
        ]
        indexes = [models.Index(fields=["until_day", "from_day"], name="absence_by_day")]

    def __str__(self) -> str:
        return f"Vertretung {self.pk}"  # without a name: the log keeps this when the account is gone
