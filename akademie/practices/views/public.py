"""Practice cases for everyone: list, map, one case."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from akademie.core.access import public
from akademie.core.maps import Map, points_json
from akademie.practices import open_data, queries
from akademie.topics.links import offer_chosen_subtopics

ORDERS = (("", "Neueste zuerst"), ("titel", "Nach Titel"))


@public
@require_safe
def case_list(request: HttpRequest) -> HttpResponse:
    """Show the cases, narrowed by topic, state, size of the towns and status."""
    selection = queries.cases.select(request.GET, order=request.GET.get("sortieren", ""))
    offer_chosen_subtopics(selection, request.GET)
    context = {
        "section": "praxis",
        "selection": selection,
        "rows": queries.rows(selection.page.pks),
        "orders": ORDERS,
        "list_url": "/praxis/",
    }
    return render(request, "practices/public/case_list.html", context)


@public
@require_safe
def case_map(request: HttpRequest) -> HttpResponse:
    """Show the same selection as a list of its towns and on a map."""
    selection = queries.cases.select(request.GET)
    offer_chosen_subtopics(selection, request.GET)
    rows = queries.rows_on_map(request.GET)
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    context = {
        "section": "praxis",
        "trail": (("Praxisbeispiele", "/praxis/"),),
        "selection": selection,
        "rows": rows,
        "map": Map(
            title="Städte mit Praxisbeispielen",
            points=queries.points(rows),
            points_url=f"/praxis/karte/orte.json{query}",
        ),
        "list_url": "/praxis/karte/",
    }
    return render(request, "practices/public/case_map.html", context)


@public
@require_safe
def case_points(request: HttpRequest) -> HttpResponse:
    """Answer the points of the map as JSON, narrowed like the list."""
    return points_json(queries.points(queries.rows_on_map(request.GET)))


@public
@require_safe
def case(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one case with everything it says."""
    found = queries.published(slug)
    if found is None:
        raise Http404(f"Das Praxisbeispiel „{slug[:60]}“ gibt es nicht.")
    context = queries.page_of(found)
    context["json_ld"] = open_data.json_ld_of(found, context["places"])
    return render(request, "practices/public/case.html", context)
