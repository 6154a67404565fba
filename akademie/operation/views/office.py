"""How the academy runs, for the office."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from akademie.core.access import requires


@requires("operation.see")
def overview(request: HttpRequest) -> HttpResponse:
    """Lead to everything about the operation."""
    return render(request, "operation/office/overview.html")
