"""What is kept about people who make variants and proposals, and how the academy answers for it."""

from collections.abc import Iterator

from django.db.models import Q, QuerySet

from akademie.core.contributions import ErasureLine, ExportPart, Fate, Subject
from akademie.formats import as_text
from akademie.formats.models import FormatProfile, FormatProposal, HandIn

MODELS = (FormatProfile, FormatProposal, HandIn)
WHY = "Andere Städte arbeiten damit. Ihr Name geht."


def variants_of(subject: Subject) -> QuerySet[FormatProfile]:
    """Return somebody's variants."""
    return FormatProfile.objects.filter(maker=subject.user) if subject.user else FormatProfile.objects.none()


def proposals_of(subject: Subject) -> QuerySet[FormatProposal]:
    """Return what somebody has proposed."""
    return FormatProposal.objects.filter(made_by=subject.user) if subject.user else FormatProposal.objects.none()


def decisions_of(subject: Subject) -> tuple[QuerySet[FormatProposal], QuerySet[HandIn]]:
    """Return what somebody of the office has decided."""
    if not subject.user:
        return FormatProposal.objects.none(), HandIn.objects.none()
    proposals = FormatProposal.objects.filter(decided_by=subject.user)
    return proposals, HandIn.objects.filter(answered_by=subject.user)


def export(subject: Subject) -> Iterator[ExportPart]:
    """Yield variants, proposals, and for the office what was decided."""
    yield ExportPart("Ihre Varianten von Formaten", ({
        "Name": one.name, "Variante von": str(one.origin or ""), "Was anders ist": one.differs, "Zweck": one.purpose,
        "Ergebnis": one.result, "Tipps": one.tips, "Ablauf": as_text.text_of(one, "steps"),
        "Veröffentlicht": one.live,
    } for one in variants_of(subject).select_related("origin").order_by("pk").iterator(chunk_size=500)))  # fmt: skip
    yield ExportPart("Ihre Verbesserungsvorschläge", ({
        "Format": one.profile.name, "Feld": as_text.PROPOSABLE.get(one.field, one.field), "Vorschlag": one.after,
        "Warum": one.why, "Vorgeschlagen am": one.made_at, "Stand": one.get_state_display(), "Antwort": one.answer,
    } for one in proposals_of(subject).select_related("profile").order_by("pk").iterator(chunk_size=500)))  # fmt: skip
    if subject.user and subject.user.is_office:
        proposals, variants = decisions_of(subject)
        yield ExportPart("Was Sie über Varianten und Vorschläge entschieden haben", ({
            "Was": str(one), "Ihre Antwort": one.answer,
        } for rows in (proposals, variants) for one in rows.order_by("pk").iterator(chunk_size=500)))  # fmt: skip


def preview(subject: Subject) -> Iterator[ErasureLine]:
    """Yield the drafts that go, and what stays without a name."""
    drafts, public = _parted(subject)
    if count := drafts.count():
        yield ErasureLine(Fate.GOES, "1 Entwurf einer Variante" if count == 1 else f"{count} Entwürfe von Varianten")
    if count := public.count():
        what = "1 veröffentlichte Variante" if count == 1 else f"{count} veröffentlichte Varianten"
        yield ErasureLine(Fate.ANONYMISED, what, WHY)
    if count := proposals_of(subject).count():
        what = "1 Verbesserungsvorschlag" if count == 1 else f"{count} Verbesserungsvorschläge"
        yield ErasureLine(Fate.ANONYMISED, what, "Der Vorschlag hilft dem Format weiter. Ihr Name geht.")
    if count := sum(rows.count() for rows in decisions_of(subject)):
        what = "1 Entscheidung über Varianten und Vorschläge"
        if count > 1:
            what = f"{count} Entscheidungen über Varianten und Vorschläge"
        yield ErasureLine(Fate.ANONYMISED, what, "Die Antwort bleibt, Ihr Name geht.")


def _parted(subject: Subject) -> tuple[QuerySet[FormatProfile], QuerySet[FormatProfile]]:
    """Return drafts that nobody needs, and variants that were public or that others have made variants of."""
    kept = Q(live=True) | Q(first_published_at__isnull=False) | Q(variants__isnull=False) | Q(runs__isnull=False)
    rows = variants_of(subject)
    needed = rows.filter(kept).values("pk")
    return rows.exclude(pk__in=needed), rows.filter(pk__in=needed)


def erase(subject: Subject) -> None:
    """Delete drafts; take the name off the rest and out of what was written."""
    drafts, public = _parted(subject)
    for draft in drafts:
        draft.delete()
    public.update(maker=None)
    for proposal in proposals_of(subject):
        proposal.after, proposal.why = subject.blacked_out(proposal.after), subject.blacked_out(proposal.why)
        proposal.made_by = None
        proposal.save(update_fields=["after", "why", "made_by"])
    proposals, variants = decisions_of(subject)
    for decided in proposals:
        decided.answer, decided.decided_by = subject.blacked_out(decided.answer), None
        decided.save(update_fields=["answer", "decided_by"])
    for answered in variants:
        answered.answer, answered.answered_by = subject.blacked_out(answered.answer), None
        answered.save(update_fields=["answer", "answered_by"])
