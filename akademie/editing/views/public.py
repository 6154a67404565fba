"""What everybody may know: how well the academy's texts can be read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from akademie.core.access import public
from akademie.core.readability import LIMIT
from akademie.editing import queries


@public
@require_safe
def readable(request: HttpRequest) -> HttpResponse:
    """Show how many texts stand on which step, and how that is measured."""
    return render(request, "editing/public/readable.html", {"readable": queries.readable(), "limit": LIMIT})
