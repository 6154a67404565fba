"""What all ways in share: where they lead, and that the second factor is asked after each of them."""

import time
from typing import cast

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.account.stages import LoginStageController
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme

from akademie.accounts.models import User
from akademie.accounts.stages import SecondFactor

PROVED = "proved_at"  # key in the session: when this person last showed the second factor
PROVED_FOR = 15 * 60  # seconds


def own_path(request: HttpRequest, path: str) -> str:
    """Return the path if it is one of this site, else nothing: a link must not lead away."""
    return path if url_has_allowed_host_and_scheme(path, {request.get_host()}, request.is_secure()) else ""


def enter(request: HttpRequest, user: User, method: str, next_path: str = "") -> HttpResponse:
    """Sign somebody in who has shown to be this person; the second factor comes first where there is one."""
    record_authentication(request, user, method)
    request.session.set_expiry(None)  # as long as every sign-in, see `kept_form`
    going = Login(user=user, redirect_url=own_path(request, next_path) or None)  # else to Mein Bereich
    return cast(HttpResponse, perform_login(request, going))


def waiting_stage(request: HttpRequest) -> SecondFactor | None:
    """Return the second step of a sign-in that has begun in this browser, while it waits: 15 minutes."""
    return cast(SecondFactor | None, LoginStageController.enter(request, SecondFactor.key))


def note_proof(request: HttpRequest) -> None:
    """Remember that the second factor was shown just now."""
    request.session[PROVED] = time.time()


def has_shown(request: HttpRequest) -> bool:
    """Whether the second factor was shown in this session at all: for the office."""
    return PROVED in request.session


def has_proved(request: HttpRequest) -> bool:
    """Whether the second factor was shown a short time ago: for changes to the ways in."""
    return bool(time.time() - request.session.get(PROVED, 0) < PROVED_FOR)
