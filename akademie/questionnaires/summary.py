"""Figures of each question, for charts and tables; the rows may be anonymous."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from statistics import fmean, median
from typing import Any

from akademie.questionnaires.conditions import is_empty
from akademie.questionnaires.models import Kind, Question, Version
from akademie.questionnaires.queries import in_words


@dataclass(frozen=True)
class Summary:
    """What came in for one question. What does not fit its kind is empty or None."""

    question: Question
    answered: int  # how many answered it
    counts: list[tuple[str, int]] = field(default_factory=list)  # options, or steps of a scale, in their order
    median: float | None = None
    mean: float | None = None
    low: float | None = None
    high: float | None = None
    texts: list[str] = field(default_factory=list)  # in the order of the rows: mix these before anonymous ones come in


def of(version: Version, rows: Iterable[Mapping[str, Any]]) -> list[Summary]:
    """Return the figures of every question of a version, in order."""
    rows = list(rows)
    return [_one(question, [row[question.key] for row in rows if not is_empty(row.get(question.key))])
            for question in version.questions.order_by("position", "pk")]  # fmt: skip


def _one(question: Question, given: list[Any]) -> Summary:
    match question.kind:
        case Kind.CHOICE:
            return Summary(question, len(given), _counted(question.options, given))
        case Kind.SEVERAL:
            return Summary(question, len(given), _counted(question.options, [one for row in given for one in row]))
        case Kind.SCALE:
            counts = _counted([str(step) for step in question.scale], [str(one) for one in given])
            return Summary(question, len(given), counts, **_spread(given))
        case Kind.NUMBER:
            return Summary(question, len(given), **_spread(given))
    return Summary(question, len(given), texts=[in_words(question, one) for one in given])


def _counted(order: list[str], given: list[str]) -> list[tuple[str, int]]:
    found = Counter(given)
    return [(option, found[option]) for option in order]


def _spread(given: list[Any]) -> dict[str, Any]:
    if not given:
        return {}
    return {"median": median(given), "mean": fmean(given), "low": min(given), "high": max(given)}
