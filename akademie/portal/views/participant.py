"""Mein Bereich: what waits for a person, their dates, their towns, their data."""

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from akademie.accounts.models import User
from akademie.core.access import public, signed_in, viewable
from akademie.core.calendars import as_calendar
from akademie.portal import actions, personal
from akademie.portal.models import CalendarAddress


@viewable
@never_cache
@signed_in
@require_safe
def my_area(request: HttpRequest) -> HttpResponse:
    """Show everything that is for this person."""
    user, viewed = cast(User, request.user), hasattr(request, "viewed_by")
    groups = personal.groups(user, for_office=False, as_viewed=viewed)
    address = CalendarAddress.objects.filter(user=user).first() if not viewed else None
    context = {
        "section": "mein-bereich",
        "viewed": viewed,
        "waiting": personal.urgent(task for group in groups for task in group.tasks),
        "dates": personal.next_dates(user, as_viewed=viewed),
        "tiles": personal.drawn_tiles(user, as_viewed=viewed),
        "links": personal.account_links(),
        "calendar": settings.SITE_URL + reverse("portal:my_calendar", args=[address.word]) if address else "",
    }
    return render(request, "portal/participant/my_area.html", context)


@require_POST
@signed_in
def subscribe(request: HttpRequest) -> HttpResponse:
    """Make a new address for the calendar program, or end it."""
    if "ende" in request.POST:
        actions.end_calendar_address(by=cast(User, request.user))
        messages.success(request, "Die Adresse gilt nicht mehr. Ihr Kalenderprogramm bekommt nichts mehr.")
    else:
        actions.make_calendar_address(by=cast(User, request.user))
        messages.success(request, "Ihre Kalenderadresse ist da. Behalten Sie sie für sich.")
    return redirect(reverse("portal:my_area") + "#termine")


@public
@require_safe
def my_calendar(request: HttpRequest, word: str) -> HttpResponse:
    """Give a calendar program the dates of the person whose secret address this is."""
    address = get_object_or_404(CalendarAddress.objects.select_related("user"), word=word, user__is_active=True)
    answer = HttpResponse(
        as_calendar("Meine Termine der Akademie", personal.dates_of(address.user)),
        content_type="text/calendar; charset=utf-8",
    )
    answer["Content-Disposition"] = 'attachment; filename="meine-termine.ics"'
    answer["Cache-Control"] = "private, no-store"
    answer["X-Robots-Tag"] = "noindex"
    return answer
