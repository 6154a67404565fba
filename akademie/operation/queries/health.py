"""How the academy is: what the checks found last, worst first, and the few facts that machines ask for."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import DatabaseError
from django.utils import timezone

from akademie.core.contributions import HealthCheck, Light, health_checks
from akademie.operation.checks import machine
from akademie.operation.checks.words import duration, moment, number
from akademie.operation.models import HealthResult

WORDS = {
    Light.RED: "Jetzt handeln",
    Light.YELLOW: "Bald ansehen",
    Light.GREY: "Nicht bekannt",
    Light.GREEN: "In Ordnung",
}
LATE = timedelta(minutes=10)  # beyond what a check's own rhythm allows; then its result says nothing any more
LOOKED_NOW = {"operation.worker"}  # it writes the results itself, so they cannot tell that it is gone
ENOUGH = 200 * 1024**2  # bytes free, below which writing may fail any moment


@dataclass(frozen=True)
class Line:
    """One check with its result."""

    title: str
    light: Light
    sentence: str
    looked_at: datetime | None = None
    since: datetime | None = None

    @property
    def word(self) -> str:
        """The light in words."""
        return WORDS[self.light]

    @property
    def age(self) -> str:
        """How long ago it was looked at, in words."""
        if self.looked_at is None:
            return ""
        age = timezone.now() - self.looked_at
        return "gerade geprüft" if age < timedelta(minutes=1) else f"vor {duration(age)} geprüft"


@dataclass(frozen=True)
class Report:
    """Everything at a glance."""

    lines: list[Line] = field(default_factory=list)

    def count(self, light: Light) -> int:
        """Return how many checks show this light."""
        return sum(line.light == light for line in self.lines)

    @property
    def worst(self) -> Light:
        """The light for all together: red or yellow if there is one, else green."""
        return next((light for light in (Light.RED, Light.YELLOW) if self.count(light)), Light.GREEN)

    @property
    def heading(self) -> str:
        """What the person must know first."""
        red, yellow = self.count(Light.RED), self.count(Light.YELLOW)
        if red:
            return number(red, "Ein Punkt braucht Sie jetzt", "Punkte brauchen Sie jetzt")
        if yellow:
            return number(yellow, "Ein Punkt braucht Sie bald", "Punkte brauchen Sie bald")
        return "Alles läuft"


def report() -> Report:
    """Return what is known, worst first."""
    results = {result.key: result for result in HealthResult.objects.all()}
    places = list(WORDS)
    lines = [_line(check, results.get(check.key)) for check in health_checks]
    return Report(sorted(lines, key=lambda line: places.index(line.light)))


def _line(check: HealthCheck, result: HealthResult | None) -> Line:
    if check.key in LOOKED_NOW:
        found = check.look()
        since = result.since if result and result.light == found.light else None
        return Line(check.title, found.light, found.sentence, timezone.now(), since)
    if result is None:
        return Line(check.title, Light.GREY, "Das wurde noch nicht geprüft. Drücken Sie auf „Jetzt prüfen“.")
    if result.looked_at + check.every + LATE < timezone.now():
        then = f"Zuletzt geprüft am {moment(result.looked_at)}, damals „{WORDS[Light(result.light)]}“."
        return Line(check.title, Light.GREY, f"{then} Drücken Sie auf „Jetzt prüfen“.")
    return Line(check.title, Light(result.light), result.sentence, result.looked_at, result.since)


def what_machines_must_know() -> list[str]:
    """Return why the academy cannot work, in short German sentences; nothing when it can. Takes milliseconds."""
    if not machine.database_answers():
        return ["Die Datenbank antwortet nicht."]
    reasons = []
    try:
        silence = machine.worker_silence()
    except DatabaseError:
        return ["Der Datenbank fehlen Tabellen."]
    if silence is None or silence > machine.SILENCE:
        reasons.append("Der Hintergrunddienst meldet sich nicht.")
    if machine.free_space() < ENOUGH:
        reasons.append("Der Datenträger ist voll.")
    return reasons
