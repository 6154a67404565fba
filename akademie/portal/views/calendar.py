"""The calendar of all areas, as a page and as a file."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from akademie.core import frame, stamps
from akademie.core.access import public
from akademie.core.contributions import public_dates
from akademie.core.forms import clean_text
from akademie.core.views.calendars import calendar_file
from akademie.portal import calendar

STAMPS = ("themen", "staedte")  # what dates say besides their own


@public
@require_safe
def month(request: HttpRequest) -> HttpResponse:
    """Show one month of all public dates, as a table and as a list."""
    asked = request.GET.get("monat", "")
    found = calendar.month_asked(asked)
    view = calendar.month_view(found or calendar.this_month(), request.GET)
    file = f"/kalender.ics{calendar.query(request.GET)}"
    first, last = calendar.bounds()
    links = [
        (rel, label, f"/kalender/{calendar.query(request.GET, monat=to.key)}", to)
        for rel, label, to in (("prev", "Früher", view.before), ("next", "Später", view.after))
        if to
    ]
    context = {
        "section": "kalender",
        "view": view,
        "selection": view.selection,
        "keep": [("monat", found.key if found else "")],
        "not_shown": clean_text(asked, 20) if asked and not found else "",
        "first": first.name,
        "last": last.name,
        "links": links,
        "today_url": "" if view.month == calendar.this_month() else f"/kalender/{calendar.query(request.GET)}",
        "calendar": file,
        "webcal": f"webcal://{settings.SITE_URL.partition('://')[2]}{file}",
    }
    return render(request, "portal/public/calendar.html", context)


@public
@require_safe
def calendar_of_all(request: HttpRequest) -> HttpResponseBase:
    """Answer all public dates that an address leaves, as a calendar."""
    areas = [area.stamp for area in public_dates]
    now, labels = stamps.current(), [area.title for area in public_dates]
    return calendar_file(
        request,
        name=f"Termine – {frame.current()['site_name']}",
        filename="kalender.ics",
        seen=(
            calendar.query(request.GET),
            timezone.localdate(),
            *labels,
            *(now.get(key, "") for key in (*areas, *STAMPS)),
        ),
        dates=lambda: calendar.feed(request.GET),
        changed=stamps.changed_at((*areas, *STAMPS)),
    )
