"""Conditions: a question that is asked only for some answers to an earlier one."""

from collections.abc import Iterable, Mapping
from typing import Any

from akademie.questionnaires.models import Kind, Operator, Question

Answers = Mapping[str, Any]  # plain values by the key of their question


def is_empty(value: Any) -> bool:
    """Whether nothing was answered; 0 is an answer."""
    return value is None or value == "" or value == [] or value == {}


def is_met(question: Question, answers: Answers) -> bool:
    """Whether a question is asked, given the answers before it. An answer that is missing meets no condition."""
    if not question.depends_on:
        return True
    given = answers.get(question.depends_on)
    if is_empty(given):
        return False
    if question.operator == Operator.ANSWERED:
        return True
    if question.operator in (Operator.IS, Operator.IS_NOT):
        words = {str(one) for one in (given if isinstance(given, list) else [given])}
        return bool(words & {str(value) for value in question.values}) == (question.operator == Operator.IS)
    if not isinstance(given, int | float) or not question.values:
        return False
    bound = float(question.values[0])
    return given >= bound if question.operator == Operator.AT_LEAST else given <= bound


def applying(questions: Iterable[Question], answers: Answers) -> dict[str, Any]:
    """Return the answers without those to questions that are not asked, and without what hangs on these."""
    found: dict[str, Any] = {}
    for question in questions:
        if question.key in answers and is_met(question, found):
            found[question.key] = answers[question.key]
    return found


def in_words(question: Question, earlier: Mapping[str, Question]) -> str:
    """Return when a question is asked: "nur, wenn „Kommen Sie mit dem Auto?“ mit „Ja“ beantwortet ist"."""
    source = earlier.get(question.depends_on)
    if source is None:
        return ""
    if question.operator == Operator.ANSWERED:
        return f"nur, wenn „{source.label}“ beantwortet ist"
    words = " oder ".join(f"„{_shown(value)}“" for value in question.values)
    if question.operator in (Operator.IS, Operator.IS_NOT):
        no = "nicht " if question.operator == Operator.IS_NOT else ""
        return f"nur, wenn „{source.label}“ {no}mit {words} beantwortet ist"
    side = "mindestens" if question.operator == Operator.AT_LEAST else "höchstens"
    return f"nur, wenn die Antwort auf „{source.label}“ {side} {words.strip('„“')} ist"


def _shown(value: Any) -> str:
    return f"{value:g}".replace(".", ",") if isinstance(value, float) else str(value)


OPERATORS: dict[str, tuple[Operator, ...]] = {  # which comparisons fit the kind of the earlier question
    Kind.CHOICE: (Operator.IS, Operator.IS_NOT, Operator.ANSWERED),
    Kind.SEVERAL: (Operator.IS, Operator.IS_NOT, Operator.ANSWERED),
    Kind.NUMBER: (Operator.IS, Operator.AT_LEAST, Operator.AT_MOST, Operator.ANSWERED),
    Kind.SCALE: (Operator.IS, Operator.AT_LEAST, Operator.AT_MOST, Operator.ANSWERED),
    **dict.fromkeys((Kind.SHORT, Kind.LONG, Kind.DATE, Kind.TABLE, Kind.FILE), (Operator.ANSWERED,)),
}
