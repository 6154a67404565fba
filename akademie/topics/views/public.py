"""Topics for everyone: the overview, and the page of a topic, which assembles itself."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from akademie.core.access import public
from akademie.core.contributions import page_panels
from akademie.core.open_data import json_ld
from akademie.topics import open_data, queries


@public
@require_safe
def topic_list(request: HttpRequest) -> HttpResponse:
    """Show the topics with their subtopics and what there is on each."""
    topics = [(node, queries.counts(node.slug)) for node in queries.main_topics()]
    return render(request, "topics/public/topic_list.html", {"section": "themen", "topics": topics})


@public
@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what there is on a topic; an unknown one leads on to those that exist."""
    node = queries.topic(slug)
    if node is None:
        known = {"section": "themen", "topics": queries.main_topics(), "typed": slug[:60]}
        return render(request, "topics/public/unknown_topic.html", known, status=404)
    panels = [(panel.template, panel.context(request, node)) for panel in page_panels if panel.page == "topic"]
    above = [(node.parent.name, node.parent.url)] if node.parent else []
    context: dict[str, Any] = {
        "section": "themen",
        "topic": node,
        "trail": [("Themen", "/themen/"), *above],
        "children": [(child, sum(count for _kind, count in queries.counts(child.slug))) for child in node.children],
        "shelves": queries.shelves(node.slug, request.user),
        "panels": [(template, shown) for template, shown in panels if shown is not None],
        "json_ld": json_ld(open_data.structured(node)),
    }
    return render(request, "topics/public/topic.html", context)
