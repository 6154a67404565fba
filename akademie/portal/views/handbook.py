"""The handbook: for everybody under `/hilfe/`, for the office at its desk.

Both books are shown by the same templates, whose links are relative to the page.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from akademie.core.access import public, requires
from akademie.portal import handbook

SECTIONS = {handbook.TOWNS: "", handbook.OFFICE: "geschaeftsstelle"}


@public
@require_safe
def help_contents(request: HttpRequest) -> HttpResponse:
    """List the task cards for everybody."""
    return _contents(request, handbook.TOWNS)


@public
@require_safe
def help_card(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one of them."""
    return _card(request, handbook.TOWNS, slug)


@public
@require_safe
@cache_control(public=True, max_age=86400)
def help_picture(request: HttpRequest, slug: str) -> HttpResponse:
    """Give its picture."""
    return _picture(handbook.TOWNS, slug)


@requires("portal.see_desk")
@require_safe
def office_contents(request: HttpRequest) -> HttpResponse:
    """List the task cards of the office."""
    return _contents(request, handbook.OFFICE)


@requires("portal.see_desk")
@require_safe
def office_card(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one of them."""
    return _card(request, handbook.OFFICE, slug)


@requires("portal.see_desk")
@require_safe
def office_picture(request: HttpRequest, slug: str) -> HttpResponse:
    """Give its picture."""
    return _picture(handbook.OFFICE, slug)


def _contents(request: HttpRequest, key: str) -> HttpResponse:
    context = {"section": SECTIONS[key], "book": handbook.book(key), "for_office": key == handbook.OFFICE}
    return render(request, "portal/public/handbook.html", context)


def _card(request: HttpRequest, key: str, slug: str) -> HttpResponse:
    context = {"section": SECTIONS[key], "card": _found(key, slug), "trail": [(handbook.book(key).title, "../")]}
    return render(request, "portal/public/handbook_card.html", context)


def _picture(key: str, slug: str) -> HttpResponse:
    return HttpResponse(_found(key, slug).picture.read_bytes(), content_type="image/webp")


def _found(key: str, slug: str) -> handbook.Card:
    found = handbook.book(key).card(slug)
    if found is None:
        raise Http404
    return found
