"""What somebody has sent while the sign-in or the second factor was still to come: kept in this browser's session.

Afterwards they press once more, see `views.resume`; nothing is sent without them. Without any text in it only the page
is remembered that the form stood on: an address that takes what is sent need not be one that can be opened.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

KEY = "kept_form"  # in the session
KEPT_SECONDS = 3600
MOST_SIGNS = 60_000  # of all fields together
NEVER = ("csrf", "pass", "code", "secret", "challenge")  # parts of names: what opens doors, what is no text


@dataclass(frozen=True)
class KeptForm:
    """A form that was sent too early."""

    path: str  # where it was sent to
    page: str  # where it stood; empty when the browser does not say
    fields: list[tuple[str, str]]  # none: there was no text in it, or too much
    person: int | None  # who was signed in

    @property
    def texts(self) -> list[str]:
        """What people recognise it by."""
        return [text for _name, text in self.fields if _is_text(text)]


def keep(request: HttpRequest) -> str:
    """Keep what was sent, and return the address that leads back to it."""
    back, page, fields = reverse("accounts:resume"), page_before(request), _fields(request)
    if not fields and settings.SESSION_COOKIE_NAME not in request.COOKIES:  # never been here: no session for nothing
        return back
    request.session[KEY] = {
        "path": request.get_full_path(),
        "page": "" if page == back else page,  # else it would lead to itself
        "fields": fields,
        "person": request.user.pk,
        "at": time.time(),
    }
    if fields and not request.user.is_authenticated:
        request.session.set_expiry(KEPT_SECONDS)  # until they sign in: the session goes with what is kept in it
    return back


def _fields(request: HttpRequest) -> list[tuple[str, str]]:
    given = [(name, value) for name, values in request.POST.lists() for value in values]
    fields = [(name, value) for name, value in given if not any(part in name.lower() for part in NEVER)]
    is_small = sum(len(name) + len(value) for name, value in fields) <= MOST_SIGNS
    return fields if is_small and any(_is_text(value) for _name, value in fields) else []


def _is_text(value: str) -> bool:
    return " " in value.strip()


def kept_in(request: HttpRequest) -> KeptForm | None:
    """Return what is kept for whoever is here; None for nothing, or after an hour."""
    kept: dict[str, Any] | None = request.session.get(KEY)
    if kept is None or time.time() - kept["at"] > KEPT_SECONDS:
        return None
    found = KeptForm(kept["path"], kept["page"], [(name, value) for name, value in kept["fields"]], kept["person"])
    is_strange = request.user.is_authenticated and found.person not in (None, request.user.pk)
    return None if is_strange else found


def forget(request: HttpRequest) -> None:
    """Forget it when it is sent once more, or when its hour is over."""
    kept = request.session.get(KEY)
    if kept is not None and (kept["path"] == request.get_full_path() or time.time() - kept["at"] > KEPT_SECONDS):
        del request.session[KEY]


def page_before(request: HttpRequest) -> str:
    """Return the page of ours that led here, as the browser says; empty when it does not."""
    before = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(before, {request.get_host()}, request.is_secure()):
        return ""
    parts = urlsplit(before)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
