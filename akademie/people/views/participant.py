"""What people keep about themselves: profile, topics, where they belong, who follows them."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from akademie.accounts.models import User
from akademie.core import limits
from akademie.core.access import requires, signed_in
from akademie.core.actions import NotPossible
from akademie.people import acting, queries
from akademie.people.actions import handing_over, joining, profiles
from akademie.people.forms.places import ChangeForm, JoinForm, SuccessorForm
from akademie.people.forms.profiles import ProfileForm, TopicsForm, WhoActsForm
from akademie.people.models import Handover, Membership, MembershipState

SECTION = "mein-bereich"
MINE = ("Meine Städte", "/konto/zugehoerigkeit/")
FORM = ["GET", "HEAD", "POST"]


def _person(request: HttpRequest) -> User:
    return cast(User, request.user)  # the declared access lets nobody else in


# -- the profile ------------------------------------------------------------------------------------------------------
@signed_in
@never_cache
@require_http_methods(FORM)
def own_profile(request: HttpRequest) -> HttpResponse:
    """Say what others see of oneself."""
    profile = queries.profile_of(_person(request))
    form = ProfileForm(request.POST if request.method == "POST" else None, profile=profile)
    if request.method == "POST" and form.is_valid():
        try:
            saved = profiles.save_profile(_person(request), **form.as_profile())
        except NotPossible as refusal:
            form.add_error(None, str(refusal))
        else:
            hidden = " Zurzeit sieht es niemand." if form.nobody() or saved.hidden_at else ""
            messages.success(request, f"Ihr Profil ist gespeichert.{hidden}")
            return redirect("people:own_topics" if not saved.topics.exists() else "people:own_profile")
    context = {"section": SECTION, "form": form, "profile": queries.profile_of(_person(request))}
    return render(request, "people/participant/own_profile.html", context)


@signed_in
@never_cache
@require_http_methods(FORM)
def own_topics(request: HttpRequest) -> HttpResponse:
    """Say what one can help with and seeks advice on, with one sentence each."""
    profile = queries.profile_of(_person(request))
    form = TopicsForm(request.POST if request.method == "POST" else None, profile=profile)
    if request.method == "POST" and form.is_valid():
        try:
            profiles.save_topics(_person(request), form.as_lists())
        except NotPossible as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Ihre Themen sind gespeichert.")
            return redirect("people:own_profile")
    context = {"section": SECTION, "trail": [("Mein Profil", "/konto/profil/")], "form": form, "profile": profile}
    return render(request, "people/participant/own_topics.html", context)


# -- where I belong ---------------------------------------------------------------------------------------------------
@signed_in
@never_cache
@require_safe
def memberships(request: HttpRequest) -> HttpResponse:
    """Show where the person belongs, has asked to, and whom they may confirm."""
    person = _person(request)
    context = {
        "section": SECTION,
        "memberships": queries.memberships_of(person),
        "joinings": queries.joinings_for(person)[: queries.WAITING_SHOWN],
        "offers": queries.offers_to(person),
    }
    return render(request, "people/participant/memberships.html", context)


@signed_in
@never_cache
@require_http_methods(FORM)
def join(request: HttpRequest) -> HttpResponse:
    """Take the wish to belong to a town or an organisation."""
    form = JoinForm(request.POST if request.method == "POST" else None)
    context = {"section": SECTION, "trail": [MINE], "form": form}
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            asked = joining.ask_for(
                _person(request),
                town=given["town"] if given["where"] == "stadt" else None,
                organisation=given["organisation"] if given["where"] == "organisation" else "",
                kind=given["kind"],
                function=given["function"],
                starts_on=given["starts_on"],
            )
        except NotPossible as refusal:
            return limits.refused(request, "people/participant/join.html", context, refusal)
        says = f"Ihre Anfrage ist unterwegs. Sobald jemand bestätigt, gehören Sie zu {asked.place.name}."
        messages.success(request, f"{says} Sie bekommen dann eine Mail.")
        return redirect("people:memberships")
    return render(request, "people/participant/join.html", context)


@never_cache
@requires("people.decide_joining", Membership)
@require_http_methods(FORM)
def decide(request: HttpRequest, membership: Membership) -> HttpResponse:
    """Show who wants to belong where; confirm or decline on POST."""
    if request.method == "POST":
        action = joining.confirm if request.POST.get("entscheidung") == "ja" else joining.decline
        try:
            decided = action(membership, by=_person(request))
        except NotPossible as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"{decided.user}: {decided.get_state_display()}.")
        return redirect("people:joinings" if _person(request).is_office else "people:memberships")
    context = {"section": SECTION, "trail": [MINE], "membership": membership, "open": MembershipState.ASKED}
    return render(request, "people/participant/decide.html", context)


@never_cache
@requires("people.change_membership", Membership)
@require_http_methods(FORM)
def change(request: HttpRequest, membership: Membership) -> HttpResponse:
    """Say anew what one does in a place and since when."""
    form = ChangeForm(request.POST if request.method == "POST" else None, membership=membership)
    context = {"section": SECTION, "trail": [MINE], "membership": membership, "form": form}
    if request.method == "POST" and form.is_valid():
        try:
            joining.change(membership, **form.cleaned_data, by=_person(request))
        except NotPossible as refusal:
            return limits.refused(request, "people/participant/change.html", context, refusal)
        messages.success(request, f"Gespeichert: {form.cleaned_data['function']}, {membership.place.name}.")
        return redirect("people:memberships")
    return render(request, "people/participant/change.html", context)


@never_cache
@requires("people.end_membership", Membership)
@require_http_methods(FORM)
def end(request: HttpRequest, membership: Membership) -> HttpResponse:
    """Say what ending a membership means; end it on POST."""
    own = membership.user_id == _person(request).pk
    if request.method == "POST":
        joining.end_membership(membership, by=_person(request))
        messages.success(request, f"Beendet: {membership.place.name}.")
        return redirect("people:memberships" if own else "people:joinings")
    context = {"section": SECTION, "trail": [MINE], "membership": membership, "own": own}
    return render(request, "people/participant/end.html", context)


@never_cache
@requires("people.hand_over", Membership)
@require_http_methods(FORM)
def hand_over(request: HttpRequest, membership: Membership) -> HttpResponse:
    """Ask who follows, show what moves, and hand over on the second POST."""
    form = SuccessorForm(request.POST if request.method == "POST" else None, post=membership)
    context = {
        "section": SECTION,
        "trail": [MINE],
        "post": membership,
        "form": form,
        "own": membership.user_id == _person(request).pk,
        "offered": queries.offer_of(membership),
    }
    if request.method == "POST" and form.is_valid():
        to, email, along = form.cleaned_data["person"], form.cleaned_data["email"], request.POST.getlist("mit")
        try:
            if not request.POST.get("sicher"):
                follower = to or User(email=email)
                context |= {
                    "follower": follower,
                    "lines": handing_over.preview(membership, follower),
                    "doubtful": handing_over.doubtful(membership, follower),
                }
                return render(request, "people/participant/hand_over_preview.html", context)
            if to:
                handing_over.hand_over(membership, to=to, by=_person(request), along=along)
                says = f"Die Stelle ist übergeben. {to} hat eine Mail bekommen und Sie auch."
            else:
                handing_over.offer(membership, email=email, by=_person(request), along=along)
                says = f"Die Einladung ist unterwegs an {email}. Die Stelle geht über, sobald sie angenommen ist."
        except NotPossible as refusal:
            return limits.refused(request, "people/participant/hand_over.html", context, refusal)
        messages.success(request, says)
        return redirect("people:memberships" if context["own"] else "people:joinings")
    return render(request, "people/participant/hand_over.html", context)


@never_cache
@requires("people.follow", Handover)
@require_http_methods(FORM)
def follow(request: HttpRequest, handover: Handover) -> HttpResponse:
    """Say what an invitation to a post means; accept it on POST."""
    person = _person(request)
    context: dict[str, object] = {"section": SECTION, "trail": [MINE], "handover": handover}
    try:
        if request.method == "POST":
            post = handing_over.follow(handover, email=person.email)
            messages.success(request, f"Die Stelle „{post.function}“ in {post.place.name} ist jetzt Ihre.")
            return redirect("people:memberships")
        context["asked"] = handing_over.what_to_accept(handover, person.email)
    except NotPossible as refusal:
        context["refusal"] = str(refusal)
    return render(request, "people/participant/follow.html", context)


@require_POST
@requires("people.hand_over", Membership)
def withdraw_offer(request: HttpRequest, membership: Membership) -> HttpResponse:
    """Take an invitation back."""
    handing_over.withdraw(membership, by=_person(request))
    messages.success(request, "Die Einladung ist zurückgezogen.")
    return redirect("people:hand_over", membership.pk)


# -- shared accounts --------------------------------------------------------------------------------------------------
@signed_in
@never_cache
@require_http_methods(FORM)
def who_acts(request: HttpRequest) -> HttpResponse:
    """Ask who acts with an account that several people share; the name is kept until the session ends."""
    onward = request.POST.get("weiter") or request.GET.get("weiter", "")
    if not url_has_allowed_host_and_scheme(onward, {request.get_host()}, request.is_secure()):
        onward = ""
    form = WhoActsForm(request.POST if request.method == "POST" else None, initial={"name": acting.current()})
    if request.method == "POST" and form.is_valid():
        acting.set_name(request.session, form.cleaned_data["name"])
        return redirect(onward or "people:memberships")
    context = {"section": SECTION, "form": form, "onward": onward, "shared": acting.is_shared()}
    return render(request, "people/participant/who_acts.html", context)


who_acts.asks_who_acts = True  # type: ignore[attr-defined]  # asked by the middleware
