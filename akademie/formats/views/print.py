"""The Steckbrief to take along: as a PDF and as a Word file, each one A4 page."""

import hashlib
from collections.abc import Callable
from functools import cache

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import condition, require_safe

from akademie.core import documents, frame, stamps
from akademie.core.access import public
from akademie.formats import measured, printing, queries

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CORE_PARTS = documents.ROOT / "core" / "templates" / "core" / "docx"
DRAWN_FROM = (
    printing.TEMPLATE,
    documents.ROOT / "core" / "typst" / "page.typ",
    documents.ROOT / "formats" / "templates" / printing.DOCX_TEMPLATE,
    *sorted(CORE_PARTS.glob("*.xml")),
)


@cache
def _design() -> str:
    """What the documents look like, as a word: a changed template is a changed document."""
    return hashlib.sha256(b"".join(path.read_bytes() for path in DRAWN_FROM)).hexdigest()[:12]


def _etag(request: HttpRequest, slug: str) -> str:
    now = stamps.current()
    seen = [request.path, *(now.get(stamp, "") for stamp in queries.STAMPS), _publisher(), settings.SITE_URL, _design()]
    return f'"{hashlib.sha256(chr(0).join(seen).encode()).hexdigest()[:24]}"'


def _publisher() -> str:
    return str(frame.current()["site_name"])


def _document(slug: str, make: Callable[..., bytes], kind: str, disposition: str) -> HttpResponse:
    sheet = queries.sheet(slug)
    if sheet is None:
        raise Http404(f"Das Format „{slug[:60]}“ gibt es nicht.")
    around = queries.around(slug)
    beside = printing.lines_beside(around, measured.of(around.pk)) if around else []
    response = HttpResponse(make(sheet, publisher=_publisher(), beside=beside), content_type=kind)
    response["Content-Disposition"] = disposition
    response["Cache-Control"] = "no-cache"
    return response


@public
@require_safe
@condition(etag_func=_etag)
def steckbrief(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer the Steckbrief as a PDF of one page."""
    return _document(slug, printing.steckbrief, "application/pdf", f'inline; filename="Steckbrief-{slug}.pdf"')


@public
@require_safe
@condition(etag_func=_etag)
def steckbrief_docx(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer the Steckbrief as a Word file of one page."""
    return _document(slug, printing.steckbrief_docx, DOCX, f'attachment; filename="Steckbrief-{slug}.docx"')
