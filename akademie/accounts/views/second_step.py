"""The second factor: asked in a sign-in, and again before changes to the ways in."""

from collections.abc import Callable
from functools import wraps
from typing import cast
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from akademie.accounts import kept_form, queries
from akademie.accounts.actions import factors
from akademie.accounts.forms import SecondFactorForm
from akademie.accounts.models import User
from akademie.accounts.views.entrance import enter, has_proved, has_shown, note_proof, own_path, waiting_stage
from akademie.core import limits
from akademie.core.access import public, signed_in
from akademie.core.actions import NotPossible

PASSKEYS_PER_QUARTER_HOUR = 60  # of one sender
ENOUGH_PASSKEYS = (
    "Von Ihrem Anschluss kamen gerade sehr viele Versuche. Bitte versuchen Sie es in 15 Minuten noch einmal."
)
TEMPLATE = "accounts/public/second_factor.html"


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """Ask for the second factor of a sign-in that has begun here; then go on to where it was to lead."""
    stage = waiting_stage(request)
    if stage is None:
        return redirect("accounts:sign_in")
    return _ask(request, cast(User, stage.login.user), stage.exit)


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def prove(request: HttpRequest) -> HttpResponse:
    """Ask somebody who is signed in for the second factor once more."""
    next_path = own_path(request, request.GET.get("next", "")) or reverse("accounts:account")
    return _ask(request, cast(User, request.user), lambda: redirect(next_path))


def proved_first(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Ask for the second factor before a view that changes ways in, unless it was shown a short time ago."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if has_proved(request) or not queries.factors(cast(User, request.user)):
            return view(request, *args, **kwargs)
        onward = kept_form.keep(request) if request.method == "POST" else request.path
        return redirect(f"{reverse('accounts:prove')}?{urlencode({'next': onward})}")

    return wrapper


def _ask(request: HttpRequest, user: User, go_on: Callable[[], HttpResponse]) -> HttpResponse:
    has = queries.factors(user)
    form = SecondFactorForm(request.POST if request.method == "POST" else None)
    context = {
        "form": form,
        "has_app": queries.TOTP in has,
        "has_passkey": queries.PASSKEY in has,
        "for_office": request.user.is_authenticated and user.is_office and not has_shown(request),
    }
    if request.method != "POST":
        return render(request, TEMPLATE, context)
    try:
        if "challenge" in request.POST:
            count_passkey(request)
            return JsonResponse(factors.passkey_to_show(user))
        if "passkey" in request.POST:
            count_passkey(request)
            factors.check_passkey(user, request.POST["passkey"])
        elif form.is_valid():
            factors.check_second_factor(user, form.cleaned_data["code"])
        else:
            return render(request, TEMPLATE, context)
    except NotPossible as refusal:
        form.is_valid()
        return limits.refused(request, TEMPLATE, context, refusal)
    answer = go_on()
    note_proof(request)
    return answer


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_by_passkey(request: HttpRequest) -> HttpResponse:
    """Sign in with a passkey alone: the device has asked for a finger or a number, which makes it two factors."""
    next_path = own_path(request, request.GET.get("next", ""))
    form = SecondFactorForm({"code": "-"})  # carries the refusal
    if request.method != "POST":
        return render(request, "accounts/public/passkey.html", {"next_path": next_path})
    try:
        count_passkey(request)
        if "challenge" in request.POST:
            return JsonResponse(factors.passkey_to_show(None))
        user = factors.check_passkey(None, request.POST.get("passkey", ""))
    except NotPossible as refusal:
        form.is_valid()
        return limits.refused(request, "accounts/public/passkey.html", {"form": form, "next_path": next_path}, refusal)
    answer = enter(request, user, "passkey", next_path)
    note_proof(request)
    return answer


def count_passkey(request: HttpRequest) -> None:
    """TooMany for somebody who tries passkeys again and again."""
    sender = limits.sender(request)
    limits.count("passkey", sender, most=PASSKEYS_PER_QUARTER_HOUR, seconds=15 * 60, says=ENOUGH_PASSKEYS)
