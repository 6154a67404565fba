"""Events for everyone: the list and its calendar file, one event and its own."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from akademie.core import frame, stamps
from akademie.core.access import public
from akademie.core.contributions import page_panels
from akademie.core.dates import MONTHS
from akademie.core.documents import page_code
from akademie.core.facets import Selection, query_without_page
from akademie.core.forms import clean_text
from akademie.core.views.calendars import calendar_file
from akademie.events import open_data, public_dates, queries
from akademie.events.dates import slots
from akademie.events.drawn import row_html
from akademie.events.models import Event
from akademie.topics.links import offer_chosen_subtopics

SECTION = "veranstaltungen"
LIST = "/veranstaltungen/"
TRAIL = [("Veranstaltungen", LIST)]


@public
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List events: those to come, or of another time, narrowed by facets."""
    asked = request.GET.get("zeit", "") or queries.COMING
    zeit = asked if queries.present(asked) is not None else queries.COMING
    parameters = _with(request.GET, zeit=zeit)
    selection = offer_chosen_subtopics(queries.events.select(parameters), parameters)
    selection.query = query_without_page(request.GET)
    if zeit != asked:
        selection.unknown.append(clean_text(asked, 60))
    calendar = f"/veranstaltungen.ics{f'?{selection.query}' if selection.query else ''}"
    context = {
        "section": SECTION,
        "selection": selection,
        "rows": [row_html(row) for row in queries.rows(selection.page.pks)],
        "times": _times(request.GET, zeit),
        "zeit": zeit,
        "keep": [("zeit", request.GET.get("zeit", ""))],
        "list_url": LIST,
        "data_query": query_without_page(_with(request.GET, zeit="")),
        "calendar": calendar,
        "webcal": f"webcal://{settings.SITE_URL.partition('://')[2]}{calendar}",
    }
    return render(request, "events/public/index.html", context)


def _with(parameters: QueryDict, **changed: str) -> QueryDict:
    """Return parameters with others in their place; an empty one is left out."""
    found = parameters.copy()
    for key, value in changed.items():
        found.pop(key, None)
        if value:
            found[key] = value
    return found


def _times(parameters: QueryDict, chosen: str) -> list[tuple[str, str, bool]]:
    """Return label and address of the times that the list can show, and which one it is."""
    today = timezone.localdate()
    times = {
        queries.COMING: "Kommende",
        f"{today:%Y-%m}": f"{MONTHS[today.month - 1]} {today.year}",
        queries.PAST: "Vergangene",
        queries.ALL: "Alle",
    }
    if month := queries.month_of(chosen):
        times.setdefault(chosen, f"{MONTHS[month[0].month - 1]} {month[0].year}")
    found = []
    for value, label in times.items():
        query = query_without_page(_with(parameters, zeit="" if value == queries.COMING else value))
        found.append((label, f"{LIST}{f'?{query}' if query else ''}", value == chosen))
    return found


@public
@require_safe
def calendar(request: HttpRequest) -> HttpResponseBase:
    """Answer the events that an address leaves as a calendar, without what was over a year ago."""
    pks = list(queries.events.every(request.GET))
    return calendar_file(
        request,
        name=_calendar_name(queries.events.select(request.GET)),
        filename="veranstaltungen.ics",
        seen=(queries.stamp(), timezone.localdate(), *pks),
        dates=lambda: public_dates.dates_of(pks),
        changed=stamps.changed_at([queries.KIND]),
    )


def _calendar_name(selection: Selection) -> str:
    chosen = ", ".join(option.label for _facet, option in selection.chosen)
    return f"{f'Veranstaltungen: {chosen}' if chosen else 'Veranstaltungen'} – {frame.current()['site_name']}"


def _event(request: HttpRequest, slug: str) -> Event:
    """Return the event of an address; 404 for whoever may not see it, so that nobody learns of drafts."""
    found = queries.at(slug)
    if found is None or not (found.is_public or request.user.has_perm("events.see_event", found)):
        raise Http404(f"Die Veranstaltung „{slug[:60]}“ gibt es nicht.")
    return found


@public
@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one event; to its host and the office also before everyone sees it."""
    event = _event(request, slug)
    told = queries.told_of(event)
    shown = [(panel.template, panel.context(request, event)) for panel in page_panels if panel.page == "event"]
    may_host = request.user.is_authenticated and request.user.has_perm("events.host_event", event)
    context = {
        "section": SECTION,
        "trail": TRAIL,
        "event": event,
        "told": told,
        "slots": slots(event, told.agenda),
        "fallback_email": frame.current()["contact_email"],
        "may_host": may_host,
        "may_publish": may_host and request.user.has_perm("events.publish_event"),
        "panels": [(panel, context) for panel, context in shown if context is not None],
        "code": page_code(event.get_absolute_url()),
        "json_ld": open_data.json_ld_of(event) if event.is_public else "",
    }
    return render(request, "events/public/detail.html", context)


@public
@require_safe
def detail_calendar(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Answer one event as a calendar file."""
    event = _event(request, slug)
    return calendar_file(
        request,
        name=event.title,
        filename=f"{event.slug}.ics",
        seen=(event.uid, event.sequence, event.changed_at.isoformat()),
        dates=lambda: [public_dates.date_of(event)],
        changed=int(event.changed_at.timestamp()),
    )
