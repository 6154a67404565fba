"""Single fields of a Steckbrief as text that people write and compare, and the way back.

Lists stand one entry a line; a step is its title with its minutes in brackets: "Ankommen (5 Minuten)".
"""

import re
from typing import Any

from django.core.exceptions import ValidationError

from akademie.formats.models import MAX_STEPS, FormatProfile, FormatStep
from akademie.formats.words import FIELDS, Effort, Mode

LINES = ("target_groups", "roles", "tools")
RANGES = {"duration_minutes": ("duration_min", "duration_max"), "group_size": ("group_min", "group_max")}
UNITS = {"duration_minutes": "Minuten", "group_size": "Personen"}
# What people propose to change, in the order of the Steckbrief. The name and its proofs are the editors'.
PROPOSABLE = {
    key: FIELDS[key]
    for key in (
        "purpose", "target_groups", "mode", "duration_minutes", "group_size", "effort", "roles", "tools", "steps",
        "result", "tips",
    )
}  # fmt: skip
HINTS = {
    **dict.fromkeys(LINES, "Eine Zeile je Eintrag."),
    "mode": f"Eine Zeile je Möglichkeit: {', '.join(str(label) for label in Mode.labels)}.",
    "effort": f"Ein Wort: {', '.join(str(label) for label in Effort.labels)}.",
    "duration_minutes": "In Minuten, zum Beispiel: 45 bis 75.",
    "group_size": "Zum Beispiel: 6 bis 20.",
    "steps": "Eine Zeile je Schritt, die Minuten in Klammern: Ankommen (5 Minuten). Ohne Klammer hat der Schritt "
    "keine feste Zeit.",
}
STEP = re.compile(r"^(?P<title>.*?)\s*(?:\((?P<minutes>\d{1,4})\s*(?:Minuten?|Min\.?)\))?$")
NUMBERS = re.compile(r"\d+")


def text_of(profile: FormatProfile, key: str) -> str:
    """Return a field of PROPOSABLE as text, "" when it is not documented."""
    if key in LINES:
        return "\n".join(getattr(profile, key))
    if key in RANGES:
        low, high = (getattr(profile, name) for name in RANGES[key])
        ends = [str(end) for end in dict.fromkeys((low, high)) if end is not None]
        if len(ends) == 1 and low != high:
            ends = [f"ab {low}"] if high is None else [f"bis {high}"]
        return f"{' bis '.join(ends)} {UNITS[key]}" if ends else ""
    if key == "mode":
        return "\n".join(str(label) for mode, label in Mode.choices if mode in profile.mode)
    if key == "effort":
        return str(Effort(profile.effort).label) if profile.effort else ""
    if key == "steps":
        steps = profile.steps.all()
        return "\n".join(f"{one.title} ({one.minutes} Minuten)" if one.minutes else one.title for one in steps)
    return str(getattr(profile, key))


def put(profile: FormatProfile, key: str, text: str) -> None:
    """Put a text into a field of a profile that is not saved here; ValidationError in German when it does not fit."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    values: dict[str, Any] = {}
    if key in LINES:
        values[key] = lines
    elif key in RANGES:
        values = dict(zip(RANGES[key], _ends(text, UNITS[key]), strict=True))
    elif key == "mode":
        values["mode"] = [_choice(line, Mode) for line in lines]
    elif key == "effort":
        values["effort"] = _choice(text.strip(), Effort) if text.strip() else ""
    elif key == "steps":
        profile.steps = _steps(lines, list(profile.steps.all()))
    else:
        values[key] = " ".join(text.split())
    for name, value in values.items():
        field = profile._meta.get_field(name)
        setattr(profile, name, field.clean(value, profile))  # type: ignore[union-attr]
    if key in RANGES:
        low, high = (getattr(profile, name) for name in RANGES[key])
        if low is not None and high is not None and low > high:
            raise ValidationError("Die erste Zahl ist größer als die zweite.")
    for step in profile.steps.all() if key == "steps" else ():
        step.full_clean(exclude=["profile"])


def _ends(text: str, unit: str) -> tuple[int | None, int | None]:
    numbers = [int(found) for found in NUMBERS.findall(text)]
    if (text.strip() and not numbers) or len(numbers) > 2 or any(number > 99_999 for number in numbers):
        raise ValidationError(f"Bitte schreiben Sie eine oder zwei Zahlen, zum Beispiel: 6 bis 20 {unit}.")
    if len(numbers) == 2:
        return numbers[0], numbers[1]
    first = numbers[0] if numbers else None
    start = text.strip().casefold()
    return (None, first) if start.startswith("bis") else (first, None if start.startswith("ab") else first)


def _choice(word: str, choices: Any) -> str:
    for value, label in choices.choices:
        if word.casefold() in (str(label).casefold(), value):
            return str(value)
    raise ValidationError(f"„{word[:40]}“ geht hier nicht. Möglich sind: {', '.join(map(str, choices.labels))}.")


def _steps(lines: list[str], before: list[FormatStep]) -> list[FormatStep]:
    """Make steps of lines; a step that keeps its title, or its place among equally many, keeps who speaks."""
    if len(lines) > MAX_STEPS:
        raise ValidationError(f"Höchstens {MAX_STEPS} Schritte. Jetzt sind es {len(lines)}.")
    known = {step.title: step for step in before}
    steps = []
    for order, line in enumerate(lines):
        found = STEP.match(line)
        title = found["title"] if found else line
        same = known.get(title) or (before[order] if len(before) == len(lines) else None)
        steps.append(
            FormatStep(
                sort_order=order, title=title, minutes=int(found["minutes"] or 0) if found else 0,
                role=same.role if same else "", script=same.script if same else "",
            )
        )  # fmt: skip
    return steps
