"""The words of the format catalogue, in one place: what the data say, what people read, what they also type.

And the figures in words: times, group sizes and the classes of both by which the list can be narrowed.
"""

from dataclasses import dataclass

from django.db.models import TextChoices

NOT_DOCUMENTED = "nicht dokumentiert"


class Kind(TextChoices):
    """What a format is for."""

    LEARNING = "lernen", "Lernen"
    EXCHANGE = "austausch", "Austausch"
    CONSULTING = "beratung", "Beratung"


class Mode(TextChoices):
    """Where people meet."""

    DIGITAL = "digital", "digital"
    HYBRID = "hybrid", "hybrid"
    ON_SITE = "praesenz", "vor Ort"


class Effort(TextChoices):
    """Work for those who run it, from little to much."""

    LOW = "gering", "gering"
    MEDIUM = "mittel", "mittel"
    HIGH = "hoch", "hoch"


class Maturity(TextChoices):
    """How far a format has come. Editors say so; no figure changes it by itself."""

    TRIED = "erprobt", "erprobt"
    ON_TRIAL = "in-erprobung", "in Erprobung"
    IDEA = "idee", "Idee"
    UNKNOWN = "unbekannt", NOT_DOCUMENTED


# What the shipped data and machines call it: whether a format has been tried out.
PILOTED = {"ja": Maturity.TRIED, "erprobung": Maturity.ON_TRIAL, "nein": Maturity.IDEA, "unbekannt": Maturity.UNKNOWN}


class Naming(TextChoices):
    """Whether inter 3 names the format in its list of 18."""

    CONFIRMED = "bestätigt", "ja, namentlich genannt"
    UNKNOWN = "unbekannt", NOT_DOCUMENTED


class TemplateKind(TextChoices):
    """Texts that a format brings, those for people first, then the mails of an event."""

    INVITATION = "einladung", "Einladung"
    AGENDA = "tagesordnung", "Tagesordnung"
    MODERATION = "moderation", "Moderation"
    PRESS = "presse", "Pressetext"
    CONFIRMATION = "bestaetigung", "Mail: Anmeldung bestätigt"
    REMINDER = "erinnerung", "Mail: Erinnerung"
    CHANGE = "aenderung", "Mail: Änderung"
    CANCELLATION = "absage", "Mail: Absage"
    THANKS = "dank", "Mail: Dank"
    EVALUATION = "auswertung", "Mail: Bitte um Auswertung"


class Origin(TextChoices):
    """Where a field comes from."""

    SOURCED = "belegt", "belegt"
    PROPOSED = "vorschlag", "Vorschlag der Akademie"


# The fields of a Steckbrief that have an origin, by the name that the data use.
FIELDS = {
    "name": "Name",
    "kind": "Art",
    "purpose": "Zweck",
    "target_groups": "Zielgruppen",
    "mode": "Durchführung",
    "duration_minutes": "Dauer",
    "group_size": "Gruppe",
    "effort": "Aufwand",
    "roles": "Rollen",
    "tools": "Technik und Material",
    "steps": "Ablauf",
    "result": "Ergebnis",
    "tips": "Tipps",
    "piloted": "Reife",
}

# What people also type when they mean it; only the search reads this.
ALSO_TYPED = {
    Kind.LEARNING: "lernen Fortbildung Weiterbildung Schulung",
    Kind.EXCHANGE: "austauschen Erfahrungsaustausch",
    Kind.CONSULTING: "beraten Beratung",
    Mode.DIGITAL: "online Videokonferenz",
    Mode.HYBRID: "online und vor Ort",
    Mode.ON_SITE: "Präsenz Präsenzveranstaltung",
}


@dataclass(frozen=True)
class Band:
    """A class of a figure: from above `over` up to and including `upto` (None: open end)."""

    value: str
    label: str
    over: int
    upto: int | None

    def touches(self, low: int, high: int) -> bool:
        """Say whether a range has anything in common with this class."""
        return high > self.over and (self.upto is None or low <= self.upto)


UNKNOWN_BAND = "offen"
# Minutes. Half a day ends after five hours; what takes longer fills the day of a small administration.
DURATIONS = (
    Band("bis-60-minuten", "bis 60 Minuten", 0, 60),
    Band("bis-2-stunden", "bis 2 Stunden", 60, 120),
    Band("halber-tag", "halber Tag", 120, 300),
    Band("ganzer-tag", "ein Tag und mehr", 300, None),
)
GROUPS = (
    Band("bis-5", "bis 5 Personen", 0, 5),
    Band("6-bis-15", "6 bis 15 Personen", 5, 15),
    Band("16-bis-40", "16 bis 40 Personen", 15, 40),
    Band("ueber-40", "über 40 Personen", 40, None),
)


def bands(all_bands: tuple[Band, ...], low: int | None, high: int | None) -> tuple[str, ...]:
    """Return every class that the range touches; one open end counts as the other, no figure at all as unknown."""
    if low is None and high is None:
        return (UNKNOWN_BAND,)
    low, high = (high if low is None else low), (low if high is None else high)
    return tuple(band.value for band in all_bands if band.touches(low, high))  # type: ignore[arg-type]


def band_choices(all_bands: tuple[Band, ...]) -> list[tuple[str, str]]:
    """Return value and label of the classes, the unknown one last."""
    return [*((band.value, band.label) for band in all_bands), (UNKNOWN_BAND, NOT_DOCUMENTED)]


def minutes_in_words(minutes: int) -> str:
    """Return a time as people say it: 45 Minuten, 1 Stunde, 1,5 Stunden, 2 Std. 40 Min."""
    if minutes < 60 or (minutes < 120 and minutes % 60 not in (0, 30)):
        return "1 Minute" if minutes == 1 else f"{minutes} Minuten"
    hours, rest = divmod(minutes, 60)
    if rest == 0:
        return "1 Stunde" if hours == 1 else f"{hours} Stunden"
    return f"{hours},5 Stunden" if rest == 30 else f"{hours} Std. {rest} Min."


def duration_in_words(low: int | None, high: int | None) -> str:
    """Return a range of minutes as people say it: "45 bis 75 Minuten", "30 Minuten bis 2 Stunden"."""
    if low is None or high is None or low == high:
        known = high if low is None else low
        if known is None:
            return NOT_DOCUMENTED
        prefix = "" if low == high else ("ab " if high is None else "bis ")
        return prefix + minutes_in_words(known)
    first, last = minutes_in_words(low), minutes_in_words(high)
    number, unit = last.split(" ", 1)
    if first.split(" ", 1)[1][:4] == unit[:4] and " " not in unit:  # the same unit is said once
        return f"{first.split(' ', 1)[0]} bis {number} {unit}"
    return f"{first} bis {last}"


def people_in_words(low: int | None, high: int | None) -> str:
    """Return a group size as people say it: "6 bis 20", "allein", "ab 10"."""
    if low is None and high is None:
        return NOT_DOCUMENTED
    if low == high:
        return "eine Person" if low == 1 else f"{number(low)} Personen"
    if low is None or high is None:
        return f"ab {number(low)} Personen" if high is None else f"bis {number(high)} Personen"
    return f"{number(low)} bis {number(high)} Personen"


def number(value: int | None) -> str:
    """Return a number with German thousands: 1.200."""
    return f"{value or 0:,}".replace(",", ".")


def day_in_words(days: int) -> str:
    """Return a day counted from the day itself as people say it: 14 Tage vorher, am Tag selbst, 1 Tag danach."""
    if days == 0:
        return "am Tag selbst"
    return f"{abs(days)} Tag{'' if abs(days) == 1 else 'e'} {'vorher' if days < 0 else 'danach'}"


def steps_in_words(count: int) -> str:
    """Return how many steps there are, "" for none."""
    return "" if count == 0 else "1 Schritt" if count == 1 else f"{count} Schritte"


def and_list(words: list[str]) -> str:
    """Join facts as a sentence does: "digital, kurz und vor Ort"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} und {words[-1]}" if words else ""


def or_list(words: list[str]) -> str:
    """Join choices as a sentence does: "digital oder vor Ort"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} oder {words[-1]}" if words else ""
