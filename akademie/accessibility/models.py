"""Barriers that people report, and what the statement on accessibility rests on."""

from datetime import date, timedelta
from urllib.parse import unquote

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

MIN_TEXT, MAX_TEXT = 10, 2000
MIN_ANSWER, MAX_ANSWER = 20, 4000
MAX_ADDRESS = 1000
ANSWER_DAYS = 28  # so long people wait for an answer before the Durchsetzungsstelle takes their case
REMINDED_DAYS = 7  # before the last day
ADDRESS_DAYS = 183  # how long the address of whoever reported is kept after the answer
KEPT_DAYS = 3 * 365  # how long a report is kept after the answer


class BarrierReportQuerySet(models.QuerySet["BarrierReport"]):
    """Questions about reported barriers as the product says them."""

    def open(self) -> "BarrierReportQuerySet":
        """Those that wait for an answer."""
        return self.filter(answered_at=None)

    def to_mend(self) -> "BarrierReportQuerySet":
        """Those that are answered, and the barrier still stands."""
        return self.filter(answered_at__isnull=False, fixed_on=None)

    def address_too_old(self) -> "BarrierReportQuerySet":
        """Those that were answered so long ago that nobody needs the address any more."""
        before = timezone.now() - timedelta(days=ADDRESS_DAYS)
        return self.filter(answered_at__lt=before).filter(~Q(email="") | Q(user__isnull=False))

    def answered_long_ago(self) -> "BarrierReportQuerySet":
        """Those that have been answered for longer than reports are kept."""
        return self.filter(answered_at__lt=timezone.now() - timedelta(days=KEPT_DAYS))


class BarrierReport(models.Model):
    """Somebody could not read, use or understand something on this site."""

    page = models.CharField("Seite", max_length=MAX_ADDRESS, blank=True)  # as it was named; a whole address of ours
    text = models.TextField("Was nicht geht", max_length=MAX_TEXT)
    email = models.EmailField("E-Mail-Adresse", blank=True)
    user = models.ForeignKey(  # once the address belongs to an account; follows a change of the address
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="Person"
    )
    created_at = models.DateTimeField("gemeldet am", default=timezone.now, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="zuständig"
    )
    reminded = models.PositiveSmallIntegerField("Erinnerungen", default=0, editable=False)  # a week before, at the end
    answer = models.TextField("Antwort", max_length=MAX_ANSWER, blank=True)
    answered_at = models.DateTimeField("beantwortet am", null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name="beantwortet von",
    )  # fmt: skip
    fixed_on = models.DateField("behoben am", null=True, blank=True)

    objects = BarrierReportQuerySet.as_manager()

    class Meta:
        verbose_name = "gemeldete Barriere"
        verbose_name_plural = "gemeldete Barrieren"
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, answer="") | (Q(answered_at__isnull=False) & ~Q(answer="")),
                name="an_answered_barrier_has_an_answer",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["answered_at", "created_at"], name="barrier_by_state")]

    def __str__(self) -> str:
        return f"Barriere {self.number}"  # without a word of its text: the log keeps this when the report is gone

    @property
    def number(self) -> str:
        """What people call it by: B-2027-12."""
        return f"B-{timezone.localtime(self.created_at).year}-{self.pk}"

    @property
    def reply_address(self) -> str:
        """Where whoever reported is reached now; empty when they named no address."""
        return self.user.email if self.user else self.email

    @property
    def due_on(self) -> date:
        """The last day of the four weeks within which the office answers."""
        return timezone.localdate(self.created_at) + timedelta(days=ANSWER_DAYS)

    @property
    def days_left(self) -> int:
        """How many days the office still has; below zero when the answer is late."""
        return (self.due_on - timezone.localdate()).days

    @property
    def place(self) -> str:
        """The page as people read an address."""
        return unquote(self.page) or "Seite nicht genannt"

    @property
    def is_ours(self) -> bool:
        """Whether the page is one of this site, so that a link to it leads nowhere else."""
        return self.page.startswith(f"{settings.SITE_URL}/")


# -- the statement ----------------------------------------------------------------------------------------------------
class Conformity(models.TextChoices):
    """How far the site meets the requirements, in the words of the model statement.

    Commission Implementing Decision (EU) 2018/1523, annex, section 1 (*Stand der Vereinbarkeit*).
    """

    NONE = "none", "nicht vereinbar"
    PARTIAL = "partial", "teilweise vereinbar"
    FULL = "full", "vollständig vereinbar"


class StatementReview(models.Model):
    """Somebody says how accessible the site is. Each is a row of its own; the newest counts."""

    conformity = models.CharField("Stand der Vereinbarkeit", max_length=8, choices=Conformity)
    all_kinds_checked = models.BooleanField("alles durch Menschen geprüft", default=False)
    law = models.CharField("Rechtsgrundlage", max_length=200)
    scope = models.CharField("Geltungsbereich", max_length=500)
    method = models.CharField("Wie bewertet wurde", max_length=300)
    responsible = models.CharField("Wer bewertet hat", max_length=200)
    reviewed_on = models.DateField("bewertet am", default=timezone.localdate)
    created_at = models.DateTimeField("eingetragen am", default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name="eingetragen von",
    )  # fmt: skip

    class Meta:
        verbose_name = "Bewertung der Barrierefreiheit"
        verbose_name_plural = "Bewertungen der Barrierefreiheit"
        constraints = [
            models.CheckConstraint(
                condition=~Q(conformity="full") | Q(all_kinds_checked=True), name="full_conformity_is_checked_by_people"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"Bewertung vom {self.reviewed_on:%d.%m.%Y}"


class CheckKind(models.TextChoices):
    """What only people can check. All of it belongs to a whole check."""

    KEYBOARD = "keyboard", "Bedienung mit der Tastatur"
    SCREEN_READER = "reader", "Vorlesen mit Screenreader"
    ZOOM = "zoom", "Vergrößerung und schmale Bildschirme"
    CONTRAST = "contrast", "Kontraste und Farben"
    LANGUAGE = "language", "Verständliche Sprache und Leichte Sprache"
    FORMS = "forms", "Formulare und Fehlermeldungen"
    MEDIA = "media", "Bilder, Dokumente, Videos und Gebärdensprache"


class ManualCheck(models.Model):
    """A check by people: what, by whom, when and how."""

    kind = models.CharField("Was wurde geprüft?", max_length=10, choices=CheckKind)
    checked_on = models.DateField("Geprüft am")
    checked_by = models.CharField("Wer hat geprüft?", max_length=200)  # a body or a person, shown publicly
    method = models.CharField("Wie wurde geprüft?", max_length=200)
    result = models.TextField("Was kam heraus?", max_length=1000)

    class Meta:
        verbose_name = "Prüfung durch Menschen"
        verbose_name_plural = "Prüfungen durch Menschen"
        ordering = ("-checked_on", "-pk")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} vom {self.checked_on:%d.%m.%Y}"


class BarrierReason(models.TextChoices):
    """Why content is not accessible: parts a to c of the model statement."""

    NOT_YET = "not_yet", "Noch nicht vereinbar: Wir beheben es"
    BURDEN = "burden", "Unverhältnismäßige Belastung"
    OUTSIDE = "outside", "Fällt nicht unter die Vorschriften"


class KnownBarrier(models.Model):
    """Content that is not accessible, why, and what people can use instead."""

    what = models.CharField("Was ist nicht barrierefrei?", max_length=300)
    reason = models.CharField("Warum?", max_length=8, choices=BarrierReason)
    explanation = models.TextField("Begründung", max_length=1000)
    instead = models.CharField("Was hilft bis dahin?", max_length=300, blank=True)
    until = models.DateField("Behoben bis", null=True, blank=True)

    class Meta:
        verbose_name = "bekannte Barriere"
        verbose_name_plural = "bekannte Barrieren"
        ordering = ("reason", "pk")

    def __str__(self) -> str:
        return self.what
