"""What files keeps about people: who uploaded a picture or a document."""

from collections.abc import Iterator
from functools import partial

from wagtail.documents.models import Document
from wagtail.images.models import Image

from akademie.core.contributions import ErasureLine, ExportPart, Fate, Subject
from akademie.files.models import AcademyDocument, AcademyImage

MODELS = (AcademyImage, AcademyDocument, Image, Document)
UPLOADED = (
    ("Bilder, die Sie hochgeladen haben", AcademyImage),
    ("Dokumente, die Sie hochgeladen haben", AcademyDocument),
)


def export(subject: Subject) -> Iterator[ExportPart]:
    """Yield what somebody of the office uploaded, with the files."""
    if subject.user is None:
        return
    for title, model in UPLOADED:
        rows = model._default_manager.filter(uploaded_by_user=subject.user).order_by("pk")
        yield ExportPart(
            title,
            ({"Titel": row.title, "Hochgeladen": row.created_at, "Rechte": row.licence}
             for row in rows.iterator(chunk_size=500)),
            ((row.file.name, partial(row.file.storage.open, row.file.name)) for row in rows.iterator(chunk_size=500)),
        )  # fmt: skip


def preview(subject: Subject) -> Iterator[ErasureLine]:
    """Yield how many stay."""
    if subject.user is None:
        return
    count = sum(model._default_manager.filter(uploaded_by_user=subject.user).count() for _, model in UPLOADED)
    if count:
        what = "1 Bild oder Dokument" if count == 1 else f"{count} Bilder und Dokumente"
        why = "Sie stehen auf Seiten der Akademie. Wer sie hochgeladen hat, steht dann nicht mehr dabei."
        yield ErasureLine(Fate.ANONYMISED, f"{what}, die Sie hochgeladen haben", why)


def erase(subject: Subject) -> None:
    """Nothing to do: the person goes with the account (`on_delete=SET_NULL`)."""
