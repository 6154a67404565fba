"""Which programs are no readers: by a list that others keep well, and by what browsers always say.

The list is crawler-user-agents (MIT), some 1,500 patterns; a name is looked at once per process and then remembered.
"""

from functools import lru_cache

from crawleruseragents import is_crawler
from django.http import HttpRequest


def get_ready() -> None:
    """Compile the patterns now, before the fork, once for all processes."""
    is_crawler("Mozilla/5.0")


@lru_cache(maxsize=2000)
def is_robot(name: str) -> bool:
    """Whether a program that calls itself so is no browser with a person before it."""
    return not name.startswith(("Mozilla/", "Opera/")) or is_crawler(name)


def reads(request: HttpRequest, name: str) -> bool:
    """Whether a person's browser of this name opens a page by this: no robot, nothing in advance, no part of a page."""
    meta = request.META
    return (
        request.method == "GET"
        and bool(meta.get("HTTP_ACCEPT_LANGUAGE"))  # every browser names languages, few robots do
        and "HTTP_HX_REQUEST" not in meta
        and "prefetch" not in (meta.get("HTTP_SEC_PURPOSE") or meta.get("HTTP_PURPOSE") or meta.get("HTTP_X_MOZ", ""))
        and meta.get("HTTP_SEC_FETCH_DEST", "document") == "document"
        and not is_robot(name)
    )


def objects(request: HttpRequest) -> bool:
    """Whether the browser asks not to be counted: Do Not Track, or Global Privacy Control."""
    return request.META.get("HTTP_DNT") == "1" or request.META.get("HTTP_SEC_GPC") == "1"
