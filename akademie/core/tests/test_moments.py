"""Days and hours as people type them."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.core.exceptions import ValidationError

from akademie.core.moments import HOW, MomentField, moment_of

BERLIN = ZoneInfo("Europe/Berlin")


class Sample(forms.Form):
    begins = MomentField(label="Beginn")


@pytest.mark.parametrize(
    "typed",
    ["2027-01-14T10:00", "2027-01-14 10:00:00", "14.01.2027 10:00", "14.1.27, 10 Uhr", "14. 1. 2027 um 10.00 Uhr"],
)
def test_a_moment_is_read_however_it_is_written(typed: str) -> None:
    assert moment_of(typed) == datetime(2027, 1, 14, 10, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("2027-03-28T02:30", "02:30 Uhr gibt es am 28. März 2027 nicht, weil die Uhren auf Sommerzeit springen. "
         "Meinen Sie 03:30 Uhr?"),
        ("2027-10-31T02:30", "02:30 Uhr gibt es am 31. Oktober 2027 zweimal, weil die Uhren zurückgestellt werden. "
         "Bitte wählen Sie eine Zeit vor 2:00 Uhr oder ab 3:00 Uhr."),
        ("2027-02-30T10:00", f"Diesen Tag oder diese Uhrzeit gibt es nicht. {HOW}"),
        ("14.01.2027 25:00", f"Diesen Tag oder diese Uhrzeit gibt es nicht. {HOW}"),
        ("morgen um zehn", HOW),
        ("14.01.2027", HOW),
        ("\x00", HOW),
        ("9" * 5000, HOW),
        ("01.01.1999 10:00", "Bitte wählen Sie einen Tag zwischen 2000 und "),
        ("9999-01-01T10:00", "Bitte wählen Sie einen Tag zwischen 2000 und "),
    ],
)  # fmt: skip
def test_what_is_no_moment_is_refused_with_what_to_do(typed: str, says: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        moment_of(typed)
    assert refusal.value.messages[0][: len(says)] == says


@pytest.mark.parametrize("typed", ["2027-03-28T01:59", "2027-03-28T03:00", "2027-10-31T01:59", "2027-10-31T03:00"])
def test_the_hours_beside_a_change_of_the_clocks_are_taken(typed: str) -> None:
    assert moment_of(typed) == datetime.fromisoformat(typed).replace(tzinfo=BERLIN)


def test_the_field_keeps_what_was_typed_and_shows_moments_in_local_time() -> None:
    assert 'value="morgen"' in str(Sample({"begins": "morgen"})["begins"])
    in_utc = datetime(2027, 1, 14, 9, tzinfo=ZoneInfo("UTC"))
    assert 'value="2027-01-14T10:00"' in str(Sample(initial={"begins": in_utc})["begins"])


def test_opening_and_sending_unchanged_is_no_change() -> None:
    began = datetime(2027, 1, 14, 10, 0, 31, tzinfo=BERLIN)
    assert not Sample({"begins": "2027-01-14T10:00"}, initial={"begins": began}).has_changed()
    assert Sample({"begins": "2027-01-14T10:01"}, initial={"begins": began}).has_changed()
