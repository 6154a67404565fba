"""Asking one address whether it still leads somewhere: other servers by core's client, ours without the network."""

from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit
from wsgiref.util import setup_testing_defaults

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import FileResponse
from wagtail.models import Page

from akademie.core.fetch import MEGABYTE, Fetched, FetchFailed, NotAllowed, TooLarge, fetch
from akademie.files.models import AcademyDocument
from akademie.weblinks.models import DOCUMENT, LONGEST, PAGE, WebLink

SECONDS = 10  # for one try; there are two at most
MOST_BYTES = 2 * MEGABYTE  # enough to know that there is something
GONE = (404, 410)
# Sign-in, payment, a refusal of programs, too many requests: a person may well see something there.
REFUSED = (401, 402, 403, 405, 406, 407, 412, 418, 423, 429, 451, 999)
NAME = "Kleinstadtakademie-Linkbot"  # how we call ourselves when we ask ourselves: no reader is counted


class Finding(Enum):
    """What the answer means."""

    FINE = "fine"
    MOVED = "moved"
    GONE = "gone"  # the server says so
    FAILED = "failed"
    REFUSED = "refused"  # nobody knows


@dataclass(frozen=True)
class Answer:
    """What came of asking, in a German sentence."""

    finding: Finding
    words: str = ""
    status: int | None = None
    target: str = ""  # where it has moved for good


def look(link: WebLink) -> Answer:
    """Ask for what a link leads to. Must be called outside of a transaction."""
    if link.url.startswith(PAGE):
        return _page(link.url.removeprefix(PAGE))
    if link.url.startswith(DOCUMENT):
        return _document(link.url.removeprefix(DOCUMENT))
    if link.is_inside:
        return _inside(link.url)
    return _outside(link.url)


# -- other servers ----------------------------------------------------------------------------------------------------
def _outside(url: str) -> Answer:
    """HEAD first; where that is not liked, GET, since many servers know only that."""
    try:
        got = _head(url)
        if got is None or (got.status >= 400 and got.status != 429):
            got = fetch(url, seconds=SECONDS, limit=MOST_BYTES)
    except TooLarge:
        return Answer(Finding.FINE)
    except NotAllowed as refusal:
        return Answer(Finding.REFUSED, str(refusal))
    except FetchFailed as failure:
        return Answer(Finding.FAILED, str(failure))
    return _judged(url, got)


def _head(url: str) -> Fetched | None:
    try:
        return fetch(url, method="HEAD", seconds=SECONDS)
    except NotAllowed:
        raise
    except FetchFailed:
        return None


def _judged(url: str, got: Fetched) -> Answer:
    if got.status in GONE:
        return Answer(Finding.GONE, f"Der Server sagt: Diese Seite gibt es nicht ({got.status}).", got.status)
    if got.status in REFUSED:
        says = f"Der Server lässt Programme nicht nachsehen ({got.status}). Bitte öffnen Sie den Link selbst."
        return Answer(Finding.REFUSED, says, got.status)
    if got.status >= 400:
        return Answer(Finding.FAILED, f"Der Server meldet einen Fehler ({got.status}).", got.status)
    target = _with_fragment(got.moved, url)
    if target and target != url and len(target) <= LONGEST:
        return Answer(Finding.MOVED, "Der Server leitet dauerhaft auf eine andere Adresse um.", got.status, target)
    return Answer(Finding.FINE, "", got.status)


def _with_fragment(target: str, url: str) -> str:
    """Keep the part of the page that a link leads to."""
    _address, mark, fragment = url.partition("#")
    return f"{target}{mark}{fragment}" if target else ""


# -- ours -------------------------------------------------------------------------------------------------------------
def _inside(url: str) -> Answer:
    address = url.removeprefix(settings.SITE_URL).partition("#")[0] or "/"
    path, _mark, query = address.partition("?")
    status, location = ask_ourselves(path, query)
    target = _with_fragment(location.removeprefix(settings.SITE_URL), url)
    if status in GONE:
        return Answer(Finding.GONE, f"Diese Seite gibt es bei uns nicht ({status}).", status)
    if status >= 400:
        return Answer(Finding.FAILED, f"Unsere Seite meldet einen Fehler ({status}).", status)
    if status in (301, 308) and target and target.partition("#")[0] != address:
        return Answer(Finding.MOVED, "Die Seite steht bei uns jetzt unter einer anderen Adresse.", status, target)
    return Answer(Finding.FINE, "", status)


@cache
def _site() -> WSGIHandler:
    return WSGIHandler()


def ask_ourselves(path: str, query: str) -> tuple[int, str]:
    """Return the status with which our own site answers a guest, and where it leads on; no network is needed."""
    site = urlsplit(settings.SITE_URL)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "HEAD", "PATH_INFO": unquote_to_bytes(path).decode("latin-1"), "QUERY_STRING": query,
        "HTTP_HOST": site.netloc, "wsgi.url_scheme": site.scheme, "HTTP_X_FORWARDED_PROTO": site.scheme,
        "HTTP_USER_AGENT": NAME,
    }  # fmt: skip
    setup_testing_defaults(environ)
    response = _site().get_response(WSGIRequest(environ))
    # Its `close` would say that a request has ended, and the connection to the database with it.
    if isinstance(response, FileResponse) and response.file_to_stream is not None:
        response.file_to_stream.close()
    return response.status_code, response.get("Location", "")


def _page(key: str) -> Answer:
    page = Page.objects.filter(pk=key).only("title", "live").first() if key.isdigit() else None
    if page is None:
        return Answer(Finding.GONE, "Die gewählte Seite ist gelöscht.")
    if not page.live:
        return Answer(Finding.GONE, f"Die gewählte Seite „{page.title[:200]}“ ist nicht veröffentlicht.")
    return Answer(Finding.FINE, f"Seite „{page.title[:200]}“")


def _document(key: str) -> Answer:
    document = AcademyDocument.objects.filter(pk=key).only("title", "file").first() if key.isdigit() else None
    if document is None:
        return Answer(Finding.GONE, "Das gewählte Dokument ist gelöscht.")
    if not document.file.storage.exists(document.file.name):
        return Answer(Finding.GONE, f"Die Datei des Dokuments „{document.title[:200]}“ fehlt.")
    return Answer(Finding.FINE, f"Dokument „{document.title[:200]}“")
