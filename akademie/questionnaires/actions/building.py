"""What the office does with a questionnaire: begin it, change its draft, publish it, take it back."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from wagtail.log_actions import log

from akademie.accounts.models import User
from akademie.core.actions import NotPossible
from akademie.questionnaires.actions.freezing import freeze
from akademie.questionnaires.models import (
    COPIED,
    MAX_TITLE,
    MOST_QUESTIONS,
    Question,
    Questionnaire,
    Version,
)

TOO_MANY = (
    f"Ein Fragebogen hat höchstens {MOST_QUESTIONS} Fragen, und so viele beantwortet kaum jemand. Teilen Sie ihn auf, "
    "oder löschen Sie Fragen."
)
FIXED = "Dieser Fragebogen gehört zur Software. Kopieren Sie ihn, wenn Sie ihn ändern möchten."
FROZEN = "Diese Fassung ist festgelegt. Beginnen Sie eine neue Fassung, um etwas zu ändern."
NO_DRAFT = "Es gibt gerade keinen Entwurf. Vielleicht hat ihn jemand veröffentlicht oder verworfen."
CHANGED = "Jemand hat den Fragebogen inzwischen geändert. Bitte sehen Sie ihn noch einmal an."
QUESTION_CHANGED = (
    "Jemand hat diese Frage inzwischen geändert. Ihre Angaben stehen noch hier. Prüfen Sie oben, was jetzt gilt. "
    "Speichern Sie noch einmal, dann gelten Ihre."
)
WORDS_CHANGED = (
    "Jemand hat Titel oder Einleitung inzwischen geändert. Ihre Angaben stehen noch hier. Prüfen Sie oben, was jetzt "
    "gilt. Speichern Sie noch einmal, dann gelten Ihre."
)
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
LONGEST_KEY = 32
Given = Mapping[str, Any]  # values of a question by the names of its fields


# -- a questionnaire --------------------------------------------------------------------------------------------------
@transaction.atomic
def create_questionnaire(
    *, title: str, intro: str = "", purpose: str = "", questions: Sequence[Given] = (), by: User | None = None
) -> Questionnaire:
    """Begin a questionnaire with its first draft, empty or with these questions."""
    made = Questionnaire.objects.create(title=title, intro=intro, purpose=purpose)
    version = Version.objects.create(questionnaire=made, number=1)
    _fill(version, questions)
    if by:  # nobody made those of the demo
        log(instance=made, action="questionnaires.create", user=by)
    return made


@transaction.atomic
def load_questionnaire(
    slug: str, *, title: str, questions: Sequence[Given], intro: str = "", purpose: str = ""
) -> Version:
    """Bring a questionnaire of the software to these words; return its version that is asked now. Repeatable.

    Other questions than before make a new version; who began the old one goes on with it.
    """
    words = {"title": title, "intro": intro, "purpose": purpose}
    made, _ = Questionnaire.objects.update_or_create(slug=slug, defaults=words)
    Questionnaire.objects.select_for_update().get(pk=made.pk)
    newest = made.versions.order_by("-number").first()
    wanted = Version(questionnaire=made, number=newest.number + 1 if newest else 1)
    if newest and newest.is_answerable and _texts(newest.questions.order_by("position")) == _texts(_made(questions)):
        return newest
    made.versions.filter(frozen_at=None).delete()
    wanted.save()
    _fill(wanted, questions)
    return freeze(wanted)


def _texts(questions: Iterable[Question]) -> list[list[Any]]:
    return [[question.key, *(getattr(question, name) for name in COPIED)] for question in questions]


def _made(questions: Sequence[Given], version: Version | None = None) -> list[Question]:
    if len(questions) > MOST_QUESTIONS:
        raise NotPossible(TOO_MANY)
    taken: set[str] = set()
    made = []
    for position, given in enumerate(questions):
        key = given.get("key") or new_key(given["label"], taken)
        taken.add(key)
        made.append(Question(version=version, **{**given, "key": key, "position": position}))
    return made


def _fill(version: Version, questions: Sequence[Given]) -> None:
    Question.objects.bulk_create(_made(questions, version))


@transaction.atomic
def copy_questionnaire(questionnaire: Questionnaire, *, by: User | None = None, title: str = "") -> Questionnaire:
    """Begin another questionnaire with the newest questions of this one."""
    newest = questionnaire.versions.order_by("-number").first()
    asked = newest.asked() if newest else []
    questions = [{"key": one.key, **{name: getattr(one, name) for name in COPIED}} for one in asked]
    title = title or f"{questionnaire.title[: MAX_TITLE - 8]} (Kopie)"
    return create_questionnaire(
        title=title, intro=questionnaire.intro, purpose=questionnaire.purpose, questions=questions, by=by
    )


def words_seen(questionnaire: Questionnaire) -> str:
    """Return what tells whether somebody has changed title, introduction or purpose meanwhile."""
    words = "\0".join((questionnaire.title, questionnaire.intro, questionnaire.purpose))
    return hashlib.sha256(words.encode()).hexdigest()[:16]


@transaction.atomic
def describe(questionnaire: Questionnaire, *, title: str, intro: str, purpose: str, seen: str, by: User) -> None:
    """Change title, introduction and purpose. NotPossible when they are not as `seen` any more (`words_seen`)."""
    _changeable(questionnaire)
    locked = Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
    if words_seen(locked) != seen:
        raise NotPossible(WORDS_CHANGED)
    locked.title, locked.intro, locked.purpose = title, intro, purpose
    locked.save()
    log(instance=locked, action="questionnaires.change", user=by)


@transaction.atomic
def delete_questionnaire(questionnaire: Questionnaire, *, by: User) -> None:
    """Delete one that nobody was asked; NotPossible for any other."""
    _changeable(questionnaire)
    if questionnaire.versions.filter(frozen_at__isnull=False).exists():
        raise NotPossible("Dieser Fragebogen ist veröffentlicht. Ziehen Sie ihn zurück, statt ihn zu löschen.")
    log(instance=questionnaire, action="questionnaires.delete", user=by, deleted=True)
    questionnaire.delete()


def _changeable(questionnaire: Questionnaire) -> None:
    if questionnaire.is_fixed:
        raise NotPossible(FIXED)


# -- the draft --------------------------------------------------------------------------------------------------------
@transaction.atomic
def begin_draft(questionnaire: Questionnaire, *, by: User | None = None) -> Version:
    """Return the draft, a copy of the newest version where there is none. Two at once get the same."""
    _changeable(questionnaire)
    Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
    if draft := questionnaire.draft:
        return draft
    newest = questionnaire.versions.order_by("-number").first()
    draft = Version.objects.create(questionnaire=questionnaire, number=newest.number + 1 if newest else 1)
    for position, question in enumerate(newest.asked() if newest else []):
        _duplicate(question, draft, question.key, position).save()
    log(instance=questionnaire, action="questionnaires.begin_draft", user=by)
    return draft


@transaction.atomic
def discard_draft(version: Version, *, by: User) -> None:
    """Throw the draft away; what is published stays. NotPossible for the only version."""
    draft = _locked(version)
    if not draft.questionnaire.versions.filter(frozen_at__isnull=False).exists():
        raise NotPossible("Es gibt noch keine andere Fassung. Löschen Sie den ganzen Fragebogen.")
    log(instance=draft.questionnaire, action="questionnaires.discard_draft", user=by)
    draft.delete()


@transaction.atomic
def publish(version: Version, *, by: User, edits: int) -> Version:
    """Ask people these questions from now on. NotPossible when somebody has changed them since `edits`."""
    draft = _locked(version)
    if draft.edits != edits:
        raise NotPossible(CHANGED)
    frozen = freeze(draft)
    draft.questionnaire.save(update_fields=["changed_at"])
    log(instance=draft.questionnaire, action="questionnaires.publish", user=by, data={"number": frozen.number})
    return frozen


@transaction.atomic
def withdraw(version: Version, *, by: User, why: str) -> None:
    """Take no answers to a version any more. Who has answered keeps that; `why` is shown to who comes too late."""
    _changeable(version.questionnaire)
    locked = Version.objects.select_for_update().get(pk=version.pk)
    if locked.frozen_at is None:
        raise NotPossible("Diese Fassung ist nicht veröffentlicht.")
    if locked.withdrawn_at is None:
        locked.withdrawn_at, locked.withdrawn_why = timezone.now(), why
        locked.save(update_fields=["withdrawn_at", "withdrawn_why"])
        log(instance=version.questionnaire, action="questionnaires.withdraw", user=by, data={"number": locked.number})


@transaction.atomic
def withdraw_question(question: Question, *, by: User) -> None:
    """Ask one question of a published version no more, for a serious reason; what hangs on it is not asked either."""
    _changeable(question.version.questionnaire)
    if question.version.frozen_at is None:
        raise NotPossible("Diese Frage ist noch nicht veröffentlicht. Löschen Sie sie im Entwurf.")
    Question.objects.filter(pk=question.pk, withdrawn_at=None).update(withdrawn_at=timezone.now())
    log(instance=question.version.questionnaire, action="questionnaires.withdraw_question", user=by,
        data={"label": question.label})  # fmt: skip


def _locked(version: Version) -> Version:
    """Return the draft, held against others who change it."""
    _changeable(version.questionnaire)
    locked = (
        Version.objects.select_for_update(of=("self",)).select_related("questionnaire").filter(pk=version.pk).first()
    )
    if locked is None:
        raise NotPossible(NO_DRAFT)
    if locked.frozen_at is not None:
        raise NotPossible(FROZEN)
    return locked


def _changed(draft: Version, by: User | None) -> None:
    draft.edits += 1
    draft.save(update_fields=["edits"])
    draft.questionnaire.save(update_fields=["changed_at"])
    log(instance=draft.questionnaire, action="questionnaires.edit", user=by)


# -- its questions ----------------------------------------------------------------------------------------------------
@transaction.atomic
def add_question(version: Version, given: Given, *, by: User | None = None) -> Question:
    """Add a question at the end of the draft. NotPossible beyond MOST_QUESTIONS."""
    draft = _locked(version)
    position = _room(draft)
    question = Question(version=draft, key=_free_key(draft, given["label"]), position=position, **given)
    _check_condition(question, _ordered(draft))
    question.save()
    _changed(draft, by)
    return question


@transaction.atomic
def change_question(question: Question, given: Given, *, edits: int, by: User | None = None) -> Question:
    """Change a question of the draft. NotPossible when somebody was quicker since `edits`."""
    draft = _locked(question.version)
    found = draft.questions.filter(pk=question.pk).first()
    if found is None:
        raise NotPossible("Jemand hat diese Frage inzwischen gelöscht.")
    if found.edits != edits:
        raise NotPossible(QUESTION_CHANGED)
    for name, value in given.items():
        setattr(found, name, value)
    found.edits += 1
    ordered = [found if one.pk == found.pk else one for one in _ordered(draft)]
    for place, one in enumerate(ordered):
        _check_condition(one, ordered[:place])
    found.save()
    _changed(draft, by)
    return found


@transaction.atomic
def copy_question(question: Question, *, by: User | None = None) -> Question:
    """Put a copy right below a question of the draft."""
    draft = _locked(question.version)
    _room(draft)
    ordered = _ordered(draft)
    place = next((place for place, one in enumerate(ordered) if one.pk == question.pk), None)
    if place is None:
        raise NotPossible(CHANGED)
    copy = _duplicate(ordered[place], draft, _free_key(draft, question.label), place + 1)
    copy.save()
    _renumber([*ordered[: place + 1], copy, *ordered[place + 1 :]])
    _changed(draft, by)
    return copy


@transaction.atomic
def move_question(question: Question, step: int, *, by: User | None = None) -> None:
    """Move a question of the draft up (-1) or down (1); at the end nothing happens.

    NotPossible where it would stand before the question that it hangs on.
    """
    draft = _locked(question.version)
    ordered = _ordered(draft)
    place = next((place for place, one in enumerate(ordered) if one.pk == question.pk), None)
    if place is None:
        raise NotPossible(CHANGED)
    there = place + step
    if not 0 <= there < len(ordered):
        return
    ordered[place], ordered[there] = ordered[there], ordered[place]
    later, earlier = ordered[max(place, there)], ordered[min(place, there)]
    if earlier.depends_on == later.key:
        raise NotPossible(f"„{earlier.label}“ hängt von „{later.label}“ ab und steht darum danach.")
    _renumber(ordered)
    _changed(draft, by)


@transaction.atomic
def delete_question(question: Question, *, by: User | None = None) -> None:
    """Delete a question of the draft. NotPossible while others hang on it. Is it gone already, that is well."""
    draft = _locked(question.version)
    if hanging := draft.questions.filter(depends_on=question.key).order_by("position").first():
        raise NotPossible(f"„{hanging.label}“ hängt von dieser Frage ab. Ändern Sie zuerst dort die Bedingung.")
    draft.questions.filter(pk=question.pk).delete()
    _renumber(_ordered(draft))
    _changed(draft, by)


def _ordered(draft: Version) -> list[Question]:
    return list(draft.questions.order_by("position", "pk"))


def _room(draft: Version) -> int:
    """Return the next place."""
    if draft.questions.count() >= MOST_QUESTIONS:
        raise NotPossible(TOO_MANY)
    last: int | None = draft.questions.aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


def _renumber(ordered: Sequence[Question]) -> None:
    for position, question in enumerate(ordered):
        question.position = position
    Question.objects.bulk_update(ordered, ["position"])


def _duplicate(question: Question, version: Version, key: str, position: int) -> Question:
    values = {name: getattr(question, name) for name in COPIED}
    return Question(version=version, key=key, position=position, **values)


def _check_condition(question: Question, earlier: Iterable[Question]) -> None:
    """Refuse a condition that can never be met any more."""
    if not question.depends_on:
        return
    source = next((one for one in earlier if one.key == question.depends_on), None)
    if source is None:
        raise NotPossible(f"„{question.label}“ hängt von einer Frage ab, die nicht davor steht.")
    strange = [value for value in question.values if source.options and value not in source.options]
    if strange and source.kind in ("choice", "several"):
        raise NotPossible(
            f"„{question.label}“ hängt an der Antwort „{strange[0]}“ auf „{source.label}“. Die gibt es nicht."
        )


def _free_key(draft: Version, label: str) -> str:
    """Return a key that no version of the questionnaire has had: an old key keeps its old meaning."""
    taken = Question.objects.filter(version__questionnaire=draft.questionnaire_id).values_list("key", flat=True)
    return new_key(label, set(taken))


def new_key(label: str, taken: set[str]) -> str:
    """Return a key made of the question's words."""
    words = re.sub(r"[^a-z0-9]+", "-", label.casefold().translate(UMLAUTS)).strip("-") or "frage"
    base = words if len(words) <= LONGEST_KEY else words[:LONGEST_KEY].rpartition("-")[0] or words[:LONGEST_KEY]
    key, number = base, 1
    while key in taken:
        number += 1
        key = f"{base}-{number}"
    return key
