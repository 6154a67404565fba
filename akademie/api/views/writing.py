"""Writing by programs: a key in the header, JSON in, a draft for the editors."""

import json
from typing import Any, NoReturn

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.utils.http import parse_etags

from akademie.api import actions
from akademie.api.endpoint import METHODS
from akademie.api.problems import Problem
from akademie.api.queries import Collection, collections, written
from akademie.core import limits
from akademie.core.open_data import absolute

LARGEST = 64 * 1024  # bytes of a record
MOST_PER_HOUR = 300  # records of one key
ENOUGH = f"Mit einem Schlüssel gehen {MOST_PER_HOUR} Datensätze in der Stunde. Bitte machen Sie später weiter."


def hand_in(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Take a new record as a draft."""
    collection, word = _collection(request, kind), _key(request)
    row = actions.hand_in(collection, _told(request), word=word)
    address = absolute(f"{request.path}{getattr(row, collection.lookup)}/")
    return JsonResponse(
        collection.draft(row), status=201, headers={"Location": address}, json_dumps_params={"ensure_ascii": False}
    )


def propose(request: HttpRequest, kind: str, name: str) -> HttpResponseBase:
    """Take a change of a record as a draft; the record itself stays until an editor publishes the change."""
    collection, word = _collection(request, kind), _key(request)
    # An answer that was compressed on its way carries a weak ETag, of the same record.
    if_match = [etag.removeprefix("W/") for etag in parse_etags(request.headers.get("If-Match", ""))]
    if not if_match:
        raise Problem(428, "Lesen Sie den Datensatz zuerst, und schicken Sie dessen ETag in If-Match mit.")
    actions.propose(collection, name, _told(request), if_match, word=word)
    says = "Die Änderung liegt als Entwurf bei der Redaktion. Der Datensatz bleibt, bis sie ihn veröffentlicht."
    return JsonResponse({"id": name, "detail": says}, status=202, json_dumps_params={"ensure_ascii": False})


def _collection(request: HttpRequest, kind: str) -> Collection:
    collection = collections().get(kind)
    if collection is None or not collection.link:
        names = ", ".join(one.key for one in written())
        raise Problem(405, f"Hier kann man nur lesen. Einreichen lässt sich: {names}.", {"Allow": METHODS})
    if request.GET:
        raise Problem(400, "Beim Einreichen gibt es keine Parameter.", parameter=next(iter(request.GET))[:60])
    return collection


def _key(request: HttpRequest) -> str:
    """Return the key of the header, which opens something; TooMany when it was used very often."""
    scheme, _space, word = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not word.strip():
        says = "Bitte schicken Sie Ihren Zugangsschlüssel mit: Authorization: Bearer …"
        raise Problem(401, says, {"WWW-Authenticate": "Bearer"})
    key = actions.use_key(word.strip())
    limits.count("api write", str(key.pk), most=MOST_PER_HOUR, seconds=3600, says=ENOUGH)
    return word.strip()


def _told(request: HttpRequest) -> Any:
    """Return the JSON of the request; Problem for what is too large or no JSON."""
    if request.content_type != "application/json":
        raise Problem(415, "Bitte schicken Sie JSON, mit Content-Type: application/json.")
    length = request.headers.get("Content-Length", "")
    if length.isdigit() and int(length) > LARGEST:
        raise Problem(413, f"Ein Datensatz darf höchstens {LARGEST // 1024} kB groß sein.")
    try:
        told = json.loads(request.body, parse_constant=_no_number)
        json.dumps(told, ensure_ascii=False).encode()  # half a character cannot be kept
    except (ValueError, RecursionError):
        raise Problem(400, "Das ist kein lesbares JSON in UTF-8. Schicken Sie ein JSON-Objekt.") from None
    return told


def _no_number(word: str) -> NoReturn:
    raise ValueError(word)
