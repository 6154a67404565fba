"""Questions of those who host: what is next, what is to be done, who could do it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from akademie.accounts.models import Role, User
from akademie.core.contributions import WAITING_SHOWN, PersonalDate, Waiting
from akademie.events.models import Event, EventQuerySet, EventState, EventTask, EventType, Recap
from akademie.formats.words import TemplateKind
from akademie.people.models import Membership
from akademie.surveys.queries import results

SHOWN = 5  # events on the tile of Mein Bereich
SOON_DAYS = 14  # tasks that are due later stand on the page of their event only


@dataclass(frozen=True)
class NextStep:
    """The one thing to do now: a sentence, and a button that leads somewhere or does it (`posts`)."""

    says: str
    button: str = ""
    url: str = ""
    posts: bool = False


def next_step(event: Event, user: User) -> NextStep:
    """Return what is next for an event, as its host's page says it."""
    slug = event.slug
    if event.is_cancelled:
        says = "Die Veranstaltung ist abgesagt. Sagen Sie es allen, die kommen wollten. Der Text dafür ist fertig."
        return NextStep(says, "Text der Absage ansehen", reverse("events:text", args=[slug, TemplateKind.CANCELLATION]))
    if event.state == EventState.DRAFT:
        release = reverse("events:release", args=[slug])
        if user.is_office:
            who = "Ihnen" if event.owner_id == user.pk else "der Geschäftsstelle und der Person, die es vorbereitet"
            return NextStep(f"Noch sieht das niemand außer {who}.", "Veröffentlichen", release, posts=True)
        says = "Noch sieht das niemand außer Ihnen und der Geschäftsstelle. Sie veröffentlicht die Seite."
        return NextStep(says, "Der Geschäftsstelle vorlegen", release, posts=True)
    if event.state == EventState.SUBMITTED:
        if user.is_office:
            release = reverse("events:release", args=[slug])
            return NextStep("Der Entwurf liegt der Geschäftsstelle vor.", "Veröffentlichen", release, posts=True)
        return NextStep("Der Entwurf liegt der Geschäftsstelle vor. Sie bekommen eine Mail, sobald er öffentlich ist.")
    if event.is_over:
        return _after(event, slug)
    task = event.tasks.filter(done_at=None).order_by("due_on", "pk").first()
    if task is None:
        return NextStep("Alles vorbereitet. Die Seite ist öffentlich.", "Seite ansehen", event.get_absolute_url())
    when = f"bis {task.due_on:%d.%m.%Y}"
    return NextStep(f"Als Nächstes: {task.title} ({when}).", "Aufgaben ansehen", reverse("events:tasks", args=[slug]))


def _after(event: Event, slug: str) -> NextStep:
    if event.format_id and (event.run is None or event.run.measured_at is None or event.run.reported_at is None):
        says = "Tragen Sie ein, wie lange alles gedauert hat und wie es lief. Das dauert fünf Minuten."
        return NextStep(says, "Zeiten und Erfahrungen eintragen", reverse("events:afterwards", args=[slug]))
    recap = Recap.objects.filter(event=event).first()
    if recap is None or recap.published_at is None:
        says = "Halten Sie fest, was bleibt: fünf Sätze und der nächste Schritt."
        return NextStep(says, "Rückblick schreiben", reverse("events:recap", args=[slug]))
    return NextStep("Alles erledigt. Danke.", "Seite ansehen", event.get_absolute_url())


def hosted_by(user: User) -> EventQuerySet:
    """Return the events that a person hosts."""
    return Event.objects.filter(owner=user)


def tile(user: User) -> dict[str, Any] | None:
    """Return the events that a person hosts: those to come first; None when there is none."""
    now = timezone.now()
    mine = hosted_by(user).select_related("kind")
    to_come = list(mine.filter(ends_at__gte=now).order_by("starts_at", "pk")[:SHOWN])
    past = list(mine.filter(ends_at__lt=now).order_by("-starts_at", "pk")[: SHOWN - len(to_come)])
    return {"to_come": to_come, "past": past} if to_come or past else None


def assignable(event: Event) -> QuerySet[User]:
    """Return who can see to a task: the host, everybody of the host's towns and organisations, and the office."""
    places = list(Membership.objects.current().filter(user=event.owner_id).values_list("town_id", "organisation_id"))
    towns, organisations = ({row[n] for row in places if row[n]} for n in (0, 1))
    colleagues = Membership.objects.current().filter(Q(town__in=towns) | Q(organisation__in=organisations))
    everyone = Q(pk=event.owner_id) | Q(role__in=(Role.EDITOR, Role.LEAD)) | Q(pk__in=colleagues.values("user"))
    return User.objects.filter(everyone, is_active=True).order_by("first_name", "last_name", "email", "pk")


# -- what waits -------------------------------------------------------------------------------------------------------
def _open_tasks() -> QuerySet[EventTask]:
    rows = EventTask.objects.filter(done_at=None).exclude(event__state=EventState.CANCELLED)
    return rows.select_related("event").order_by("due_on", "pk")


def waiting_tasks(user: User) -> Iterable[Waiting]:
    """Return what a person has to do for events in the next two weeks, what is due first, first."""
    soon = timezone.localdate() + timedelta(days=SOON_DAYS)
    for row in _open_tasks().filter(assignee=user, due_on__lte=soon)[:WAITING_SHOWN]:
        url = reverse("events:tasks", args=[row.event.slug])
        yield Waiting(f"{row.title}: {row.event.title}", url, until=row.due_on)


def waiting_afterwards(user: User) -> Iterable[Waiting]:
    """Return a host's events that are over and whose minutes and report nobody has entered."""
    rows = hosted_by(user).over().filter(
        Q(run=None) | Q(run__measured_at=None) | Q(run__reported_at=None),
        state=EventState.PUBLISHED, format__isnull=False,
    ).order_by("ends_at", "pk")  # fmt: skip
    for row in rows[:WAITING_SHOWN]:
        url = reverse("events:afterwards", args=[row.slug])
        yield Waiting(f"Zeiten und Erfahrungen eintragen: {row.title}", url, since=row.ends_at)


def task_dates(user: User) -> Iterable[PersonalDate]:
    """Return the days on which a person's open tasks are due."""
    for row in _open_tasks().filter(assignee=user, event__ends_at__isnull=False):
        yield as_date(row)


def as_date(row: EventTask) -> PersonalDate:
    """Return a task as a date for calendars."""
    starts = timezone.make_aware(datetime.combine(row.due_on, time(12)))
    return PersonalDate(
        uid=f"event-task-{row.pk}", title=f"{row.title}: {row.event.title}", starts=starts.astimezone(UTC),
        url=reverse("events:tasks", args=[row.event.slug]), all_day=True,
    )  # fmt: skip


def tasks_of(event: Event) -> QuerySet[EventTask]:
    """Return the tasks of an event: open ones first, by their day."""
    rows = event.tasks.select_related("assignee", "done_by", "event")
    return rows.order_by(F("done_at").asc(nulls_first=True), "due_on", "pk")


def offered_types(event: Event) -> QuerySet[EventType]:
    """Return the types to choose from: those that are offered, and the one the event has."""
    return EventType.objects.filter(Q(is_offered=True) | Q(pk=event.kind_id)).order_by("position", "name")


def addresses_of_runs(runs: list[int]) -> dict[int, str]:
    """Return the pages of the public events that these runs were."""
    rows = Event.objects.public().filter(run__in=runs).values_list("run", "slug")
    return {run: reverse("events:detail", args=[slug]) for run, slug in rows}


def evaluation_panel(_request: HttpRequest, event: Event) -> dict[str, Any] | None:
    """Return what everyone may read of what those said who took part; None before it may be shown.

    The host reads the free texts on the page of the survey, so that nobody takes them for public here.
    """
    if not event.is_over or event.is_cancelled or event.evaluation is None:
        return None
    found = results(event.evaluation, AnonymousUser())
    return {"results": found} if found.shown else None
