"""Surveys, and their answers without anything that says whose they are."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from akademie.questionnaires.models import Version

K = 5  # answers below which nothing is shown
MOST_ANSWERS = 2000  # that a survey takes; more than an academy's events have guests
MAX_TITLE, MAX_ABOUT, MAX_GROUP = 150, 300, 60
SETTLED = timedelta(minutes=1)  # after the end, until the last answer on its way is surely kept: longer than a request
KEPT_DAYS = 3 * 365  # how long free texts are kept after the end; figures stay


class SurveyKind(models.TextChoices):
    """What a survey is for."""

    EVALUATION = "evaluation", "Auswertung einer Veranstaltung"


class SurveyMode(models.TextChoices):
    """What is known about who answers. Fixed when the survey is made."""

    ANONYMOUS = "anonymous", "anonym"


class SurveyStage(models.TextChoices):
    """Where a survey is now, by the clock."""

    COMING = "coming", "noch nicht offen"
    OPEN = "open", "offen"
    CLOSED = "closed", "geschlossen"


class SurveyQuerySet(models.QuerySet["Survey"]):
    """Questions about surveys as the product says them."""

    def closed(self) -> SurveyQuerySet:
        """Those that take no answers any more, with every answer surely kept."""
        now = timezone.now()
        return self.filter(Q(closed_at__isnull=False) | Q(closes_at__lte=now - SETTLED))

    def released(self) -> SurveyQuerySet:
        """Those whose figures may be shown at all: closed, with enough answers."""
        return self.closed().filter(bag__count__gte=K)


class Survey(models.Model):
    """A page with questions about one thing, the same address for everybody who is asked.

    Mode, kind, questions and address are fixed when it is made. `group` is a lasting key by which an upper area adds
    up ("format:webinar"); this app does not know what it means.
    """

    slug = models.CharField("Nummer", max_length=11, unique=True, editable=False)  # 482-719-360: read out, typed in
    kind = models.CharField("Zweck", max_length=12, choices=SurveyKind, default=SurveyKind.EVALUATION, editable=False)
    mode = models.CharField("Art", max_length=10, choices=SurveyMode, default=SurveyMode.ANONYMOUS, editable=False)
    version = models.ForeignKey(Version, models.PROTECT, related_name="+", verbose_name="Fragen", editable=False)
    title = models.CharField("Titel", max_length=MAX_TITLE)
    about = models.CharField("Worum es geht", max_length=MAX_ABOUT, blank=True)
    group = models.CharField("Gruppe", max_length=MAX_GROUP, blank=True, db_index=True)
    opens_at = models.DateTimeField("offen ab")
    closes_at = models.DateTimeField("offen bis")
    closed_at = models.DateTimeField("vorzeitig geschlossen am", null=True, blank=True, editable=False)
    is_public = models.BooleanField("Zahlen für alle sichtbar", default=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="zuständig"
    )
    created_at = models.DateTimeField("angelegt am", default=timezone.now, editable=False)

    objects = SurveyQuerySet.as_manager()

    FIXED = ("slug", "kind", "mode", "version_id")

    class Meta:
        verbose_name = "Befragung"
        verbose_name_plural = "Befragungen"
        constraints = [
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="survey_opens_before_it_closes"),
            models.CheckConstraint(
                condition=~Q(kind=SurveyKind.EVALUATION) | Q(mode=SurveyMode.ANONYMOUS),
                name="an_evaluation_is_anonymous",
            ),
        ]
        indexes = [models.Index(fields=["-closes_at"], name="surveys_by_end")]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save all but a change of what is fixed: ValueError."""
        was = Survey.objects.filter(pk=self.pk).values(*self.FIXED).first() if self.pk else None
        if was and any(getattr(self, name) != value for name, value in was.items()):
            raise ValueError("What people were told before they answered is fixed.")
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """Return where people answer."""
        return reverse("surveys:answer", args=[self.slug])

    @property
    def address(self) -> str:
        """The whole address as it stands on a slide: without https://, which people do not type."""
        return f"{settings.SITE_URL}{self.get_absolute_url()}".partition("://")[2]

    @property
    def results_url(self) -> str:
        """Where the results stand."""
        return reverse("surveys:results", args=[self.slug])

    @property
    def ends_at(self) -> datetime:
        """When it takes, or took, its last answer."""
        return min(self.closes_at, self.closed_at) if self.closed_at else self.closes_at

    @property
    def stage(self) -> SurveyStage:
        """Where it is now."""
        now = timezone.now()
        if self.closed_at or self.closes_at <= now:
            return SurveyStage.CLOSED
        return SurveyStage.OPEN if self.opens_at <= now else SurveyStage.COMING

    @property
    def is_settled(self) -> bool:
        """Whether no answer can come any more, not even one that is just being kept; as `SurveyQuerySet.closed`."""
        return bool(self.closed_at) or self.closes_at <= timezone.now() - SETTLED


def new_number() -> str:
    """Return nine digits in threes, at random: short enough to read out, too many to try."""
    return "-".join(f"{secrets.randbelow(1000):03}" for _ in range(3))


class AnswerBagQuerySet(models.QuerySet["AnswerBag"]):
    """Questions about bags as the product says them."""

    def closed(self) -> AnswerBagQuerySet:
        """Those of closed surveys."""
        return self.filter(survey__in=Survey.objects.closed())

    def never_shown(self) -> AnswerBagQuerySet:
        """Those that hold answers of a closed survey that had too few."""
        return self.closed().filter(count__lt=K).exclude(figures={}, texts={})

    def with_old_texts(self) -> AnswerBagQuerySet:
        """Those that hold free texts of surveys that ended long ago."""
        return self.filter(survey__closes_at__lt=timezone.now() - timedelta(days=KEPT_DAYS)).exclude(texts={})

    def with_used_sheets(self) -> AnswerBagQuerySet:
        """Those of closed surveys that still tell sheets apart."""
        return self.closed().exclude(sheets=[])


class AnswerBag(models.Model):
    """All answers to one survey, added up question by question and answer by answer.

    Which answers came from one person, in what order and when, is not in it: whatever order the same answers come in,
    the row is the same to the byte. `figures` and `texts` are {key of the question: [[answer, how often], …]}, sorted.
    """

    survey = models.OneToOneField(Survey, models.CASCADE, primary_key=True, related_name="bag")
    count = models.PositiveIntegerField("Antworten", default=0)  # how many people have answered
    figures = models.JSONField(default=dict, blank=True)
    texts = models.JSONField(default=dict, blank=True)
    sheets = models.JSONField(default=list, blank=True)  # hashes of pages that were sent, sorted; gone after the end

    objects = AnswerBagQuerySet.as_manager()

    class Meta:
        verbose_name = "anonyme Antworten"
        verbose_name_plural = "anonyme Antworten"

    def __str__(self) -> str:
        return f"Antworten {self.pk}"
