"""The search page and help while typing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from akademie.core.access import public
from akademie.core.contributions import page_panels
from akademie.search import queries
from akademie.search.engine import MAX_QUERY
from akademie.search.forms import SearchForm
from akademie.topics.queries import main_topics


@public
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Answer a search over everything public; the address holds words, filters and page."""
    asked = SearchForm(request.GET).read()
    context = {"section": "suche", "asked": asked, "longest": MAX_QUERY}
    if asked.text or asked.filters:
        shown = [(panel.template, panel.context(request, asked)) for panel in page_panels if panel.page == "search"]
        context |= {"page": queries.results_page(asked, user=request.user), "panels": [one for one in shown if one[1]]}
    else:
        context |= {"stock": queries.stock(), "topics": main_topics()}
    return render(request, "search/public/search.html", context)


@public
@require_safe
@cache_control(public=True, max_age=60)
def suggestions(request: HttpRequest) -> HttpResponse:
    """Answer the options for a datalist; the search itself does not need them."""
    found = queries.suggest(SearchForm(request.GET).read().text)
    return render(request, "search/public/suggestions.html", {"suggestions": found})
