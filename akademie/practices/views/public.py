"""Practice cases for everyone: list, map, one case."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from akademie.core.access import public
from akademie.practices import queries


@public
@require_safe
def case_list(request: HttpRequest) -> HttpResponse:
    """Show the cases, narrowed by topic, state, size of the towns and status."""
    selection = queries.cases.select(request.GET, order=request.GET.get("sortieren", ""))
    context = {
        "section": "praxis",
        "selection": selection,
        "rows": queries.rows(selection.page.pks),
        "orders": (("", "Neueste zuerst"), ("titel", "Nach Titel")),
        "list_url": "/praxis/",
    }
    return render(request, "practices/public/case_list.html", context)


@public
@require_safe
def case(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one case with everything it says."""
    found = queries.published(slug)
    if found is None:
        raise Http404(f"Das Praxisbeispiel „{slug[:60]}“ gibt es nicht.")
    return render(request, "practices/public/case.html", queries.page_of(found))
