"""What the office does with whole questionnaires."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from akademie.accounts.models import User
from akademie.core.access import requires
from akademie.core.actions import NotPossible
from akademie.questionnaires import actions, export, forms, queries
from akademie.questionnaires.models import MANY_QUESTIONS, MOST_QUESTIONS, Kind, Questionnaire, Version
from akademie.questionnaires.office_forms import QuestionnaireForm, ReasonForm

PER_PAGE = 50
LIST = ("Fragebögen", "/geschaeftsstelle/frageboegen/")


def trail(questionnaire: Questionnaire) -> list[tuple[str, str]]:
    """Return the way to what is below a questionnaire."""
    return [LIST, (questionnaire.title, f"{LIST[1]}{questionnaire.pk}/")]


def done(request: HttpRequest, do: Callable[[User], Any], says: str, pk: int, place: str = "") -> HttpResponse:
    """Do it and say so, or say why not; then show the questionnaire, or the list where there is none any more.

    `place` is the id of what was changed, so that whoever works by keyboard goes on there.
    """
    try:
        do(cast(User, request.user))
    except NotPossible as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, says)
    if Questionnaire.objects.filter(pk=pk).exists():
        return redirect(reverse("questionnaires:questionnaire", args=[pk]) + place)
    return redirect("questionnaires:questionnaires")


@requires("questionnaires.build")
@require_safe
def questionnaires(request: HttpRequest) -> HttpResponse:
    """List all questionnaires, those changed last first."""
    page = Paginator(Questionnaire.objects.for_list(), PER_PAGE).get_page(request.GET.get("seite"))
    return render(request, "questionnaires/office/questionnaires.html", {"page": page})


@requires("questionnaires.build")
@require_http_methods(["GET", "HEAD", "POST"])
def new_questionnaire(request: HttpRequest) -> HttpResponse:
    """Begin a questionnaire."""
    form = QuestionnaireForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        made = actions.create_questionnaire(**form.cleaned_data, by=cast(User, request.user))
        messages.success(request, "Der Fragebogen ist angelegt. Fügen Sie jetzt die erste Frage hinzu.")
        return redirect("questionnaires:questionnaire", made.pk)
    return render(request, "questionnaires/office/describe.html", {"form": form, "trail": [LIST]})


@requires("questionnaires.build", Questionnaire)
@require_safe
def questionnaire(request: HttpRequest, questionnaire: Questionnaire) -> HttpResponse:
    """Show the draft, or the newest version, with what can be done with each question."""
    versions = list(questionnaire.versions.order_by("-number"))
    shown = versions[0]
    numbered = queries.numbered(shown)
    asked = [question for _, question in numbered]
    context = {
        "questionnaire": questionnaire, "version": shown, "versions": versions, "trail": [LIST],
        "questions": queries.with_conditions(numbered), "kinds": Kind, "minutes": queries.minutes(asked),
        "many": len(asked) > MANY_QUESTIONS, "is_full": len(asked) >= MOST_QUESTIONS, "most": MOST_QUESTIONS,
        "current": next((one for one in versions if one.is_answerable), None), "reason": ReasonForm(),
    }  # fmt: skip
    return render(request, "questionnaires/office/questionnaire.html", context)


@requires("questionnaires.build", Questionnaire)
@require_http_methods(["GET", "HEAD", "POST"])
def describe(request: HttpRequest, questionnaire: Questionnaire) -> HttpResponse:
    """Change title, purpose and introduction."""
    form, changed = QuestionnaireForm(request.POST if request.method == "POST" else None, questionnaire), False
    if request.method == "POST" and form.is_valid():
        try:
            seen = request.POST.get("stand", "")
            actions.describe(questionnaire, **form.cleaned_data, seen=seen, by=cast(User, request.user))
        except NotPossible as refusal:
            form.add_error(None, str(refusal))
            changed = True
        else:
            messages.success(request, "Gespeichert.")
            return redirect("questionnaires:questionnaire", questionnaire.pk)
    context = {
        "form": form, "questionnaire": questionnaire, "trail": trail(questionnaire), "changed": changed,
        "seen": actions.words_seen(questionnaire),
    }  # fmt: skip
    return render(request, "questionnaires/office/describe.html", context)


@require_POST
@requires("questionnaires.build", Questionnaire)
def copy_questionnaire(request: HttpRequest, questionnaire: Questionnaire) -> HttpResponse:
    """Begin another one with the same questions."""
    copy = actions.copy_questionnaire(questionnaire, by=cast(User, request.user))
    messages.success(request, "Das ist die Kopie. Geben Sie ihr einen eigenen Titel.")
    return redirect("questionnaires:describe", copy.pk)


@require_POST
@requires("questionnaires.build", Questionnaire)
def delete_questionnaire(request: HttpRequest, questionnaire: Questionnaire) -> HttpResponse:
    """Delete one that nobody was asked."""
    says = f"„{questionnaire.title}“ ist gelöscht."
    return done(request, lambda by: actions.delete_questionnaire(questionnaire, by=by), says, questionnaire.pk)


@require_POST
@requires("questionnaires.build", Questionnaire)
def begin_draft(request: HttpRequest, questionnaire: Questionnaire) -> HttpResponse:
    """Begin a new version."""
    says = "Das ist der Entwurf der neuen Fassung. Bis Sie ihn veröffentlichen, gilt die bisherige."
    return done(request, lambda by: actions.begin_draft(questionnaire, by=by), says, questionnaire.pk)


@require_POST
@requires("questionnaires.build", Version)
def publish(request: HttpRequest, version: Version) -> HttpResponse:
    """Ask people these questions from now on."""
    seen = request.POST.get("stand", "")
    edits = int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 10 else -1
    says = "Die Fassung ist veröffentlicht. Wer schon mit der alten begonnen hat, beendet sie."
    if version.number == 1:
        says = "Der Fragebogen ist veröffentlicht und lässt sich jetzt verwenden."
    return done(request, lambda by: actions.publish(version, by=by, edits=edits), says, version.questionnaire_id)


@require_POST
@requires("questionnaires.build", Version)
def discard_draft(request: HttpRequest, version: Version) -> HttpResponse:
    """Throw the draft away."""
    says = "Der Entwurf ist verworfen. Die bisherige Fassung gilt weiter."
    return done(request, lambda by: actions.discard_draft(version, by=by), says, version.questionnaire_id)


@require_POST
@requires("questionnaires.build", Version)
def withdraw(request: HttpRequest, version: Version) -> HttpResponse:
    """Take no answers to a version any more."""
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, str(form.errors["why"][0]))
        return redirect("questionnaires:questionnaire", version.questionnaire_id)
    says = f"Fassung {version.number} nimmt keine Antworten mehr an. Die bisherigen bleiben."
    return done(
        request, lambda by: actions.withdraw(version, by=by, **form.cleaned_data), says, version.questionnaire_id
    )


@requires("questionnaires.build", Version)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, version: Version) -> HttpResponse:
    """Show a version as people see it; what is sent is checked like an answer, and kept nowhere."""
    sent = request.method == "POST"
    form = forms.answer_form(version, request.POST if sent else None, request.FILES if sent else None)
    context = {
        "version": version, "questionnaire": version.questionnaire, "form": form,
        "trail": trail(version.questionnaire), "minutes": queries.minutes(form.questions),
        "passed": sent and form.is_valid(),
    }  # fmt: skip
    return render(request, "questionnaires/office/preview.html", context)


@requires("questionnaires.build", Version)
@require_safe
def paper(request: HttpRequest, version: Version) -> HttpResponse:
    """Show a version with room to answer by hand, for the printer."""
    numbered = [(place, question) for place, question in enumerate(version.asked(), start=1)]
    context = {
        "version": version, "questionnaire": version.questionnaire, "trail": trail(version.questionnaire),
        "questions": queries.with_conditions(numbered),
    }  # fmt: skip
    return render(request, "questionnaires/office/paper.html", context)


@requires("questionnaires.build", Version)
@require_safe
def codebook(request: HttpRequest, version: Version) -> HttpResponse:
    """Hand out what the columns of exported answers mean."""
    answer = HttpResponse(export.codebook(version), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="codebuch-{version.questionnaire_id}-{version.number}.csv"'
    return answer
