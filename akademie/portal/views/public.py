"""The start page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from akademie.core.access import public
from akademie.portal.start import start_context


@public
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Ask the one question, and show what to begin with."""
    return render(request, "portal/public/start.html", start_context())
