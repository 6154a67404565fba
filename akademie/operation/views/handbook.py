"""The handbook of the office."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from akademie.core.access import requires
from akademie.operation.queries import handbook

TRAIL = [("Handbuch", "/geschaeftsstelle/handbuch/")]


@requires("operation.see")
@require_safe
def contents(request: HttpRequest) -> HttpResponse:
    """List the task cards."""
    return render(request, "operation/office/handbook.html", {"groups": handbook.groups()})


@requires("operation.see")
@require_safe
def card(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one task card."""
    return render(request, "operation/office/card.html", {"card": _card(slug), "trail": TRAIL})


@requires("operation.see")
@require_safe
def picture(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the picture of a card."""
    return HttpResponse(_card(slug).picture.read_bytes(), content_type="image/png")


def _card(slug: str) -> handbook.Card:
    found = handbook.card(slug)
    if found is None:
        raise Http404
    return found
