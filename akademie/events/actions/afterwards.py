"""What an event leaves behind: the run of its format, with what it took and how it went."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from akademie.accounts.models import User
from akademie.core.actions import NotPossible
from akademie.events.models import Event
from akademie.formats.actions.runs import enter_minutes, report_run, write_report
from akademie.formats.models import FormatRun


@transaction.atomic
def enter_afterwards(
    event: Event,
    *,
    participants: int | None,
    minutes: dict[str, Any] | None,
    report: dict[str, str] | None,
    by: User,
) -> FormatRun:
    """Enter what a run took and how it went; either may come later. NotPossible before the end, or if it was cancelled.

    Minutes are entered once (`formats.actions.runs.enter_minutes`); sent again unchanged they change nothing.
    """
    locked = Event.objects.select_for_update(of=("self",)).select_related("format", "town", "run").get(pk=event.pk)
    if locked.format is None:
        raise NotPossible("Diese Veranstaltung gehört zu keinem Format.")
    if locked.is_cancelled:
        raise NotPossible("Diese Veranstaltung ist abgesagt. Es gibt nichts einzutragen.")
    if not locked.is_over:
        raise NotPossible("Die Veranstaltung ist noch nicht vorbei. Tragen Sie danach ein, wie es war.")
    run = locked.run or report_run(
        profile=locked.format, title=locked.title, held_on=timezone.localdate(locked.starts_at), mode=locked.mode,
        town=locked.town, host=locked.host, participants=participants, by=by,
    )  # fmt: skip
    if locked.run is None:
        locked.run = run
        locked.save(update_fields=["run"])
    elif participants is not None and run.participants != participants:
        run.participants = participants
        run.save(update_fields=["participants"])
    if minutes:
        run = enter_minutes(run, **minutes, by=by)
    if report:
        run = write_report(run, **report, by=by)
    return run
