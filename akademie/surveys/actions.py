"""What people do with surveys: open, answer, close, publish. None takes or notes who answers, where from, when."""

import logging
from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import blake2b
from typing import Any

from django.db import DatabaseError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.log_actions import log

from akademie.accounts.models import User
from akademie.core.actions import NotPossible
from akademie.questionnaires.models import Questionnaire, Version
from akademie.surveys import core_questions
from akademie.surveys.disclosure import TAKEN, TEXTS, with_answers
from akademie.surveys.models import (
    MAX_ABOUT,
    MAX_TITLE,
    MOST_ANSWERS,
    AnswerBag,
    Survey,
    SurveyStage,
    new_number,
)

says = logging.getLogger(__name__)
CLOSED = "Die Befragung ist inzwischen geschlossen. Ihre Antworten wurden nicht gespeichert; sie stehen noch hier."
NOT_OPEN = "Die Befragung ist noch nicht offen. Ihre Antworten stehen noch hier."
FULL = "Diese Befragung hat so viele Antworten, wie sie aufnehmen kann. Ihre Antworten stehen noch hier."
NOT_KEPT = "Das Speichern hat nicht geklappt. Ihre Antworten stehen noch hier. Bitte schicken Sie sie noch einmal ab."
STAYS_CLOSED = "Die Befragung ist geschlossen und bleibt es. Sonst verriete der Unterschied einzelne Antworten."
ENDS_FIRST = "Das Ende der Befragung liegt vor ihrem Beginn. Bitte prüfen Sie beide Zeiten."


# -- for the host ------------------------------------------------------------------------------------------------------
@transaction.atomic
def open_evaluation(
    *, title: str, about: str = "", opens_at: datetime, closes_at: datetime, group: str = "", by: User | None
) -> Survey:
    """Make an evaluation with the four core questions; it is anonymous, and stays so. `by` hosts what it is about.

    The log tells of that, not of this.
    """
    _check_order(opens_at, closes_at)
    asked = Questionnaire.objects.filter(slug=core_questions.SLUG).first()
    version = (asked.current if asked else None) or core_questions.load()
    return _make(
        version=version, title=title[:MAX_TITLE], about=about[:MAX_ABOUT], opens_at=opens_at, closes_at=closes_at,
        group=group, owner=by,
    )  # fmt: skip


def _make(*, version: Version, **values: Any) -> Survey:
    strange = version.questions.exclude(kind__in=TAKEN)
    if strange.exists():
        raise NotPossible("Eine anonyme Befragung hat nur Skalen, eine Auswahl und Texte.")
    number = new_number()
    while Survey.objects.filter(slug=number).exists():
        number = new_number()
    survey = Survey.objects.create(slug=number, version=version, **values)
    AnswerBag.objects.create(survey=survey)
    return survey


def _check_order(opens_at: datetime, closes_at: datetime) -> None:
    if closes_at <= opens_at:
        raise NotPossible(ENDS_FIRST)


@transaction.atomic
def reschedule(survey: Survey, *, opens_at: datetime, closes_at: datetime, by: User | None) -> Survey:
    """Move a survey, as when its event moves. NotPossible once it is closed."""
    _check_order(opens_at, closes_at)
    _bag, locked = _locked(survey)
    if locked.stage == SurveyStage.CLOSED:
        raise NotPossible(STAYS_CLOSED)
    if (locked.opens_at, locked.closes_at) != (opens_at, closes_at):
        locked.opens_at, locked.closes_at = opens_at, closes_at
        locked.save(update_fields=["opens_at", "closes_at"])
        log(instance=locked, action="surveys.reschedule", user=by)
    return locked


@transaction.atomic
def close(survey: Survey, *, by: User | None) -> Survey:
    """Close a survey for good, before its time. Twice is once; one whose time is over stays as it is."""
    bag, locked = _locked(survey)
    if locked.stage != SurveyStage.CLOSED:
        locked.closed_at = timezone.now()
        locked.save(update_fields=["closed_at"])
        AnswerBag.objects.filter(pk=bag.pk).update(sheets=[])
        log(instance=locked, action="surveys.close", user=by)
    return locked


@transaction.atomic
def publish(survey: Survey, *, public: bool, by: User | None) -> Survey:
    """Show the figures to everybody, or to host and office alone. Free texts are never for everybody."""
    _bag, locked = _locked(survey)
    if locked.is_public != public:
        locked.is_public = public
        locked.save(update_fields=["is_public"])
        log(instance=locked, action="surveys.publish" if public else "surveys.keep_back", user=by)
    return locked


def _locked(survey: Survey) -> tuple[AnswerBag, Survey]:
    """Lock the bag, which every change takes first, and read the survey as it is now."""
    bag = AnswerBag.objects.select_for_update().get(pk=survey.pk)
    return bag, Survey.objects.get(pk=survey.pk)


# -- for everybody -----------------------------------------------------------------------------------------------------
def answer(survey: Survey, answers: Mapping[str, Any], *, sheet: str = "") -> None:
    """Add somebody's answers, as the form says them (`answers()`). NotPossible when the survey takes none.

    `sheet` is what the page carried that was sent: the same page twice counts once. The row is written past Django's
    signals, so that nothing else hears of it, and no error says a word of what it holds.
    """
    try:
        with transaction.atomic():
            bag, now = _locked(survey)
            if now.stage != SurveyStage.OPEN:
                raise NotPossible(CLOSED if now.stage == SurveyStage.CLOSED else NOT_OPEN)
            mark = blake2b(sheet.encode(), digest_size=12).hexdigest() if sheet else ""
            if mark and mark in bag.sheets:
                return
            if bag.count >= MOST_ANSWERS:
                raise NotPossible(FULL)
            _add(bag, now, [answers], sheets=sorted({*bag.sheets, mark} - {""}))
    except DatabaseError as error:
        says.error("An answer could not be kept: %s", type(error).__name__)
        raise NotPossible(NOT_KEPT) from None


@transaction.atomic
def take_over(survey: Survey, answers: Iterable[Mapping[str, Any]]) -> None:
    """Put in answers that were given elsewhere, for the demo: once, into a survey without any, whether open or not."""
    bag, now = _locked(survey)
    if bag.count:
        raise NotPossible("Diese Befragung hat schon Antworten.")
    _add(bag, now, list(answers), sheets=[])


def _add(bag: AnswerBag, survey: Survey, many: list[Mapping[str, Any]], *, sheets: list[str]) -> None:
    questions = survey.version.asked()
    figures, texts = bag.figures, bag.texts
    for answers in many:
        figures = with_answers(figures, [one for one in questions if one.kind not in TEXTS], answers)
        texts = with_answers(texts, [one for one in questions if one.kind in TEXTS], answers)
    AnswerBag.objects.filter(pk=bag.pk).update(count=bag.count + len(many), figures=figures, texts=texts, sheets=sheets)


# -- the clock ---------------------------------------------------------------------------------------------------------
def forget_answers(bags: QuerySet[AnswerBag]) -> None:
    """Delete answers that are never shown; how many there were stays."""
    bags.update(figures={}, texts={})


def forget_texts(bags: QuerySet[AnswerBag]) -> None:
    """Delete free texts; the figures stay."""
    bags.update(texts={})


def forget_sheets(bags: QuerySet[AnswerBag]) -> None:
    """Delete what told the sent pages apart."""
    bags.update(sheets=[])


def take_away(surveys: QuerySet[Survey]) -> None:
    """Delete surveys with their answers: those of the demo."""
    surveys.delete()
