"""The password that nobody needs and some want."""

from typing import cast

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from akademie.accounts.actions import account as actions
from akademie.accounts.forms import PasswordForm, PasswordSignInForm
from akademie.accounts.models import User
from akademie.accounts.views.entrance import enter, own_path
from akademie.accounts.views.second_step import proved_first
from akademie.core import limits
from akademie.core.access import public, signed_in
from akademie.core.actions import NotPossible

SIGN_IN = "accounts/public/password.html"


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("password")
def sign_in_by_password(request: HttpRequest) -> HttpResponse:
    """Sign in with address and password."""
    next_path = own_path(request, request.GET.get("next", ""))
    form = PasswordSignInForm(request.POST or None)
    context = {"form": form, "next_path": next_path}
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            user = actions.check_password(request, given["email"], given["password"], sender=limits.sender(request))
        except NotPossible as refusal:
            return limits.refused(request, SIGN_IN, context, refusal)
        return enter(request, user, "password", next_path)
    return render(request, SIGN_IN, context)


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("password")
@proved_first
def password(request: HttpRequest) -> HttpResponse:
    """Set, change or remove the password."""
    user = cast(User, request.user)
    remove = "remove" in request.POST
    form = PasswordForm(request.POST if "password" in request.POST else None, user=user)
    if remove or (form.is_bound and form.is_valid()):
        actions.set_password(user, None if remove else form.cleaned_data["password"])
        old = request.session.session_key or ""
        update_session_auth_hash(request, user)  # this browser stays signed in, all others do not
        actions.follow_session(user, old, request.session.session_key or "")
        messages.success(request, "Das Passwort ist entfernt." if remove else "Das Passwort ist gesetzt.")
        return redirect("accounts:account")
    return render(request, "accounts/own/password.html", {"form": form, "has_password": user.has_usable_password()})
