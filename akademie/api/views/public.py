"""Open data for readers: what there is to take along, and the description of the API."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from akademie.api import exports, openapi
from akademie.api.queries import Collection, collections, data_sets, written
from akademie.api.views.writing import LARGEST, MOST_PER_HOUR
from akademie.core import frame
from akademie.core.access import public
from akademie.core.open_data import absolute, json_ld, moment

TYPES = {"string": "Text", "integer": "ganze Zahl", "number": "Zahl", "boolean": "ja/nein", "array": "Liste"}


@public
@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """Show every data set with its terms and its files."""
    context = {
        "section": "daten",
        "json_ld": json_ld(_structured()),
        "sets": [_shown(collection) for collection in data_sets()],
        "catalogue": [(f"/daten/katalog.{end}", label) for end, (label, _media) in exports.RDF_FORMATS.items()],
        "vocabulary": [(f"/daten/themen.{end}", label) for end, (label, _media) in exports.RDF_FORMATS.items()],
        "feeds": [(f"{one.kind.list_url}feed/", one.title) for one in collections().values() if one.has_feed]
        + [("/staedte/feed/", "Neues aus den Städten")],
    }
    return render(request, "api/public/data.html", context)


def _shown(collection: Collection) -> dict[str, Any]:
    return {
        "key": collection.key,
        "title": collection.title,
        "about": exports.data_of(collection).about,
        "count": collection.count(),
        "changed_at": collection.changed_at(),
        "licence": exports.data_of(collection).licence,
        "sources": exports.attributions(collection),
        "files": [
            (f"/daten/{collection.key}.{ending}", one.label) for ending, one in exports.formats_of(collection).items()
        ],
        "list_url": collection.kind.list_url if collection.rows else "",
    }


def _structured() -> dict[str, Any]:
    """Return the data sets in the words of schema.org, by which search engines for data find them."""
    told = frame.current()
    return {
        "@type": "DataCatalog",
        "@id": absolute("/daten/"),
        "url": absolute("/daten/"),
        "name": f"{told['site_name']}: offene Daten",
        "inLanguage": "de",
        "dataset": [_data_set(collection) for collection in data_sets()],
        "publisher": {"@type": "Organization", "name": str(told["operator"] or told["site_name"])},
    }


def _data_set(collection: Collection) -> dict[str, Any]:
    data = exports.data_of(collection)
    return {
        "@type": "Dataset",
        "@id": absolute(f"/daten/#{collection.key}"),
        "url": absolute(f"/daten/#{collection.key}"),
        "name": f"{collection.title} ({frame.current()['site_name']})",
        "description": data.about,
        "inLanguage": "de",
        "keywords": list(data.keywords),
        "license": exports.address_of(data.licence),
        "isAccessibleForFree": True,
        "spatialCoverage": {"@type": "Country", "name": "Deutschland"},
        "dateModified": moment(collection.changed_at()),
        "distribution": [
            {
                "@type": "DataDownload",
                "name": one.label,
                "encodingFormat": one.media_type,
                "contentUrl": absolute(f"/daten/{collection.key}.{ending}"),
            }
            for ending, one in exports.formats_of(collection).items()
        ],
    }


@public
@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """Describe the API for people, from the same document that programs read."""
    document = openapi.document()
    context = {
        "section": "daten",
        "trail": [("Offene Daten", "/daten/")],
        "server": absolute(""),
        "limit": openapi.LIMIT,
        "most": openapi.MOST,
        "collections": [_described(one, document) for one in collections().values()],
        "written": [one.title for one in written()],
        "largest": LARGEST // 1024,
        "most_per_hour": MOST_PER_HOUR,
        "errors": openapi.ERRORS,
    }
    return render(request, "api/public/docs.html", context)


def _described(collection: Collection, document: dict[str, Any]) -> dict[str, Any]:
    listed = document["paths"][f"/api/v1/{collection.key}/"]["get"]
    fields = document["components"]["schemas"][collection.key]["properties"]
    return {
        "key": collection.key,
        "title": collection.title,
        "about": listed["description"],
        "parameters_of": f"Parameter: {collection.title}",
        "fields_of": f"Felder: {collection.title}",
        "parameters": [(one["name"], _type(one["schema"]), one["description"]) for one in listed["parameters"]],
        "fields": [(name, _type(schema), schema["description"]) for name, schema in fields.items()],
    }


def _type(schema: dict[str, Any]) -> str:
    kind = schema.get("type", "object")
    if isinstance(kind, list):
        return f"{_type({**schema, 'type': kind[0]})} oder null"
    if kind == "array":
        return f"Liste: {_type(schema['items'])}"
    if kind == "object":
        return f"Objekt mit {', '.join(schema['properties'])}"
    return TYPES[kind]
