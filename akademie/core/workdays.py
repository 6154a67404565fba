"""Days on which an office works."""

from datetime import date, timedelta


def workdays_after(day: date, count: int) -> date:
    """Return the last of so many workdays after a day; Saturdays and Sundays do not count, holidays are not known."""
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day
