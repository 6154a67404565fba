"""What the office does with variants and proposals."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from akademie.accounts.models import User
from akademie.core.access import requires
from akademie.core.actions import NotPossible
from akademie.formats import as_text, variants
from akademie.formats.actions import proposals
from akademie.formats.actions import variants as actions
from akademie.formats.models import FormatProposal, HandIn
from akademie.formats.models.variants import ProposalState
from akademie.formats.sheet import sheet_of
from akademie.formats.variant_forms import AnswerForm

PER_PAGE = 50
VARIANTS = [("Varianten", "/geschaeftsstelle/formate/varianten/")]
PROPOSALS = [("Verbesserungsvorschläge", "/geschaeftsstelle/formate/vorschlaege/")]


@requires("formats.decide")
@require_safe
def variant_list(request: HttpRequest) -> HttpResponse:
    """List the variants that people have handed in, and what was decided."""
    which = "entschieden" if request.GET.get("liste") == "entschieden" else "offen"
    rows = variants.hand_ins() if which == "offen" else variants.decided_hand_ins()
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("seite"))
    context = {"which": which, "page": page, "tabs": variants.LISTS.items()}
    return render(request, "formats/office/variants.html", context)


@never_cache
@requires("formats.decide", HandIn)
@require_safe
def variant_to_decide(request: HttpRequest, handed_in: HandIn) -> HttpResponse:
    """Show a variant beside what it came from."""
    return _variant(request, handed_in)


def _variant(request: HttpRequest, handed_in: HandIn, form: AnswerForm | None = None) -> HttpResponse:
    profile = handed_in.profile
    draft, origin = actions.draft_of(profile), profile.origin
    fields = variants.differing(draft, origin) if origin else list(as_text.PROPOSABLE.items())
    context = {
        "trail": VARIANTS, "handed_in": handed_in, "profile": profile, "draft": draft, "sheet": sheet_of(draft),
        "state": variants.state_of(profile, handed_in), "form": form or AnswerForm(),
        "changes": [
            (label, as_text.text_of(origin, key) if origin else "", as_text.text_of(draft, key))
            for key, label in fields
        ],
        "edit": reverse("wagtailsnippets_formats_formatprofile:edit", args=[profile.pk]),
    }  # fmt: skip
    return render(request, "formats/office/variant.html", context)


@require_POST
@requires("formats.decide", HandIn)
def publish_variant(request: HttpRequest, handed_in: HandIn) -> HttpResponse:
    """Publish a variant as it was shown."""
    try:
        actions.publish_variant(handed_in.profile, seen=request.POST.get("gesehen", ""), by=cast(User, request.user))
    except NotPossible as refusal:
        messages.warning(request, str(refusal))
        return redirect("formats:variant_to_decide", handed_in.pk)
    messages.success(request, f"„{handed_in.profile}“ ist veröffentlicht.")
    return redirect("formats:variants_to_decide")


@require_POST
@requires("formats.decide", HandIn)
def give_back_variant(request: HttpRequest, handed_in: HandIn) -> HttpResponse:
    """Give a variant back with a reason."""
    form = AnswerForm(request.POST)
    if form.is_valid():
        try:
            actions.give_back_variant(
                handed_in.profile, answer=form.cleaned_data["answer"], by=cast(User, request.user)
            )
        except NotPossible as refusal:
            form.add_error(None, str(refusal))
            handed_in.refresh_from_db()
        else:
            messages.success(request, "Die Variante ist zurückgegeben. Die Person bekommt eine Mail.")
            return redirect("formats:variants_to_decide")
    return _variant(request, handed_in, form)


@requires("formats.decide")
@require_safe
def proposal_list(request: HttpRequest) -> HttpResponse:
    """List the proposals that wait, or those that are decided."""
    which = "entschieden" if request.GET.get("liste") == "entschieden" else "offen"
    page = Paginator(variants.proposals(which), PER_PAGE).get_page(request.GET.get("seite"))
    rows = [(one, as_text.PROPOSABLE.get(one.field, one.field)) for one in page.object_list]
    context = {"which": which, "page": page, "rows": rows, "tabs": variants.LISTS.items()}
    return render(request, "formats/office/proposals.html", context)


@never_cache
@requires("formats.decide", FormatProposal)
@require_safe
def proposal(request: HttpRequest, proposal: FormatProposal) -> HttpResponse:
    """Show a proposal beside what stands there."""
    return _proposal(request, proposal)


def _proposal(request: HttpRequest, proposal: FormatProposal, **more: Any) -> HttpResponse:
    now = as_text.text_of(proposal.profile, proposal.field)
    is_open = proposal.state == ProposalState.OPEN
    context = {
        "trail": PROPOSALS, "proposal": proposal, "profile": proposal.profile, "now": now, "is_open": is_open,
        "label": as_text.PROPOSABLE.get(proposal.field, proposal.field),
        "is_changed": is_open and now != proposal.before,
        "take": AnswerForm(required=False), "leave": AnswerForm(), **more,
    }  # fmt: skip
    return render(request, "formats/office/proposal.html", context)


@require_POST
@requires("formats.decide", FormatProposal)
def take_proposal(request: HttpRequest, proposal: FormatProposal) -> HttpResponse:
    """Take a proposal: the format is published with it."""
    form = AnswerForm(request.POST, required=False)
    if form.is_valid():
        seen = request.POST.get("gesehen", "").replace("\r\n", "\n")
        try:
            proposals.take(proposal, seen=seen, answer=form.cleaned_data["answer"], by=cast(User, request.user))
        except NotPossible as refusal:
            form.add_error(None, str(refusal))
            proposal.refresh_from_db()
        else:
            messages.success(request, f"Übernommen. „{proposal.profile}“ ist mit der Änderung veröffentlicht.")
            return redirect("formats:proposals")
    return _proposal(request, proposal, take=form)


@require_POST
@requires("formats.decide", FormatProposal)
def leave_proposal(request: HttpRequest, proposal: FormatProposal) -> HttpResponse:
    """Leave the format as it is, with a reason."""
    form = AnswerForm(request.POST)
    if form.is_valid():
        try:
            proposals.leave(proposal, answer=form.cleaned_data["answer"], by=cast(User, request.user))
        except NotPossible as refusal:
            form.add_error(None, str(refusal))
            proposal.refresh_from_db()
        else:
            messages.success(request, "Entschieden. Die Person bekommt eine Mail mit Ihrer Begründung.")
            return redirect("formats:proposals")
    return _proposal(request, proposal, leave=form)
