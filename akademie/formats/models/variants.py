"""What people make of a format: variants that they hand in, proposals that editors take or leave with a reason."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from akademie.formats.models.profile import FormatProfile

MAX_TEXT = 1000
DRAFT_DAYS = 2 * 365  # how long a draft of a variant waits for its maker
PERSON_DAYS = 365  # how long a decided proposal says whose it was


def forgotten_drafts() -> models.QuerySet[FormatProfile]:
    """Return variants that were never public, that nobody has written for long and that nothing rests on."""
    long_ago = timezone.now() - timedelta(days=DRAFT_DAYS)
    return FormatProfile.objects.filter(
        live=False, first_published_at=None, maker__isnull=False, latest_revision__created_at__lt=long_ago,
        variants=None, runs=None,
    )  # fmt: skip


class HandIn(models.Model):
    """Somebody wants their variant published; editors publish it or give it back with a reason.

    One row for each variant: handing in again takes the place of what was answered before.
    """

    profile = models.OneToOneField(
        FormatProfile, models.CASCADE, related_name="hand_in", verbose_name="Variante", primary_key=True
    )
    handed_in_at = models.DateTimeField("eingereicht am", default=timezone.now, editable=False)
    answer = models.TextField("Begründung", max_length=MAX_TEXT, blank=True)
    answered_at = models.DateTimeField("beantwortet am", null=True, blank=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name="beantwortet von",
    )  # fmt: skip

    class Meta:
        verbose_name = "eingereichte Variante"
        verbose_name_plural = "eingereichte Varianten"
        indexes = [models.Index(fields=["answered_at", "handed_in_at"], name="variants_that_wait")]

    def __str__(self) -> str:
        return f"eingereichte Variante {self.pk}"


class ProposalState(models.TextChoices):
    """What became of a proposal."""

    OPEN = "open", "offen"
    TAKEN = "taken", "übernommen"
    LEFT = "left", "nicht übernommen"


class FormatProposalQuerySet(models.QuerySet["FormatProposal"]):
    """Questions about proposals as the product says them."""

    def open(self) -> "FormatProposalQuerySet":
        """Those that wait for the editors."""
        return self.filter(state=ProposalState.OPEN)

    def decided_long_ago(self) -> "FormatProposalQuerySet":
        """Those that still say whose they are, though nobody will ask any more."""
        return self.filter(made_by__isnull=False, decided_at__lt=timezone.now() - timedelta(days=PERSON_DAYS))


class FormatProposal(models.Model):
    """Somebody would change one field of a format, often because their variant of it went better."""

    profile = models.ForeignKey(FormatProfile, models.CASCADE, related_name="proposals", verbose_name="Format")
    variant = models.ForeignKey(
        FormatProfile, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="aus der Variante"
    )
    field = models.CharField("Feld", max_length=40)  # a key of words.FIELDS
    before = models.TextField("bisher", max_length=MAX_TEXT * 2, blank=True, editable=False)  # when it was proposed
    after = models.TextField("Vorschlag", max_length=MAX_TEXT * 2)
    why = models.TextField("Warum", max_length=MAX_TEXT)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="von"
    )
    made_at = models.DateTimeField("vorgeschlagen am", default=timezone.now, editable=False)
    state = models.CharField("Stand", max_length=10, choices=ProposalState, default=ProposalState.OPEN)
    answer = models.TextField("Begründung", max_length=MAX_TEXT, blank=True)
    decided_at = models.DateTimeField("entschieden am", null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name="entschieden von",
    )  # fmt: skip

    objects = FormatProposalQuerySet.as_manager()

    class Meta:
        verbose_name = "Verbesserungsvorschlag"
        verbose_name_plural = "Verbesserungsvorschläge"
        constraints = [
            models.CheckConstraint(
                condition=Q(state=ProposalState.OPEN, decided_at=None)
                | (Q(decided_at__isnull=False) & ~Q(state=ProposalState.OPEN) & ~Q(answer="")),
                name="a_decided_proposal_has_a_reason",
            )
        ]
        indexes = [models.Index(fields=["state", "made_at"], name="proposals_by_state")]

    def __str__(self) -> str:
        return f"Verbesserungsvorschlag {self.pk}"  # without a word of its text: the log keeps this
