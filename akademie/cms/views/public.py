"""Pages and news, as everyone sees them."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from akademie.cms import open_data, queries
from akademie.core.access import public
from akademie.core.contributions import page_panels
from akademie.core.open_data import json_ld


@public
@require_safe
def page(request: HttpRequest, path: str) -> HttpResponse:
    """Show a standard page; `path` is its address without the first slash."""
    found = queries.page_at(path)
    if found is None:
        raise Http404
    above, below = queries.pages_around(path)
    versions = queries.versions_of(path)
    context = {
        "page": found,
        "body": found["body_html"],
        "above": above,
        "below": below + [link for link in queries.gathered(found["duty"]) if link not in below],
        "versions": versions,
        "json_ld": json_ld(open_data.page_structured(found, path)),
        "section": found["duty"],
        "panels": _panels(request, found),
    }
    return render(request, "cms/public/standard_page.html", context)


def _panels(request: HttpRequest, found: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Return what areas add to every page, and to one that is a duty, below the text."""
    panels = [panel for panel in page_panels if panel.page in ("page", found["duty"])]
    shown = [(panel.template, panel.context(request, found)) for panel in panels]
    return [(template, context) for template, context in shown if context is not None]


@public
@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """List the news, newest first."""
    selection = queries.select_news(request.GET)
    title, introduction = queries.news_index.get()
    context = {
        "title": title,
        "introduction": introduction,
        "selection": selection,
        "news": queries.news_cards(selection.page.pks),
        "section": "aktuelles",
    }
    return render(request, "cms/public/news.html", context)


@public
@require_safe
def news_item(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a piece of news."""
    found = queries.news_at(slug)
    if found is None:
        raise Http404
    context = {
        "page": found,
        "body": found["body_html"],
        "topics": found["topics"],
        "above": [(queries.news_index.get()[0], "/aktuelles/")],
        "json_ld": json_ld(open_data.structured(found)),
        "section": "aktuelles",
        "versions": queries.versions_of(f"aktuelles/{slug}/"),
    }
    return render(request, "cms/public/news_item.html", context)
