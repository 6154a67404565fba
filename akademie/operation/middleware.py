"""Counting of pages that people read."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from akademie.operation import robots
from akademie.operation.visits import browser_name, collector


def count_visits(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Count each public page that a person has been shown; see `robots` and `visits` for who and what that is."""
    robots.get_ready()

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if response.status_code == 200 and _is_counted(request, response):
            collector.count(request)
        return response

    return middleware


def _is_counted(request: HttpRequest, response: HttpResponseBase) -> bool:
    match = request.resolver_match
    return (
        match is not None
        and getattr(match.func, "access", "") == "public"
        and not hasattr(match.func, "uncounted")
        and not match.route.startswith("geschaeftsstelle/")
        and response.get("Content-Type", "").startswith("text/html")
        and not robots.objects(request)
        and robots.reads(request, browser_name(request))
        and not _is_office(request)
    )


def _is_office(request: HttpRequest) -> bool:
    """Whether somebody of the Geschäftsstelle reads; a guest costs no look into the database."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES and getattr(request.user, "is_office", False)
