"""Runs of formats: what one really took, and what its host would tell the next."""

from datetime import date, timedelta

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from akademie.formats.models.profile import FormatProfile
from akademie.formats.words import Mode, minutes_in_words

MAX_MINUTES = 60 * 1000
MAX_TEXT = 1000
PERSON_DAYS = 3 * 365  # how long a run says who entered it
FIRST_DAY = date(2000, 1, 1)  # before it no run is entered
# The report of a host: four questions after each run (capabilities C6).
REPORT = {
    "went_well": "Was lief gut?",
    "was_hard": "Was war schwierig?",
    "would_change": "Was würden Sie beim nächsten Mal anders machen?",
    "advice": "Was raten Sie einer Stadt, die das Format zum ersten Mal durchführt?",
}


class FormatRunQuerySet(models.QuerySet["FormatRun"]):
    """Questions about runs as the product says them."""

    def measured(self) -> "FormatRunQuerySet":
        """Those whose minutes somebody has entered."""
        return self.filter(measured_at__isnull=False)

    def reported(self) -> "FormatRunQuerySet":
        """Those with a report that the office has released."""
        return self.filter(released_at__isnull=False)

    def to_release(self) -> "FormatRunQuerySet":
        """Those with a report that waits for the office."""
        return self.filter(reported_at__isnull=False, released_at=None, returned_because="")

    def given_back(self) -> "FormatRunQuerySet":
        """Those whose report the office has given back."""
        return self.exclude(returned_because="")

    def of_long_ago(self) -> "FormatRunQuerySet":
        """Those that somebody entered, so long ago that nobody asks them about it any more."""
        return self.filter(made_by__isnull=False, held_on__lt=timezone.localdate() - timedelta(days=PERSON_DAYS))


class FormatRun(models.Model):
    """A format was run once. Upper areas make it (an event) or somebody enters it afterwards.

    Minutes are those of everybody who hosted, together; they are entered once (`measured_at`) and corrected only by
    the office. The report is public once the office has released it.
    """

    profile = models.ForeignKey(FormatProfile, models.PROTECT, related_name="runs", verbose_name="Format")
    title = models.CharField("Titel", max_length=120)
    held_on = models.DateField("durchgeführt am")
    mode = models.CharField("Durchführung", max_length=10, choices=Mode, blank=True)
    town = models.ForeignKey(
        "towns.Town", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="Stadt"
    )
    host = models.CharField("durchgeführt von", max_length=120, blank=True)  # an organisation or a town, no person
    participants = models.PositiveIntegerField(
        "Teilnehmende", null=True, blank=True, validators=[MaxValueValidator(9999)]
    )
    prepare_minutes = models.PositiveIntegerField(
        "Vorbereiten (Minuten)", null=True, blank=True, validators=[MaxValueValidator(MAX_MINUTES)]
    )
    run_minutes = models.PositiveIntegerField(
        "Durchführen (Minuten)",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MAX_MINUTES)],
    )
    follow_up_minutes = models.PositiveIntegerField(
        "Nachbereiten (Minuten)", null=True, blank=True, validators=[MaxValueValidator(MAX_MINUTES)]
    )
    cost_eur = models.PositiveIntegerField(
        "Kosten (Euro)", null=True, blank=True, validators=[MaxValueValidator(1_000_000)]
    )
    measured_at = models.DateTimeField("gemessen am", null=True, blank=True, editable=False)
    went_well = models.TextField(REPORT["went_well"], max_length=MAX_TEXT, blank=True)
    was_hard = models.TextField(REPORT["was_hard"], max_length=MAX_TEXT, blank=True)
    would_change = models.TextField(REPORT["would_change"], max_length=MAX_TEXT, blank=True)
    advice = models.TextField(REPORT["advice"], max_length=MAX_TEXT, blank=True)
    reported_at = models.DateTimeField("berichtet am", null=True, blank=True, editable=False)
    released_at = models.DateTimeField("freigegeben am", null=True, blank=True, editable=False)
    returned_because = models.TextField("zurückgegeben, weil", max_length=MAX_TEXT, blank=True, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+",
        verbose_name="eingetragen von",
    )  # fmt: skip

    objects = FormatRunQuerySet.as_manager()

    class Meta:
        verbose_name = "Durchführung"
        verbose_name_plural = "Durchführungen"
        constraints = [
            models.CheckConstraint(
                condition=Q(measured_at=None)
                | Q(prepare_minutes__isnull=False, run_minutes__isnull=False, follow_up_minutes__isnull=False),
                name="a_measured_run_has_its_minutes",
            ),
            models.CheckConstraint(
                condition=Q(released_at=None) | Q(reported_at__isnull=False), name="a_released_report_is_written"
            ),
            models.CheckConstraint(
                condition=Q(returned_because="") | Q(released_at=None, reported_at__isnull=False),
                name="a_report_given_back_is_not_public",
            ),
        ]
        indexes = [models.Index(fields=["profile", "held_on"], name="runs_of_a_format")]

    def __str__(self) -> str:
        return f"{self.title} ({self.held_on:%d.%m.%Y})"

    def get_absolute_url(self) -> str:
        """Return the page on which whoever entered it sees what has become of it."""
        return reverse("formats:run", args=[self.pk])

    @property
    def report(self) -> list[tuple[str, str]]:
        """The questions of the report that were answered, with the answers."""
        return [(question, getattr(self, name)) for name, question in REPORT.items() if getattr(self, name)]

    @property
    def place(self) -> str:
        """Where it was, as a heading says it: in Perleberg."""
        if self.town:
            return f"in {self.town.name}"
        return f"bei: {self.host}" if self.host else "online" if self.mode == Mode.DIGITAL else ""

    @property
    def times_in_words(self) -> str:
        """What it took, part by part: 9,5 Stunden (vorbereiten 4 Stunden, durchführen 3,5 Stunden, …)."""
        parts = (("vorbereiten", self.prepare_minutes), ("durchführen", self.run_minutes),
                 ("nachbereiten", self.follow_up_minutes))  # fmt: skip
        said = ", ".join(f"{verb} {minutes_in_words(minutes or 0)}" for verb, minutes in parts)
        return f"{minutes_in_words(self.minutes)} ({said})"

    @property
    def state_in_words(self) -> str:
        """What has become of its report."""
        if self.released_at:
            return f"veröffentlicht am {timezone.localdate(self.released_at):%d.%m.%Y}"
        if self.returned_because:
            return "zurückgegeben, bitte ändern"
        return "wartet auf die Freigabe" if self.reported_at else "noch keiner"

    @property
    def parent_pk(self) -> int:
        """The format whose figures change with this row."""
        return self.profile_id

    @property
    def minutes(self) -> int:
        """All minutes of the hosts together; 0 before they were entered."""
        return (self.prepare_minutes or 0) + (self.run_minutes or 0) + (self.follow_up_minutes or 0)
