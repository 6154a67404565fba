"""How calendar files are answered: not sent again while they are the same."""

import hashlib
import time
from collections.abc import Callable, Iterable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from akademie.core.calendars import TYPE, as_calendar
from akademie.core.contributions import PersonalDate


def calendar_file(
    request: HttpRequest,
    *,
    name: str,
    filename: str,
    seen: Iterable[object],
    dates: Callable[[], Iterable[PersonalDate]],
    changed: int = 0,
) -> HttpResponseBase:
    """Answer a calendar. `seen` is what its dates depend on: they are read only when it is new.

    `changed` is the second since 1970 of the last change; one that still runs is not told, more may change within it.
    """
    told = "\0".join(map(str, (name, *seen)))
    etag = f'"{hashlib.sha256(told.encode()).hexdigest()[:24]}"'
    second = changed if 0 < changed < int(time.time()) else None
    answer = get_conditional_response(request, etag, second)
    if answer is None:
        answer = HttpResponse(as_calendar(name, dates()), content_type=TYPE)
        answer["Content-Disposition"] = f'attachment; filename="{filename}"'
    answer["ETag"] = etag
    if second:
        answer["Last-Modified"] = http_date(second)
    answer["Cache-Control"] = "no-cache"  # ask again each time; unchanged answers cost next to nothing
    return answer
