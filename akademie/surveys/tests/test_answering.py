"""Answering through the page: in every state of a survey, with every kind of input, once and twice."""

import threading
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from akademie.core.actions import NotPossible
from akademie.surveys import actions
from akademie.surveys.models import AnswerBag, Survey
from akademie.surveys.tests.factories import make_survey, ratings
from akademie.surveys.views.public import SECOND

pytestmark = pytest.mark.django_db
GOOD = {"nutzen": "4", "empfehlen": "5", "anwenden": "Ein Rundgang.", "verbessern": "Mehr Zeit."}


def sent(page: Any, **answers: str) -> dict[str, str]:
    """Return what a browser sends from a drawn page with these answers."""
    form = page.context["form"]
    data = {form.add_prefix(name): form[name].value() or "" for name, field in form.fields.items() if name[0] == "_"}
    return {**data, **{form.add_prefix(key): value for key, value in answers.items()}}


def count(survey: Survey) -> int:
    return AnswerBag.objects.get(pk=survey.pk).count


def test_who_answers_is_told_first_that_it_is_anonymous_and_then_what_happens(client: Client) -> None:
    survey = make_survey()
    page = client.get(survey.get_absolute_url())
    text = page.content.decode()
    assert 0 < text.index("Diese Befragung ist anonym, und das bleibt so") < text.index("Wie sehr nutzt Ihnen")
    assert page["Cache-Control"].endswith("private")
    answer = client.post(survey.get_absolute_url(), sent(page, **GOOD), follow=True)
    assert answer.redirect_chain == [(f"{survey.get_absolute_url()}danke/", 302)]
    assert "Bis dahin sieht niemand Ergebnisse" in answer.content.decode()
    bag = AnswerBag.objects.get(pk=survey.pk)
    assert (bag.count, bag.figures) == (1, {"empfehlen": [[5, 1]], "nutzen": [[4, 1]]})
    assert bag.texts == {"anwenden": [["Ein Rundgang.", 1]], "verbessern": [["Mehr Zeit.", 1]]}


def test_pressing_twice_counts_once_and_going_back_says_that_it_is_done(client: Client) -> None:
    survey = make_survey()
    data = sent(client.get(survey.get_absolute_url()), **GOOD)
    for _ in range(2):  # a second press sends the same page before the first answer has brought the cookie
        assert Client().post(survey.get_absolute_url(), data).status_code == 302
    assert count(survey) == 1
    client.post(survey.get_absolute_url(), data)
    back = client.get(survey.get_absolute_url())
    assert "Auf diesem Gerät wurde schon geantwortet" in back.content.decode()
    assert (b"<textarea" in back.content, count(survey)) == (False, 1)


def test_a_second_person_at_the_same_device_may_answer_too(client: Client) -> None:
    survey = make_survey()
    first, other = (client.get(survey.get_absolute_url()) for _ in range(2))
    client.post(survey.get_absolute_url(), sent(first, **GOOD))
    refused = client.post(survey.get_absolute_url(), sent(other, **{**GOOD, "verbessern": "Was ich tippte."}))
    assert (SECOND in refused.content.decode(), "Was ich tippte." in refused.content.decode()) == (True, True)
    assert f'action="{survey.get_absolute_url()}?weitere=1"' in refused.content.decode()
    again = f"{survey.get_absolute_url()}?weitere=1"
    assert client.post(again, sent(refused, **GOOD)).status_code == 302
    assert client.post(again, sent(client.get(again), **GOOD)).status_code == 302
    assert count(survey) == 3


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({}, "Bitte beantworten Sie diese Frage."),
        ({"nutzen": "6"}, "Bitte wählen Sie eine der Möglichkeiten."),
        ({"nutzen": "-1"}, "Bitte wählen Sie eine der Möglichkeiten."),
        ({"nutzen": "quatsch\0"}, "Bitte wählen Sie eine der Möglichkeiten."),
        ({"verbessern": "Wort " * 2000}, "Bitte kürzen Sie den Text auf 1.000 Zeichen. Jetzt sind es 9.999."),
        ({"anwenden": "x" * 301}, "Bitte kürzen Sie den Text auf 300 Zeichen. Jetzt sind es 301."),
    ],
)
def test_what_does_not_fit_is_said_at_the_field_and_kept(client: Client, answers: dict[str, str], says: str) -> None:
    survey = make_survey()
    given = {"verbessern": "Ich hatte schon viel getippt.", **answers}
    answer = client.post(survey.get_absolute_url(), sent(client.get(survey.get_absolute_url()), **given))
    assert (answer.status_code, says in answer.content.decode()) == (200, True)
    assert given["verbessern"].strip() in answer.content.decode()
    assert (count(survey), "schon_geantwortet" in answer.cookies) == (0, False)


def test_marks_that_nobody_types_are_taken_away(client: Client) -> None:
    survey = make_survey()
    page = client.get(survey.get_absolute_url())
    assert client.post(survey.get_absolute_url(), sent(page, **{**GOOD, "anwenden": "A\0\u202eB"})).status_code == 302
    assert AnswerBag.objects.get(pk=survey.pk).texts["anwenden"] == [["AB", 1]]


@pytest.mark.parametrize(
    ("opens", "closes", "shown", "refused"),
    [(2, 3, "noch nicht offen", actions.NOT_OPEN), (-3, -1, "ist seit", actions.CLOSED)],
)
def test_before_and_after_its_time_a_survey_says_so(
    client: Client, opens: int, closes: int, shown: str, refused: str
) -> None:
    survey = make_survey()
    page = client.get(survey.get_absolute_url())
    now = timezone.now()
    Survey.objects.filter(pk=survey.pk).update(
        opens_at=now + timedelta(days=opens), closes_at=now + timedelta(days=closes)
    )
    assert shown in client.get(survey.get_absolute_url()).content.decode()
    late = client.post(survey.get_absolute_url(), sent(page, **GOOD)).content.decode()
    assert (refused in late, "Mehr Zeit." in late, count(survey)) == (True, True, 0)


def test_unknown_numbers_lead_nowhere(client: Client) -> None:
    for path in ("/befragungen/000-000-000/", "/befragungen/000-000-000/aushang/", "/befragungen/quatsch/"):
        assert client.get(path).status_code == 404


def test_programs_are_kept_out(client: Client, settings: Any) -> None:
    settings.FORM_SECONDS = 2
    survey = make_survey()
    page = client.get(survey.get_absolute_url())
    answer = client.post(survey.get_absolute_url(), sent(page, **{**GOOD, "website": "https://werbung.example"}))
    assert (answer.status_code, count(survey)) == (200, 0)


def test_a_survey_takes_no_more_than_it_can_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MOST_ANSWERS", 2)
    survey = make_survey(ratings(1, 2))
    with pytest.raises(NotPossible):
        actions.answer(survey, GOOD)


def test_the_poster_has_code_and_address(client: Client) -> None:
    survey = make_survey()
    page = client.get(f"{survey.get_absolute_url()}aushang/").content.decode()
    assert ("<svg" in page, f"/befragungen/{survey.slug}/</a>" in page) == (True, True)


def test_the_mode_is_fixed_for_good() -> None:
    survey = make_survey()
    for name, value in (("mode", "named"), ("kind", "other"), ("slug", "111-111-111")):
        changed = Survey.objects.get(pk=survey.pk)
        setattr(changed, name, value)
        with pytest.raises(ValueError, match="fixed"):
            changed.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        Survey.objects.filter(pk=survey.pk).update(mode="named")


def test_moving_and_closing(participant: Any) -> None:
    now = timezone.now()
    survey = make_survey(opens_at=now + timedelta(days=1), closes_at=now + timedelta(days=2), by=participant)
    with pytest.raises(NotPossible):
        actions.reschedule(survey, opens_at=now, closes_at=now, by=participant)
    moved = actions.reschedule(survey, opens_at=now + timedelta(days=8), closes_at=now + timedelta(days=9), by=None)
    assert (moved.stage, actions.close(survey, by=participant).stage) == ("coming", "closed")
    with time_machine.travel(now + timedelta(days=8, hours=1)):
        assert Survey.objects.get(pk=survey.pk).stage == "closed"


def test_the_host_closes_and_keeps_back(client: Client, participant: Any) -> None:
    survey = make_survey(ratings(1, 2, 3, 4, 5), by=participant)
    client.force_login(participant)
    results = client.get(survey.results_url)
    assert ("Jetzt für immer schließen" in results.content.decode(), results.context["results"].shown) == (True, False)
    client.post(f"{survey.get_absolute_url()}schliessen/")
    assert client.get(survey.results_url).context["results"].shown
    assert Client().get(survey.results_url).status_code == 200
    client.post(f"{survey.get_absolute_url()}veroeffentlichen/", {"zeigen": "mir"})
    assert Client().get(survey.results_url)["Location"].startswith("/anmelden/")
    client.post(f"{survey.get_absolute_url()}veroeffentlichen/", {"zeigen": "allen"})
    assert Client().get(survey.results_url).status_code == 200


def test_the_nights_take_what_nobody_needs() -> None:
    few = make_survey([{**one, "anwenden": "Text"} for one in ratings(1, 2)], closed=True)
    many = make_survey([{**one, "anwenden": "Text"} for one in ratings(1, 2, 3, 4, 5)], closed=True)
    open_ = make_survey(ratings(1, 2))
    AnswerBag.objects.filter(pk=many.pk).update(sheets=["a"])
    actions.forget_answers(AnswerBag.objects.never_shown())
    actions.forget_sheets(AnswerBag.objects.with_used_sheets())
    actions.forget_texts(AnswerBag.objects.with_old_texts())
    bags = {bag.pk: bag for bag in AnswerBag.objects.all()}
    assert (bags[few.pk].count, bags[few.pk].figures, bags[few.pk].texts) == (2, {}, {})
    assert (bags[many.pk].texts["anwenden"], bags[many.pk].sheets) == ([["Text", 5]], [])
    assert bags[open_.pk].figures["nutzen"] == [[1, 1], [2, 1]]
    with time_machine.travel(timezone.now() + timedelta(days=3 * 366)):
        actions.forget_texts(AnswerBag.objects.with_old_texts())
    bag = AnswerBag.objects.get(pk=many.pk)
    assert (bag.texts, len(bag.figures["nutzen"])) == ({}, 5)


@pytest.mark.django_db(transaction=True)
def test_many_at_once_all_count() -> None:
    survey = make_survey()
    failed: list[str] = []

    def one(step: int) -> None:
        try:
            actions.answer(survey, ratings(step)[0], sheet=str(step))
        except NotPossible as refusal:
            failed.append(str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=[1 + number % 5]) for number in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (failed, count(survey)) == ([], 5)  # two with each of five sheets
