"""Ways in, and the way out."""

from typing import cast

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from akademie.accounts import actions, queries
from akademie.accounts.actions.sign_in import Waiting, check_code
from akademie.accounts.forms import MailCodeForm, RecoveryCodeForm, SignInForm
from akademie.accounts.kept_form import kept_in
from akademie.accounts.views.entrance import enter, own_path
from akademie.core import limits
from akademie.core.access import public
from akademie.core.actions import NotPossible

WAITING = "sign_in"  # key in the session of a browser that has asked for a mail


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for an address and send the mail. The answer is the same whether the address is known or not."""
    was_signed_out = "abgemeldet" in request.GET  # then `next` only takes forms, or what was sent waits there
    kept = kept_in(request) if was_signed_out else None
    next_path = reverse("accounts:resume") if was_signed_out else own_path(request, request.GET.get("next", ""))
    if request.user.is_authenticated and was_signed_out:  # in another tab, meanwhile
        return redirect(next_path)
    if request.user.is_authenticated:  # asked again although signed in: what they wanted is not for them
        return render(request, "accounts/public/signed_in.html", {"next_path": next_path})
    form = SignInForm(request.POST or None)
    context = {
        "form": form,
        "next_path": next_path,
        "provider": queries.provider_name(),
        "was_signed_out": was_signed_out and request.method != "POST",
        "keeps_text": bool(kept and kept.fields),
    }
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        try:
            waiting = actions.send_sign_in_link(email, next_path=next_path, sender=limits.sender(request))
        except NotPossible as refusal:
            return limits.refused(request, "accounts/public/sign_in.html", context, refusal)
        request.session[WAITING] = waiting
        return render(request, "accounts/public/link_sent.html", {"email": email, "form": MailCodeForm()})
    return render(request, "accounts/public/sign_in.html", context)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def use_mail_code(request: HttpRequest) -> HttpResponse:
    """Take the code of the mail, in the browser that has asked for it."""
    waiting = cast(Waiting | None, request.session.get(WAITING))
    if waiting is None:
        return redirect("accounts:sign_in")
    form = MailCodeForm(request.POST or None)
    context = {"form": form, "email": waiting["email"]}
    if request.method == "POST" and form.is_valid():
        try:
            token = check_code(waiting, form.cleaned_data["code"], sender=limits.sender(request))
        except NotPossible as refusal:
            return limits.refused(request, "accounts/public/link_sent.html", context, refusal)
        return _use_link(request, token)
    return render(request, "accounts/public/link_sent.html", context)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Show who would be signed in; sign in on POST only, since mail scanners open links."""
    if request.method == "POST":
        return _use_link(request, token)
    try:
        return render(request, "accounts/public/confirm.html", {"email": actions.read_token(token)["email"]})
    except NotPossible as refusal:
        return render(request, "accounts/public/link_useless.html", {"reason": str(refusal)}, status=410)


def _use_link(request: HttpRequest, token: str) -> HttpResponse:
    try:
        user, next_path = actions.use_sign_in_link(token)
    except NotPossible as refusal:
        return render(request, "accounts/public/link_useless.html", {"reason": str(refusal)}, status=410)
    request.session.pop(WAITING, None)
    return enter(request, user, "mail", next_path)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def use_recovery_code(request: HttpRequest) -> HttpResponse:
    """Go on with a code from paper, when no mail arrives."""
    form = RecoveryCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            user = actions.use_recovery_code(given["email"], given["code"], sender=limits.sender(request))
        except NotPossible as refusal:
            return limits.refused(request, "accounts/public/use_recovery_code.html", {"form": form}, refusal)
        messages.success(request, f"Der Code hat gepasst. Unbenutzte Notfallcodes: {queries.unused_codes(user)}.")
        return enter(request, user, "recovery code")
    return render(request, "accounts/public/use_recovery_code.html", {"form": form})


@public
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect("/")
