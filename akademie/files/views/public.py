"""Pictures as browsers ask for them. Documents are delivered by Wagtail, which knows who may have them."""

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from akademie.core.access import public

PUBLIC_FOLDER, OFFICE_FOLDER = "images", "original_images"
A_MONTH = 30 * 24 * 3600


@public
@require_safe
def picture(request: HttpRequest, folder: str, name: str) -> FileResponse:
    """Deliver a picture in one of its sizes to everyone, the original with all its camera data to the office only."""
    if folder != PUBLIC_FOLDER and not (folder == OFFICE_FOLDER and getattr(request.user, "is_office", False)):
        raise Http404
    try:
        response = FileResponse(default_storage.open(f"{folder}/{name}"), filename=name)
    except (FileNotFoundError, IsADirectoryError, SuspiciousFileOperation):
        raise Http404 from None
    audience = "public" if folder == PUBLIC_FOLDER else "private"
    response["Cache-Control"] = f"{audience}, max-age={A_MONTH}, immutable"
    return response
