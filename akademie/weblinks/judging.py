"""What answers mean for a link: broken only after several days without one, see `DAYS`."""

from datetime import date, timedelta

from django.utils import timezone

from akademie.weblinks.asking import Answer, Finding
from akademie.weblinks.models import State, WebLink

# On how many different days asking must fail until a link counts as broken. We know our own site at once.
DAYS, DAYS_WHEN_GONE, DAYS_INSIDE = 3, 2, 1
WEEK, NEXT_DAY = timedelta(days=7), timedelta(days=1)
STATES = {Finding.FINE: State.FINE, Finding.MOVED: State.MOVED, Finding.REFUSED: State.UNCLEAR}
FIELDS = (
    "state", "status", "words", "target", "checked_at", "due_on", "claimed_until", "failures", "first_failed_at",
    "last_failed_on",
)  # fmt: skip


def note(link: WebLink, answer: Answer) -> None:
    """Take an answer into a link, without saving it."""
    today = timezone.localdate()
    link.checked_at, link.claimed_until = timezone.now(), None
    link.status, link.words, link.target = answer.status, answer.words[:300], answer.target
    if answer.finding in STATES:
        link.state = STATES[answer.finding]
        link.failures, link.first_failed_at, link.last_failed_on = 0, None, None
    else:
        _note_failure(link, answer.finding, today)
    link.due_on = today + (NEXT_DAY if link.state == State.FAILING else WEEK)


def _note_failure(link: WebLink, finding: Finding, today: date) -> None:
    link.first_failed_at = link.first_failed_at or link.checked_at
    if link.last_failed_on != today:
        link.failures, link.last_failed_on = link.failures + 1, today
    enough = DAYS_INSIDE if link.is_inside else DAYS_WHEN_GONE if finding is Finding.GONE else DAYS
    if link.failures >= enough:
        link.state = State.BROKEN
    elif link.state != State.BROKEN:
        link.state = State.FAILING
