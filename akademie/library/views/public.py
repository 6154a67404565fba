"""The library for everyone: list, records, citation files."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from akademie.core.access import public
from akademie.core.contributions import page_panels
from akademie.library import open_data, queries
from akademie.library.exports import FILE_FORMATS
from akademie.library.models import LibraryItem
from akademie.topics.links import offer_chosen_subtopics


@public
@require_safe
def item_list(request: HttpRequest) -> HttpResponse:
    """Show the library, narrowed by kind, topic and year."""
    selection = queries.items.select(request.GET, order=request.GET.get("sortieren", ""))
    offer_chosen_subtopics(selection, request.GET)
    context = {
        "section": "bibliothek",
        "selection": selection,
        "rows": queries.rows(selection.page.pks),
        "orders": (("", "Neueste zuerst"), ("titel", "Nach Titel")),
        "list_url": "/bibliothek/",
    }
    return render(request, "library/public/item_list.html", context)


@public
@require_safe
def item(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one record with everything it says."""
    found = _published(slug)
    context = queries.page_of(found)
    place = ("bibliothek", found.pk)
    panels = [(panel.template, panel.context(request, place)) for panel in page_panels if panel.page == "record"]
    more = {
        "json_ld": open_data.json_ld_of(found, context["host"]),
        "panels": [(template, shown) for template, shown in panels if shown is not None],
    }
    return render(request, "library/public/item.html", context | more)


@public
@require_safe
def citation_file(request: HttpRequest, slug: str, ending: str) -> HttpResponse:
    """Answer a record as a file for reference managers."""
    file_format = FILE_FORMATS[ending]
    text = file_format.write(_published(slug).reference())
    response = HttpResponse(text, content_type=f"{file_format.media_type}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slug}.{ending}"'
    return response


def _published(slug: str) -> LibraryItem:
    found = queries.published(slug)
    if found is None:
        raise Http404(f"Den Eintrag „{slug[:60]}“ gibt es in der Bibliothek nicht.")
    return found
