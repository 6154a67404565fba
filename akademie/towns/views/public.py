"""Towns for everyone: the list, the map, the profile; remembering one's own town."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from akademie.core.access import public
from akademie.core.forms import clean_text
from akademie.core.maps import Map, points_json
from akademie.towns import pages, queries
from akademie.towns.models import Town

YEAR = 365 * 24 * 3600
TRAIL = (("Städte", "/staedte/"),)


@public
@require_safe
def town_list(request: HttpRequest) -> HttpResponse:
    """Show the municipalities, found by name or postal code and narrowed; small towns unless all are asked for."""
    listing = pages.listing(request.GET)
    keep = [(key, request.GET.get(key, "")) for key in ("q", "umfang")]
    context = {"section": "staedte", **listing, "rows": pages.rows(listing["selection"].page.pks), "keep": keep}
    return render(request, "towns/public/town_list.html", context)


@public
@require_safe
def town_map(request: HttpRequest) -> HttpResponse:
    """Show the same list as points on a map, with the list's first page beside it."""
    listing = pages.listing(request.GET)
    selection = listing["selection"]
    points_url = f"/staedte/karte/punkte.json?{selection.query}"
    drawn = Map(title="Städte auf der Karte", points=pages.points(listing["found"]), points_url=points_url)
    context = {"section": "staedte", **listing, "rows": pages.rows(selection.page.pks), "map": drawn, "trail": TRAIL}
    return render(request, "towns/public/town_map.html", context)


@public
@require_safe
@cache_control(public=True, max_age=3600)
def town_points(request: HttpRequest) -> HttpResponse:
    """Answer the points of the map for the moving one."""
    return points_json(pages.points(pages.listing(request.GET)["found"]))


@public
@require_safe
def profile(request: HttpRequest, ags: str) -> HttpResponse:
    """Show a municipality with figures, towns like it and what the academy has of it."""
    town = Town.objects.filter(pk=ags).first()
    if town is None:
        raise Http404("Diese Gemeinde steht nicht im Verzeichnis.")
    own = queries.own_town(request)
    return render(
        request,
        "towns/public/profile.html",
        {"section": "staedte", "trail": TRAIL, **pages.profile(request, town, own)},
    )


@public
@require_POST
def remember(request: HttpRequest, ags: str) -> HttpResponse:
    """Remember a town as one's own, in a cookie that holds nothing but its key."""
    town = Town.objects.filter(pk=ags).first()
    if town is None:
        raise Http404
    response = redirect(_back(request) or town.get_absolute_url())
    response.set_cookie(
        queries.OWN_TOWN_COOKIE, town.pk, max_age=YEAR, secure=request.is_secure(), httponly=True, samesite="Lax"
    )
    return response


@public
@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    """Forget one's own town."""
    response = redirect(_back(request) or "/staedte/")
    response.delete_cookie(queries.OWN_TOWN_COOKIE, samesite="Lax")
    return response


def _back(request: HttpRequest) -> str:
    path = clean_text(request.POST.get("weiter", ""), 500)
    return path if url_has_allowed_host_and_scheme(path, {request.get_host()}, request.is_secure()) else ""
