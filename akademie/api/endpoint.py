"""What every answer to a program has in common: reading only, open to all origins, counted, not sent when unchanged."""

import hashlib
from collections.abc import Callable
from functools import cache, wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response

from akademie.api import throttle
from akademie.api.problems import Problem
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
    "Allow": METHODS,
    "Access-Control-Allow-Methods": METHODS,
    "Access-Control-Allow-Headers": "Accept, Content-Type, If-None-Match",
    "Access-Control-Max-Age": "86400",
}
View = Callable[..., HttpResponseBase]


def endpoint(*, points: int = 1) -> Callable[[View], View]:
    """Declare a view that answers programs; `points` is what an answer costs its reader (see `throttle`).

    The answer depends on the address and on what is public, so its ETag is made of both, before anything is read.
    """

    def decorate(view: View) -> View:
        @public
        @wraps(view)
        def answer(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
            try:
                response = _answer(view, points, request, kwargs)
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


def _answer(view: View, points: int, request: HttpRequest, kwargs: dict[str, Any]) -> HttpResponseBase:
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers=PREFLIGHT)
    if request.method not in ("GET", "HEAD"):
        raise Problem(405, "Diese Schnittstelle liest nur. Bitte fragen Sie mit GET.", {"Allow": METHODS})
    throttle.spend(request, 1)
    etag = _etag(request)
    if etag and (unchanged := get_conditional_response(request, etag=etag)):
        return unchanged
    if points > 1:
        throttle.spend(request, points - 1)
    response = view(request, **kwargs)
    if response.status_code == 200:
        response.headers["Cache-Control"] = "no-cache"  # ask again each time; unchanged answers cost next to nothing
        if etag:
            response.headers.setdefault("ETag", etag)
    return response


def _etag(request: HttpRequest) -> str:
    """Return what stays the same as long as the answer does; "" for a text, since the index follows a moment later."""
    if request.GET.get("q"):
        return ""
    now = stamps.current()
    seen = [_release(), settings.SITE_URL, request.get_full_path(), *(now.get(key, "") for key in _keys())]
    return f'"{hashlib.sha256(chr(0).join(seen).encode()).hexdigest()[:24]}"'


@cache
def _keys() -> tuple[str, ...]:
    return (*(kind.key for kind in public_kinds), "cms")


@cache
def _release() -> str:
    """Return what the code that writes records looks like: another release may answer otherwise."""
    files = [*documents.ROOT.glob("api/**/*.py"), *documents.ROOT.glob("*/open_data.py")]
    return hashlib.sha256(b"".join(path.read_bytes() for path in sorted(files))).hexdigest()[:12]
