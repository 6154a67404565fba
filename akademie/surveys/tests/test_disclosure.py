"""Nothing that is shown, and nothing that is left of one shown figure without another, is about few people."""

import itertools
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone

from akademie.accounts.models import User
from akademie.core.actions import NotPossible
from akademie.questionnaires.models import Kind, Question
from akademie.surveys import actions, queries
from akademie.surveys.models import SETTLED, K, Survey
from akademie.surveys.queries import Results, group_results
from akademie.surveys.tests.factories import make_survey, ratings

pytestmark = pytest.mark.django_db
GUEST = AnonymousUser()


def counts(results: Results) -> dict[str, Counter[str]]:
    """Return the told distributions by the key of their question."""
    return {
        one.figures.question.key: Counter({answer: often for answer, often in one.figures.counts if often})
        for one in results.questions if one.chart
    }  # fmt: skip


def is_safe(left: Counter[str]) -> bool:
    """Whether a distribution is empty, or of enough people who did not all say the same."""
    return not left or (sum(left.values()) >= K and len(left) > 1)


def test_no_difference_of_published_totals_is_about_few_people() -> None:
    """Surveys of all sizes in two groups and two years: every total, every difference of two, every complement."""
    sizes = [(1,), (1, 5), (2, 3, 4, 5), (3, 3, 3, 3, 3), (1, 2, 3, 4, 5), (5, 5, 5, 5, 4), (4,) * 9, (1, 2) * 4]
    year = timezone.now().year
    for number, (steps, group, back) in enumerate(itertools.product(sizes, ("format:a", "format:b"), (0, 1))):
        given = ratings(*steps)
        if number % 3 == 0:
            given = [{"nutzen": one["nutzen"]} if place > 2 else one for place, one in enumerate(given)]
        survey = make_survey(given, closed=True, group=group, is_public=number % 5 != 0)
        if back:
            Survey.objects.filter(pk=survey.pk).update(
                opens_at=survey.opens_at.replace(year=year - 1, month=1, day=3),
                closes_at=survey.closes_at.replace(year=year - 1, month=1, day=9),
            )
    make_survey(ratings(1, 2, 3, 4, 5, 5), group="format:a")  # still open
    published = [queries.results(survey, GUEST) for survey in Survey.objects.all()]
    published += [
        queries.group_results(group, year=when)
        for group in ("", "format:a", "format:b", "format:c") for when in (None, year, year - 1)
    ]  # fmt: skip
    told = [counts(one) for one in published]
    assert sum(1 for one in told if one) > 15
    wrong = []
    for key in ("nutzen", "empfehlen"):
        totals = [one.get(key, Counter()) for one in told]
        for one, other in itertools.permutations(totals, 2):
            if other <= one and not is_safe(one - other):
                wrong.append((key, one, other))
        wrong += [(key, one, None) for one in totals if not is_safe(one)]
    assert wrong == []


def test_nobody_sees_figures_before_the_end_and_so_never_the_difference_of_one_answer(
    lead: User, participant: User
) -> None:
    survey = make_survey(by=participant)
    seen = set()
    for one in ratings(1, 2, 3, 4, 5, 5, 1, 2):
        actions.answer(survey, one)
        for viewer in (lead, participant, GUEST):
            results = queries.results(Survey.objects.get(pk=survey.pk), viewer)
            seen.add((results.shown, tuple(results.questions), queries.group_results("").shown))
    assert seen == {(False, (), False)}
    assert queries.results(Survey.objects.get(pk=survey.pk), participant).count == 8
    assert queries.results(Survey.objects.get(pk=survey.pk), GUEST).count is None


def test_after_the_end_figures_wait_for_answers_on_their_way(lead: User) -> None:
    survey = make_survey(ratings(1, 2, 3, 4, 5))
    with time_machine.travel(survey.closes_at + SETTLED / 2):
        assert not queries.results(Survey.objects.get(pk=survey.pk), lead).shown
    with time_machine.travel(survey.closes_at + SETTLED):
        assert queries.results(Survey.objects.get(pk=survey.pk), lead).shown
        with pytest.raises(NotPossible):
            actions.answer(survey, ratings(1)[0])


def test_what_is_closed_stays_closed(lead: User) -> None:
    survey = make_survey(ratings(1, 2, 3, 4, 5))
    actions.close(survey, by=lead)
    later = timezone.now() + timedelta(days=9)
    for attempt in (
        lambda: actions.reschedule(survey, opens_at=survey.opens_at, closes_at=later, by=lead),
        lambda: actions.answer(survey, ratings(1)[0]),
    ):
        with pytest.raises(NotPossible):
            attempt()
    with time_machine.travel(timezone.now() + timedelta(days=30)), pytest.raises(NotPossible):
        actions.reschedule(survey, opens_at=survey.opens_at, closes_at=later + timedelta(days=40), by=lead)
    assert Survey.objects.get(pk=survey.pk).bag.count == 5


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        (ratings(1, 2, 3, 4), queries.TOO_FEW),
        (ratings(1, 2, 3, 4, 5), ""),
    ],
)
def test_four_answers_show_nothing_and_five_show_all(answers: list[Any], why: str, lead: User) -> None:
    results = queries.results(make_survey(answers, closed=True), lead)
    assert (results.why_not, results.count, len(results.questions)) == (why, len(answers), 0 if why else 4)


def test_where_all_said_the_same_it_is_not_told_nor_added_up(lead: User) -> None:
    survey = make_survey([{"nutzen": 5, "empfehlen": step} for step in (1, 2, 3, 4, 5)], closed=True)
    first, second = queries.results(survey, lead).questions[:2]
    assert (first.hidden, first.chart, first.figures.counts, first.median) == (queries.ALL_ALIKE, None, [], "")
    assert second.median == "3"
    assert counts(queries.group_results("")).keys() == {"empfehlen"}
    assert "nutzen" not in queries.tallies(survey, lead)


def test_a_question_that_few_answered_is_not_told(lead: User) -> None:
    survey = make_survey([*ratings(1, 2, 3, 4), {"empfehlen": 5}], closed=True)
    first = queries.results(survey, lead).questions[0]
    assert (first.hidden, first.figures.answered) == (queries.FEW_HERE, 0)


def test_texts_are_for_host_and_office_alone_and_in_no_order_of_coming(
    client: Client, lead: User, participant: User
) -> None:
    texts = ["Zebra zuletzt im Alphabet", "Mitte", "Anfang"]
    answers = [{**one, "anwenden": text} for one, text in zip(ratings(1, 2, 3), texts, strict=True)]
    survey = make_survey([*answers, *ratings(4, 5)], closed=True, by=participant)
    for viewer in (lead, participant):
        assert [one.texts for one in queries.results(survey, viewer).questions if one.texts] == [sorted(texts)]
    stranger = User.objects.create_user("fremd@stadt.example")
    for viewer in (GUEST, stranger):
        assert [one.texts for one in queries.results(survey, viewer).questions] == [[], []]
    for ending in ("csv", "xlsx"):
        answer = client.get(f"{survey.get_absolute_url()}ergebnis.{ending}")
        assert (answer.status_code, b"Zebra" in answer.content) == (200, False)
    assert "Zebra" not in client.get(survey.results_url).content.decode()
    client.force_login(participant)
    assert "Zebra" in client.get(survey.results_url).content.decode()
    assert "Zebra" in client.get(f"{survey.get_absolute_url()}ergebnis.csv").content.decode()


def test_a_file_has_one_answer_a_line_and_never_two_of_one_person(client: Client) -> None:
    survey = make_survey(ratings(1, 2, 3, 4, 5, 5), closed=True)
    lines = client.get(f"{survey.get_absolute_url()}ergebnis.csv").content.decode("utf-8-sig").splitlines()[1:]
    assert len(lines) == 12
    assert {len([cell for cell in line.split(";") if cell]) for line in lines} == {1}


def test_the_page_and_the_sum_take_as_many_queries_for_many(client: Client, lead: User, queries: Any) -> None:
    client.force_login(lead)

    def cost() -> tuple[int, int]:
        page = queries(lambda: client.get("/geschaeftsstelle/befragungen/?liste=alle"))
        return page, queries(lambda: group_results("format:a"))

    make_survey(ratings(1, 2, 3, 4, 5), closed=True, group="format:a", by=lead)
    one = cost()
    for number in range(3):
        by = User.objects.create_user(f"{number}@stadt.example")
        make_survey(ratings(1, 2, 3, 4, 5), closed=True, group="format:a", by=by)
    assert cost() == one


def test_only_what_hides_people_is_asked_anonymously() -> None:
    survey = make_survey()
    question = Question.objects.filter(version=survey.version).first()
    Question.objects.filter(pk=question.pk if question else 0).update(kind=Kind.FILE)
    with pytest.raises(NotPossible):
        make_survey()
