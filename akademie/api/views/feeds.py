"""Lists as Atom feeds with their filters kept: read by programs, chosen by people on the page of the list."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict

from akademie.api import feeds
from akademie.api.endpoint import endpoint
from akademie.api.problems import Problem
from akademie.api.queries import Asked, Collection, collections
from akademie.core.forms import clean_text
from akademie.core.open_data import absolute
from akademie.topics.models import Topic


@endpoint(points=3)
def list_feed(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Answer the newest of a list, narrowed like the list."""
    collection = collections()[kind]
    news = feeds.of_list(collection, _asked(request.GET))
    return _answer(_title(collection, request.GET), collection.kind.list_url, request.GET, news)


@endpoint(points=3)
def town_feed(request: HttpRequest) -> HttpResponseBase:
    """Answer what is new from the towns that the list of towns shows at this address."""
    collection = collections()[feeds.TOWNS]
    news = feeds.of_towns(_asked(request.GET))
    return _answer(f"Neues aus: {_title(collection, request.GET)}", collection.kind.list_url, request.GET, news)


@endpoint(points=3)
def topic_feed(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Answer what is new on a topic."""
    family = Topic.objects.filter(slug=slug) | Topic.objects.filter(parent__slug=slug)
    found = {topic.slug: topic for topic in family}
    if slug not in found:
        raise Problem(404, f"Das Thema „{slug[:60]}“ gibt es nicht. Alle Themen: {absolute('/themen/')}")
    news = feeds.of_topic([topic.pk for topic in found.values()])
    return _answer(found[slug].name, f"/themen/{slug}/", QueryDict(), news)


def _asked(parameters: QueryDict) -> Asked | None:
    """Return how the list is narrowed, or None when it is not."""
    return Asked(parameters, text=clean_text(parameters.get("q", ""), 200)) if parameters else None


def _title(collection: Collection, parameters: QueryDict) -> str:
    """Return what the feed is called: the list and the choices made."""
    chosen = collection.rows.select(parameters).chosen if collection.rows and parameters else []
    return ": ".join(filter(None, (collection.title, ", ".join(option.label for _facet, option in chosen))))


def _answer(title: str, path: str, parameters: QueryDict, news: list[feeds.New]) -> HttpResponse:
    query = f"?{parameters.urlencode()}" if parameters else ""
    written = feeds.atom(title, path, query, news)
    return HttpResponse(written, content_type="application/atom+xml; charset=utf-8")
