"""What hosts see and do: one page per event with one next step, and a page for each part of it."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from akademie.accounts.models import User
from akademie.core import calendars
from akademie.core.access import requires
from akademie.core.actions import NotPossible
from akademie.core.two_editors import one_after_the_other
from akademie.events import host_queries, texts
from akademie.events.actions import hosting, publishing
from akademie.events.dates import days_in_words, slots
from akademie.events.forms.hosting import (
    AgendaForms,
    EventForm,
    ReasonForm,
    RecapForm,
    TaskForm,
    TextForm,
    agenda_of,
    kept_values,
)
from akademie.events.forms.watched import stand_of
from akademie.events.models import Event, EventTask, Recap
from akademie.formats.script import script_of
from akademie.formats.words import TemplateKind

SECTION = "mein-bereich"
FORM = ["GET", "HEAD", "POST"]
SAVED = "Gespeichert."
TASKS_SHOWN = 3  # on the page of all parts


def _person(request: HttpRequest) -> User:
    return cast(User, request.user)  # the declared access lets nobody else in


PAGES = ("afterwards", "agenda", "cancel", "change", "prepare", "recap", "script", "tasks")


def _base(event: Event) -> dict[str, Any]:
    urls = {name: reverse(f"events:{name}", args=[event.slug]) for name in PAGES}
    return {"section": SECTION, "event": event, "urls": urls, "trail": [(event.title, urls["prepare"])]}


@never_cache
@requires("events.host_event", Event, "slug")
@require_safe
def prepare(request: HttpRequest, event: Event) -> HttpResponse:
    """Show where an event stands, the one next step, and all its parts."""
    agenda = list(event.agenda.order_by("position"))
    tasks = list(host_queries.tasks_of(event))
    waiting = [task for task in tasks if not task.done_at]
    context = {
        **_base(event),
        "trail": [],
        "next": host_queries.next_step(event, _person(request)),
        "slots": slots(event, agenda),
        "tasks": [(task, days_in_words(task.days)) for task in waiting[:TASKS_SHOWN]],
        "more": max(len(waiting) - TASKS_SHOWN, 0),
        "done": len(tasks) - len(waiting),
        "texts": texts.all_of(event),
        "recap": Recap.objects.filter(event=event).first(),
        "survey": event.evaluation,
        "topics": list(event.topics.values_list("name", flat=True)),
    }
    return render(request, "events/host/prepare.html", context)


@require_POST
@requires("events.host_event", Event, "slug")
def release(request: HttpRequest, event: Event) -> HttpResponse:
    """Publish an event, or hand it to the office, which does."""
    person = _person(request)
    try:
        if person.has_perm("events.publish_event"):
            publishing.publish(event, by=person)
            messages.success(request, "Die Veranstaltung ist öffentlich.")
        else:
            publishing.submit(event, by=person)
            messages.success(request, "Der Entwurf liegt jetzt der Geschäftsstelle vor. Sie bekommen eine Mail.")
    except NotPossible as refusal:
        messages.error(request, str(refusal))
        return redirect("events:prepare", event.slug)
    event.refresh_from_db()
    return redirect(event if event.is_public else "events:prepare", *([] if event.is_public else [event.slug]))


@never_cache
@requires("events.host_event", Event, "slug")
@require_http_methods(FORM)
def change(request: HttpRequest, event: Event) -> HttpResponse:
    """Change what the public reads about an event."""
    with one_after_the_other(request, Event, event.pk):
        event.refresh_from_db()
        given = request.POST if request.method == "POST" else None
        form = EventForm(given, kept=kept_values(event), types=host_queries.offered_types(event))
        if given is not None and form.is_valid():
            try:
                hosting.change_event(event, by=_person(request), **form.as_values())
            except NotPossible as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, SAVED)
                return redirect("events:prepare", event.slug)
    return render(request, "events/host/change.html", {**_base(event), "form": form})


@never_cache
@requires("events.host_event", Event, "slug")
@require_http_methods(FORM)
def agenda(request: HttpRequest, event: Event) -> HttpResponse:
    """Change the programme: order, times, who speaks."""
    with one_after_the_other(request, Event, event.pk):
        kept = [
            {"title": one.title, "minutes": one.minutes, "role": one.role, "script": one.script, "place": 10 * number}
            for number, one in enumerate(event.agenda.order_by("position"), 1)
        ]
        stand = stand_of(kept)
        given = request.POST if request.method == "POST" else None
        rows = AgendaForms(given, initial=None if given is not None else kept, prefix="teil")
        was_changed = given is not None and given.get("opened") != stand
        if given is not None and rows.is_valid() and not was_changed:
            hosting.save_agenda(event, agenda_of(rows), by=_person(request))
            if "mehr" in given:
                return redirect("events:agenda", event.slug)
            messages.success(request, SAVED)
            return redirect("events:prepare", event.slug)
    context = {
        **_base(event),
        "rows": rows,
        "opened": stand,
        "meanwhile": slots(event, event.agenda.order_by("position")) if was_changed else [],
    }
    return render(request, "events/host/agenda.html", context)


@never_cache
@requires("events.host_event", Event, "slug")
@require_safe
def script(request: HttpRequest, event: Event) -> HttpResponse:
    """Show the programme for who moderates, with a clock."""
    begins = timezone.localtime(event.starts_at).time()
    tools = event.format.tools if event.format else ()
    context = {
        **_base(event),
        "script": script_of(event.title, event.agenda.order_by("position"), begins=begins, tools=tools),
    }
    return render(request, "formats/public/script.html", context)


# -- tasks ------------------------------------------------------------------------------------------------------------
@never_cache
@requires("events.host_event", Event, "slug")
@require_http_methods(FORM)
def tasks(request: HttpRequest, event: Event) -> HttpResponse:
    """List what is to be done, and take something new."""
    given = request.POST if request.method == "POST" else None
    form = TaskForm(given, people=host_queries.assignable(event), initial={"assignee": _person(request).pk})
    if given is not None and form.is_valid():
        try:
            hosting.add_task(event, by=_person(request), **form.cleaned_data)
        except NotPossible as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Die Aufgabe steht auf der Liste.")
            return redirect("events:tasks", event.slug)
    rows = [(row, days_in_words(row.days)) for row in host_queries.tasks_of(event)]
    return render(request, "events/host/tasks.html", {**_base(event), "form": form, "rows": rows})


@requires("events.host_event", Event, "slug")
@require_safe
def tasks_calendar(request: HttpRequest, event: Event) -> HttpResponse:
    """Answer the open tasks as a calendar file."""
    rows = [row for row in host_queries.tasks_of(event) if not row.done_at]
    calendar = calendars.as_calendar(f"Aufgaben: {event.title}", [host_queries.as_date(row) for row in rows])
    response = HttpResponse(calendar, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="aufgaben-{event.slug}.ics"'
    return response


def _task(event: Event, pk: int) -> EventTask:
    return get_object_or_404(EventTask.objects.select_related("event"), event=event, pk=pk)


@never_cache
@requires("events.host_event", Event, "slug")
@require_http_methods(FORM)
def task(request: HttpRequest, event: Event, pk: int) -> HttpResponse:
    """Change a task, or give it to somebody."""
    row = _task(event, pk)
    given = request.POST if request.method == "POST" else None
    if given is not None and "loeschen" in given:
        hosting.delete_task(row)
        messages.success(request, f"„{row.title}“ ist gelöscht.")
        return redirect("events:tasks", event.slug)
    kept = {"title": row.title, "days": row.days, "assignee": row.assignee_id}
    form = TaskForm(given, people=host_queries.assignable(event), initial=kept)
    if given is not None and form.is_valid():
        hosting.change_task(row, by=_person(request), **form.cleaned_data)
        messages.success(request, SAVED)
        return redirect("events:tasks", event.slug)
    context = {**_base(event), "form": form, "task": row}
    context["trail"] = [*context["trail"], ("Aufgaben", context["urls"]["tasks"])]
    return render(request, "events/host/task.html", context)


@require_POST
@requires("events.host_event", Event, "slug")
def task_done(request: HttpRequest, event: Event, pk: int) -> HttpResponse:
    """Tick a task off, or open it again."""
    hosting.set_done(_task(event, pk), done=request.POST.get("erledigt") == "1", by=_person(request))
    back = "events:prepare" if request.POST.get("seite") == "vorbereiten" else "events:tasks"
    return redirect(back, event.slug)


# -- texts ------------------------------------------------------------------------------------------------------------
@never_cache
@requires("events.host_event", Event, "slug")
@require_http_methods(FORM)
def text(request: HttpRequest, event: Event, kind: str) -> HttpResponse:
    """Show a text with the event's values, and let the host change it."""
    if kind not in TemplateKind.values:
        raise Http404("Diesen Text gibt es nicht.")
    which = TemplateKind(kind)
    with one_after_the_other(request, Event, event.pk):
        prepared = texts.one_of(event, which)
        given = request.POST if request.method == "POST" else None
        if given is not None and "vorlage" in given:
            hosting.drop_text(event, which)
            messages.success(request, "Der Text ist wieder der des Formats.")
            return redirect("events:text", event.slug, kind)
        form = TextForm(given, kept={"subject": prepared.subject, "text": prepared.text})
        if given is not None and form.is_valid():
            hosting.save_text(event, which, **form.cleaned_data)
            messages.success(request, SAVED)
            return redirect("events:text", event.slug, kind)
    context = {**_base(event), "form": form, "prepared": prepared, "placeholders": texts.placeholders(event)}
    return render(request, "events/host/text.html", context)


# -- afterwards -------------------------------------------------------------------------------------------------------
@never_cache
@requires("events.host_event", Event, "slug")
@require_http_methods(FORM)
def recap(request: HttpRequest, event: Event) -> HttpResponse:
    """Write down what remains, and publish it once the event is over."""
    with one_after_the_other(request, Event, event.pk):
        row = Recap.objects.filter(event=event).first() or Recap(event=event)
        kept = {"text": row.text, "learnings": "\n".join(row.learnings), "next_step": row.next_step}
        given = request.POST if request.method == "POST" else None
        form = RecapForm(given, kept=kept)
        if given is not None and form.is_valid():
            publish = "veroeffentlichen" in given
            try:
                hosting.save_recap(event, by=_person(request), publish=publish, **form.cleaned_data)
            except NotPossible as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, "Der Rückblick ist öffentlich." if publish else SAVED)
                return redirect("events:prepare", event.slug)
    return render(request, "events/host/recap.html", {**_base(event), "form": form, "recap": row})


@never_cache
@requires("events.host_event", Event, "slug")
@require_http_methods(FORM)
def cancel(request: HttpRequest, event: Event) -> HttpResponse:
    """Say that an event does not take place."""
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            publishing.cancel(event, by=_person(request), **form.cleaned_data)
        except NotPossible as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Die Veranstaltung ist abgesagt. Auf der Seite steht, warum.")
            return redirect("events:prepare", event.slug)
    return render(request, "events/host/cancel.html", {**_base(event), "form": form})
