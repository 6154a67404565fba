"""What people give back to a format: proposals, which editors take or leave with a reason."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from akademie.formats.models.profile import FormatProfile

MAX_TEXT = 1000


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
