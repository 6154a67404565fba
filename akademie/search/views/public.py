"""The search page and help while typing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from akademie.core.access import public
from akademie.search.forms import SearchForm
from akademie.search.queries import results_page, suggest


@public
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Answer a search over everything public; the address holds words, filters and page."""
    form = SearchForm(request.GET)
    page = results_page(form.read(), user=request.user)
    return render(request, "search/public/search.html", {"section": "suche", "form": form, "page": page})


@public
@require_safe
@cache_control(public=True, max_age=300)
def suggestions(request: HttpRequest) -> HttpResponse:
    """Answer the options for a datalist; the search itself does not need them."""
    found = suggest(SearchForm(request.GET).read().text)
    return render(request, "search/public/suggestions.html", {"suggestions": found})
