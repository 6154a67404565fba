"""Answering. These views never ask who somebody is, write no session and are in no statistics of visits."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from akademie.core.access import public, uncounted
from akademie.core.actions import NotPossible
from akademie.core.documents import page_code
from akademie.questionnaires.queries import minutes
from akademie.surveys import actions
from akademie.surveys.forms import sheet_of, survey_form
from akademie.surveys.models import K, Survey, SurveyStage

COOKIE, ANSWERED = "schon_geantwortet", "1"  # for the address of one survey alone; the same word in every browser
COOKIE_DAYS = 60
AGAIN = "weitere"  # ?weitere=1: somebody else answers on the same device
SECOND = (
    "Auf diesem Gerät wurde schon geantwortet. Antworten Sie für eine weitere Person? Dann schicken Sie die Antworten "
    "bitte noch einmal ab."
)


def _found(slug: str) -> Survey:
    return get_object_or_404(Survey.objects.select_related("version__questionnaire"), slug=slug)


@uncounted
@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask the questions and take the answers."""
    survey = _found(slug)
    again, answered = AGAIN in request.GET, request.COOKIES.get(COOKIE) == ANSWERED
    context = {"survey": survey, "stage": survey.stage, "k": K, "again": again}
    if request.method == "POST":
        form = survey_form(survey, request.POST)
        if form.is_valid():
            try:
                if answered and not again and survey.stage == SurveyStage.OPEN:
                    context["again"] = True  # the page that comes back leads on
                    raise NotPossible(SECOND)
                actions.answer(survey, form.answers(), sheet=sheet_of(form))
            except NotPossible as refusal:
                form.add_error(None, str(refusal))
            else:
                return _thanks(survey)
        return render(request, "surveys/public/answer.html", {**context, "form": form, "minutes": _minutes(survey)})
    if survey.stage != SurveyStage.OPEN or (answered and not again):
        return render(request, "surveys/public/not_now.html", context)
    return render(
        request, "surveys/public/answer.html", {**context, "form": survey_form(survey), "minutes": _minutes(survey)}
    )


def _minutes(survey: Survey) -> int:
    return minutes(survey.version.asked())


def _thanks(survey: Survey) -> HttpResponse:
    """Lead to the thanks; the browser remembers that it has answered, which no other page of ours is told."""
    answer = redirect("surveys:thanks", survey.slug)
    answer.set_cookie(
        COOKIE, ANSWERED, max_age=COOKIE_DAYS * 24 * 3600, path=survey.get_absolute_url(), httponly=True,
        samesite="Lax", secure=settings.SECURE,
    )  # fmt: skip
    return answer


@uncounted
@public
@never_cache
@require_safe
def thanks(request: HttpRequest, slug: str) -> HttpResponse:
    """Thank, and say what happens next."""
    return render(request, "surveys/public/thanks.html", {"survey": _found(slug), "k": K})


@uncounted
@public
@require_safe
def poster(request: HttpRequest, slug: str) -> HttpResponse:
    """Show code and address large, for a wall or a slide."""
    survey = _found(slug)
    context = {
        "survey": survey,
        "code": page_code(survey.get_absolute_url()),
        "minutes": _minutes(survey),
        "questions": len(survey.version.asked()),
    }
    return render(request, "surveys/public/poster.html", context)
