"""The office's list of surveys."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from akademie.core.access import requires
from akademie.surveys import queries

PER_PAGE = 50


@requires("surveys.see_all")
@require_safe
def surveys(request: HttpRequest) -> HttpResponse:
    """List all surveys with the number of their answers."""
    asked = request.GET.get("liste", "")
    which = asked if asked in queries.LISTS else "offen"
    counts = queries.counts()
    context = {
        "which": which,
        "page": Paginator(queries.surveys(which), PER_PAGE).get_page(request.GET.get("seite")),
        "tabs": [(key, title, counts[key]) for key, title in queries.LISTS.items()],
    }
    return render(request, "surveys/office/surveys.html", context)
