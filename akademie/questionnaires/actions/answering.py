"""What happens with answers of people who can be named: begun, saved, submitted, forgotten."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from akademie.core.actions import NotPossible
from akademie.questionnaires import conditions
from akademie.questionnaires.actions.freezing import freeze
from akademie.questionnaires.models import Answer, AnswerSet, Question, State, Version
from akademie.questionnaires.uploads import drop

SUBMITTED = "Diese Antworten sind schon abgegeben und werden nicht mehr geändert."
NO_LONGER = "Dieser Fragebogen nimmt keine Antworten mehr an."


@transaction.atomic
def open_answers(version: Version, *, counted_from: date | None = None) -> AnswerSet:
    """Begin somebody's answers; the version is frozen by it. Whose they are, the caller notes.

    `counted_from` is the day from which questions count how long their answer is kept: the end of an event.
    """
    frozen = freeze(version)
    if not frozen.is_answerable:
        raise NotPossible(NO_LONGER)
    return AnswerSet.objects.create(version=frozen, counted_from=counted_from)


def _locked(answer_set: AnswerSet) -> AnswerSet:
    locked = AnswerSet.objects.select_for_update(of=("self",)).select_related("version").get(pk=answer_set.pk)
    if not locked.version.is_answerable:
        raise NotPossible(NO_LONGER)
    return locked


@transaction.atomic
def save_answers(
    answer_set: AnswerSet, answers: Mapping[str, Any], files: Mapping[str, UploadedFile] | None = None
) -> AnswerSet:
    """Keep these answers in place of those before; all or none.

    `answers` and `files` are what the form says (`answers()`, `uploads()`); what is left out goes. NotPossible once
    they are submitted, or when the version takes none any more.
    """
    locked = _locked(answer_set)
    if locked.state == State.SUBMITTED:
        raise NotPossible(SUBMITTED)
    before = {one.question.key: one for one in locked.answers.select_related("question")}
    for question in locked.version.asked():
        key = question.key
        file, old = (files or {}).get(key), before.pop(key, None)
        if key in answers:
            _keep(old or Answer(answer_set=locked, question=question), answers[key], file, _end(question, locked))
        elif old:
            old.delete()
    locked.saved_at = timezone.now()
    locked.save(update_fields=["saved_at"])
    return locked


def _keep(answer: Answer, value: Any, file: UploadedFile | None, end: date | None) -> None:
    if file:
        if answer.file:
            drop(str(answer.file.name))
        answer.file = file  # type: ignore[assignment]
    answer.value, answer.delete_on = value, end
    answer.save()


def _end(question: Question, answer_set: AnswerSet) -> date | None:
    if question.kept_days is None:
        return None
    return (answer_set.counted_from or timezone.localdate()) + timedelta(days=question.kept_days)


@transaction.atomic
def submit(answer_set: AnswerSet) -> AnswerSet:
    """Hand in somebody's answers. Twice is once. NotPossible while something is missing."""
    locked = _locked(answer_set)
    if locked.state == State.SUBMITTED:
        return locked
    given = dict(locked.answers.values_list("question__key", "value"))
    missing = [
        question.label
        for question in locked.version.asked()
        if question.required and question.key not in given and conditions.is_met(question, given)
    ]
    if missing:
        raise NotPossible(f"Es fehlt noch eine Antwort: „{missing[0]}“.")
    locked.state, locked.submitted_at = State.SUBMITTED, timezone.now()
    locked.save(update_fields=["state", "submitted_at"])
    return locked


@transaction.atomic
def reopen(answer_set: AnswerSet) -> AnswerSet:
    """Let submitted answers be changed once more, as somebody does with a registration."""
    locked = _locked(answer_set)
    locked.state, locked.submitted_at = State.DRAFT, None
    locked.save(update_fields=["state", "submitted_at"])
    return locked


@transaction.atomic
def count_from(answer_set: AnswerSet, day: date) -> None:
    """Count from another day how long answers are kept, as when an event is postponed."""
    locked = AnswerSet.objects.select_for_update().get(pk=answer_set.pk)
    locked.counted_from = day
    locked.save(update_fields=["counted_from"])
    for answer in locked.answers.select_related("question").exclude(question__kept_days=None):
        answer.delete_on = _end(answer.question, locked)
        answer.save(update_fields=["delete_on"])
