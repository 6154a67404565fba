"""Questions of the office: what waits for publication, what comes next, which sorts there are."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from akademie.core.contributions import WAITING_SHOWN, Waiting
from akademie.events.models import Event, EventQuerySet, EventState, EventType

LISTS = {
    "naechste": "Kommende", "vorgelegt": "Zu veröffentlichen", "entwuerfe": "Entwürfe", "abgesagt": "Abgesagt",
    "vergangene": "Vergangene",
}  # fmt: skip


def listed(which: str, words: str = "") -> QuerySet[Event]:
    """Return one of the `LISTS`: what comes next first, what is over last first; `words` stand in title or host."""
    rows: EventQuerySet = Event.objects.all()
    found = {
        "vorgelegt": rows.filter(state=EventState.SUBMITTED),
        "entwuerfe": rows.filter(state=EventState.DRAFT),
        "abgesagt": rows.filter(state=EventState.CANCELLED),
        "vergangene": rows.over(),
    }.get(which, rows.upcoming().exclude(state=EventState.CANCELLED))
    if words:
        found = found.filter(Q(title__icontains=words) | Q(host__icontains=words))
    order = "starts_at" if which in ("naechste", "vorgelegt", "entwuerfe") else "-starts_at"
    tasks = Count("tasks", filter=Q(tasks__done_at=None))
    late = Count("tasks", filter=Q(tasks__done_at=None, tasks__due_on__lt=timezone.localdate()))
    return (
        found.select_related("kind", "owner", "town").annotate(open_tasks=tasks, late_tasks=late).order_by(order, "pk")
    )


def counts() -> dict[str, int]:
    """Return how many each of the `LISTS` has, with one query."""
    now = timezone.now()
    coming = Q(ends_at__gte=now) & ~Q(state=EventState.CANCELLED)
    return Event.objects.aggregate(
        naechste=Count("pk", filter=coming),
        vorgelegt=Count("pk", filter=Q(state=EventState.SUBMITTED)),
        entwuerfe=Count("pk", filter=Q(state=EventState.DRAFT)),
        abgesagt=Count("pk", filter=Q(state=EventState.CANCELLED)),
        vergangene=Count("pk", filter=Q(ends_at__lt=now)),
    )


def waiting_events(user: Any) -> list[Waiting]:
    """Return the events that were handed in for publication, the next first."""
    rows = Event.objects.filter(state=EventState.SUBMITTED).order_by("starts_at", "pk")
    return [
        Waiting(
            text=f"Veranstaltung veröffentlichen: {title}",
            url=reverse("events:office_event", args=[slug]),
            since=changed_at,
            until=timezone.localdate(starts_at),
        )
        for title, slug, changed_at, starts_at in rows.values_list("title", "slug", "changed_at", "starts_at")[
            :WAITING_SHOWN
        ]
    ]


def count_waiting() -> int:
    """Return how many events wait for publication."""
    return Event.objects.filter(state=EventState.SUBMITTED).count()


def types() -> QuerySet[EventType]:
    """Return all sorts in their order, with how many events each has."""
    return EventType.objects.annotate(used=Count("events")).order_by("position", "name", "pk")


def described(keys: list[str]) -> dict[str, str]:
    """Return when events are and whose they are, for the log."""
    rows = Event.objects.filter(pk__in=keys)
    return {str(one.pk): f"{timezone.localdate(one.starts_at):%d.%m.%Y}, {one.host}" for one in rows}
