"""Terms for everyone: all from A to Z, and the page of one."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from akademie.core.access import public
from akademie.core.forms import clean_text
from akademie.core.open_data import json_ld
from akademie.terms import open_data, queries

MAX_WORDS = 80  # characters of the filter


@public
@require_safe
def term_list(request: HttpRequest) -> HttpResponse:
    """Show the terms from A to Z, or those in which some words stand."""
    words = clean_text(request.GET.get("q", ""), MAX_WORDS)
    rows = queries.rows(words)
    context = {
        "section": "fachwoerter",
        "words": words,
        "count": len(rows),
        "letters": queries.letters(rows),
        "json_ld": "" if words else json_ld(open_data.structured_set(rows)),
    }
    return render(request, "terms/public/term_list.html", context)


@public
@require_safe
def term(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what one term means."""
    found = queries.published(slug)
    if found is None:
        raise Http404(f"Das Fachwort „{slug[:60]}“ gibt es nicht.")
    context = found.page_context() | {"json_ld": json_ld(open_data.structured(found))}
    return render(request, "terms/public/term.html", context)
