"""What every answer to a program has in common: counted, reading open to all origins, not sent when unchanged."""

import hashlib
import time
from collections.abc import Callable
from functools import cache, wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.csrf import csrf_exempt

from akademie.api import throttle
from akademie.api.problems import Problem
from akademie.api.queries import written
from akademie.core import documents, stamps
from akademie.core.access import public
from akademie.core.contributions import public_kinds
from akademie.core.limits import TooMany

METHODS = "GET, HEAD, OPTIONS"
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Last-Modified, Retry-After, Content-Disposition",
}
PREFLIGHT = {
    "Access-Control-Allow-Methods": METHODS,
    "Access-Control-Allow-Headers": "Accept, Content-Type, If-Modified-Since, If-None-Match",
    "Access-Control-Max-Age": "86400",
}
STARTED_AT = int(time.time())  # another release may answer otherwise, and begins with a start
View = Callable[..., HttpResponseBase]


def endpoint(*, points: int = 1, write: tuple[str, View] | None = None) -> Callable[[View], View]:
    """Declare a view that answers programs; `points` is what an answer costs its reader (see `throttle`).

    `write` is the method by which programs write here, with the view for it, which asks for a key and looks at no
    cookie. Other websites' pages may not use it: the answer to their question in advance names reading only.

    The answer depends on the address, on what is public and on our code. Its ETag is made of these, before anything is
    read, and its time is that of the last change of any of them.
    """

    def decorate(view: View) -> View:
        @public
        @csrf_exempt  # no cookie opens anything here; other methods shall hear that, not that a form's token is missing
        @wraps(view)
        def answer(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
            try:
                response = _answer(view, points, write, request, kwargs)
            except TooMany as refusal:
                headers = {"Retry-After": str(refusal.seconds)}
                response = Problem(429, str(refusal), headers).response()
            except Problem as problem:
                response = problem.response()
            for name, value in CORS.items():
                response.headers[name] = value
            return response

        return answer

    return decorate


def _answer(
    view: View, points: int, write: tuple[str, View] | None, request: HttpRequest, kwargs: dict[str, Any]
) -> HttpResponseBase:
    is_written = write and kwargs["kind"] in {one.key for one in written()}
    allowed = f"{METHODS}, {write[0]}" if write and is_written else METHODS
    response: HttpResponseBase | None
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers=PREFLIGHT | {"Allow": allowed})
    if write and request.method == write[0]:
        throttle.spend(request, 1)
        response = write[1](request, **kwargs)
        response.headers["Cache-Control"] = "no-store"
        return response
    if request.method not in ("GET", "HEAD"):
        slash = "" if request.path.endswith("/") else " Fehlt am Ende ein Schrägstrich?"
        raise Problem(405, f"Diese Adresse kennt nur: {allowed}.{slash}", {"Allow": allowed})
    throttle.spend(request, 1)
    etag, second = _validators(request)
    response = get_conditional_response(request, etag)
    if response is None:
        if points > 1:
            throttle.spend(request, points - 1)
        response = view(request, **kwargs)
        if response.status_code != 200:
            return response
        etag = response.headers.get("ETag", etag)  # a record has its own
        # A time, unlike an ETag, says nothing about the address; that it leads somewhere is only sure now.
        response = get_conditional_response(request, etag, second) or response
    response.headers["Cache-Control"] = "no-cache"  # ask again each time; unchanged answers cost next to nothing
    if etag:
        response.headers["ETag"] = etag
    if second:
        response.headers["Last-Modified"] = http_date(second)
    return response


def _validators(request: HttpRequest) -> tuple[str | None, int | None]:
    """Return the ETag of the answer and the second of the last change; neither for a text, since the index follows a
    moment later. A second that still runs is not told: more may change within it.
    """
    if request.GET.get("q"):
        return None, None
    now, second = stamps.current(), max(STARTED_AT, stamps.changed_at(_keys()))
    ours = (_release(), settings.SITE_URL, settings.DCAT_CONTRIBUTOR_ID)
    seen = [*ours, request.get_full_path(), *(now.get(key, "") for key in _keys())]
    etag = hashlib.sha256(chr(0).join(seen).encode()).hexdigest()[:24]
    return f'"{etag}"', second if second < int(time.time()) else None


@cache
def _keys() -> tuple[str, ...]:
    return (*(kind.key for kind in public_kinds), "cms")


@cache
def _release() -> str:
    """Return a hash of our code: another release may answer otherwise."""
    files = sorted(documents.ROOT.rglob("*.py"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()
