"""What people do with proposals: make one; editors take it or leave it, always with a reason."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from akademie.accounts.models import User
from akademie.core import limits
from akademie.core.actions import NotPossible, check_may_post
from akademie.formats import as_text
from akademie.formats.models import FormatProfile, FormatProposal
from akademie.formats.models.variants import ProposalState
from akademie.notifications.actions import notify

PROPOSALS_PER_DAY = 20
DECIDED = "formats.proposal_decided"
ENOUGH = "Sie haben heute schon viele Vorschläge gemacht. Bitte machen Sie morgen weiter."
SAME = "Das steht schon so da. Bitte ändern Sie etwas."
TAKEN = "Danke, das haben wir übernommen."


class ChangedMeanwhile(NotPossible):
    """The field is not any more what the editor has seen."""


def propose(
    profile: FormatProfile, *, field: str, after: str, why: str, by: User, variant: FormatProfile | None = None
) -> FormatProposal:
    """Propose another text for one field of a published format. The same while it waits is one.

    NotPossible when nothing would change, the text does not fit the field, or the person may not post; TooMany.
    """
    check_may_post(by)
    check(profile, field, after)
    same = FormatProposal.objects.open().filter(profile=profile, field=field, after=after, made_by=by)
    if known := same.order_by("pk").first():
        return known
    limits.count("format proposal", str(by.pk), most=PROPOSALS_PER_DAY, seconds=24 * 3600, says=ENOUGH)
    with transaction.atomic():
        locked = FormatProfile.objects.select_for_update().get(pk=profile.pk)  # two presses, one after the other
        if known := same.order_by("pk").first():
            return known
        proposal = FormatProposal.objects.create(
            profile=locked, field=field, before=as_text.text_of(locked, field), after=after, why=why, made_by=by,
            variant=variant,
        )  # fmt: skip
        log(instance=proposal, action="formats.proposed", user=by)
    return proposal


def check(profile: FormatProfile, field: str, after: str) -> None:
    """Raise NotPossible with the reason unless this text can stand in this field and would change it."""
    if field not in as_text.PROPOSABLE:
        raise NotPossible("Dieses Feld lässt sich nicht ändern.")
    fresh = FormatProfile.objects.get(pk=profile.pk)
    before = as_text.text_of(fresh, field)
    try:
        as_text.put(fresh, field, after)
    except ValidationError as error:
        raise NotPossible(" ".join(error.messages)) from error
    if as_text.text_of(fresh, field) == before:
        raise NotPossible(SAME)


@transaction.atomic
def take(proposal: FormatProposal, *, seen: str, answer: str, by: User) -> None:
    """Publish the format with the proposal in it; a draft that editors have begun keeps its changes and gets it too.

    `seen` is the text of the field that the editor has seen. ChangedMeanwhile when another one stands there by now;
    NotPossible when it is decided already or does not fit any more.
    """
    locked, profile = _open(proposal)
    if as_text.text_of(profile, locked.field) != seen:
        raise ChangedMeanwhile(
            "Das Feld wurde inzwischen geändert. Bitte vergleichen Sie noch einmal. Wenn Sie den Vorschlag trotzdem "
            "übernehmen, ersetzt er, was heute dort steht."
        )
    draft = profile.get_latest_revision_as_object() if profile.has_unpublished_changes else None
    note = f"{as_text.PROPOSABLE[locked.field]} geändert, nach Verbesserungsvorschlag {locked.pk}"
    try:
        as_text.put(profile, locked.field, locked.after)
        profile.change_note = note
        profile.full_clean()
        if draft:
            as_text.put(draft, locked.field, locked.after)
    except ValidationError as error:
        raise NotPossible(" ".join(error.messages)) from error
    profile.save_revision(user=by).publish(user=by, skip_permission_checks=True)  # the view's rule has decided
    if draft:
        draft.save_revision(user=by)
    log(instance=profile, action="formats.proposal_taken", user=by, data={"proposal": locked.pk, "note": note})
    _decide(locked, ProposalState.TAKEN, answer or TAKEN, by)


@transaction.atomic
def leave(proposal: FormatProposal, *, answer: str, by: User) -> None:
    """Leave the format as it is, and say why. NotPossible when it is decided already."""
    locked, _profile = _open(proposal)
    log(instance=locked, action="formats.proposal_left", user=by)
    _decide(locked, ProposalState.LEFT, answer, by)


def _open(proposal: FormatProposal) -> tuple[FormatProposal, FormatProfile]:
    profile = FormatProfile.objects.select_for_update().get(pk=proposal.profile_id)
    locked = FormatProposal.objects.select_for_update().get(pk=proposal.pk)
    if locked.state != ProposalState.OPEN:
        raise NotPossible(f"{locked.decided_by or 'Jemand'} hat schon entschieden. Laden Sie die Seite neu.")
    return locked, profile


def _decide(proposal: FormatProposal, state: ProposalState, answer: str, by: User) -> None:
    proposal.state, proposal.answer = state, answer
    proposal.decided_at, proposal.decided_by = timezone.now(), by
    proposal.save()
    if proposal.made_by:
        context: dict[str, Any] = {
            "proposal": proposal, "field": as_text.PROPOSABLE[proposal.field], "taken": state == ProposalState.TAKEN,
            "page": settings.SITE_URL + proposal.profile.get_absolute_url(),
        }  # fmt: skip
        notify(DECIDED, to=[proposal.made_by], context=context)
