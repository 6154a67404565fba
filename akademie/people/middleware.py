"""Asks who acts, before a shared account does anything."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from akademie.accounts import kept_form
from akademie.people import acting


class ActingAs:
    """Keeps the name of whoever acts with a shared account, and asks for it first on pages that need a sign-in.

    Without a session cookie nothing is looked at, so that public pages stay the same for everyone.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request with the name at hand."""
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return self.get_response(request)
        token = acting.begin(request.session)
        try:
            return self.get_response(request)
        finally:
            acting.end(token)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponseBase | None:
        """Lead to the question who acts, unless the page is for everyone or the question itself."""
        if getattr(view, "access", "") == "public" or getattr(view, "asks_who_acts", False):
            return None
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or not acting.is_missing(request.session):
            return None
        onward = request.get_full_path() if request.method in ("GET", "HEAD") else kept_form.keep(request)
        return redirect(f"{reverse('people:who_acts')}?{urlencode({'weiter': onward})}")
