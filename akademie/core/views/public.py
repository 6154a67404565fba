"""Pages of the house itself: errors that lead on, and the gallery of components."""

import re
import sys
from typing import Any
from urllib.parse import unquote

from django.core.exceptions import DisallowedHost
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from akademie.core import errors
from akademie.core.access import public
from akademie.core.gallery import samples
from akademie.core.maps import outline_json, points_json

# While the database cannot be reached, or is written to for longer than anybody would wait.
NO_DATABASE = (OperationalError, InterfaceError)


def _error(request: HttpRequest, status: int, says: errors.Says) -> HttpResponse:
    heading, sentence = says
    words = " ".join(re.findall(r"[^\W\d_]{3,}", unquote(request.path)))[:60]
    context = {"heading": heading, "sentence": sentence, "search": words if status == 404 else ""}
    return render(request, "core/error.html", context, status=status)


@public
@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Lead to the icon: browsers ask here for what is no page of ours and names none, such as a text or a calendar."""
    return redirect(static("core/img/icon.svg"), permanent=True)


@public
def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """An address or a form that nobody can read; 413 for one that is too large, plain for a host that is not ours."""
    if isinstance(exception, DisallowedHost):
        return errors.plain(400)
    if says := errors.too_large(exception):
        return _error(request, 413, says)
    return _error(request, 400, errors.IN_FRAME[400])


@public
def permission_denied(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """Something that this person may not do."""
    return _error(request, 403, errors.IN_FRAME[403])


@public
def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """Nothing here, or nothing for this person; the words of the address fill the search field."""
    return _error(request, 404, errors.IN_FRAME[404])


@public
def not_allowed(request: HttpRequest) -> HttpResponse:
    """An address that takes a form only, opened by itself; or a page that takes none."""
    return _error(request, 405, errors.IN_FRAME[405])


@public
def server_error(request: HttpRequest) -> HttpResponse:
    """A fault of ours; 503 while the database does not answer."""
    return errors.plain(503 if isinstance(sys.exception(), NO_DATABASE) else 500)


@public
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its protecting word; usually an old tab."""
    return _error(request, 403, errors.CSRF)


@public
@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component with its variants, for those who build pages and for the tests."""
    return render(request, "core/gallery.html", {"samples": samples()})


@public
@require_safe
def outline(request: HttpRequest) -> HttpResponse:
    """The outline of the states under a moving map; changes with a new release at most."""
    headers = {"Cache-Control": "public, max-age=604800"}
    return HttpResponse(outline_json(), content_type="application/geo+json", headers=headers)


@public
@require_safe
def gallery_points(request: HttpRequest) -> HttpResponse:
    """The points of the gallery's map."""
    return points_json(samples()["map"].points)
