"""What may be told of anonymous answers, and how they are kept so that nobody can tell more. Why: docs/adr/0017.

A figure is the distribution of the answers to one question of one survey. It is told or not as a whole. Sums are made
of told figures only, and of whole ones: so whatever is subtracted from whatever, what is left is again a set of told
figures, each of at least K answers that are not all the same.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from akademie.questionnaires.models import Kind, Question
from akademie.surveys.models import K

TEXTS = (Kind.SHORT, Kind.LONG)
TAKEN = (Kind.SCALE, Kind.CHOICE, *TEXTS)  # several choices, numbers, dates and tables would make people recognisable
Tally = list[list[Any]]  # [answer, how often], sorted by answer
Tallies = dict[str, Tally]  # by the key of the question


def with_answers(tallies: Mapping[str, Tally], questions: Iterable[Question], answers: Mapping[str, Any]) -> Tallies:
    """Return the tallies with one person's answers to these questions added, each to its own question.

    The result depends on which answers there are, and on nothing else: no order, no company of answers.
    """
    found = {key: {_name(answer): [answer, often] for answer, often in tally} for key, tally in tallies.items()}
    for question in questions:
        if question.key in answers:
            tally = found.setdefault(question.key, {})
            _answer, often = tally.get(_name(answers[question.key]), (None, 0))
            tally[_name(answers[question.key])] = [answers[question.key], often + 1]
    return {key: [found[key][name] for name in sorted(found[key])] for key in sorted(found)}


def _name(answer: Any) -> str:
    return json.dumps(answer, ensure_ascii=False)


def may_be_told(tally: Tally) -> bool:
    """Whether a distribution hides each single answer: enough answers, and not all the same."""
    return sum(often for _answer, often in tally) >= K and len(tally) > 1


def rows(tallies: Mapping[str, Tally]) -> Iterator[dict[str, Any]]:
    """Yield one row for each answer, with this one answer in it: which answers belong together, nobody knows."""
    for key, tally in tallies.items():
        for answer, often in tally:
            yield from ({key: answer} for _ in range(often))
