"""The door of the back office, and what there is in Leichte Sprache and English."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.http import require_safe

from akademie.cms import queries
from akademie.core.access import public, requires
from akademie.easy.queries import completeness, office_list

PER_PAGE = 50


@public
@require_safe
def sign_in(request: HttpRequest) -> HttpResponse:
    """Lead to the sign-in by mail link, and from there back."""
    onwards = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(onwards, {request.get_host()}, request.is_secure()):
        onwards = settings.BACK_OFFICE_PREFIX
    return redirect(f"{settings.WAGTAILADMIN_LOGIN_URL}?{urlencode({'next': onwards})}")


@requires("cms.see_versions")
@require_safe
def versions(request: HttpRequest) -> HttpResponse:
    """List the versions of pages, old ones marked, and say what must still be explained."""
    pages, easy = queries.figures_of_versions()
    context = {
        "page": Paginator(queries.all_versions(), PER_PAGE).get_page(request.GET.get("seite")),
        "pages": pages, "easy": easy, "completeness": completeness(), "explanations": office_list(),
    }  # fmt: skip
    return render(request, "cms/office/versions.html", context)
