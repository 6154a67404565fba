"""What the clock does with events: they come out on their day, and lists hear that others are over."""

from datetime import UTC, datetime

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from akademie.core import stamps
from akademie.events.models import Event, EventState
from akademie.events.queries import KIND


@task()
def keep_time() -> None:
    """Let search and feeds know of events whose moment has come; run again, it changes nothing.

    Pages go by the clock and need no word. What is kept under a stamp does: the index, and answers to programs.
    """
    now = timezone.now()
    due = Event.objects.filter(state__in=(EventState.PUBLISHED, EventState.CANCELLED), publish_at__lte=now)
    for pk in list(due.values_list("pk", flat=True)):
        with transaction.atomic():
            event = due.select_for_update().filter(pk=pk).first()
            if event:
                event.published_at, event.changed_at, event.publish_at = event.publish_at, now, None
                event.save(update_fields=["published_at", "changed_at", "publish_at"])
    last = datetime.fromtimestamp(stamps.changed_at([KIND]), UTC)
    if Event.objects.public().filter(ends_at__gt=last, ends_at__lte=now).exists():
        stamps.bump(KIND)
