"""Before going live: what is still to do, and how the demo goes."""

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from akademie.accounts.models import User
from akademie.core.access import requires
from akademie.core.actions import NotPossible
from akademie.operation.actions import setup as actions
from akademie.operation.queries import setup as queries


@requires("operation.see")
@require_safe
def duties(request: HttpRequest) -> HttpResponse:
    """List what the operator completes before going live."""
    lines = queries.duties()
    context = {
        "open": [line for line in lines if not line.is_done],
        "done": [line for line in lines if line.is_done],
        "key_is_kept": queries.secret_key_is_kept(),
        "may_confirm": request.user.has_perm("operation.go_live"),
        "sender": settings.DEFAULT_FROM_EMAIL,
    }
    return render(request, "operation/office/duties.html", context)


@require_POST
@requires("operation.go_live")
def confirm_secret_key(request: HttpRequest) -> HttpResponse:
    """Note that the secret key is kept in a second place."""
    actions.confirm_secret_key(by=cast(User, request.user))
    messages.success(request, "Vermerkt: Der geheime Schlüssel liegt an einem zweiten Ort.")
    return redirect("operation:duties")


@requires("operation.go_live")
@require_http_methods(["GET", "HEAD", "POST"])
def remove_demo(request: HttpRequest) -> HttpResponse:
    """Show what of the demo is here; take it away on POST."""
    if request.method == "POST":
        try:
            gone = actions.remove_demo(by=cast(User, request.user))
        except NotPossible as refusal:
            messages.error(request, str(refusal))
            return redirect("operation:remove_demo")
        messages.success(request, "Die Daten der Demo sind entfernt." if gone else "Von der Demo war nichts da.")
        return redirect("operation:duties")
    context = {"left": queries.demo_left(), "is_demo": settings.DEMO, "still_a_demo": actions.STILL_A_DEMO}
    return render(request, "operation/office/remove_demo.html", context)
