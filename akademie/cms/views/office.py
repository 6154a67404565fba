"""The door of the back office."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.http import require_safe

from akademie.core.access import public


@public
@require_safe
def sign_in(request: HttpRequest) -> HttpResponse:
    """Lead to the sign-in by mail link, and from there back."""
    onwards = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(onwards, {request.get_host()}, request.is_secure()):
        onwards = settings.BACK_OFFICE_PREFIX
    return redirect(f"{settings.WAGTAILADMIN_LOGIN_URL}?{urlencode({'next': onwards})}")
