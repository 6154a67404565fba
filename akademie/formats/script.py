"""The moderation script (Ablaufplan): who speaks when, what happens then; for paper and with a clock that runs.

Knows neither formats nor events: whatever has steps with `title`, `minutes`, `role` and `script` can have one, with the
template `formats/public/script.html`.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any, Protocol

from django import forms

from akademie.formats.words import minutes_in_words

DAY = 24 * 60
CLOCK_FORMATS = ["%H:%M", "%H.%M", "%H", "%H:%M:%S", "%H:%M Uhr", "%H.%M Uhr", "%H Uhr"]


class Planned(Protocol):
    """What a step must have; no minutes (0) mean that it has no fixed time."""

    title: str
    minutes: int
    role: str
    script: str


@dataclass(frozen=True)
class ScriptStep:
    """A line of the script. `begins` and `ends` are times of day ("14:05"), "" while nobody said when it begins."""

    number: int
    title: str
    minutes: int
    role: str
    script: str
    begins: str
    ends: str


@dataclass(frozen=True)
class Script:
    """A whole script. `key` changes with its steps, so that a clock does not run on with those of yesterday."""

    title: str
    steps: list[ScriptStep]
    tools: Sequence[str]
    minutes: int
    begins: str
    key: str

    @property
    def minutes_in_words(self) -> str:
        """All steps together, in words; empty when none has a fixed time."""
        return minutes_in_words(self.minutes) if self.minutes else ""

    @property
    def ends(self) -> str:
        """When it ends, "" while nobody said when it begins."""
        return self.steps[-1].ends if self.steps and self.begins else ""


class BeginForm(forms.Form):
    """When it begins; empty for a script without times of day."""

    beginn = forms.TimeField(
        label="Beginn", required=False, input_formats=CLOCK_FORMATS, widget=forms.TimeInput(format="%H:%M"),
        help_text="Zum Beispiel 14:00. Dann steht im Plan zu jedem Schritt die Uhrzeit.",
        error_messages={"invalid": "Bitte geben Sie eine Uhrzeit ein, zum Beispiel 14:00."},
    )  # fmt: skip


def script_of(title: str, steps: Iterable[Planned], *, begins: time | None = None, tools: Sequence[str] = ()) -> Script:
    """Return the script of these steps in their order; `begins` is the time of day at which the first one starts."""
    rows: list[ScriptStep] = []
    so_far = 0
    for number, step in enumerate(steps, start=1):
        minutes = step.minutes or 0
        rows.append(
            ScriptStep(
                number, step.title, minutes, step.role, step.script,
                begins=_clock(begins, so_far), ends=_clock(begins, so_far + minutes),
            )
        )  # fmt: skip
        so_far += minutes
    seen: list[Any] = [(row.title, row.minutes) for row in rows]
    return Script(title, rows, tools, so_far, _clock(begins, 0), hashlib.sha256(repr(seen).encode()).hexdigest()[:12])


def _clock(begins: time | None, minutes: int) -> str:
    """Return the time of day so many minutes later; after midnight it goes on with 0:00."""
    if begins is None:
        return ""
    hour, minute = divmod((begins.hour * 60 + begins.minute + minutes) % DAY, 60)
    return f"{hour}:{minute:02}"
