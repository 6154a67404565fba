"""Variants and proposals for who makes them."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from akademie.accounts.models import User
from akademie.core import limits
from akademie.core.access import requires, signed_in
from akademie.core.actions import NotPossible
from akademie.formats import as_text, queries, variants
from akademie.formats.actions import proposals
from akademie.formats.actions import variants as actions
from akademie.formats.models import FormatProfile
from akademie.formats.sheet import sheet_of
from akademie.formats.variant_forms import NewVariantForm, ProposalForm, VariantForm, steps_form, steps_of

SECTION = "formate"
TRAIL = [("Formate", "/formate/")]
PROVEN = "In unserer Variante „{}“ hat sich das bewährt."


def _published(slug: str) -> FormatProfile:
    found = queries.published(slug)
    if found is None:
        raise Http404(f"Das Format „{slug[:60]}“ gibt es nicht.")
    return found


def _around(profile: FormatProfile) -> dict[str, Any]:
    return {"section": SECTION, "trail": [*TRAIL, (profile.name, profile.get_absolute_url())], "profile": profile}


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def make_variant(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what a variant is, and make one."""
    origin = _published(slug)
    form = NewVariantForm(request.POST if request.method == "POST" else None)
    context = _around(origin) | {"form": form}
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.make_variant(origin, by=cast(User, request.user), **form.cleaned_data)
        except NotPossible as refusal:
            return limits.refused(request, "formats/participant/make_variant.html", context, refusal)
        messages.success(request, "Ihre Variante ist angelegt. Nur Sie und die Geschäftsstelle sehen sie.")
        return redirect("formats:variant", made.slug)
    return render(request, "formats/participant/make_variant.html", context)


@never_cache
@requires("formats.edit_variant", FormatProfile, lookup="slug")
@require_http_methods(["GET", "HEAD", "POST"])
def variant(request: HttpRequest, profile: FormatProfile) -> HttpResponse:
    """Show a variant to its maker and the office, and take what they write."""
    draft = actions.draft_of(profile)
    data = request.POST if request.method == "POST" else None
    form = VariantForm(data, instance=draft, initial={"opened_with": str(profile.latest_revision_id or "")})
    steps = steps_form(data, actions.draft_of(profile))
    origin = _open_origin(profile)
    context = {
        "section": SECTION, "trail": TRAIL, "profile": profile, "form": form, "steps": steps,
        "sheet": sheet_of(actions.draft_of(profile)), "handed_in": variants.hand_in_of(profile),
        "state": variants.state_of(profile, variants.hand_in_of(profile)),
        "differing": variants.differing(actions.draft_of(profile), origin) if origin else [],
    }  # fmt: skip
    if request.method == "POST" and form.is_valid() and steps.is_valid():
        try:
            actions.save_variant(
                profile, values=form.values, steps=steps_of(steps), by=cast(User, request.user),
                opened_with=form.cleaned_data["opened_with"],
            )  # fmt: skip
        except actions.SavedMeanwhile as refusal:
            form.add_error(None, str(refusal))
            again = request.POST.copy()
            again["opened_with"] = str(FormatProfile.objects.get(pk=profile.pk).latest_revision_id or "")
            form.data = again
        except ValidationError as error:
            form.add_error(None, " ".join(error.messages))
        else:
            messages.success(request, "Ihre Variante ist gespeichert.")
            return redirect("formats:variant", profile.slug)
    return render(request, "formats/participant/variant.html", context)


def _open_origin(profile: FormatProfile) -> FormatProfile | None:
    """Return what a variant came from while that is public: to nothing else something is proposed."""
    return profile.origin if profile.origin and profile.origin.live else None


@require_POST
@requires("formats.edit_variant", FormatProfile, lookup="slug")
def hand_in(request: HttpRequest, profile: FormatProfile) -> HttpResponse:
    """Ask the editors to publish a variant."""
    try:
        actions.hand_in(profile, by=cast(User, request.user))
    except NotPossible as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, "Ihre Variante liegt der Geschäftsstelle vor. Sie bekommen eine Mail.")
    return redirect("formats:variant", profile.slug)


@require_POST
@requires("formats.edit_variant", FormatProfile, lookup="slug")
def delete_variant(request: HttpRequest, profile: FormatProfile) -> HttpResponse:
    """Delete a draft that was never public."""
    try:
        actions.delete_variant(profile, by=cast(User, request.user))
    except NotPossible as refusal:
        messages.warning(request, str(refusal))
        return redirect("formats:variant", profile.slug)
    messages.success(request, f"Die Variante „{profile.name}“ ist gelöscht.")
    return redirect("formats:index")


def _draft_text(profile: FormatProfile, field: str) -> str:
    return as_text.text_of(actions.draft_of(profile), field) if field in as_text.PROPOSABLE else ""


@require_POST
@requires("formats.edit_variant", FormatProfile, lookup="slug")
def give_back(request: HttpRequest, profile: FormatProfile) -> HttpResponse:
    """Propose to the origin what a variant does differently in one field."""
    origin = _open_origin(profile)
    if origin is None:
        raise Http404("Das ursprüngliche Format ist nicht mehr veröffentlicht.")
    field = request.POST.get("feld", "")
    try:
        proposals.propose(
            origin, field=field, after=_draft_text(profile, field),
            why=PROVEN.format(profile.name), by=cast(User, request.user), variant=profile,
        )  # fmt: skip
    except NotPossible as refusal:
        messages.warning(request, str(refusal))
    else:
        label = as_text.PROPOSABLE[field]
        messages.success(request, f"Ihr Vorschlag zu „{label}“ liegt der Geschäftsstelle vor. Sie bekommen eine Mail.")
    return redirect("formats:variant", profile.slug)


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, slug: str) -> HttpResponse:
    """Offer the fields of a format, or one of them with what stands there, and take a proposal for it."""
    profile = _published(slug)
    field = request.GET.get("feld", "")
    context = _around(profile) | {"field": field, "fields": as_text.PROPOSABLE.items()}
    if field not in as_text.PROPOSABLE:
        return render(request, "formats/participant/choose_field.html", context)
    form = ProposalForm(request.POST if request.method == "POST" else None, field=field)
    now = as_text.text_of(profile, field)
    form.fields["after"].initial = now
    context |= {"form": form, "now": now, "label": as_text.PROPOSABLE[field]}
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            proposals.propose(profile, field=field, after=given["after"], why=given["why"], by=cast(User, request.user))
        except NotPossible as refusal:
            return _refused(request, context, refusal)
        messages.success(request, "Danke. Ihr Vorschlag liegt der Geschäftsstelle vor. Sie bekommen eine Mail.")
        return redirect(profile)
    return render(request, "formats/participant/propose.html", context)


def _refused(request: HttpRequest, context: dict[str, Any], refusal: NotPossible) -> HttpResponse:
    """Say at the field what does not fit there; too often is said above the form."""
    if isinstance(refusal, limits.TooMany):
        return limits.refused(request, "formats/participant/propose.html", context, refusal)
    context["form"].add_error("after", str(refusal))
    return render(request, "formats/participant/propose.html", context)
