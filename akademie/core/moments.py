"""Days and hours as people type them, turned into moments: hours that do not exist or exist twice are asked about.

On the last Sunday of March the clocks go from 2:00 to 3:00, on the last Sunday of October from 3:00 back to 2:00
(Sommerzeitverordnung); what lies between does not exist in spring and exists twice in autumn.
"""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format

FIRST_YEAR = 2000
YEARS_AHEAD = 10
TYPED = re.compile(
    r"(?:(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})[T ]+|"
    r"(?P<tag>\d{1,2})\.\s*(?P<monat>\d{1,2})\.\s*(?P<jahr>\d{4}|\d{2})[ ,]+(?:um\s+)?)"
    r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?(?::\d{2}(?:\.\d+)?)?\s*(?:Uhr)?"
)
HOW = "Bitte schreiben Sie Tag und Uhrzeit so: 14.01.2027 10:00."


class MomentInput(forms.DateTimeInput):
    """Day and time in one native field; a browser that does not know it shows text, which is read as well."""

    input_type = "datetime-local"

    def format_value(self, value: Any) -> str:
        """Show a moment in the academy's time zone, and what somebody typed as it was."""
        if isinstance(value, datetime):
            here = timezone.localtime(value) if timezone.is_aware(value) else value
            return here.strftime("%Y-%m-%dT%H:%M")
        return str(value or "")


class MomentField(forms.Field):
    """A day and a time in the academy's time zone; gives an aware datetime or None."""

    widget = MomentInput

    def prepare_value(self, value: Any) -> Any:
        """Leave it to the widget: moments become local time there, once."""
        return value

    def to_python(self, value: Any) -> datetime | None:
        """Return the moment; ValidationError says what is wrong with it and what to type."""
        if isinstance(value, datetime):
            return value
        text = str(value or "").strip()
        return moment_of(text) if text else None

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare to the minute: the field shows no seconds."""
        try:
            given = self.to_python(data)
        except ValidationError:
            return True
        then = initial.replace(second=0, microsecond=0) if isinstance(initial, datetime) else None
        return given != then


def moment_of(text: str) -> datetime:
    """Return the moment that a text means, 14.01.2027 10:00 or 2027-01-14T10:00. ValidationError in German if none."""
    found = TYPED.fullmatch(text[:40])
    if not found:
        raise ValidationError(HOW, code="invalid")
    said = {name: int(number) for name, number in found.groupdict(default="0").items()}
    year = said["year"] or said["jahr"] + (2000 if 0 < said["jahr"] < 100 else 0)
    month, day = said["month"] or said["monat"], said["day"] or said["tag"]
    try:
        clock = datetime(year, month, day, said["hour"], said["minute"])
    except ValueError:
        raise ValidationError(f"Diesen Tag oder diese Uhrzeit gibt es nicht. {HOW}", code="invalid") from None
    if not FIRST_YEAR <= clock.year <= timezone.localdate().year + YEARS_AHEAD:
        latest = timezone.localdate().year + YEARS_AHEAD
        raise ValidationError(f"Bitte wählen Sie einen Tag zwischen {FIRST_YEAR} und {latest}.", code="invalid")
    return local_moment(clock)


def local_moment(clock: datetime) -> datetime:
    """Return the moment of a clock time here; ValidationError for one that does not exist or exists twice."""
    zone = timezone.get_default_timezone()
    first, second = clock.replace(tzinfo=zone, fold=0), clock.replace(tzinfo=zone, fold=1)
    if first.utcoffset() == second.utcoffset():
        return first
    time, day = clock.strftime("%H:%M"), date_format(clock, "j. F Y")
    if first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != clock:
        later = (clock + timedelta(hours=1)).strftime("%H:%M")
        raise ValidationError(
            f"{time} Uhr gibt es am {day} nicht, weil die Uhren auf Sommerzeit springen. Meinen Sie {later} Uhr?",
            code="invalid",
        )
    raise ValidationError(
        f"{time} Uhr gibt es am {day} zweimal, weil die Uhren zurückgestellt werden. Bitte wählen Sie eine Zeit "
        "vor 2:00 Uhr oder ab 3:00 Uhr.",
        code="invalid",
    )
