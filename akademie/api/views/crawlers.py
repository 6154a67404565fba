"""What search engines ask for: which addresses there are, and which they should leave alone."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from xml.sax.saxutils import escape

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.views.decorators.http import require_safe

from akademie.api.endpoint import endpoint
from akademie.api.exports import blocks
from akademie.api.problems import Problem
from akademie.api.queries import Collection, collections
from akademie.core.access import public
from akademie.core.contributions import fixed_pages, navigation
from akademie.core.open_data import absolute

PER_FILE = 50_000  # addresses that one file may hold
NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
# What need not be walked: what asks for a sign-in, forms, every choice of every list, and what the files hold too.
# All that is public stands in the sitemap.
LEFT_ALONE = (
    "/geschaeftsstelle/", "/anmelden/", "/konto/", "/mein-bereich/", "/inhalt-melden/",
    "/austausch/frage/", "/*?", "/api/v1/",
)  # fmt: skip
READABLE = "/api/v1/docs"
Address = tuple[str, datetime | None]  # path, and when it last changed


@public
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Say what need not be read, and where all addresses are."""
    rules = [f"Allow: {READABLE}", *(f"Disallow: {path}" for path in LEFT_ALONE)]
    text = "\n".join(["User-agent: *", *rules, "", f"Sitemap: {absolute('/sitemap.xml')}", ""])
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@endpoint(points=20)
def sitemap(request: HttpRequest) -> HttpResponseBase:
    """Answer all public addresses; beyond what one file may hold, the list of the files."""
    count = sum(1 for _address in _addresses())
    if count <= PER_FILE:
        return _file(0)
    files = range(1, -(-count // PER_FILE) + 1)
    listed = "".join(f"<sitemap><loc>{absolute(f'/sitemap-{number}.xml')}</loc></sitemap>\n" for number in files)
    text = f"{HEAD}<sitemapindex {NAMESPACE}>\n{listed}</sitemapindex>\n"
    return HttpResponse(text, content_type="application/xml")


@endpoint(points=20)
def sitemap_file(request: HttpRequest, number: int) -> HttpResponseBase:
    """Answer one of several files of addresses."""
    answer = _file(number - 1) if number else None
    if answer is None or next(islice(_addresses(), (number - 1) * PER_FILE, None), None) is None:
        raise Problem(404, "Diese Datei gibt es nicht. Alle Adressen stehen unter /sitemap.xml.")
    return answer


def _file(number: int) -> StreamingHttpResponse:
    return StreamingHttpResponse(blocks(_lines(number)), content_type="application/xml")


def _lines(number: int) -> Iterator[bytes]:
    yield f"{HEAD}<urlset {NAMESPACE}>\n".encode()
    for path, changed_at in islice(_addresses(), number * PER_FILE, (number + 1) * PER_FILE):
        changed = f"<lastmod>{changed_at.date().isoformat()}</lastmod>" if changed_at else ""
        yield f"<url><loc>{escape(absolute(path))}</loc>{changed}</url>\n".encode()
    yield b"</urlset>\n"


def _pages() -> list[str]:
    """Return the pages that are no objects: start, lists, what the frame leads to."""
    links = [link.url for link in navigation if link.place != "desk"]
    kinds = [collection.kind.list_url for collection in collections().values() if collection.kind.list_url]
    fixed = [path for area in fixed_pages for path in area.paths()]
    own = ["/", *links, *kinds, *fixed, "/daten/nutzung/"]
    return [*dict.fromkeys(path for path in own if not path.startswith(LEFT_ALONE)), READABLE]


def _addresses() -> Iterator[Address]:
    pages = _pages()
    yield from ((path, None) for path in pages)
    for collection in collections().values():
        yield from (address for address in _of(collection) if address[0] not in pages)


def _of(collection: Collection) -> Iterator[Address]:
    rows = collection.visible().order_by("pk")
    if not collection.data:
        yield from ((entry.url, entry.date) for _pk, entry in collection.kind.entries(rows))  # type: ignore[misc]
        return
    columns = (collection.lookup, *([collection.changed] if collection.is_dated else []))
    for name, *changed_at in rows.values_list(*columns).iterator(chunk_size=2000):
        yield collection.data.address.format(name), changed_at[0] if changed_at else None
