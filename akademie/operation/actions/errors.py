"""Noting errors for the office, and saying what became of them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Case, F, Q, QuerySet, Value, When
from django.utils import timezone

from akademie.operation.models import ErrorEntry, ErrorState

if TYPE_CHECKING:
    from akademie.operation.error_log import Seen, Sum

MOST_KINDS = 500  # of which the office keeps a list
KEPT_FIXED = timedelta(days=90)
KEPT = timedelta(days=365)


def note_errors(seen: dict[Seen, Sum]) -> None:
    """Count errors; one that was fixed and comes again is new again."""
    for kind, more in seen.items():
        back = Case(When(state=ErrorState.FIXED, then=Value(ErrorState.NEW)), default=F("state"))
        known = ErrorEntry.objects.filter(fingerprint=kind.fingerprint)
        if known.update(count=F("count") + more.count, last_seen_at=more.last_at, state=back):
            continue
        first = {
            "what": kind.what,
            "line": kind.line,
            "place": kind.place,
            "first_seen_at": more.last_at,
            "last_seen_at": more.last_at,
            "count": more.count,
        }
        _entry, is_new = ErrorEntry.objects.get_or_create(fingerprint=kind.fingerprint, defaults=first)
        if not is_new:  # another process was faster
            known.update(count=F("count") + more.count, last_seen_at=more.last_at)
        else:
            forget_the_oldest()


def old_errors() -> QuerySet[ErrorEntry]:
    """Return the errors that are fixed, or have not been seen, for long."""
    now = timezone.now()
    fixed = Q(state=ErrorState.FIXED, last_seen_at__lt=now - KEPT_FIXED)
    return ErrorEntry.objects.filter(fixed | Q(last_seen_at__lt=now - KEPT))


def forget_the_oldest() -> None:
    """Keep the list short: the oldest beyond the limit go at once."""
    beyond = ErrorEntry.objects.order_by("-last_seen_at", "-pk").values_list("pk", flat=True)[MOST_KINDS:]
    ErrorEntry.objects.filter(pk__in=list(beyond)).delete()


def mark(entry: ErrorEntry, state: ErrorState) -> None:
    """Say how far the office is with an error."""
    ErrorEntry.objects.filter(pk=entry.pk).update(state=state)
