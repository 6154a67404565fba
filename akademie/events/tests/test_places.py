"""Where an event takes place, read from one line."""

import pytest

from akademie.events.places import Where, in_one_line, where
from akademie.formats.words import Mode


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("online", Where(Mode.DIGITAL, "")),
        ("Online.", Where(Mode.DIGITAL, "")),
        ("als Videokonferenz", Where(Mode.DIGITAL, "")),
        ("Rathaus, Markt 1", Where(Mode.ON_SITE, "Rathaus, Markt 1")),
        ("Rathaus, Markt 1 und online", Where(Mode.HYBRID, "Rathaus, Markt 1")),
        ("Rathaus, Markt 1, auch digital", Where(Mode.HYBRID, "Rathaus, Markt 1")),
        ("online und im Rathaus", Where(Mode.HYBRID, "Rathaus")),
        ("hybrid: Stadthalle", Where(Mode.HYBRID, "Stadthalle")),
        ("hybrid", Where(Mode.HYBRID, "")),
        ("Onlinestraße 3", Where(Mode.ON_SITE, "Onlinestraße 3")),
        ("Digitalhaus Zwönitz", Where(Mode.ON_SITE, "Digitalhaus Zwönitz")),
    ],
)
def test_mode_and_place_are_read_from_one_line(typed: str, found: Where) -> None:
    assert where(typed) == found


@pytest.mark.parametrize(
    "found", [Where(Mode.DIGITAL, ""), Where(Mode.ON_SITE, "Rathaus"), Where(Mode.HYBRID, "Rathaus")]
)
def test_what_is_shown_is_read_back(found: Where) -> None:
    assert where(in_one_line(found.mode, found.place)) == found
