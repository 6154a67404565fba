"""Building: the draft and its versions, limits, two editors at once, what stays possible afterwards."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from akademie.core.actions import NotPossible
from akademie.questionnaires import actions
from akademie.questionnaires.models import MOST_QUESTIONS, Kind, Question, Questionnaire, Version
from akademie.questionnaires.tests.factories import EVERY_KIND, make_version

pytestmark = pytest.mark.django_db
SHORT = {"kind": Kind.SHORT, "label": "Wie heißt Ihre Stadt?"}


def draft_of(*questions: dict[str, Any]) -> Version:
    return actions.create_questionnaire(title="Bogen", questions=questions).versions.get()


def labels(version: Version) -> list[str]:
    return list(version.questions.order_by("position").values_list("label", flat=True))


def test_keys_are_made_of_words_and_an_old_one_keeps_its_meaning() -> None:
    draft = draft_of(SHORT)
    first = draft.questions.get()
    assert first.key == "wie-heisst-ihre-stadt"
    actions.freeze(draft)
    new = actions.begin_draft(draft.questionnaire)
    assert [one.key for one in new.questions.all()] == [first.key]
    actions.delete_question(new.questions.get())
    assert actions.add_question(new, SHORT).key == "wie-heisst-ihre-stadt-2"


def test_a_frozen_version_is_not_changed_and_editing_makes_one_draft() -> None:
    version = make_version(SHORT)
    with pytest.raises(NotPossible, match="festgelegt"):
        actions.add_question(version, SHORT)
    with pytest.raises(NotPossible, match="festgelegt"):
        actions.change_question(version.questions.get(), {"label": "Anders?"}, edits=0)
    assert actions.begin_draft(version.questionnaire) == actions.begin_draft(version.questionnaire)
    assert [one.number for one in version.questionnaire.versions.order_by("number")] == [1, 2]


def test_first_answers_freeze_a_draft() -> None:
    draft = draft_of(SHORT)
    actions.open_answers(draft)
    draft.refresh_from_db()
    assert draft.is_answerable
    with pytest.raises(NotPossible, match="noch keine Frage"):
        actions.open_answers(draft_of())


def test_sixty_questions_are_the_end_however_they_come() -> None:
    many = [{**SHORT, "label": f"Frage {number}"} for number in range(500)]
    with pytest.raises(NotPossible, match="höchstens 60 Fragen"):
        draft_of(*many)
    assert Questionnaire.objects.count() == 0
    full = draft_of(*many[:MOST_QUESTIONS])
    for further in (lambda: actions.add_question(full, SHORT), lambda: actions.copy_question(full.questions.first())):
        with pytest.raises(NotPossible, match="Teilen Sie ihn auf"):
            further()
    assert full.questions.count() == MOST_QUESTIONS


def test_more_fields_than_a_form_may_have_are_refused() -> None:
    table = {"kind": Kind.TABLE, "label": "Was?", "columns": list("abcdefgh"), "maximum": 20}
    with pytest.raises(NotPossible, match="Die Tabellen haben zusammen mehr als"):
        actions.freeze(draft_of(*[table] * 10))
    assert actions.freeze(draft_of(*[table] * 9)).is_answerable


def test_questions_move_and_are_copied() -> None:
    draft = draft_of(*({**SHORT, "label": label} for label in "ABC"))
    a, b, c = draft.questions.order_by("position")
    actions.move_question(c, -1)
    actions.move_question(a, -1)
    assert labels(draft) == ["A", "C", "B"]
    actions.copy_question(a)
    assert labels(draft) == ["A", "A", "C", "B"]
    actions.delete_question(a)
    actions.delete_question(a)
    assert labels(draft) == ["A", "C", "B"]
    assert b.version == draft


def test_a_condition_stays_behind_what_it_hangs_on() -> None:
    draft = draft_of(*EVERY_KIND[2:4])
    source, hanging = draft.questions.order_by("position")
    for break_it in (
        lambda: actions.move_question(hanging, -1),
        lambda: actions.delete_question(source),
        lambda: actions.change_question(source, {"options": ["Nein", "Vielleicht"]}, edits=0),
    ):
        with pytest.raises(NotPossible, match="hängt"):
            break_it()
    assert source.options == ["Ja", "Nein"]


def test_who_saves_a_question_second_is_told() -> None:
    draft = draft_of(SHORT)
    question = draft.questions.get()
    actions.change_question(question, {"label": "Die erste?"}, edits=0)
    with pytest.raises(NotPossible, match="Jemand hat diese Frage inzwischen geändert"):
        actions.change_question(question, {"label": "Die zweite?"}, edits=0)
    actions.change_question(question, {"label": "Die zweite?"}, edits=1)
    assert labels(draft) == ["Die zweite?"]


def test_nobody_publishes_what_they_have_not_seen(editor: Any) -> None:
    draft = draft_of(SHORT)
    actions.add_question(draft, SHORT)
    with pytest.raises(NotPossible, match="inzwischen geändert"):
        actions.publish(draft, by=editor, edits=0)
    assert actions.publish(draft, by=editor, edits=1).is_answerable


def test_the_software_loads_its_questionnaires_again_only_when_they_change() -> None:
    first = actions.load_questionnaire("kern", title="Rückmeldung", questions=EVERY_KIND)
    assert actions.load_questionnaire("kern", title="Rückmeldung", questions=EVERY_KIND) == first
    second = actions.load_questionnaire("kern", title="Rückmeldung", questions=EVERY_KIND[:2])
    assert (second.number, second.questionnaire.current) == (2, second)
    with pytest.raises(NotPossible, match="gehört zur Software"):
        actions.begin_draft(second.questionnaire)
    copy = actions.copy_questionnaire(second.questionnaire)
    assert (copy.title, copy.is_fixed) == ("Rückmeldung (Kopie)", False)
    assert [one.key for one in copy.draft.questions.order_by("position")] == ["name", "text"]


def test_what_people_were_asked_is_not_deleted(editor: Any) -> None:
    version = make_version(SHORT)
    with pytest.raises(NotPossible, match="Ziehen Sie ihn zurück"):
        actions.delete_questionnaire(version.questionnaire, by=editor)
    draft = actions.begin_draft(version.questionnaire)
    actions.discard_draft(draft, by=editor)
    with pytest.raises(NotPossible, match="keinen Entwurf"):
        actions.discard_draft(draft, by=editor)
    only = draft_of()
    with pytest.raises(NotPossible, match="Löschen Sie den ganzen Fragebogen"):
        actions.discard_draft(only, by=editor)
    actions.delete_questionnaire(only.questionnaire, by=editor)
    assert Questionnaire.objects.get() == version.questionnaire


@pytest.mark.django_db(transaction=True)
def test_many_at_once_begin_one_draft_and_lose_no_question() -> None:
    questionnaire = make_version(SHORT).questionnaire
    at_once = Barrier(4)

    def work(number: int) -> None:
        at_once.wait()
        draft = actions.begin_draft(questionnaire)
        actions.add_question(draft, {**SHORT, "label": f"Frage {number}"})
        connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    draft = questionnaire.versions.get(frozen_at=None)
    assert sorted(labels(draft)) == ["Frage 0", "Frage 1", "Frage 2", "Frage 3", "Wie heißt Ihre Stadt?"]
    assert list(Question.objects.filter(version=draft).order_by("position").values_list("position", flat=True)) == [
        0, 1, 2, 3, 4,
    ]  # fmt: skip
    assert draft.edits == 4
