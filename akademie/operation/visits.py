"""Visits counted without cookies: in memory, and every few seconds into the database by a thread of its own.

A request costs no write. The thread lives only while there is something to write. A process that ends in order writes
what it holds; one that is killed loses the last `REST` seconds. Addresses stay in memory until then, never longer.
"""

import logging
import re
import threading
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connections
from django.http import HttpRequest
from django.utils import timezone

from akademie.core import limits
from akademie.operation.actions.visits import MOST_PAGES, Page, add_visits

log = logging.getLogger(__name__)
REST = 10.0  # seconds between two writes
HURRY = 2.5  # seconds that the end of a process waits for the last write
MOST_WAITING = 5000  # visitors and pages in memory; only reached while the database does not answer
LONGEST_NAME = 400  # characters of what a browser calls itself
PUBLIC_PARTS = {"slug", "ags", "path"}  # parts of addresses that may be kept; others may be secret links
HOST = re.compile(r"(?=.{4,100}$)[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z][a-z0-9-]+")  # a name, not an address of a machine


@dataclass
class Batch:
    """What was counted on a day since the last write."""

    pages: Counter[Page] = field(default_factory=Counter)
    referrers: Counter[str] = field(default_factory=Counter)
    visitors: set[str] = field(default_factory=set)


class Collector:
    """Takes in visits of a process and writes them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: dict[date, Batch] = {}
        self._writer: threading.Thread | None = None
        self._hurry = threading.Event()

    def count(self, request: HttpRequest) -> None:
        """Count a page that somebody has opened."""
        page, referrer = page_of(request), referrer_of(request)
        visitor = f"{limits.sender(request)}\n{browser_name(request)}"
        with self._lock:
            batch = self._waiting.setdefault(timezone.localdate(), Batch())
            if page in batch.pages or len(batch.pages) < MOST_PAGES:
                batch.pages[page] += 1
            if referrer and (referrer in batch.referrers or len(batch.referrers) < MOST_PAGES):
                batch.referrers[referrer] += 1
            if len(batch.visitors) < MOST_WAITING:
                batch.visitors.add(visitor)
            if self._writer is None or not self._writer.is_alive():  # not alive: in the child of a fork
                self._hurry.clear()
                self._writer = threading.Thread(target=self._write, name="visits", daemon=True)
                self._writer.start()

    def flush(self) -> None:
        """Have everything written now, as far as the database answers."""
        writer = self._writer
        if writer is not None and writer.is_alive():
            self._hurry.set()
            writer.join(HURRY)

    def _write(self) -> None:
        told = False
        while True:
            hurried = self._hurry.wait(REST)
            waiting = self._take()
            if not waiting:
                return
            try:
                for day in list(waiting):
                    batch = waiting[day]
                    add_visits(day, batch.pages, batch.referrers, batch.visitors)
                    del waiting[day]
                told = False
            except Exception as error:
                if not told:  # once, and without a trace: the database itself is in the list of errors already
                    log.warning("Visits wait for the database: %s", type(error).__name__)
                told = True
                self._put_back(waiting)
            finally:
                connections.close_all()
            if hurried:
                return

    def _take(self) -> dict[date, Batch]:
        with self._lock:
            waiting, self._waiting = self._waiting, {}
            if not waiting:
                self._writer = None  # under the lock: whoever comes next starts another
            return waiting

    def _put_back(self, waiting: dict[date, Batch]) -> None:
        with self._lock:
            for day, before in waiting.items():
                batch = self._waiting.setdefault(day, Batch())
                batch.pages += before.pages
                batch.referrers += before.referrers
                batch.visitors |= before.visitors


collector = Collector()


def browser_name(request: HttpRequest) -> str:
    """Return what the browser calls itself."""
    return request.META.get("HTTP_USER_AGENT", "")[:LONGEST_NAME]


def page_of(request: HttpRequest) -> Page:
    """Return area and path of a page: ("praxis", "/praxis/seelow-mitte/"); of a secret link, the area alone."""
    area = request.path.split("/", 2)[1][:60]
    match = request.resolver_match
    known = match is not None and match.kwargs.keys() <= PUBLIC_PARTS
    return area, request.path[:300] if known else f"/{area}/"


def referrer_of(request: HttpRequest) -> str:
    """Return the name of the site that somebody comes from; empty for our own, for none and for what is no name."""
    referer = request.META.get("HTTP_REFERER", "")
    if not referer or referer.startswith(settings.SITE_URL):
        return ""
    try:
        host = (urlsplit(referer[:2000]).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    own = request.get_host().partition(":")[0].removeprefix("www.")
    return host if host != own and HOST.fullmatch(host) else ""
