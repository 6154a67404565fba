"""Our own copies of documents of others, kept while their link still works, shown when it does not any more.

Only where a record names a licence of the closed list (`licences`). A PDF must be passive; a web page is kept without
scripts. Copies lie in a folder of the uploads that no address leads to, and go into the backup with these.
"""

import hashlib
import re

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.html import escape

from akademie.core import stamps
from akademie.core.fetch import MEGABYTE, Fetched, FetchFailed, fetch
from akademie.weblinks import pdf
from akademie.weblinks.licences import allows_copy
from akademie.weblinks.models import RENEWED, ArchivedCopy, WebLink
from akademie.weblinks.points import DocumentElsewhere, linked_records

STAMP = "links"  # changes with what is offered instead of a broken link
MOST_BYTES = 20 * MEGABYTE
SECONDS = 60
PDF, PAGE = "application/pdf", "text/html"
CHARSET = re.compile(r"charset=[\"']?([\w-]+)")


def wanted() -> dict[str, DocumentElsewhere]:
    """Return the documents that we may copy, by their address."""
    return {
        document.address: document
        for area in linked_records
        for document in area.documents()
        if document.address and allows_copy(document.licence)
    }


def is_due(link: WebLink) -> bool:
    """Whether there is no copy of it yet, or an old one."""
    copy = ArchivedCopy.objects.filter(link=link).first()
    return copy is None or copy.fetched_at < timezone.now() - RENEWED


def keep(link: WebLink, document: DocumentElsewhere) -> ArchivedCopy | None:
    """Fetch a document and keep it; None when it cannot be had, is too large, or is not of a safe kind."""
    try:
        got = fetch(link.url, limit=MOST_BYTES, seconds=SECONDS)
    except FetchFailed:
        return None
    contents = _safe(got, document) if got.status == 200 else None
    if contents is None:
        return None
    media_type, data = contents
    values = {
        "media_type": media_type, "size": len(data), "licence": document.licence[:60],
        "source": document.source[:600], "fetched_at": timezone.now(),
    }  # fmt: skip
    with transaction.atomic():
        if not WebLink.objects.select_for_update().filter(pk=link.pk).exists():
            return None  # it has been taken from the site meanwhile
        ArchivedCopy.objects.filter(link=link).delete()
        copy = ArchivedCopy(link=link, **values)
        ending = "pdf" if media_type == PDF else "html"
        copy.file.save(f"{hashlib.sha256(link.digest.encode() + data).hexdigest()[:32]}.{ending}", ContentFile(data))
        stamps.bump(STAMP)
    return copy


def forget_what_is_not_allowed() -> None:
    """Delete copies of documents whose record has gone or names another licence now."""
    allowed = wanted()
    for copy in ArchivedCopy.objects.select_related("link"):
        if copy.link.url not in allowed:
            copy.delete()


def _safe(got: Fetched, document: DocumentElsewhere) -> tuple[str, bytes] | None:
    """Return type and contents of what may be passed on; None for anything that is not surely harmless."""
    if got.body.startswith(b"%PDF-"):
        try:
            return (PDF, got.body) if pdf.is_passive(got.body) else None
        except pdf.NotReadable:
            return None
    given = got.headers.get("content-type", "")
    if document.is_page and given.partition(";")[0].strip().lower() == PAGE:
        return PAGE, _page(got, given)
    return None


def _page(got: Fetched, given: str) -> bytes:
    charset = CHARSET.search(given.lower())
    try:
        text = got.body.decode(charset[1] if charset else "utf-8", "replace")
    except LookupError:
        text = got.body.decode("utf-8", "replace")
    head = f'<!doctype html><html><meta charset="utf-8"><title>{escape(got.url)}</title>'
    import nh3  # only when a page is kept: no process carries it before

    return f"{head}\n{nh3.clean(text)}\n</html>\n".encode()
