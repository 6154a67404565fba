"""What is done so that the media stay in order: make a picture smaller, say that a document is checked, delete."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from PIL import Image as Pillow
from PIL import ImageOps
from wagtail.log_actions import log
from wagtail.models import UploadedFile

from akademie.accounts.models import User
from akademie.core.actions import NotPossible
from akademie.files import queries
from akademie.files.models import AcademyDocument, AcademyImage

SMALLER_EDGE = 2560  # pixels: enough for a whole screen and for print over the width of a page
FOCAL_POINT = ("focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height")
IS_COUNTING = "Gerade wird noch gezählt, was Seiten zeigen. Bitte versuchen Sie es in einer Minute noch einmal."
MOVES = "Dieses Bild bewegt sich. Bitte ersetzen Sie es durch eines, das stillsteht."
BROKEN = "Die Datei des Bildes fehlt oder ist beschädigt. Bitte laden Sie das Bild neu hoch."


@transaction.atomic
def shrink(image: AcademyImage, *, by: User) -> None:
    """Put a smaller file in the place of a picture's own; its sizes are made anew. NotPossible when it cannot be read.

    The new file has no notes of the camera any more.
    """
    locked = AcademyImage.objects.select_for_update().get(pk=image.pk)
    old, longest = locked.file, max(locked.width, locked.height)
    try:
        content, ending = _smaller(locked)
    except (OSError, SyntaxError, ValueError) as error:
        raise NotPossible(BROKEN) from error
    locked.file = ContentFile(content, name=f"{locked.own_name.rsplit('.', 1)[0]}.{ending}")
    for name in FOCAL_POINT:
        if value := getattr(locked, name):
            setattr(locked, name, round(value * max(locked.width, locked.height) / longest))
    locked._set_image_file_metadata()
    locked.save()
    log(instance=locked, action="files.shrink", user=by)
    transaction.on_commit(lambda: old.storage.delete(old.name))


def _smaller(image: AcademyImage) -> tuple[bytes, str]:
    """Return a picture's content with its longest side at `SMALLER_EDGE` at most, and how its name ends."""
    with image.open_file() as file, Pillow.open(file) as original:
        if getattr(original, "is_animated", False):
            raise NotPossible(MOVES)
        picture = ImageOps.exif_transpose(original)
        profile = original.info.get("icc_profile")
    picture.thumbnail((SMALLER_EDGE, SMALLER_EDGE))
    clear = picture.has_transparency_data
    picture = picture.convert("RGBA" if clear else "RGB")
    picture.info.clear()  # notes of the camera and of other programs
    content = BytesIO()
    picture.save(content, "WEBP" if clear else "JPEG", quality=85, **({"icc_profile": profile} if profile else {}))
    return content.getvalue(), "webp" if clear else "jpg"


@transaction.atomic
def mark_accessible(document: AcademyDocument, *, by: User) -> None:
    """Note that somebody has checked a document and found no barrier."""
    locked = AcademyDocument.objects.select_for_update().get(pk=document.pk)
    if not locked.accessible:
        locked.accessible = True
        locked.save()
        log(instance=locked, action="files.accessible", user=by)


@transaction.atomic
def delete_unused(chosen: Iterable[tuple[str, int]], *, by: User) -> int:
    """Delete those of these files ("bild" or "dokument", and the primary key) that nothing shows; return how many.

    NotPossible while Wagtail has not noted yet what all pages show.
    """
    if queries.is_counting():
        raise NotPossible(IS_COUNTING)
    chosen = list(chosen)
    count = 0
    for kind, model in queries.MEDIA.items():
        for thing in queries.unused(model).filter(pk__in=[pk for of, pk in chosen if of == kind]):
            log(instance=thing, action="wagtail.delete", user=by, deleted=True)
            thing.delete()
            count += 1
    return count


# -- uploads that nobody finished -------------------------------------------------------------------------------------
def unfinished_uploads() -> QuerySet[UploadedFile]:
    """Return what came in by "add several" some time ago and never got its rights. Only the file knows its age."""
    limit = timezone.now() - queries.KEPT_UNFINISHED
    return UploadedFile.objects.filter(pk__in=[one.pk for one in UploadedFile.objects.all() if _is_older(one, limit)])


def _is_older(upload: UploadedFile, limit: Any) -> bool:
    try:
        return upload.file.storage.get_modified_time(upload.file.name) < limit
    except FileNotFoundError:
        return True


def forget_uploads(uploads: QuerySet[UploadedFile]) -> None:
    """Delete them, with their files."""
    for upload in uploads:
        upload.file.delete(save=False)
        upload.delete()
