"""Questions about variants and proposals: whose they are, what waits, what differs."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from akademie.core.contributions import WAITING_SHOWN, Waiting
from akademie.formats import as_text
from akademie.formats.models import FormatProfile, FormatProposal, HandIn
from akademie.formats.models.variants import FormatProposalQuerySet, ProposalState

SHOWN = 10
LISTS = {"offen": "Zu entscheiden", "entschieden": "Entschieden"}


def differing(draft: FormatProfile, origin: FormatProfile) -> list[tuple[str, str]]:
    """Return the fields of PROPOSABLE in which a variant differs from what it came from: key and label."""
    return [
        (key, label) for key, label in as_text.PROPOSABLE.items()
        if as_text.text_of(draft, key) != as_text.text_of(origin, key)
    ]  # fmt: skip


def state_of(variant: FormatProfile, handed_in: HandIn | None) -> str:
    """Return where a variant stands, in words."""
    if handed_in and handed_in.answered_at is None:
        return "liegt der Geschäftsstelle vor"
    if variant.live:
        return "veröffentlicht, mit Änderungen im Entwurf" if variant.has_unpublished_changes else "veröffentlicht"
    return "zurückgegeben" if handed_in else "Entwurf"


def hand_in_of(variant: FormatProfile) -> HandIn | None:
    """Return what became of handing a variant in; None when it never was."""
    return HandIn.objects.select_related("answered_by").filter(profile=variant).first()


def mine(user: Any) -> dict[str, Any] | None:
    """Return what the tile "Meine Varianten" shows; None for who has neither variants nor proposals."""
    rows = FormatProfile.objects.filter(maker=user).select_related("origin", "hand_in").order_by("-pk")[:SHOWN]
    variants = [(one, state_of(one, getattr(one, "hand_in", None))) for one in rows]
    found = FormatProposal.objects.filter(made_by=user).select_related("profile").order_by("-made_at", "-pk")[:SHOWN]
    proposals = [(one, as_text.PROPOSABLE.get(one.field, one.field)) for one in found]
    return {"variants": variants, "proposals": proposals} if variants or proposals else None


def hand_ins() -> QuerySet[HandIn]:
    """Return the variants that wait for the editors, the oldest first."""
    rows = HandIn.objects.filter(answered_at=None).select_related("profile__origin", "profile__maker")
    return rows.order_by("handed_in_at", "pk")


def decided_hand_ins() -> QuerySet[HandIn]:
    """Return what editors have decided, the newest first."""
    rows = HandIn.objects.filter(answered_at__isnull=False).select_related("profile__origin", "answered_by")
    return rows.order_by("-answered_at", "-pk")


def proposals(which: str) -> FormatProposalQuerySet:
    """Return one of the `LISTS`; what waits has the oldest first."""
    rows = FormatProposal.objects.select_related("profile", "made_by")
    if which == "offen":
        return rows.open().order_by("made_at", "pk")
    return rows.exclude(state=ProposalState.OPEN).order_by("-decided_at", "-pk")


def waiting(user: Any) -> list[Waiting]:
    """Return the variants and proposals that wait for the office, the oldest first."""
    found = [
        Waiting(
            text=f"Variante „{one.profile}“ ansehen und entscheiden",
            url=reverse("formats:variant_to_decide", args=[one.pk]), since=one.handed_in_at,
        )
        for one in hand_ins()[:WAITING_SHOWN]
    ]  # fmt: skip
    found += [
        Waiting(
            text=f"Vorschlag zu „{one.profile}“ entscheiden: {as_text.PROPOSABLE.get(one.field, one.field)}",
            url=reverse("formats:proposal", args=[one.pk]), since=one.made_at,
        )
        for one in proposals("offen")[:WAITING_SHOWN]
    ]  # fmt: skip
    return sorted(found, key=lambda one: str(one.since))


def count_waiting() -> int:
    """Return how many wait."""
    return HandIn.objects.filter(answered_at=None).count() + FormatProposal.objects.open().count()


def described(keys: list[str]) -> dict[str, str]:
    """Return which formats proposals are about, for the log."""
    rows = FormatProposal.objects.filter(pk__in=keys).select_related("profile")
    return {str(one.pk): f"{one.profile}, {as_text.PROPOSABLE.get(one.field, one.field)}" for one in rows}
