"""Who belongs where, for the office."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from akademie.core.access import requires
from akademie.core.forms import clean_text
from akademie.people import queries

PER_PAGE = 50


@requires("people.keep_memberships")
@require_safe
def joinings(request: HttpRequest) -> HttpResponse:
    """List the memberships: those that wait first; found by a name, an address or a place."""
    asked = request.GET.get("stand", "")
    stand = asked if asked in queries.OFFICE_LISTS else "angefragt"
    words = clean_text(request.GET.get("q", ""), 80)
    page = Paginator(queries.office_list(stand, words), PER_PAGE).get_page(request.GET.get("seite"))
    context = {
        "stand": stand,
        "tabs": [(key, label) for key, (label, _where) in queries.OFFICE_LISTS.items()],
        "words": words,
        "page": page,
    }
    return render(request, "people/office/joinings.html", context)
