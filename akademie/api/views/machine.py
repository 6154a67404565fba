"""The read API: what there is, lists of records, one record, and the description of all that."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase, HttpResponsePermanentRedirect, JsonResponse, QueryDict
from django.urls import Resolver404, resolve

from akademie.api import openapi
from akademie.api.endpoint import endpoint
from akademie.api.problems import Problem
from akademie.api.queries import Asked, Collection, collections, etag_of
from akademie.api.views import writing
from akademie.core import frame
from akademie.core.forms import clean_text
from akademie.core.open_data import absolute


def _json(told: Any) -> JsonResponse:
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False, "separators": (",", ":")})


@endpoint()
def index(request: HttpRequest) -> HttpResponseBase:
    """Say what there is."""
    refuse_unknown(request.GET, ())
    rows = [
        {"key": one.key, "title": one.title, "url": absolute(f"/api/v1/{one.key}/"), "count": one.count()}
        for one in collections().values()
    ]
    return _json({
        "title": str(frame.current()["site_name"]),
        "version": openapi.VERSION,
        "openapi": absolute("/api/v1/openapi.json"),
        "docs": absolute("/api/v1/docs"),
        "data": absolute("/daten/"),
        "collections": rows,
    })  # fmt: skip


@endpoint(points=5)
def description(request: HttpRequest) -> HttpResponseBase:
    """Answer the OpenAPI document."""
    return _json(openapi.document())


@endpoint(write=("POST", writing.hand_in))
def records(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Answer one page of a collection."""
    collection = collection_named(kind)
    refuse_unknown(request.GET, (*collection.parameters, "limit", "offset"))
    asked = asked_for(collection, request.GET)
    limit = _number(request.GET, "limit", openapi.LIMIT, 1, openapi.MOST)
    offset = _number(request.GET, "offset", 0, 0, openapi.LAST_OFFSET)
    items, count = collection.window(asked, offset, offset + limit)
    before = max(0, offset - limit)
    return _json({
        "count": count,
        "limit": limit,
        "offset": offset,
        "next": _page(request, offset + limit) if offset + limit < count else None,
        "prev": _page(request, before) if offset else None,
        "items": items,
    })  # fmt: skip


@endpoint(write=("PUT", writing.propose))
def record(request: HttpRequest, kind: str, name: str) -> HttpResponseBase:
    """Answer one record."""
    refuse_unknown(request.GET, ())
    collection = collection_named(kind)
    found = collection.one(name)
    if found is None:
        raise Problem(404, f"„{name[:60]}“ gibt es hier nicht. Alle stehen unter {absolute(f'/api/v1/{kind}/')}.")
    answer = _json(found)
    if collection.link:  # what a change names in If-Match
        answer.headers["ETag"] = etag_of(found)
    return answer


@endpoint()
def nothing(request: HttpRequest, rest: str) -> HttpResponseBase:
    """Lead on from an address without its last slash; everything else does not exist."""
    if not rest.endswith("/") and _exists(f"{request.path}/"):
        query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
        return HttpResponsePermanentRedirect(f"/api/v1/{rest}/{query}")
    raise Problem(404, f"Diese Adresse gibt es nicht. Was es gibt, steht unter {absolute('/api/v1/')}.")


def _exists(path: str) -> bool:
    try:
        return resolve(path).view_name != "api:nothing"
    except Resolver404:
        return False


# -- reading an address -----------------------------------------------------------------------------------------------
def collection_named(key: str) -> Collection:
    """Return a collection; Problem when there is none of that name."""
    found = collections().get(key)
    if found is None:
        raise Problem(404, f"„{key[:60]}“ gibt es nicht. Es gibt: {', '.join(collections())}.")
    return found


def refuse_unknown(parameters: QueryDict, known: tuple[str, ...]) -> None:
    """Refuse what would be passed over in silence: a mistyped filter must not answer everything."""
    for name in parameters:
        if name not in known:
            says = f"Diese Adresse kennt: {', '.join(known)}." if known else "Diese Adresse kennt keine Parameter."
            raise Problem(400, f"Den Parameter „{name[:60]}“ gibt es nicht. {says}", parameter=name[:60])


def asked_for(collection: Collection, parameters: QueryDict) -> Asked:
    """Return how an address narrows a collection."""
    text, town = parameters.get("q", ""), parameters.get("stadt", "")
    if len(text) > openapi.LONGEST_TEXT:
        raise Problem(400, f"Der Text ist zu lang; höchstens {openapi.LONGEST_TEXT} Zeichen.", parameter="q")
    if "stadt" in parameters and not (len(town) == 8 and town.isascii() and town.isdigit()):
        raise Problem(400, "Ein Gemeindeschlüssel hat acht Ziffern.", parameter="stadt")
    for facet in collection.rows.facets if collection.rows else ():
        values = parameters.getlist(facet.key)
        if len(values) > openapi.MOST_VALUES or any(len(value) > openapi.LONGEST_TEXT for value in values):
            most = f"{openapi.MOST_VALUES} Werte mit je {openapi.LONGEST_TEXT} Zeichen"
            raise Problem(400, f"„{facet.key}“ darf höchstens {most} haben.", parameter=facet.key)
    return Asked(parameters, town, clean_text(text, openapi.LONGEST_TEXT))


def _number(parameters: QueryDict, name: str, default: int, least: int, most: int) -> int:
    typed = parameters.get(name, str(default))
    if typed.isascii() and typed.isdigit() and len(typed) <= 9 and least <= int(typed) <= most:
        return int(typed)
    raise Problem(400, f"„{name}“ muss eine ganze Zahl von {least} bis {most} sein.", parameter=name)


def _page(request: HttpRequest, offset: int) -> str:
    rest = [(key, value) for key, values in request.GET.lists() for value in values if key != "offset"]
    return absolute(f"{request.path}?{urlencode([*rest, ('offset', offset)])}")
