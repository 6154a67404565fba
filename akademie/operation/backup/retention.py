"""Which backups stay: the last 5, and the newest of each of the last 7 days, 4 weeks and 12 months that have one."""

from collections.abc import Iterable
from datetime import datetime

LATEST = 5  # so that the one from before an update outlives those that people make on the same day
DAYS, WEEKS, MONTHS = 7, 4, 12


def to_keep(times: Iterable[datetime]) -> set[datetime]:
    """Return those of these local times whose backups stay.

    Counts days, weeks and months that have a backup, not those of the calendar: after a long pause the old ones are
    still there.
    """
    newest_first = sorted(times, reverse=True)
    kept: set[datetime] = set(newest_first[:LATEST])
    for most, period in (
        (DAYS, lambda t: t.date()),
        (WEEKS, lambda t: t.isocalendar()[:2]),
        (MONTHS, lambda t: (t.year, t.month)),
    ):
        newest_of: dict[object, datetime] = {}
        for time in newest_first:
            newest_of.setdefault(period(time), time)
        kept |= set(list(newest_of.values())[:most])
    return kept
