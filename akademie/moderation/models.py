"""Reports of public content."""

import hashlib
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

MIN_TEXT, MAX_TEXT = 20, 4000
MIN_REASONS, MAX_REASONS = 40, 4000
MAX_ADDRESS = 500
KEPT_DAYS = 365  # how long a report is kept after its decision
REACTION_WORKDAYS = 5  # what the office promises; Saturdays and Sundays do not count
TARGET_HOURS = 72  # what the office aims at
URGENT_HOURS = 24  # where people may be in danger
MAX_LOCK_DAYS = 3 * 365


class ReportCategory(models.TextChoices):
    """What is wrong with the content."""

    ILLEGAL = "illegal", "Der Inhalt ist rechtswidrig"
    CHILDREN = "children", "Straftat gegen Kinder oder Jugendliche"
    PERSONAL = "personal", "Persönliche Daten stehen dort zu Unrecht"
    COPYRIGHT = "copyright", "Das Urheberrecht ist verletzt"
    WRONG = "wrong", "Falsch oder veraltet"
    INSULTING = "insulting", "Beleidigend oder herabwürdigend"
    OTHER = "other", "Anderes"


# Article 16(2)(c) of the Digital Services Act: name and address belong to a notice of illegal content, unless it is
# about an offence against children.
NAMED = {ReportCategory.ILLEGAL, ReportCategory.PERSONAL, ReportCategory.COPYRIGHT}


URGENT = {ReportCategory.ILLEGAL, ReportCategory.CHILDREN}


class ReportDecision(models.TextChoices):
    """What the office has decided."""

    KEPT = "kept", "nichts zu tun"
    CHANGED = "changed", "geändert"
    RESTRICTED = "restricted", "eingeschränkt"
    HIDDEN = "hidden", "ausgeblendet"
    REMOVED = "removed", "entfernt"


AGAINST = {
    ReportDecision.RESTRICTED,
    ReportDecision.HIDDEN,
    ReportDecision.REMOVED,
}  # whoever made the content is told why (Article 17)


class ReportGround(models.TextChoices):
    """On what a decision rests (Article 17(3)(d) and (e))."""

    LAW = "law", "Gesetz"
    TERMS = "terms", "Nutzungsbedingungen"
    CARE = "care", "redaktionelle Sorgfalt"


class ContentReportQuerySet(models.QuerySet["ContentReport"]):
    """Questions about reports as the product says them."""

    def open(self) -> "ContentReportQuerySet":
        """Reports that wait for a decision."""
        return self.filter(decided_at=None)

    def decided_long_ago(self) -> "ContentReportQuerySet":
        """Reports that have been decided for longer than they are kept."""
        return self.filter(decided_at__lt=timezone.now() - timedelta(days=KEPT_DAYS))


class ContentReport(models.Model):
    """Somebody says that a public page must not stay as it is."""

    address = models.CharField("Adresse", max_length=MAX_ADDRESS)  # path on this site
    kind = models.CharField("Art", max_length=60, blank=True)  # key of the public kind, where the page shows one
    object_pk = models.CharField(max_length=64, blank=True, editable=False)
    title = models.CharField("Titel", max_length=300, blank=True)  # of that thing, when it was reported
    category = models.CharField("Grund", max_length=12, choices=ReportCategory)
    text = models.TextField("Erklärung", max_length=MAX_TEXT)
    name = models.CharField("Name", max_length=120, blank=True)
    email = models.EmailField("E-Mail-Adresse", blank=True)
    user = models.ForeignKey(  # once the address belongs to an account; follows a change of the address
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="Person"
    )
    digest = models.CharField(max_length=64, editable=False)  # the same twice is one report
    created_at = models.DateTimeField("gemeldet am", default=timezone.now, editable=False)
    decision = models.CharField("Entscheidung", max_length=12, choices=ReportDecision, blank=True)
    ground = models.CharField("Grundlage", max_length=8, choices=ReportGround, blank=True)
    rule = models.CharField("Vorschrift oder Regel", max_length=200, blank=True)
    reasons = models.TextField("Begründung", max_length=MAX_REASONS, blank=True)
    decided_at = models.DateTimeField("entschieden am", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name="entschieden von",
    )  # fmt: skip

    objects = ContentReportQuerySet.as_manager()

    class Meta:
        verbose_name = "Meldung eines Inhalts"
        verbose_name_plural = "Meldungen von Inhalten"
        constraints = [
            models.UniqueConstraint(fields=["digest"], condition=Q(decided_at=None), name="a_report_waits_once"),
            models.CheckConstraint(
                condition=Q(decided_at=None, decision="")
                | (Q(decided_at__isnull=False) & ~Q(decision="") & ~Q(reasons="")),
                name="a_decision_has_a_time_and_reasons",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["decided_at", "created_at"], name="report_by_state")]

    def __str__(self) -> str:
        return f"Meldung {self.number}"  # without a word of its text: the log keeps this when the report is gone

    @property
    def number(self) -> str:
        """What people call it by: 2027-12."""
        return f"{timezone.localtime(self.created_at).year}-{self.pk}"

    @property
    def target(self) -> datetime:
        """The moment by which the office aims to have decided."""
        hours = URGENT_HOURS if self.category in URGENT else TARGET_HOURS
        return self.created_at + timedelta(hours=hours)

    @property
    def reply_address(self) -> str:
        """Where whoever reported is reached now; empty when they named no address."""
        return self.user.email if self.user else self.email

    @property
    def url(self) -> str:
        """The whole address of what it is about."""
        return f"{settings.SITE_URL}{self.address}"

    @staticmethod
    def digest_of(address: str, category: str, text: str, email: str) -> str:
        """Return what two reports have in common when they are the same."""
        parts = (address, category, " ".join(text.split()), email)
        return hashlib.sha256("\n".join(parts).casefold().encode()).hexdigest()


class Measure(models.Model):
    """Something that the office does against content or an account, with reasons (Article 17). It can be taken back."""

    report = models.ForeignKey(
        ContentReport, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="Meldung"
    )
    category = models.CharField("Grund", max_length=12, choices=ReportCategory)
    ground = models.CharField("Grundlage", max_length=8, choices=ReportGround)
    rule = models.CharField("Vorschrift oder Regel", max_length=200, blank=True)
    reasons = models.TextField("Begründung", max_length=MAX_REASONS)
    made_at = models.DateTimeField("seit", default=timezone.now, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="entschieden von"
    )
    ended_at = models.DateTimeField("aufgehoben am", null=True, blank=True, editable=False)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="aufgehoben von"
    )
    ended_why = models.TextField("Warum aufgehoben", max_length=MAX_REASONS, blank=True)

    class Meta:
        abstract = True


class HiddenContent(Measure):
    """Public content that the office has taken out of sight at once; what was public comes back as it was."""

    kind = models.CharField("Art", max_length=60)  # key of the public kind, or of the hideable
    object_pk = models.CharField(max_length=64)
    title = models.CharField("Titel", max_length=300)
    address = models.CharField("Adresse", max_length=MAX_ADDRESS)
    revision = models.PositiveBigIntegerField(null=True, editable=False)  # what was public, where the kind has versions

    class Meta:
        verbose_name = "ausgeblendeter Inhalt"
        verbose_name_plural = "ausgeblendete Inhalte"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "object_pk"], condition=Q(ended_at=None), name="content_is_hidden_once"
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"Ausblendung {self.pk}"


class PostingLockQuerySet(models.QuerySet["PostingLock"]):
    """Questions about locks as the product says them."""

    def in_force(self, on: date | None = None) -> "PostingLockQuerySet":
        """Locks that hold on a day, today if none is named."""
        return self.filter(Q(until=None) | Q(until__gte=on or timezone.localdate()), ended_at=None)

    def over_long_ago(self) -> "PostingLockQuerySet":
        """Locks that have been over for longer than they are kept."""
        before = timezone.now() - timedelta(days=KEPT_DAYS)
        return self.filter(Q(ended_at__lt=before) | Q(ended_at=None, until__lt=before.date()))


class PostingLock(Measure):
    """An account may not post: until a day, or for good. Reading, signing in and one's own data stay open."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="Person")
    until = models.DateField("bis", null=True, blank=True)  # the last day; None: for good

    objects = PostingLockQuerySet.as_manager()

    class Meta:
        verbose_name = "Sperre"
        verbose_name_plural = "Sperren"
        indexes = [models.Index(fields=["user", "ended_at"], name="lock_by_person")]

    def __str__(self) -> str:
        return f"Sperre {self.pk}"  # without a name: the log keeps this when the account is gone
