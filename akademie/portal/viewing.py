"""*Ansehen als*: the Leitung sees the site as somebody else does, for half an hour, without being able to do anything.

Shown is what is public, and of the rest only what declares itself `viewable`. The office and anybody's account are not.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from akademie.accounts.models import Role, User

SESSION_KEY = "viewing_as"
LASTS = timedelta(minutes=30)
NOT_SHOWN = ("/konto/", "/anmelden/", "/geschaeftsstelle/")
ONLY_LOOKING = {"GET", "HEAD", "OPTIONS"}


def begin(request: HttpRequest, person: User) -> None:
    """Remember in the session whom the Leitung looks as, and until when."""
    request.session[SESSION_KEY] = {"person": person.pk, "until": (timezone.now() + LASTS).isoformat()}


def end(request: HttpRequest) -> None:
    """Forget it."""
    request.session.pop(SESSION_KEY, None)


class ViewingAs:
    """Puts the viewed person in the place of the Leitung, and refuses whatever is more than looking."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Exchange the person for whoever looks at them; guests cost nothing."""
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            lead = request.user
            request.user = cast(User, SimpleLazyObject(lambda: self._person(request, lead)))  # asked by who needs it
        return self.get_response(request)

    def _person(self, request: HttpRequest, lead: Any) -> Any:
        kept = request.session.get(SESSION_KEY)
        if kept is None:
            return lead
        person = User.objects.filter(pk=kept["person"], is_active=True).first()
        over = datetime.fromisoformat(kept["until"]) < timezone.now()
        if over or person is None or not lead.is_active or getattr(lead, "role", "") != Role.LEAD:
            end(request)
            return lead
        request.viewed_by = lead  # type: ignore[attr-defined]
        request.frame_notice = {  # type: ignore[attr-defined]
            "text": f"Sie sehen die Akademie als {person}. Tun können Sie dabei nichts.",
            "button": "Beenden",
            "url": reverse("portal:stop_viewing"),
        }
        return person

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Refuse what is not shown, and every form but the one that ends it."""
        only_looks = request.method in ONLY_LOOKING
        if (only_looks and _is_shown(request.path, view)) or getattr(view, "ends_viewing", False):
            return None
        if not request.user.is_authenticated or not hasattr(request, "viewed_by"):
            return None
        return render(request, "portal/office/viewing_refused.html", {"hidden": only_looks}, status=403)


def _is_shown(path: str, view: Any) -> bool:
    """A view that says nothing is hidden: a new area decides to show something, it cannot forget to hide it."""
    return getattr(view, "viewable", False) or (
        getattr(view, "access", "") == "public" and not path.startswith(NOT_SHOWN)
    )
