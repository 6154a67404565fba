"""Questions about surveys: what may be shown to whom, of one and of many."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from akademie.core.charts import Chart, bars, in_words
from akademie.questionnaires import summary
from akademie.questionnaires.models import Kind, Version
from akademie.surveys.disclosure import TEXTS, Tallies, may_be_told, rows
from akademie.surveys.models import AnswerBag, K, Survey, SurveyQuerySet

NOT_YET = (
    "Ergebnisse gibt es erst, wenn die Befragung geschlossen ist. Sonst verriete der Unterschied zwischen zwei "
    "Ständen, was zuletzt jemand geantwortet hat."
)
TOO_FEW = "Es sind weniger als fünf Antworten gekommen. Damit niemand zu erkennen ist, zeigen wir sie nicht."
NOT_PUBLIC = "Die Ergebnisse sind nicht veröffentlicht."
FEW_HERE = "Das haben weniger als fünf Menschen beantwortet. Damit niemand zu erkennen ist, zeigen wir es nicht."
ALL_ALIKE = (
    "Alle haben hier dasselbe geantwortet. Dann wüsste man von jeder Person, was sie gesagt hat. Deshalb zeigen wir es "
    "nicht."
)
NONE_OF_GROUP = "Noch gibt es keine veröffentlichten Ergebnisse mit mindestens fünf Antworten."
LISTS = {"offen": "Offen und geplant", "geschlossen": "Geschlossen", "alle": "Alle"}


@dataclass(frozen=True)
class QuestionResult:
    """What is shown of one question."""

    figures: summary.Summary  # counts nothing where `hidden` says why
    chart: Chart | None = None
    hidden: str = ""
    texts: list[str] = field(default_factory=list)

    @property
    def median(self) -> str:
        """The median in words; empty where there is none."""
        found = self.figures.median
        return "" if found is None else in_words(found, digits=0 if found == int(found) else 1)


@dataclass(frozen=True)
class Results:
    """What somebody sees of a survey or of many; `why_not` says why it is nothing."""

    count: int | None = None  # how many people have answered; None: not for this viewer
    surveys: int = 1
    questions: list[QuestionResult] = field(default_factory=list)
    why_not: str = ""
    reads_texts: bool = False

    @property
    def shown(self) -> bool:
        """Whether there are figures."""
        return not self.why_not

    @property
    def has_texts(self) -> bool:
        """Whether there is something to read."""
        return any(one.texts for one in self.questions)


# -- who ---------------------------------------------------------------------------------------------------------------
def manages(viewer: Any, survey: Survey) -> bool:
    """Whether somebody hosts what the survey is about, or is of the office."""
    known = bool(getattr(viewer, "is_authenticated", False) and viewer.is_active)
    return known and (viewer.is_office or survey.owner_id == viewer.pk)


def is_released(survey: Survey) -> bool:
    """Whether figures may be shown at all: closed, with enough answers. As `SurveyQuerySet.released`."""
    return survey.is_settled and survey.bag.count >= K


def sees_results(viewer: Any, survey: Survey) -> bool:
    """Whether somebody gets the page of the results; it may say that there are none yet."""
    return survey.is_public or manages(viewer, survey)


def visible_to(viewer: Any) -> SurveyQuerySet:
    """Return the surveys whose results somebody gets; as `sees_results`."""
    found = Survey.objects.all()
    if getattr(viewer, "is_office", False) and viewer.is_active:
        return found
    mine = Q(owner=viewer) if getattr(viewer, "is_authenticated", False) and viewer.is_active else Q(pk=None)
    return found.filter(mine | Q(is_public=True))


# -- what --------------------------------------------------------------------------------------------------------------
def results(survey: Survey, viewer: Any) -> Results:
    """Return what somebody sees of a survey; free texts are for the host and the office alone."""
    host = manages(viewer, survey)
    if not (host or survey.is_public):
        return Results(why_not=NOT_PUBLIC)
    count = survey.bag.count if host or is_released(survey) else None
    if not survey.is_settled:
        return Results(count=count, why_not=NOT_YET)
    if survey.bag.count < K:
        return Results(count=count, why_not=TOO_FEW)
    return Results(
        count=count, reads_texts=host,
        questions=_questions(survey.version, survey.bag.figures, survey.bag.texts if host else {}, with_texts=host),
    )  # fmt: skip


def tallies(survey: Survey, viewer: Any) -> Tallies:
    """Return what may be taken along of a survey: the figures that are told, and the texts for host and office."""
    if not results(survey, viewer).shown:
        return {}
    figures = {key: tally for key, tally in survey.bag.figures.items() if may_be_told(tally)}
    return {**figures, **(survey.bag.texts if manages(viewer, survey) else {})}


def group_results(group: str = "", *, year: int | None = None) -> Results:
    """Return the sums over all published surveys of a group (empty: of all), or of those that ended in a year.

    Of each survey only those figures count that are told by themselves.
    """
    bags = AnswerBag.objects.filter(survey__in=Survey.objects.released().filter(is_public=True))
    if group:
        bags = bags.filter(survey__group=group)
    if year:
        bags = bags.filter(survey__closes_at__year=year)
    sums: Tallies = {}
    told, people, version = 0, 0, 0
    for pk, count, figures in bags.values_list("survey__version", "count", "figures"):
        whole = {key: tally for key, tally in figures.items() if may_be_told(tally)}
        if whole:
            told, people, version = told + 1, people + count, max(version, pk)
            for key, tally in whole.items():
                sums.setdefault(key, []).extend(tally)
    if not told:
        return Results(surveys=0, why_not=NONE_OF_GROUP)
    newest = Version.objects.get(pk=version)
    return Results(count=people, surveys=told, questions=_questions(newest, sums, {}, with_texts=False))


def _questions(version: Version, figures: Tallies, texts: Tallies, *, with_texts: bool) -> list[QuestionResult]:
    found = []
    for one in summary.of(version, [*rows(figures), *rows(texts)]):
        if one.question.kind in TEXTS:
            if with_texts:
                found.append(QuestionResult(one, texts=one.texts))
        elif reason := _why_hidden(one):
            found.append(QuestionResult(summary.Summary(one.question, 0), hidden=reason))
        else:
            found.append(QuestionResult(one, _chart(one)))
    return found


def _why_hidden(one: summary.Summary) -> str:
    if may_be_told([[answer, often] for answer, often in one.counts if often]):
        return ""
    return FEW_HERE if one.answered < K else ALL_ALIKE


def _chart(one: summary.Summary) -> Chart:
    ends: dict[str, str] = {}
    if one.question.kind == Kind.SCALE:
        steps = one.question.scale
        ends = dict(zip((str(steps[0]), str(steps[-1])), one.question.options, strict=False))
    named = [(f"{step} ({ends[step]})" if ends.get(step) else step, often) for step, often in one.counts]
    return bars(one.question.label, named, first="Antwort", second="Wie oft")


# -- lists -------------------------------------------------------------------------------------------------------------
def surveys(which: str) -> SurveyQuerySet:
    """Return one of the `LISTS` for the office: the newest end first."""
    found = Survey.objects.select_related("bag", "owner").order_by("-closes_at", "-pk")
    closed = Survey.objects.closed()
    if which == "offen":
        return found.exclude(pk__in=closed)
    return found.filter(pk__in=closed) if which == "geschlossen" else found


def counts() -> dict[str, int]:
    """Return how many each of the `LISTS` has."""
    return {which: surveys(which).count() for which in LISTS}


def described(keys: Iterable[str]) -> dict[str, str]:
    """Return the numbers of surveys, for the log."""
    return {str(pk): slug for pk, slug in Survey.objects.filter(pk__in=list(keys)).values_list("pk", "slug")}
