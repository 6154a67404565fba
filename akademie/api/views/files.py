"""Open data as files: a collection with the filters of its list, the catalogue, the vocabulary."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

from akademie.api import exports
from akademie.api.endpoint import endpoint
from akademie.api.problems import Problem
from akademie.api.queries import collections
from akademie.api.throttle import spend
from akademie.api.views.machine import asked_for, collection_named, refuse_unknown

OF_THE_LIST = ("seite", "sortieren", "umfang")  # parameters of list pages that say nothing about a file
VOCABULARY = "themen"


@endpoint()
def download(request: HttpRequest, kind: str, ending: str) -> HttpResponseBase:
    """Answer a collection as a file, narrowed like the list whose address ends the same."""
    collection = collection_named(kind)
    offered = exports.formats_of(collection) if collection.data else {}
    if ending not in offered:
        raise Problem(404, f"{collection.title} gibt es nicht als „{ending}“. Was es gibt, steht unter /daten/.")
    refuse_unknown(request.GET, (*collection.parameters, *OF_THE_LIST))
    asked, form = asked_for(collection, request.GET), offered[ending]
    headers = {"Content-Disposition": f'attachment; filename="{kind}.{ending}"'}
    media_type = f"{form.media_type}; charset=utf-8" if form.media_type.startswith("text/") else form.media_type
    written: Iterable[bytes] = ()
    if request.method == "GET":  # HEAD costs nothing and says no length, which nobody knows before it is written
        spend(request, form.points)
        written = exports.blocks(form.write(collection, asked))
    return StreamingHttpResponse(written, content_type=media_type, headers=headers)


@endpoint(points=20)
def catalogue_file(request: HttpRequest, ending: str) -> HttpResponseBase:
    """Answer the catalogue of the open data for other portals."""
    from akademie.api import catalogue

    refuse_unknown(request.GET, ())
    return _rdf(catalogue.written(catalogue.catalogue(), ending), ending)


@endpoint(points=20)
def vocabulary_file(request: HttpRequest, ending: str) -> HttpResponseBase:
    """Answer the topics as a vocabulary that other systems can read."""
    from akademie.api import catalogue

    refuse_unknown(request.GET, ())
    return _rdf(catalogue.written(catalogue.vocabulary(collections()[VOCABULARY]), ending), ending)


def _rdf(text: bytes, ending: str) -> HttpResponse:
    _label, media_type = exports.RDF_FORMATS[ending]
    return HttpResponse(text, content_type=f"{media_type}; charset=utf-8")
