"""One's own data, for people without an account: by a link to their address."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from akademie.core import limits
from akademie.core.access import public
from akademie.core.actions import NotPossible
from akademie.privacy.actions import erasure, orders
from akademie.privacy.forms import AddressForm, EraseForm
from akademie.privacy.models import KEPT_DAYS
from akademie.privacy.queries import subjects
from akademie.privacy.views.participant import archive_file

SECTION = {"section": "datenschutz", "trail": [("Datenschutz", "/datenschutz/")]}


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask_for_link(request: HttpRequest) -> HttpResponse:
    """Take an address and send the link. The answer is the same whether the address is known or not."""
    form = AddressForm(request.POST if request.method == "POST" else None)
    context = {**SECTION, "form": form, "days": KEPT_DAYS}
    if request.method == "POST" and form.is_valid():
        try:
            orders.send_link(form.cleaned_data["email"], sender=limits.sender(request))
        except NotPossible as refusal:
            return limits.refused(request, "privacy/public/ask_for_link.html", context, refusal)
        return redirect("privacy:link_sent")
    return render(request, "privacy/public/ask_for_link.html", context)


@public
@require_safe
def link_sent(request: HttpRequest) -> HttpResponse:
    """Say that a mail is on its way."""
    return render(request, "privacy/public/link_sent.html", {**SECTION, "minutes": orders.LINK_MINUTES})


@public
@never_cache
@require_safe
def by_address(request: HttpRequest, token: str) -> HttpResponse:
    """Show what is known about an address, to whoever has its mailbox."""
    return _by_address(request, token, EraseForm())


@public
@never_cache
@require_POST
def order(request: HttpRequest, token: str) -> HttpResponse:
    """Have it put together."""
    try:
        email = orders.read_token(token)
    except NotPossible as refusal:
        return _useless(request, refusal)
    if subjects.account_at(email) is None:
        orders.order(email)
    return redirect("privacy:by_address", token)


@public
@never_cache
@require_POST
def erase(request: HttpRequest, token: str) -> HttpResponse:
    """Delete everything of an address."""
    form = EraseForm(request.POST)
    if not form.is_valid():
        return _by_address(request, token, form)
    try:
        erasure.erase_address(orders.read_token(token))
    except NotPossible as refusal:
        return _useless(request, refusal)
    return redirect("privacy:erased")


def _by_address(request: HttpRequest, token: str, form: EraseForm) -> HttpResponse:
    try:
        email = orders.read_token(token)
    except NotPossible as refusal:
        return _useless(request, refusal)
    context = {**SECTION, "email": email, "token": token, "form": form, "days": KEPT_DAYS}
    if subjects.account_at(email):
        return render(request, "privacy/public/has_account.html", context)
    context |= {"outlook": subjects.outlook(subjects.subject_at(email)), "order": subjects.order_of(email)}
    return render(request, "privacy/public/by_address.html", context)


def _useless(request: HttpRequest, refusal: NotPossible) -> HttpResponse:
    return render(request, "privacy/public/link_useless.html", {**SECTION, "reason": str(refusal)}, status=410)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def archive(request: HttpRequest, token: str) -> HttpResponseBase:
    """Offer an archive to who has the link, and hand it out on POST only, since mail scanners open links."""
    try:
        found = subjects.ready_order(orders.archive_word(token))
    except NotPossible as refusal:
        return _useless(request, refusal)
    if found is None:
        return _useless(
            request, NotPossible(f"Ihre Daten lagen hier {KEPT_DAYS} Tage bereit. Bitte bestellen Sie sie neu.")
        )
    if found.user_id:  # somebody with an account signs in
        raise Http404
    if request.method == "POST":
        return archive_file(found)
    return render(request, "privacy/public/archive.html", {**SECTION, "order": found})


@public
@never_cache
@require_safe
def erased(request: HttpRequest) -> HttpResponse:
    """Say good-bye."""
    return render(request, "privacy/public/erased.html", SECTION)
