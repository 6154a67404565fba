"""The catalogue for everyone: list, table and Steckbrief."""

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from akademie.core import documents
from akademie.core.access import public
from akademie.core.charts import about
from akademie.core.contributions import page_panels
from akademie.core.embedding import oembed_address
from akademie.formats import drawn, measured, open_data, queries, reports, starters, texts
from akademie.formats.models import FormatProfile
from akademie.formats.sheet import Fact, fact
from akademie.formats.words import FIELDS
from akademie.topics.links import offer_chosen_subtopics

SECTION = "formate"
TRAIL = [("Formate", "/formate/")]
# Columns of the table: key of the order ("" when it cannot be sorted by), field of the data.
COLUMNS = (
    ("name", "name"),
    ("art", "kind"),
    ("", "purpose"),
    ("durchfuehrung", "mode"),
    ("dauer", "duration_minutes"),
    ("gruppe", "group_size"),
    ("aufwand", "effort"),
    ("", "result"),
    ("reife", "piloted"),
)

MEASURED = ("gemessene Stunden (Median)", "Durchführungen mit Zeiten")


@public
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the formats as index cards, narrowed by facets."""
    selection = offer_chosen_subtopics(queries.profiles.select(request.GET), request.GET)
    context = {"section": SECTION, "selection": selection, "cards": queries.cards(selection.page.pks)}
    return render(request, "formats/public/index.html", context)


@public
@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """Compare all formats in one table that can be sorted and printed."""
    asked = request.GET.get("sortieren", "name")
    order = asked if asked in queries.ORDERS else "name"
    descending = request.GET.get("richtung") == "ab"
    context = {
        "section": SECTION,
        "trail": TRAIL,
        "columns": [_column(key, field, order, descending) for key, field in COLUMNS],
        "sorted_by": FIELDS[dict(COLUMNS)[order]] + (", absteigend" if descending else ""),
        "rows": [_row(one) for one in queries.table(order, descending=descending)],
        "unknown_order": asked[:60] if asked != order else "",
    }
    return render(request, "formats/public/table.html", context)


def _column(key: str, field: str, order: str, descending: bool) -> dict[str, Any]:
    """Describe a column's head: where its link leads and how the table is sorted by it now."""
    current = key == order
    turn = current and not descending
    link = f"?sortieren={key}" + ("&richtung=ab" if turn else "") if key else ""
    sort = ("descending" if descending else "ascending") if current else ""
    return {"label": FIELDS[field], "link": link, "sort": sort}


def _row(one: FormatProfile) -> dict[str, Any]:
    head, *cells = [_with_hours(one, fact(one, field)) for _, field in COLUMNS]
    return {"url": one.get_absolute_url(), "head": head, "cells": cells}


def _with_hours(one: FormatProfile, told: Fact) -> Fact:
    """Add the median of the measured hours to the effort; the column is narrow."""
    hours = measured.hours_of(one.pk) if told.key == "effort" else None
    if hours is None or not hours.has_median:
        return told
    return replace(told, text=f"{told.text}; gemessen {about(hours.middle)} Std.")


@public
@require_safe
def table_csv(request: HttpRequest) -> HttpResponse:
    """Answer the whole table as CSV, with every field of the data and its origin."""
    fields = [(key, label) for key, label in FIELDS.items() if key != "steps"]
    header = [*(label for _, label in fields), "belegt", "Vorschlag der Akademie", *MEASURED, "Quellen", "Adresse"]
    rows, figures = [], measured.everything()
    for one in queries.table("name"):
        facts = [fact(one, key) for key, _ in fields]
        origins = [[label for key, label in FIELDS.items() if key in keys]
                   for keys in (one.sourced_fields, one.proposed_fields)]  # fmt: skip
        rows.append([
            *("; ".join(item.items) or item.text for item in facts),
            *("; ".join(labels) for labels in origins),
            *_hours(figures.get(one.pk)),
            "; ".join(one.sources),
            settings.SITE_URL + one.get_absolute_url(),
        ])  # fmt: skip
    response = HttpResponse(documents.csv_table(header, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="formate.csv"'
    return response


def _hours(found: measured.Measured | None) -> tuple[str, str]:
    hours = found.hours if found else None
    if hours is None:
        return "", ""
    return about(hours.middle) if hours.has_median else "", str(hours.count)


@public
@require_safe
def profile(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one Steckbrief."""
    sheet, shown = queries.sheet(slug), drawn.drawn(slug)
    if sheet is None or shown is None:
        raise Http404(f"Das Format „{slug[:60]}“ gibt es nicht.")
    reports_shown, reports_count = reports.latest_reports(shown.pk)
    context = {
        "section": SECTION,
        "trail": TRAIL,
        "sheet": sheet,
        "drawn": shown,
        "reports": reports_shown,
        "reports_count": reports_count,
        "panels": [
            (panel.template, context)
            for panel in page_panels
            if panel.page == "format" and (context := panel.context(request, slug)) is not None
        ],
        "code": documents.page_code(sheet.url),
        "oembed_url": oembed_address(sheet.url),
        "json_ld": open_data.json_ld_of(slug),
    }
    return render(request, "formats/public/profile.html", context)


def _published(slug: str) -> FormatProfile:
    found = queries.published(slug)
    if found is None:
        raise Http404(f"Das Format „{slug[:60]}“ gibt es nicht.")
    return found


@public
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Let the area that can start this format do so; while none can, say how to go about it and what is coming."""
    found = _published(slug)
    if starter := starters.starter_of(queries.lineage(found)):
        return starter.view(request, found)
    if request.method == "POST":
        return HttpResponseNotAllowed(["GET", "HEAD"])
    context = {
        "section": SECTION,
        "trail": [*TRAIL, (found.name, found.get_absolute_url())],
        "profile": found,
        "coming": texts.coming(queries.lineage(found)),
        "checklist": queries.checklist_in_words(found),
        "texts": texts.all_texts(found, {}, lineage=queries.lineage(found)),
    }
    return render(request, "formats/public/not_startable.html", context)
