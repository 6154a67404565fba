"""Redaktion and Leitung set up a second factor, and show it once in every session, before they see the office."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from akademie.accounts import kept_form, queries
from akademie.accounts.views.entrance import has_shown
from akademie.core.access import SignInFirst

OFFICE = "/geschaeftsstelle/"
FOR_EVERYONE = ("public", "signed in")  # what a view of ours declares when no role is needed


class SecondFactorFirst:
    """Leads to the set-up or to the question. Public pages, the account and signing out stay open.

    The session counts, not the sign-in alone: somebody may have got the role, or the factor, after they came in.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on. Whoever comes from the sign-in to an address that only takes forms gets a page."""
        answer = self.get_response(request)
        refused = answer.status_code == 405 and request.method in ("GET", "HEAD") and request.user.is_authenticated
        if refused and kept_form.page_before(request).startswith((reverse("accounts:sign_in"), *_steps())):
            return redirect(settings.LOGIN_REDIRECT_URL)
        return answer

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Keep what a guest has sent: they are led to the sign-in."""
        if isinstance(exception, SignInFirst) and request.method == "POST":
            kept_form.keep(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponseBase | None:
        """Ask before anything of the office opens: the back office, the desk, and whatever asks for a role."""
        if request.method == "POST" and settings.SESSION_COOKIE_NAME in request.COOKIES:
            kept_form.forget(request)
        if not settings.SECOND_FACTOR or not request.user.is_authenticated:
            return None
        asks_for_role = getattr(view, "access", FOR_EVERYONE[0]) not in FOR_EVERYONE
        if not (request.path.startswith(OFFICE) or asks_for_role) or not request.user.is_office:
            return None
        lacks = queries.lacks_second_factor(request.user)
        if not lacks and has_shown(request):
            return None
        first = reverse("accounts:second_factors" if lacks else "accounts:prove")
        onward = kept_form.keep(request) if request.method == "POST" else request.get_full_path()
        return redirect(f"{first}?{urlencode({'next': onward})}")


def _steps() -> tuple[str, str]:
    return reverse("accounts:prove"), reverse("accounts:second_factors")
