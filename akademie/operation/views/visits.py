"""How often the pages are read, for the office."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from akademie.core.access import requires
from akademie.operation.actions.visits import KEPT_MONTHS
from akademie.operation.queries.visits import visits as visits_of


@requires("operation.see")
@require_safe
def visits(request: HttpRequest) -> HttpResponse:
    """Show views and visitors over time, and which pages and sites stand out."""
    by_month = request.GET.get("zeitraum") == "monate"
    context = {"visits": visits_of(by_month), "by_month": by_month, "kept_months": KEPT_MONTHS}
    return render(request, "operation/office/visits.html", context)
