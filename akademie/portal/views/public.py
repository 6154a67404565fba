"""The start page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from akademie.cms.open_data import organisation
from akademie.core.access import public
from akademie.core.open_data import json_ld
from akademie.portal.start import start_context


@public
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Ask the one question, and show what to begin with."""
    context = start_context() | {"json_ld": json_ld(organisation())}
    return render(request, "portal/public/start.html", context)
