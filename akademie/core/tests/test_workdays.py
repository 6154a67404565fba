"""Days on which an office works."""

from datetime import date

import pytest

from akademie.core.workdays import workdays_after


@pytest.mark.parametrize(
    ("day", "last"),
    [
        (date(2027, 1, 11), date(2027, 1, 18)),  # Monday
        (date(2027, 1, 15), date(2027, 1, 22)),  # Friday
        (date(2027, 1, 16), date(2027, 1, 22)),  # Saturday
    ],
)
def test_five_workdays_leave_out_the_weekend(day: date, last: date):
    assert workdays_after(day, 5) == last
