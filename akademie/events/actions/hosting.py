"""What hosts do with their event between the first draft and the day after."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import log

from akademie.accounts.models import User
from akademie.core import frame
from akademie.core.actions import NotPossible
from akademie.events.actions.publishing import note_change
from akademie.events.actions.starting import evaluated
from akademie.events.models import AgendaItem, Event, EventTask, EventText, Recap
from akademie.events.models.parts import MAX_TASKS
from akademie.formats.words import TemplateKind
from akademie.notifications.actions import notify
from akademie.surveys.actions import reschedule
from akademie.surveys.models import SurveyStage
from akademie.topics.models import Topic

ASSIGNED = "events.task_assigned"
HIDDEN = {"owner", "run"}  # no change that the public sees


@transaction.atomic
def change_event(event: Event, *, topics: Iterable[Topic], by: User, **values: Any) -> Event:
    """Write what the host has changed. Open tasks move with the first day; what is public gets a new version."""
    locked = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    if locked.is_cancelled:
        raise NotPossible("Diese Veranstaltung ist abgesagt. Legen Sie bitte eine neue an.")
    changed = {name for name, value in values.items() if getattr(locked, name) != value}
    wanted = set(topics)
    if set(locked.topics.all()) != wanted:
        locked.topics.set(wanted)
        changed.add("topics")
    if not changed:
        return locked
    for name in changed - {"topics"}:
        setattr(locked, name, values[name])
    note_change(locked, changed - HIDDEN)
    locked.full_clean(exclude=["slug"])
    locked.save()
    if "starts_at" in changed:
        _move_tasks(locked)
    if {"starts_at", "ends_at"} & changed:
        _move_evaluation(locked, by)
    log(instance=locked, action="events.change", user=by)
    return locked


def _move_tasks(event: Event) -> None:
    first_day = timezone.localdate(event.starts_at)
    rows = list(event.tasks.filter(done_at=None))
    for row in rows:
        row.due_on = first_day + timedelta(days=row.days)
    EventTask.objects.bulk_update(rows, ["due_on"])


def _move_evaluation(event: Event, by: User) -> None:
    survey = event.evaluation
    if survey and survey.stage != SurveyStage.CLOSED:
        opens_at, closes_at = evaluated(event.ends_at)
        reschedule(survey, opens_at=opens_at, closes_at=closes_at, by=by)


@transaction.atomic
def save_agenda(event: Event, rows: list[dict[str, Any]], *, by: User) -> None:
    """Put these parts of the programme, in this order, in the place of those there were."""
    locked = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    locked.agenda.all().delete()
    AgendaItem.objects.bulk_create(AgendaItem(event=locked, position=n, **row) for n, row in enumerate(rows, 1))
    note_change(locked, {"agenda"})
    locked.save(update_fields=["changed_at"])
    log(instance=locked, action="events.change", user=by)


# -- tasks ------------------------------------------------------------------------------------------------------------
@transaction.atomic
def add_task(event: Event, *, title: str, days: int, assignee: User | None, by: User) -> EventTask:
    """Add something to do. The same twice is one."""
    locked = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    if already := locked.tasks.filter(title=title, days=days).first():
        return already
    if locked.tasks.count() >= MAX_TASKS:
        raise NotPossible(f"Mehr als {MAX_TASKS} Aufgaben werden unübersichtlich. Bitte löschen Sie zuerst welche.")
    due_on = timezone.localdate(locked.starts_at) + timedelta(days=days)
    task = EventTask.objects.create(event=locked, title=title, days=days, due_on=due_on, assignee=assignee)
    _tell_assignee(task, by)
    return task


@transaction.atomic
def change_task(task: EventTask, *, title: str, days: int, assignee: User | None, by: User) -> EventTask:
    """Write what is to be done, when and by whom; who newly sees to it is told."""
    locked = EventTask.objects.select_for_update(of=("self",)).select_related("event").get(pk=task.pk)
    is_new = assignee is not None and locked.assignee_id != assignee.pk
    locked.title, locked.days, locked.assignee = title, days, assignee
    locked.due_on = timezone.localdate(locked.event.starts_at) + timedelta(days=days)
    locked.save(update_fields=["title", "days", "assignee", "due_on"])
    if is_new:
        _tell_assignee(locked, by)
    return locked


@transaction.atomic
def set_done(task: EventTask, *, done: bool, by: User) -> None:
    """Say that something is done, or open again. Said twice, the first time counts."""
    locked = EventTask.objects.select_for_update(of=("self",)).get(pk=task.pk)
    if bool(locked.done_at) == done:
        return
    locked.done_at, locked.done_by = (timezone.now(), by) if done else (None, None)
    locked.save(update_fields=["done_at", "done_by"])


def delete_task(task: EventTask) -> None:
    """Take a task away."""
    EventTask.objects.filter(pk=task.pk).delete()


def _tell_assignee(task: EventTask, by: User) -> None:
    if task.assignee is None or task.assignee == by or task.done_at:
        return
    context = {
        "task": task, "event": task.event, "by": by, "site_name": frame.current()["site_name"],
        "link": settings.SITE_URL + reverse("events:tasks", args=[task.event.slug]),
    }  # fmt: skip
    notify(ASSIGNED, to=[task.assignee], context=context)


# -- texts and recap --------------------------------------------------------------------------------------------------
@transaction.atomic
def save_text(event: Event, kind: TemplateKind, *, subject: str, text: str) -> None:
    """Keep a text as the host wants it, placeholders and all."""
    Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    EventText.objects.update_or_create(event=event, kind=kind, defaults={"subject": subject, "text": text})


def drop_text(event: Event, kind: TemplateKind) -> None:
    """Go back to the format's template."""
    EventText.objects.filter(event=event, kind=kind).delete()


@transaction.atomic
def save_recap(event: Event, *, text: str, learnings: list[str], next_step: str, publish: bool, by: User) -> Recap:
    """Write what remains of the event, and show it to everyone with `publish`, once it is over."""
    locked = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    recap, _fresh = Recap.objects.get_or_create(event=locked)
    recap.text, recap.learnings, recap.next_step = text, learnings, next_step
    if publish:
        if not locked.is_over:
            raise NotPossible("Den Rückblick können Sie veröffentlichen, sobald die Veranstaltung vorbei ist.")
        if not (locked.is_public and not locked.is_cancelled):
            raise NotPossible("Der Rückblick steht auf der Seite der Veranstaltung. Veröffentlichen Sie zuerst diese.")
        if not text and not learnings:
            raise NotPossible("Bitte schreiben Sie, worum es ging oder was Sie gelernt haben.")
    was_public = recap.published_at is not None
    if publish and not was_public:
        recap.published_at = timezone.now()
    recap.save()
    if recap.published_at:
        note_change(locked, {"recap"})
        locked.save(update_fields=["changed_at"])
    if publish and not was_public:
        log(instance=locked, action="events.recap", user=by)
    return recap
