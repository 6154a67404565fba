"""How often the pages are read: for the office in full, for everyone what tells nothing about anybody."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from akademie.core.access import public, requires
from akademie.core.documents import csv_table
from akademie.core.open_data import absolute
from akademie.operation.actions.visits import KEPT_MONTHS
from akademie.operation.queries.visits import LEAST, usage
from akademie.operation.queries.visits import visits as visits_of


@requires("operation.see")
@require_safe
def visits(request: HttpRequest) -> HttpResponse:
    """Show views and visitors over time, and which pages and sites stand out."""
    by_month = request.GET.get("zeitraum") == "monate"
    context = {"visits": visits_of(by_month), "by_month": by_month, "kept_months": KEPT_MONTHS}
    return render(request, "operation/office/visits.html", context)


@public
@require_safe
def public_visits(request: HttpRequest) -> HttpResponse:
    """Show everyone how much is read, by month, and what most."""
    context = {"section": "daten", "trail": [("Offene Daten", "/daten/")], "usage": usage(), "least": LEAST}
    return render(request, "operation/public/visits.html", context)


@public
@require_safe
def months_csv(request: HttpRequest) -> HttpResponse:
    """Give the months as a table."""
    rows = [(f"{month:%Y-%m}", views, visitors) for month, views, visitors in usage().months]
    return _csv("nutzung-monate", ["Monat", "Seitenaufrufe", "Besuche"], rows)


@public
@require_safe
def pages_csv(request: HttpRequest) -> HttpResponse:
    """Give the most read pages as a table."""
    rows = [(page.title, absolute(page.path), page.views) for page in usage().pages]
    return _csv("nutzung-seiten", ["Seite", "Adresse", "Aufrufe in 30 Tagen"], rows)


def _csv(name: str, header: list[str], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"', "Access-Control-Allow-Origin": "*"}
    return HttpResponse(csv_table(header, rows), content_type="text/csv; charset=utf-8", headers=headers)
