"""Sign-in and sign-out."""

from django.contrib import messages
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from akademie.accounts import actions, queries
from akademie.accounts.forms import RecoveryCodeForm, SignInForm
from akademie.core import limits
from akademie.core.access import public
from akademie.core.actions import NotPossible


def _own_path(request: HttpRequest, path: str) -> str:
    """Return the path if it is one of this site, else nothing: a link must not lead away."""
    return path if url_has_allowed_host_and_scheme(path, {request.get_host()}, request.is_secure()) else ""


@public
@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for an address and send the link. The answer is the same whether the address is known or not."""
    next_path = _own_path(request, request.GET.get("next", ""))
    if request.user.is_authenticated:  # asked again although signed in: what they wanted is not for them
        return render(request, "accounts/public/signed_in.html", {"next_path": next_path})
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        try:
            actions.send_sign_in_link(email, next_path=next_path, sender=limits.sender(request))
        except NotPossible as refusal:
            return limits.refused(request, "accounts/public/sign_in.html", {"form": form}, refusal)
        return render(request, "accounts/public/link_sent.html", {"email": email})
    return render(request, "accounts/public/sign_in.html", {"form": form})


@public
@never_cache
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Show who would be signed in; sign in on POST only, since mail scanners open links."""
    try:
        if request.method != "POST":
            return render(request, "accounts/public/confirm.html", {"email": actions.read_token(token)["email"]})
        user, next_path = actions.use_sign_in_link(token)
    except NotPossible as refusal:
        return render(request, "accounts/public/link_useless.html", {"reason": str(refusal)}, status=410)
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    return redirect(_own_path(request, next_path) or "/")


@public
@never_cache
def use_recovery_code(request: HttpRequest) -> HttpResponse:
    """Sign in with a code from paper, when no mail arrives."""
    form = RecoveryCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            user = actions.use_recovery_code(given["email"], given["code"], sender=limits.sender(request))
        except NotPossible as refusal:
            return limits.refused(request, "accounts/public/use_recovery_code.html", {"form": form}, refusal)
        login(request, user, backend="django.contrib.auth.backends.ModelBackend")
        messages.success(request, f"Sie sind angemeldet. Unbenutzte Notfallcodes: {queries.unused_codes(user)}.")
        return redirect("/")
    return render(request, "accounts/public/use_recovery_code.html", {"form": form})


@public
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect("/")
