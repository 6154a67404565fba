"""Pages of the house itself: errors that lead on, and the gallery of components."""

import re
from typing import Any
from urllib.parse import unquote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from akademie.core.access import public
from akademie.core.gallery import samples
from akademie.core.maps import outline_json, points_json

ERRORS = {
    400: ("Das hat die Seite nicht verstanden", "Bitte prüfen Sie die Adresse oder beginnen Sie hier neu."),
    403: (
        "Das dürfen Sie hier nicht",
        "Melden Sie sich an. Wenn es ein Irrtum ist, fragen Sie die Geschäftsstelle.",
    ),
    404: ("Diese Seite gibt es nicht", "Vielleicht ist sie umgezogen, oder in der Adresse steckt ein Tippfehler."),
}
CSRF = (
    "Bitte schicken Sie das Formular noch einmal ab",
    "Die Seite war zu lange offen, oder Ihr Browser nimmt keine Cookies an. Gehen Sie zurück und laden Sie sie neu.",
)


def _error(request: HttpRequest, status: int, heading: str, sentence: str) -> HttpResponse:
    words = " ".join(re.findall(r"[^\W\d_]{3,}", unquote(request.path)))[:60]
    context = {"heading": heading, "sentence": sentence, "search": words if status == 404 else ""}
    return render(request, "core/error.html", context, status=status)


@public
def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """An address or a form that nobody can read."""
    return _error(request, 400, *ERRORS[400])


@public
def permission_denied(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """Something that this person may not do."""
    return _error(request, 403, *ERRORS[403])


@public
def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """Nothing here, or nothing for this person; the words of the address fill the search field."""
    return _error(request, 404, *ERRORS[404])


@public
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its protecting word; usually an old tab."""
    return _error(request, 403, *CSRF)


@public
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component with its variants, for those who build pages and for the tests."""
    return render(request, "core/gallery.html", {"samples": samples()})


@public
def outline(request: HttpRequest) -> HttpResponse:
    """The outline of the states under a moving map; changes with a new release at most."""
    headers = {"Cache-Control": "public, max-age=604800"}
    return HttpResponse(outline_json(), content_type="application/geo+json", headers=headers)


@public
def gallery_points(request: HttpRequest) -> HttpResponse:
    """The points of the gallery's map."""
    return points_json(samples()["map"].points)
