"""Films and captions as browsers ask for them."""

import re

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe
from whitenoise.responders import SlicedFile

from akademie.core.access import public
from akademie.easy.films import TYPES
from akademie.easy.models import FOLDER, SignVideo

A_MONTH = 30 * 24 * 3600


@public
@require_safe
def film(request: HttpRequest, name: str) -> HttpResponseBase:
    """Deliver a film to everyone, in the part that a player asks for, so that one can jump to any place of it."""
    try:
        found = default_storage.open(f"{FOLDER}/{name}")
    except FileNotFoundError:
        raise Http404 from None
    # A film is compressed already: gzip would only take away its length and its parts.
    request.META.pop("HTTP_ACCEPT_ENCODING", None)
    size, part = found.size, asked_part(request.headers.get("Range", ""), found.size)
    if part is None:
        answer: HttpResponseBase = FileResponse(found)
        answer["Content-Length"] = size
    elif part[0] > part[1]:
        found.close()
        answer = HttpResponse(status=416)
        answer["Content-Range"] = f"bytes */{size}"
    else:
        answer = FileResponse(SlicedFile(found, *part), status=206)
        answer["Content-Length"] = part[1] - part[0] + 1
        answer["Content-Range"] = f"bytes {part[0]}-{part[1]}/{size}"
    answer["Content-Type"] = TYPES[name.rsplit(".", 1)[-1]]
    answer["Accept-Ranges"] = "bytes"
    answer["Cache-Control"] = f"public, max-age={A_MONTH}, immutable"
    return answer


def asked_part(header: str, size: int) -> tuple[int, int] | None:
    """Return the first and the last byte of the one part that is asked for (RFC 9110, 14.2).

    None: everything, also when several parts are asked for or the header makes no sense. The first byte lies behind the
    last one when there is no such part.
    """
    found = re.fullmatch(r"bytes=(\d{0,15})-(\d{0,15})", header.strip())
    if not found or not (found[1] or found[2]):
        return None
    if not found[1]:  # so many from the end
        return (size - min(size, int(found[2])), size - 1) if int(found[2]) else (size, size - 1)
    first, last = int(found[1]), int(found[2] or size)
    return None if found[2] and last < first else (first, min(last, size - 1))


@public
@require_safe
def captions(request: HttpRequest, pk: int) -> HttpResponse:
    """Deliver the captions of a video."""
    video = get_object_or_404(SignVideo.objects.only("captions"), pk=pk)
    return HttpResponse(video.captions, content_type="text/vtt; charset=utf-8")
