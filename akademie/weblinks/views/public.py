"""Archived copies, for everyone."""

from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from akademie.core.access import public
from akademie.weblinks import queries
from akademie.weblinks.archiving import PDF


@public
@require_safe
def archived_copy(request: HttpRequest, pk: int) -> FileResponse:
    """Hand over a copy as a file to keep, as long as the link to the document leads nowhere.

    Never shown in the browser: what others have written must not run under our address.
    """
    copy = queries.offered().filter(pk=pk).first()
    if copy is None:
        raise Http404
    try:
        file = copy.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    ending = "pdf" if copy.media_type == PDF else "html"
    response = FileResponse(
        file, as_attachment=True, filename=f"archivierte-fassung-{copy.pk}.{ending}", content_type=copy.media_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Robots-Tag"] = "noindex"
    return response
