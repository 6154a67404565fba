"""What the office does about addresses that take no mails."""

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from akademie.accounts.models import User
from akademie.core.access import requires
from akademie.core.actions import NotPossible
from akademie.core.contributions import page_panels
from akademie.notifications import queries
from akademie.notifications.actions import addresses
from akademie.notifications.forms import CorrectionForm
from akademie.notifications.models import SilentAddress

PER_PAGE = 50
PANELS = "silent address"  # what other areas add to the page of an address takes that address
STANDS: dict[str, tuple[str, Callable[[], QuerySet[SilentAddress]], str]] = {
    "": ("Zu klären", queries.undecided_addresses, "Sobald eine Mail dauerhaft zurückkommt, steht die Adresse hier."),
    "verschrieben": (
        "Vielleicht verschrieben", queries.unknown_addresses,
        "Hier stehen Adressen, die jemand eingegeben und niemand bestätigt hat.",
    ),
    "gesperrt": ("Gesperrt", queries.blocked_addresses, "Gesperrt ist keine."),
}  # fmt: skip
TRAIL = [("Unzustellbare Adressen", "/geschaeftsstelle/unzustellbar/")]


@requires("notifications.keep_addresses")
@require_safe
def silent_addresses(request: HttpRequest) -> HttpResponse:
    """List the addresses about which somebody has to decide, those that nobody knows, or those that are blocked."""
    asked = request.GET.get("stand", "")
    stand = asked if asked in STANDS else ""
    _label, rows, empty = STANDS[stand]
    context = {
        "stand": stand,
        "tabs": [(key, label, rows().count()) for key, (label, rows, _empty) in STANDS.items()],
        "page": Paginator(rows(), PER_PAGE).get_page(request.GET.get("seite")),
        "empty": empty,
    }
    return render(request, "notifications/office/silent_addresses.html", context)


@requires("notifications.keep_addresses", SilentAddress)
@require_http_methods(["GET", "HEAD", "POST"])
def silent_address(request: HttpRequest, row: SilentAddress) -> HttpResponse:
    """Show what is known about an address; take the new one."""
    person = queries.person_at(row.email)
    form = CorrectionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            addresses.correct(row, email=form.cleaned_data["email"], by=cast(User, request.user))
        except NotPossible as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Die neue Adresse gilt. Die Person meldet sich ab jetzt mit ihr an.")
            return redirect("notifications:silent_addresses")
    panels = [(panel.template, panel.context(request, row.email)) for panel in page_panels if panel.page == PANELS]
    context = {
        "row": row,
        "person": person,
        "form": form,
        "trail": TRAIL,
        "held": queries.held_mails(row),
        "panels": [(template, shown) for template, shown in panels if shown is not None],
    }
    return render(request, "notifications/office/silent_address.html", context)


@require_POST
@requires("notifications.keep_addresses", SilentAddress)
def decide_address(request: HttpRequest, row: SilentAddress, verb: str) -> HttpResponse:
    """Let an address count as good again, or block it."""
    by = cast(User, request.user)  # the rule lets nobody else in
    try:
        if verb == "gilt-wieder":
            waiting = addresses.count_as_good(row, by=by)
            more = f" Jetzt gehen hinaus: {waiting}." if waiting else ""
            messages.success(request, f"An {row.email} gehen wieder Mails.{more}")
        elif verb == "sperren":
            addresses.block(row, by=by)
            messages.success(request, f"An {row.email} geht nichts mehr außer Links zur Anmeldung.")
        else:
            raise Http404
    except NotPossible as refusal:
        messages.error(request, str(refusal))
    return redirect("notifications:silent_addresses")
