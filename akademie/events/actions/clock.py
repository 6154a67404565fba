"""What the clock does with events: they come out on their day, and what is kept of them hears that they are over."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from akademie.core import jobs, public
from akademie.core.contributions import public_kinds
from akademie.events.models import Event
from akademie.events.queries import KIND

LOOKS_BACK = timedelta(days=14)  # longer than a worker stands still


@task()
def keep_time() -> None:
    """Let search and feeds know of events whose moment has come; run again, it changes nothing.

    Pages go by the clock and need no word. What is kept under a stamp does: the index, and answers to programs.
    """
    now = timezone.now()
    due = Event.objects.out().filter(publish_at__lte=now)
    for pk in list(due.values_list("pk", flat=True)):
        with transaction.atomic():
            event = due.select_for_update().filter(pk=pk).first()
            if event:
                event.published_at, event.changed_at, event.publish_at = event.publish_at, now, None
                event.save(update_fields=["published_at", "changed_at", "publish_at"])
    kind = public_kinds.get(KIND)
    over = Event.objects.public().filter(ends_at__gt=now - LOOKS_BACK, ends_at__lte=now)
    for pk, ends_at in list(over.values_list("pk", "ends_at")):
        with transaction.atomic():
            if kind and jobs.once(f"{KIND} over {pk} {ends_at:%Y-%m-%d %H:%M}"):
                public.changed(kind, [pk])
