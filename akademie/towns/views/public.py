"""Towns for everyone: the list, the map, the profile; remembering one's own town."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from akademie.core.access import public
from akademie.core.maps import Map, points_json
from akademie.towns import pages, queries

YEAR = 365 * 24 * 3600
SECTION = queries.STAMP
TRAIL = (("Städte", "/staedte/"),)


@public
@require_safe
def town_list(request: HttpRequest) -> HttpResponse:
    """Show the municipalities, found by name or postal code and narrowed; small towns unless all are asked for."""
    context = {"section": SECTION, **pages.listing(request.GET)}
    return render(request, "towns/public/town_list.html", context)


@public
@require_safe
def town_map(request: HttpRequest) -> HttpResponse:
    """Show the same list as points on a map, the list first."""
    listing = pages.listing(request.GET)
    drawn = Map(
        title="Städte auf der Karte",
        points=pages.points(listing["found"]),
        points_url=f"/staedte/karte/punkte.json?{listing['selection'].query}",
    )
    context = {"section": SECTION, "trail": TRAIL, **listing, "map": drawn}
    return render(request, "towns/public/town_map.html", context)


@public
@require_safe
@cache_control(public=True, max_age=3600)
def town_points(request: HttpRequest) -> HttpResponse:
    """Answer the points of the map for the moving one."""
    return points_json(pages.points(queries.selected(request.GET)))


@public
@require_safe
def profile(request: HttpRequest, ags: str) -> HttpResponse:
    """Show a municipality with figures, towns like it and what the academy has of it."""
    town = queries.profile(ags)
    if town is None:
        return _lead_on(request, ags)
    context = {"section": SECTION, "trail": TRAIL, **pages.profile(request, town)}
    return render(request, "towns/public/profile.html", context)


def _lead_on(request: HttpRequest, typed: str) -> HttpResponse:
    """Lead on from an address that is no town."""
    guess = pages.guess(typed[: queries.MAX_TYPED])
    if guess.sure:
        return redirect(guess.sure.url)
    context = {"section": SECTION, "trail": TRAIL, "typed": typed[: queries.MAX_TYPED], "guess": guess}
    context["rows"] = pages.rows(guess.towns)
    return render(request, "towns/public/unknown.html", context, status=404)


@public
@require_POST
def remember(request: HttpRequest, ags: str) -> HttpResponse:
    """Remember a town as one's own, in a cookie that holds nothing but its key."""
    town = queries.profile(ags)
    if town is None:
        return _lead_on(request, ags)
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
    """Return the page of this site that the person came from, if the form says so."""
    path = request.POST.get("weiter", "")[:500]
    return path if path.startswith("/") and url_has_allowed_host_and_scheme(path, None) else ""
