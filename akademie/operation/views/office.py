"""How the academy runs, for the office."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from akademie.core.access import requires
from akademie.operation.actions import errors as error_actions
from akademie.operation.actions import health
from akademie.operation.models import ErrorEntry
from akademie.operation.queries import errors as error_queries
from akademie.operation.queries.health import report

PER_PAGE = 25
WEB_PATIENCE = 12.0  # seconds that a person waits for all checks together
DONE = {
    "neu": "Die Fehlermeldung steht wieder bei den neuen.",
    "gesehen": "Die Fehlermeldung ist als gesehen vermerkt.",
    "behoben": "Die Fehlermeldung ist als behoben vermerkt. Kommt der Fehler wieder, steht sie bei den neuen.",
}


@requires("operation.see")
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Show what the self-test found last."""
    return render(request, "operation/office/overview.html", {"report": report()})


@require_POST
@requires("operation.see")
def look(request: HttpRequest) -> HttpResponse:
    """Look at everything now; works without the background worker, which may be what is missing."""
    health.look_at_everything(seconds=WEB_PATIENCE)
    messages.success(request, "Alles ist neu geprüft.")
    return redirect("operation:overview")


@requires("operation.see")
@require_safe
def errors(request: HttpRequest) -> HttpResponse:
    """List what went wrong."""
    chosen = request.GET.get("stand", "")
    state = error_queries.STATES.get(chosen)
    page = Paginator(error_queries.errors(state), PER_PAGE).get_page(request.GET.get("seite"))
    rows = [(entry, error_queries.meaning(entry), error_queries.place(entry)) for entry in page.object_list]
    context = {"page": page, "rows": rows, "chosen": chosen if state else "", "counts": error_queries.counts()}
    return render(request, "operation/office/errors.html", context)


@require_POST
@requires("operation.see", ErrorEntry)
def mark_error(request: HttpRequest, entry: ErrorEntry) -> HttpResponse:
    """Say how far the office is with an error."""
    word = request.POST.get("stand", "")
    state = error_queries.STATES.get(word)
    if state is None:
        return HttpResponseBadRequest("Diesen Stand gibt es nicht.", content_type="text/plain; charset=utf-8")
    error_actions.mark(entry, state)
    messages.success(request, DONE[word])
    return redirect("operation:errors")
