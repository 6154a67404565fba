"""What the sentences of the self-test are made of: lights, numbers and times."""

from datetime import datetime, timedelta

from django.utils import timezone

from akademie.core.contributions import Health, Light

MEGABYTE = 1024**2
GIGABYTE = 1024**3


def green(sentence: str) -> Health:
    """All is well."""
    return Health(Light.GREEN, sentence)


def yellow(sentence: str) -> Health:
    """Look at it soon."""
    return Health(Light.YELLOW, sentence)


def red(sentence: str) -> Health:
    """Act now."""
    return Health(Light.RED, sentence)


def grey(sentence: str) -> Health:
    """Not known."""
    return Health(Light.GREY, sentence)


def size(count: int) -> str:
    """Return a number of bytes: 84 MB, 1,5 GB."""
    if count >= GIGABYTE:
        return f"{count / GIGABYTE:.1f} GB".replace(".", ",")
    return f"{max(1, round(count / MEGABYTE))} MB"


def duration(time: timedelta) -> str:
    """Return how long something takes or has taken, in its largest unit: 3 Minuten, 2 Tagen; fits after „seit“."""
    seconds = max(0, int(time.total_seconds()))
    units = ((86400, "einem Tag", "Tagen"), (3600, "einer Stunde", "Stunden"), (60, "einer Minute", "Minuten"))
    for length, one, many in units:
        if (count := seconds // length) > 1:
            return f"{count} {many}"
        if count == 1:
            return one
    return "einer Sekunde" if seconds == 1 else f"{seconds} Sekunden"


def moment(at: datetime) -> str:
    """Return a point in time: 3. Mai 2027, 10:12 Uhr."""
    months = ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
              "Dezember")  # fmt: skip
    local = timezone.localtime(at)
    return f"{local.day}. {months[local.month - 1]} {local.year}, {local:%H:%M} Uhr"


def number(count: int, one: str, many: str) -> str:
    """Return a number with its noun: eine Mail, 3 Mails."""
    return one if count == 1 else f"{count:,} {many}".replace(",", ".")
