"""What formats really took: figures of their runs, with the median and the spread, or single values while runs are few.

The median is the middle value, of an even number the mean of the two in the middle. From four runs on the spread is
that of the middle half, from the first to the third quartile (`statistics.quantiles`, method "inclusive"); with three
it goes from the smallest to the largest value. One or two values are shown as they are. All of it is worked out here
and not by the database, so that it is the same on each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles

from akademie.core.charts import Chart, about, strip
from akademie.core.stamps import Kept
from akademie.formats import words
from akademie.formats.models import FormatRun

STAMP = "formate"
FEWEST_FOR_MEDIAN = 3
FEWEST_FOR_QUARTILES = 4


def runs_in_words(count: int) -> str:
    """Return how many runs a figure comes from: aus 1 Durchführung."""
    return "aus 1 Durchführung" if count == 1 else f"aus {words.number(count)} Durchführungen"


@dataclass(frozen=True)
class Figure:
    """One measured thing: its values in order of size, and what they come to."""

    label: str
    values: tuple[float, ...]
    unit: str  # "Stunden"
    one: str = ""  # the unit of exactly one
    whole: bool = False  # Euros and people: a middle between two is rounded

    @property
    def count(self) -> int:
        """How many runs it comes from."""
        return len(self.values)

    @property
    def has_median(self) -> bool:
        """Whether there are enough runs for a middle."""
        return self.count >= FEWEST_FOR_MEDIAN

    @property
    def middle(self) -> float:
        """The median, however few the values."""
        return float(median(self.values))

    @property
    def spread(self) -> tuple[float, float]:
        """From where to where: the middle half of the runs, or all of them while they are few."""
        if self.count < FEWEST_FOR_QUARTILES:
            return self.values[0], self.values[-1]
        low, _middle, high = quantiles(self.values, n=4, method="inclusive")
        return low, high

    def said(self, value: float) -> str:
        """Return a value with its unit: 5,5 Stunden."""
        value = self._rounded(value)
        return about(value, self.one if value == 1 and self.one else self.unit)

    def _rounded(self, value: float) -> float:
        return float(round(value)) if self.whole else value

    @property
    def middle_in_words(self) -> str:
        """The median, or the one or two values there are."""
        if self.has_median:
            return self.said(self.middle)
        return words.and_list([self.said(value) for value in self.values])

    @property
    def spread_in_words(self) -> str:
        """The spread, "" while there are too few runs."""
        if not self.has_median:
            return ""
        low, high = self.spread
        if self.values[0] == self.values[-1]:
            return "immer gleich"
        whose = "die mittlere Hälfte" if self.count >= FEWEST_FOR_QUARTILES else "alle"
        return f"{whose}: {about(self._rounded(low))} bis {self.said(high)}"

    @property
    def source(self) -> str:
        """From how many runs: Median aus 4 Durchführungen."""
        return f"Median {runs_in_words(self.count)}" if self.has_median else runs_in_words(self.count)

    def chart(self) -> Chart | None:
        """Draw every run as a point, with the middle half and the median; None while there are too few."""
        if not self.has_median:
            return None
        low, high = self.spread
        half = self.count >= FEWEST_FOR_QUARTILES
        rows = [("kleinster Wert", self.values[0]), *([("unteres Viertel bis", low)] if half else []),
                ("Median", self.middle), *([("oberes Viertel ab", high)] if half else []),
                ("größter Wert", self.values[-1])]  # fmt: skip
        return strip(
            f"{self.label}: Median {self.said(self.middle)}",
            self.values,
            [(label, self.said(value)) for label, value in rows],
            middle=self.middle,
            box=(low, high) if half else None,
            unit=self.unit,
            source=f"{runs_in_words(self.count)}, von den Durchführenden eingetragen",
        )


@dataclass(frozen=True)
class Measured:
    """What the runs of one format came to. A figure that nobody has entered is None."""

    hours: Figure | None = None  # work of all who hosted: preparing, running, following up
    cost: Figure | None = None
    participants: Figure | None = None
    in_variants: int = 0  # runs of its variants, which count there

    @property
    def figures(self) -> list[Figure]:
        """Those that are known."""
        return [one for one in (self.hours, self.cost, self.participants) if one]

    @property
    def chart(self) -> Chart | None:
        """The hours of each run."""
        return self.hours.chart() if self.hours else None

    @property
    def variants_in_words(self) -> str:
        """What was run as a variant, "" for nothing."""
        if not self.in_variants:
            return ""
        if self.in_variants == 1:
            return "1 Durchführung einer Variante zählt dort."
        return f"{words.number(self.in_variants)} Durchführungen von Varianten zählen dort."


def _figure(label: str, values: Sequence[float], unit: str, one: str = "", *, whole: bool = False) -> Figure | None:
    return Figure(label, tuple(sorted(values)), unit, one, whole) if values else None


def _of_all() -> dict[int, Measured]:
    rows: dict[int, list[tuple[int | None, int | None, int | None]]] = {}
    in_variants: dict[int, int] = {}
    runs = FormatRun.objects.order_by("pk").values_list(
        "profile", "profile__origin", "profile__live", "measured_at", "prepare_minutes", "run_minutes",
        "follow_up_minutes", "cost_eur", "participants",
    )  # fmt: skip
    for pk, origin, is_public, measured_at, prepare, run, follow_up, cost, participants in runs:
        minutes = (prepare or 0) + (run or 0) + (follow_up or 0) if measured_at else None
        rows.setdefault(pk, []).append((minutes, cost, participants))
        if origin is not None and is_public and measured_at:
            in_variants[origin] = in_variants.get(origin, 0) + 1
    return {pk: _of_one(rows.get(pk, []), in_variants.get(pk, 0)) for pk in {*rows, *in_variants}}


def _of_one(runs: list[tuple[int | None, int | None, int | None]], in_variants: int) -> Measured:
    columns = zip(*runs, strict=True) if runs else ((), (), ())
    minutes, costs, participants = ([value for value in column if value is not None] for column in columns)
    return Measured(
        hours=_figure("Arbeit je Durchführung", [one / 60 for one in minutes], "Stunden", "Stunde"),
        cost=_figure("Kosten", costs, "Euro", whole=True),
        participants=_figure("Teilnehmende", participants, "Personen", "Person", whole=True),
        in_variants=in_variants,
    )


_kept: Kept[dict[int, Measured]] = Kept(STAMP, _of_all)


def everything() -> dict[int, Measured]:
    """Return what the runs of every format came to, by key; kept per process until a format or a run changes."""
    return _kept.get()


def of(profile_pk: int) -> Measured | None:
    """Return what the runs of a format came to, None without any."""
    found = everything().get(profile_pk)
    return found if found and (found.figures or found.in_variants) else None


def hours_of(profile_pk: int) -> Figure | None:
    """Return the measured hours of a format, None while nobody has entered any."""
    found = of(profile_pk)
    return found.hours if found else None
