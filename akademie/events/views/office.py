"""What the office does with events: sees them all, publishes, gives back, keeps the sorts."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from akademie.accounts.models import User
from akademie.core.access import requires
from akademie.core.actions import NotPossible
from akademie.events import office_queries
from akademie.events.actions import publishing, types
from akademie.events.forms.office import GiveBackForm, PublishForm, TypeForm
from akademie.events.models import Event, EventState, EventType

PER_PAGE = 50
TRAIL = [("Veranstaltungen", "/geschaeftsstelle/veranstaltungen/")]


def _person(request: HttpRequest) -> User:
    return cast(User, request.user)  # the declared access lets nobody else in


@never_cache
@requires("events.publish_event")
@require_safe
def events(request: HttpRequest) -> HttpResponse:
    """List all events with their state, who hosts them and what is still to do: the next first."""
    asked = request.GET.get("liste", "")
    which = asked if asked in office_queries.LISTS else "naechste"
    words = request.GET.get("q", "")[:100].replace("\0", "").strip()
    counts = office_queries.counts()
    context = {
        "which": which,
        "words": words,
        "page": Paginator(office_queries.listed(which, words), PER_PAGE).get_page(request.GET.get("seite")),
        "tabs": [(key, title, counts[key]) for key, title in office_queries.LISTS.items()],
    }
    return render(request, "events/office/events.html", context)


@never_cache
@requires("events.publish_event", Event, "slug")
@require_safe
def event(request: HttpRequest, event: Event) -> HttpResponse:
    """Show where an event stands, and what the office can do about it."""
    return _one(request, event)


def _one(request: HttpRequest, event: Event, **forms: object) -> HttpResponse:
    waits = event.state == EventState.PUBLISHED and not event.is_public
    context = {
        "event": event,
        "trail": TRAIL,
        "may_publish": waits or event.state in (EventState.DRAFT, EventState.SUBMITTED),
        "may_give_back": waits or event.state == EventState.SUBMITTED,
        "publish": PublishForm(),
        "back": GiveBackForm(),
        **forms,
    }
    return render(request, "events/office/event.html", context)


@require_POST
@requires("events.publish_event", Event, "slug")
def publish(request: HttpRequest, event: Event) -> HttpResponse:
    """Publish, at once or from a day on."""
    form = PublishForm(request.POST)
    if form.is_valid():
        try:
            done = publishing.publish(event, by=_person(request), publish_at=form.publish_at())
        except NotPossible as refusal:
            form.add_error(None, str(refusal))
            event.refresh_from_db()
        else:
            says = (
                f"Die Seite erscheint am {done.publish_at:%d.%m.%Y}."
                if done.publish_at
                else "Die Seite ist öffentlich."
            )
            messages.success(request, says)
            return redirect("events:office_events")
    return _one(request, event, publish=form)


@require_POST
@requires("events.publish_event", Event, "slug")
def give_back(request: HttpRequest, event: Event) -> HttpResponse:
    """Give an event back to its host, with a reason."""
    form = GiveBackForm(request.POST)
    if form.is_valid():
        try:
            publishing.give_back(event, by=_person(request), **form.cleaned_data)
        except NotPossible as refusal:
            form.add_error(None, str(refusal))
            event.refresh_from_db()
        else:
            messages.success(request, "Die Veranstaltung ist wieder ein Entwurf.")
            return redirect("events:office_events")
    return _one(request, event, back=form)


# -- sorts ------------------------------------------------------------------------------------------------------------
@never_cache
@requires("events.keep_types")
@require_http_methods(["GET", "HEAD", "POST"])
def event_types(request: HttpRequest) -> HttpResponse:
    """Show the sorts, and add one."""
    form = TypeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        made = types.add_type(by=_person(request), name=form.cleaned_data["name"])
        messages.success(request, f"„{made.name}“ ist jetzt eine Art von Veranstaltungen.")
        return redirect("events:types")
    context = {"kinds": list(office_queries.types()), "form": form, "trail": TRAIL}
    return render(request, "events/office/types.html", context)


@never_cache
@requires("events.keep_types", EventType)
@require_http_methods(["GET", "HEAD", "POST"])
def event_type(request: HttpRequest, kind: EventType) -> HttpResponse:
    """Rename a sort."""
    form = TypeForm(request.POST if request.method == "POST" else None, kind=kind, initial={"name": kind.name})
    if request.method == "POST" and form.is_valid():
        try:
            types.rename_type(kind, by=_person(request), name=form.cleaned_data["name"])
        except NotPossible as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, "Gespeichert.")
            return redirect("events:types")
    context = {"kind": kind, "form": form, "trail": [*TRAIL, ("Arten", "/geschaeftsstelle/veranstaltungen/arten/")]}
    return render(request, "events/office/type.html", context)


@require_POST
@requires("events.keep_types", EventType)
def arrange_type(request: HttpRequest, kind: EventType) -> HttpResponse:
    """Put a sort up or down, switch it on or off, or delete it."""
    step, by = request.POST.get("schritt", ""), _person(request)
    try:
        if step in ("hoch", "runter"):
            types.move_type(kind, up=step == "hoch", by=by)
        elif step in ("anbieten", "abschalten"):
            types.offer_type(kind, offered=step == "anbieten", by=by)
        elif step == "loeschen":
            types.delete_type(kind, by=by)
            messages.success(request, f"„{kind.name}“ ist gelöscht.")
    except NotPossible as refusal:
        messages.error(request, str(refusal))
    return redirect("events:types")
