"""The account: who I am here, how I get in, where I am signed in."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from akademie.accounts import queries
from akademie.accounts.actions import account as actions
from akademie.accounts.actions import factors
from akademie.accounts.actions.provider import forget_provider
from akademie.accounts.forms import AddressForm, AppForm, NameForm, PasskeyForm
from akademie.accounts.models import User
from akademie.accounts.views.entrance import note_proof, own_path
from akademie.accounts.views.second_step import count_passkey, proved_first
from akademie.core import limits
from akademie.core.access import signed_in
from akademie.core.actions import NotPossible
from akademie.core.contributions import navigation

ADDRESS, APP, PASSKEYS = "accounts/own/address.html", "accounts/own/app.html", "accounts/own/passkeys.html"


def _user(request: HttpRequest) -> User:
    return cast(User, request.user)


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """Show all of it on one page; a name that is posted is kept."""
    user = _user(request)
    form = NameForm(request.POST or None, instance=User.objects.get(pk=user.pk))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Ihr Name ist gespeichert.")
        return redirect("accounts:account")
    context = {
        "form": form,
        "person": user,
        "app": queries.app_of(user),
        "passkeys": queries.passkeys_of(user),
        "codes_left": queries.unused_codes(user),
        "may_have_codes": user.has_perm("accounts.keep_recovery_codes"),
        "lacks_second_factor": queries.lacks_second_factor(user),
        "provider_accounts": queries.provider_accounts(user),
        "provider": queries.provider_name(),
        "sessions": queries.sessions_of(user, request.session.session_key or ""),
        "links": [link for link in navigation if link.place == "account" and link.url != request.path],
        "change": queries.address_change(user),
    }
    return render(request, "accounts/own/account.html", context)


# -- address ----------------------------------------------------------------------------------------------------------
@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@proved_first
def address(request: HttpRequest) -> HttpResponse:
    """Ask for a new address and send the link there; or end an open change."""
    user = _user(request)
    if "drop" in request.POST:
        actions.drop_address_change(user)
        messages.success(request, "Ihre Adresse bleibt, wie sie ist.")
        return redirect("accounts:account")
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_for_address(user, form.cleaned_data["email"])
        except NotPossible as refusal:
            return limits.refused(request, ADDRESS, {"form": form}, refusal)
        messages.success(request, f"Wir haben einen Link an {form.cleaned_data['email']} geschickt.")
        return redirect("accounts:account")
    return render(request, ADDRESS, {"form": form})


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_address(request: HttpRequest, token: str) -> HttpResponse:
    """Show which address it will be; change it on POST."""
    user = _user(request)
    try:
        change = actions.read_address_change(user, token)
        if request.method == "POST":
            actions.change_address(user, token)
            messages.success(request, f"Ihre Adresse ist jetzt {change.email}.")
            return redirect("accounts:account")
    except NotPossible as refusal:
        return render(request, "accounts/own/address_useless.html", {"reason": str(refusal)}, status=410)
    return render(request, "accounts/own/confirm_address.html", {"person": user, "email": change.email})


# -- second factor ----------------------------------------------------------------------------------------------------
@signed_in
@never_cache
@require_safe
def second_factors(request: HttpRequest) -> HttpResponse:
    """Explain the second step and let people choose one."""
    user = _user(request)
    context = {
        "has": queries.factors(user),
        "person": user,
        "app": queries.app_of(user),
        "passkeys": queries.passkeys_of(user),
        "needed": queries.lacks_second_factor(user),
        "next_path": own_path(request, request.GET.get("next", "")),
    }
    return render(request, "accounts/own/second_factors.html", context)


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@proved_first
def app(request: HttpRequest) -> HttpResponse:
    """Show the picture that an app reads, and take its first code; or show that there is an app, and remove it."""
    user = _user(request)
    if queries.app_of(user):
        if "remove" in request.POST:
            factors.remove_app(user)
            messages.success(request, "Die App ist entfernt.")
            return redirect("accounts:account")
        return render(request, APP, {"is_set_up": True})
    form = AppForm(request.POST if "code" in request.POST else None)
    if form.is_bound and form.is_valid():
        try:
            factors.set_up_app(user, form.cleaned_data["secret"], form.cleaned_data["code"])
        except NotPossible as refusal:
            return limits.refused(request, APP, {"form": form, **_picture(user, form)}, refusal)
        note_proof(request)
        messages.success(request, "Die App ist eingerichtet. Drucken Sie jetzt Notfallcodes, falls sie einmal fehlt.")
        return redirect("accounts:recovery_codes")
    return render(request, APP, {"form": form, **_picture(user, form)})


def _picture(user: User, form: AppForm) -> dict[str, str]:
    """Return what the page shows: the same secret again after a wrong code, a new one when it is too old."""
    signed = str(form.data.get("secret", ""))
    try:
        secret = factors.read_secret(user, signed)
    except NotPossible:
        signed = factors.new_secret(user)
        secret = factors.read_secret(user, signed)
    return {"signed": signed, **queries.app_picture(user, secret)}


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@proved_first
def passkeys(request: HttpRequest) -> HttpResponse:
    """List the passkeys, make a new one (needs scripts), remove one."""
    user = _user(request)
    form = PasskeyForm(request.POST if "name" in request.POST else None)
    context = {"form": form}
    try:
        if "remove" in request.POST:
            pk = request.POST["remove"]
            factors.remove_passkey(user, int(pk) if pk.isascii() and pk.isdigit() and len(pk) < 19 else 0)
            messages.success(request, "Der Passkey ist entfernt.")
            return redirect("accounts:passkeys")
        if form.is_bound and form.is_valid():
            count_passkey(request)
            if "challenge" in request.POST:
                return JsonResponse(factors.passkey_to_make(user))
            factors.keep_passkey(user, request.POST.get("passkey", ""), form.cleaned_data["name"])
            note_proof(request)
            messages.success(
                request, "Der Passkey ist angelegt. Drucken Sie jetzt Notfallcodes, falls er einmal fehlt."
            )
            return redirect("accounts:recovery_codes")
    except NotPossible as refusal:
        return limits.refused(request, PASSKEYS, {"passkeys": queries.passkeys_of(user), **context}, refusal)
    return render(request, PASSKEYS, {"passkeys": queries.passkeys_of(user), **context})


# -- sessions ---------------------------------------------------------------------------------------------------------
@signed_in
@require_POST
def end_sessions(request: HttpRequest) -> HttpResponse:
    """End one session, or all but this one."""
    pk = request.POST.get("session", "")
    only = int(pk) if pk.isascii() and pk.isdigit() and len(pk) < 19 else None
    ended = actions.end_sessions(_user(request), keep=request.session.session_key or "", only=only)
    messages.success(request, "Es war keine andere Sitzung offen." if not ended else "Beendet.")
    return redirect(reverse("accounts:account") + "#sitzungen")


@signed_in
@require_POST
@proved_first
def leave_provider(request: HttpRequest) -> HttpResponse:
    """Forget that an account at the operator's provider belongs to this one."""
    forget_provider(_user(request))
    messages.success(request, "Die Verbindung ist getrennt.")
    return redirect("accounts:account")
