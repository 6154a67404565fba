"""What happens to every request, beside Django's own."""

from collections.abc import Callable
from typing import Any

from csp.utils import build_policy
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed

from akademie.core import stamps
from akademie.core.access import SignInFirst
from akademie.core.views import public

GetResponse = Callable[[HttpRequest], HttpResponseBase]
# Packages whose views check access themselves; ours declare it.
SELF_CHECKING = ("wagtail.", "django.")
DEBUG_PAGES = (404, 500)  # Django's own with DEBUG, which carry their styles and scripts in them


def keep_stamps(get_response: GetResponse) -> GetResponse:
    """Read the stamps at most once per request."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        with stamps.once():
            return get_response(request)

    return middleware


def explain_refused_methods(get_response: GetResponse) -> GetResponse:
    """Give Django's empty answer 405 a page; machines read its status and `Allow` as before."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        answer = get_response(request)
        if isinstance(answer, HttpResponseNotAllowed) and not answer.content:
            page = public.not_allowed(request)
            page["Allow"] = answer["Allow"]
            return page
        return answer

    return middleware


class ContentSecurityPolicy:
    """The strict policy everywhere, the back office's own below its address; a view's own policy stays.

    django-csp words them, once per process and not with each answer as its middleware does: no page uses a nonce.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.strict = build_policy()
        self.preview = build_policy(replace={"frame-ancestors": ["'self'"]})
        self.back_office = build_policy(replace=settings.CONTENT_SECURITY_POLICY_BACK_OFFICE)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Choose the policy by address."""
        answer = self.get_response(request)
        policy = self.strict
        if request.path.startswith(settings.BACK_OFFICE_PREFIX):
            policy = self.back_office
        elif getattr(request, "is_preview", False):  # Wagtail draws a page in the frame beside its form
            policy = self.preview
        if not (settings.DEBUG and answer.status_code in DEBUG_PAGES):
            answer.headers.setdefault("Content-Security-Policy", policy)
        answer.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        return answer


class DeclaredAccess:
    """A view of ours that declares nothing is for signed-in people only; guests are led to the sign-in."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponseBase | None:
        """Lead guests of an undeclared view to the sign-in."""
        if hasattr(view, "access") or view.__module__.startswith(SELF_CHECKING) or request.user.is_authenticated:
            return None
        return _to_sign_in(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        """Lead a guest who asked for something personal to the sign-in."""
        return _to_sign_in(request) if isinstance(exception, SignInFirst) else None


def _to_sign_in(request: HttpRequest) -> HttpResponseBase:
    """Lead to the sign-in. Whoever sends a form was signed in when they got its page, and is told what happened."""
    answer = redirect_to_login(request.get_full_path())
    if request.method == "POST":
        answer["Location"] += "&abgemeldet=1"
    return answer
