"""Files that people add to their answers: what is taken in, and how it is handed out again.

They lie in a folder that no address leads to, under a name that says nothing. `deliver` hands one out; who may have it
is the question of the area whose answers they are.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import FileResponse, Http404

from akademie.core.forms import clean_text
from akademie.files.forms import BEGINNINGS
from akademie.questionnaires.models import Answer

MOST_BYTES = 10 * 1024 * 1024
MOST_MB = MOST_BYTES // 1024**2
HEAD = 1024
# How a file of each kind begins; text has no beginning, but it has no NUL.
TAKEN = {
    **{kind: BEGINNINGS[kind] for kind in ("pdf", "docx", "odt", "xlsx", "ods")},
    "jpg": b"\xff\xd8\xff", "jpeg": b"\xff\xd8\xff", "png": b"\x89PNG", "csv": b"", "txt": b"",
}  # fmt: skip
KINDS = "PDF, DOCX, ODT, XLSX, ODS, CSV, TXT, JPG oder PNG"


def check(file: UploadedFile) -> UploadedFile:
    """Return the file; ValidationError for what is too large, empty, of another kind, or not what its name says."""
    kind = (file.name or "").rsplit(".", 1)[-1].lower()
    if kind not in TAKEN:
        raise ValidationError(f"Diese Art von Datei nehmen wir nicht. Bitte speichern Sie sie als {KINDS}.")
    if (file.size or 0) > MOST_BYTES:
        raise ValidationError(f"Die Datei ist größer als {MOST_MB} MB. Bitte verkleinern Sie sie.")
    file.seek(0)
    begins = file.read(HEAD)
    file.seek(0)
    if not begins:
        raise ValidationError("Die Datei ist leer. Bitte wählen Sie eine andere.")
    start = TAKEN[kind]
    if (start not in begins) if start else (b"\0" in begins):
        raise ValidationError(
            f"Die Datei endet auf .{kind}, ist aber beschädigt oder etwas anderes. Bitte öffnen Sie sie und speichern "
            "Sie sie neu."
        )
    return file


def described(file: Any) -> dict[str, Any]:
    """Return what an answer says of its file: name and size in bytes."""
    return {"name": clean_text((file.name or "datei").replace("\\", "/").rsplit("/", 1)[-1], 120), "size": file.size}


def in_words(value: Any) -> str:
    """Return a file's name and size as people read it: "plan.pdf (1,2 MB)"."""
    size = value["size"] / 1024**2
    return f"{value['name']} ({f'{size:.1f}'.replace('.', ',')} MB)" if size >= 0.1 else value["name"]


def drop(name: str) -> None:
    """Delete a file that no answer has any more, once that is certain."""
    transaction.on_commit(lambda: default_storage.delete(name))


def deliver(answer: Answer) -> FileResponse:
    """Hand out the file of an answer as a download that no cache keeps; 404 when there is none."""
    try:
        file = answer.file.open("rb")
    except (OSError, ValueError):
        raise Http404 from None
    response = FileResponse(file, as_attachment=True, filename=answer.value["name"])
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
