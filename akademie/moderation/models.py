"""Reports of public content."""

import hashlib
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

MIN_TEXT, MAX_TEXT = 20, 4000
MIN_REASONS, MAX_REASONS = 40, 4000
MAX_ADDRESS = 500
KEPT_DAYS = 365  # how long a report is kept after its decision
REACTION_WORKDAYS = 5  # what the office promises; Saturdays and Sundays do not count


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


class ReportDecision(models.TextChoices):
    """What the office has decided."""

    KEPT = "kept", "nichts zu tun"
    CHANGED = "changed", "geändert"
    RESTRICTED = "restricted", "eingeschränkt"
    REMOVED = "removed", "entfernt"


AGAINST = {ReportDecision.RESTRICTED, ReportDecision.REMOVED}  # whoever made the content is told why (Article 17)


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
