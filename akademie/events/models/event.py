"""The event itself: what, when, where, for how many, who answers for it, and where it stands."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from akademie.core.dates import period_in_words
from akademie.core.records import UMLAUTS
from akademie.formats.models import FormatProfile, FormatRun
from akademie.formats.words import Mode
from akademie.surveys.models import Survey
from akademie.topics.models import Topic
from akademie.towns.models import Town

MAX_PLACES = 9999
LONGEST = timedelta(days=31)
RESERVED = {"feed", "neu", "archiv", "arten", "karte", "tabelle"}  # pages that stand where an event would


class EventType(models.Model):
    """A sort of event in the academy's words; editors add more. One that was used is switched off, not deleted."""

    slug = models.SlugField("Kürzel", max_length=40, unique=True)
    name = models.CharField("Name", max_length=80, unique=True)
    position = models.PositiveSmallIntegerField("Reihenfolge", default=50)
    is_offered = models.BooleanField("wird angeboten", default=True)

    class Meta:
        verbose_name = "Veranstaltungsart"
        verbose_name_plural = "Veranstaltungsarten"

    def __str__(self) -> str:
        return self.name


class EventState(models.TextChoices):
    """Where an event stands. Whether it is over says its end, not its state."""

    DRAFT = "draft", "Entwurf"
    SUBMITTED = "submitted", "liegt der Geschäftsstelle vor"
    PUBLISHED = "published", "veröffentlicht"
    CANCELLED = "cancelled", "abgesagt"


# From where to where an event may go; actions hold to it.
MOVES: dict[EventState, set[EventState]] = {
    EventState.DRAFT: {EventState.SUBMITTED, EventState.PUBLISHED},
    EventState.SUBMITTED: {EventState.DRAFT, EventState.PUBLISHED},
    EventState.PUBLISHED: {EventState.CANCELLED, EventState.DRAFT},  # back to the draft only before anybody was told
    EventState.CANCELLED: set(),
}


def where_in_words(mode: str, place: str, town: str) -> str:
    """Return how and where people meet: "digital", "hybrid, Rathaus, Perleberg"; a town is named once."""
    how = str(Mode(mode).label)
    there = place if town and town in place else ", ".join(filter(None, (place, town)))
    return how if mode == Mode.DIGITAL or not there else f"{how}, {there}"


class EventQuerySet(models.QuerySet["Event"]):
    """Questions about events as the product says them."""

    def public(self) -> EventQuerySet:
        """Those that everyone may see: published and cancelled ones, once their day of publication has come."""
        return self.out().filter(Q(publish_at=None) | Q(publish_at__lte=timezone.now()))

    def out(self) -> EventQuerySet:
        """Those that everyone may see or will, when their day comes."""
        return self.filter(state__in=(EventState.PUBLISHED, EventState.CANCELLED), is_hidden=False)

    def upcoming(self) -> EventQuerySet:
        """Those that have not ended."""
        return self.filter(ends_at__gte=timezone.now())

    def over(self) -> EventQuerySet:
        """Those that have ended."""
        return self.filter(ends_at__lt=timezone.now())


class Event(models.Model):
    """Something with a beginning and an end that people come to, on site, online or both.

    Times are kept as moments and meant in the academy's time zone. `owner` hosts it: prepares, changes, reports.
    """

    slug = models.SlugField("Kürzel", max_length=80, unique=True, blank=True)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # in calendars; stays when the date moves
    sequence = models.PositiveIntegerField(
        default=0, editable=False
    )  # in calendars; grows with each change that counts
    title = models.CharField("Titel", max_length=120)
    kind = models.ForeignKey(EventType, models.PROTECT, related_name="events", verbose_name="Art")
    format = models.ForeignKey(
        FormatProfile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Format"
    )
    topics = models.ManyToManyField(Topic, blank=True, related_name="events", verbose_name="Themen")
    summary = models.CharField("Ein Satz", max_length=240, blank=True)
    description = models.TextField("Beschreibung", max_length=6000, blank=True)
    starts_at = models.DateTimeField("Beginn")
    ends_at = models.DateTimeField("Ende")
    mode = models.CharField("Durchführung", max_length=10, choices=Mode)
    place = models.CharField("Ort", max_length=200, blank=True)
    town = models.ForeignKey(Town, models.SET_NULL, null=True, blank=True, related_name="events", verbose_name="Stadt")
    host = models.CharField("Veranstaltet von", max_length=120)
    capacity = models.PositiveIntegerField(
        "Plätze", null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(MAX_PLACES)]
    )
    contact_name = models.CharField("Ansprechperson", max_length=120, blank=True)
    contact_email = models.EmailField("E-Mail für Fragen", blank=True)
    contact_phone = models.CharField("Telefon für Fragen", max_length=40, blank=True)
    state = models.CharField("Stand", max_length=10, choices=EventState, default=EventState.DRAFT)
    publish_at = models.DateTimeField("Veröffentlichen am", null=True, blank=True)  # None: at once when published
    published_at = models.DateTimeField("veröffentlicht am", null=True, blank=True, editable=False)
    cancelled_at = models.DateTimeField("abgesagt am", null=True, blank=True, editable=False)
    cancel_reason = models.CharField("Warum abgesagt", max_length=240, blank=True)
    is_hidden = models.BooleanField("ausgeblendet", default=False, editable=False)  # by a measure of the office
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="zuständig"
    )
    run = models.OneToOneField(
        FormatRun, models.SET_NULL, null=True, blank=True, editable=False, related_name="event",
        verbose_name="Durchführung",
    )  # fmt: skip
    evaluation = models.OneToOneField(
        Survey, models.SET_NULL, null=True, blank=True, editable=False, related_name="event",
        verbose_name="Auswertung",
    )  # fmt: skip
    created_at = models.DateTimeField("angelegt am", default=timezone.now, editable=False)
    changed_at = models.DateTimeField("geändert am", default=timezone.now, editable=False)  # what the public sees

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = "Veranstaltung"
        verbose_name_plural = "Veranstaltungen"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="event_begins_before_it_ends",
                violation_error_message="Das Ende liegt vor dem Beginn.",
            ),
            models.CheckConstraint(
                condition=~Q(state=EventState.CANCELLED) | Q(cancelled_at__isnull=False), name="cancelled_at_a_moment"
            ),
            models.CheckConstraint(
                condition=~Q(state=EventState.PUBLISHED) | Q(published_at__isnull=False), name="published_at_a_moment"
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["state", "starts_at"], name="events_by_date"),
            models.Index(fields=["owner", "starts_at"], name="events_of_a_host"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of the event's page."""
        return reverse("events:detail", args=[self.slug])

    def free_slug(self) -> str:
        """Return a slug from title and year that nobody has yet."""
        stem = slugify(f"{self.title[:60]} {timezone.localtime(self.starts_at).year}".translate(UMLAUTS)).strip("-")
        taken = {*Event.objects.filter(slug__startswith=stem).values_list("slug", flat=True), *RESERVED}
        return stem if stem not in taken else next(s for n in range(2, 9999) if (s := f"{stem}-{n}") not in taken)

    @property
    def when(self) -> str:
        """From when until when, in words."""
        return period_in_words(self.starts_at, self.ends_at)

    @property
    def where(self) -> str:
        """How and where people meet: "digital", "hybrid, Rathaus, Perleberg"; a town is named once."""
        return where_in_words(self.mode, self.place, self.town.name if self.town else "")

    @property
    def is_public(self) -> bool:
        """Whether everyone may see it now; the rule of `EventQuerySet.public`."""
        out = self.state in (EventState.PUBLISHED, EventState.CANCELLED) and not self.is_hidden
        return out and (self.publish_at is None or self.publish_at <= timezone.now())

    @property
    def is_over(self) -> bool:
        """Whether it has ended."""
        return self.ends_at < timezone.now()

    @property
    def is_cancelled(self) -> bool:
        """Whether it does not take place."""
        return self.state == EventState.CANCELLED
