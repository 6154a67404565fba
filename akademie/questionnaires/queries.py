"""Questions about questionnaires and answers."""

import math
from collections.abc import Iterable
from typing import Any

from akademie.questionnaires import conditions
from akademie.questionnaires.models import Answer, AnswerSet, Kind, Question, Version

SECONDS = {  # our own estimate of how long people need for a question of each kind
    Kind.SHORT: 20, Kind.LONG: 75, Kind.CHOICE: 12, Kind.SEVERAL: 20, Kind.NUMBER: 15, Kind.DATE: 12,
    Kind.TABLE: 90, Kind.FILE: 60, Kind.SCALE: 10,
}  # fmt: skip
PER_ROW = 10  # further seconds for each line of a table


def minutes(questions: Iterable[Question]) -> int:
    """Return how long answering takes by our estimate, in whole minutes, at least one."""
    seconds = sum(
        SECONDS[Kind(one.kind)] + (PER_ROW * len(one.lines) if one.kind == Kind.TABLE else 0) for one in questions
    )
    return max(1, math.ceil(seconds / 60))


def answers_of(answer_set: AnswerSet) -> dict[str, Any]:
    """Return somebody's answers as plain values by key, as `answer_form` takes them for `initial`."""
    rows = Answer.objects.filter(answer_set=answer_set).order_by("question__position")
    return dict(rows.values_list("question__key", "value"))


def rows_of(answer_sets: Iterable[AnswerSet]) -> dict[int, dict[str, Any]]:
    """Return the answers of many by the key of their set, with one question to the database."""
    found: dict[int, dict[str, Any]] = {one.pk: {} for one in answer_sets}
    rows = Answer.objects.filter(answer_set__in=found).values_list("answer_set_id", "question__key", "value")
    for pk, key, value in rows:
        found[pk][key] = value
    return found


def shown(answer_set: AnswerSet) -> list[tuple[str, str]]:
    """Return questions and answers of one set in words, in their order: for a confirmation or an export of data."""
    rows = Answer.objects.filter(answer_set=answer_set).select_related("question").order_by("question__position")
    return [(one.question.label, in_words(one.question, one.value)) for one in rows]


def in_words(question: Question, value: Any) -> str:
    """Return an answer as people read it; empty for none."""
    if value is None or value == "":
        return ""
    match question.kind:
        case Kind.SEVERAL:
            return "; ".join(value)
        case Kind.TABLE:
            lines = zip(question.lines, value, strict=False)
            return "\n".join(f"{line}: {', '.join(filter(None, row))}" for line, row in lines if any(row))
        case Kind.DATE:
            year, month, day = value.split("-")
            return f"{day}.{month}.{year}"
        case Kind.FILE:
            return str(value["name"])
        case Kind.NUMBER:
            return str(value).replace(".", ",")
    return str(value)


def numbered(version: Version) -> list[tuple[int, Question]]:
    """Return all questions of a version with their numbers."""
    return list(enumerate(version.questions.order_by("position", "pk"), start=1))


def with_conditions(numbered: Iterable[tuple[int, Question]]) -> list[tuple[int, Question, str]]:
    """Return questions with their numbers and when they are asked, in words."""
    earlier: dict[str, Question] = {}
    found = []
    for number, question in numbered:
        found.append((number, question, conditions.in_words(question, earlier)))
        earlier[question.key] = question
    return found
