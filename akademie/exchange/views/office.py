"""What the office does with requests."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from akademie.accounts.models import User
from akademie.core.access import requires
from akademie.core.actions import NotPossible
from akademie.exchange import actions
from akademie.exchange.models import HelpRequest

VERBS = {
    "beantwortet": (actions.mark_answered, "Die Anfrage ist als beantwortet vermerkt."),
    "schliessen": (actions.close, "Die Anfrage ist geschlossen."),
    "oeffnen": (actions.reopen, "Die Anfrage ist wieder offen."),
}


@require_POST
@requires("exchange.move_request", HelpRequest)
def move(request: HttpRequest, found: HelpRequest, verb: str) -> HttpResponse:
    """Mark a request as answered, close it, open it again; then show it."""
    if verb not in VERBS:
        raise Http404
    action, says = VERBS[verb]
    try:
        action(found, by=cast(User, request.user))  # the rule lets nobody else in
    except NotPossible as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, says)
    return redirect("help_requests:inspect", found.pk)
