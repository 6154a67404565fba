"""What the office does with single questions of a draft."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from akademie.accounts.models import User
from akademie.core.access import requires
from akademie.core.actions import NotPossible
from akademie.questionnaires import actions
from akademie.questionnaires.models import Kind, Question, Questionnaire
from akademie.questionnaires.office_forms import QuestionForm
from akademie.questionnaires.views.office import done, trail

STEPS = {"hoch": -1, "runter": 1}


@requires("questionnaires.build", Questionnaire)
@require_safe
def choose_kind(request: HttpRequest, questionnaire: Questionnaire) -> HttpResponse:
    """Lead to the form for a question of the chosen kind."""
    kind = request.GET.get("art", "")
    if kind not in Kind.values:
        messages.error(request, "Bitte wählen Sie, wie die Frage beantwortet wird.")
        return redirect("questionnaires:questionnaire", questionnaire.pk)
    return redirect("questionnaires:new_question", questionnaire.pk, kind)


@requires("questionnaires.build", Questionnaire)
@require_http_methods(["GET", "HEAD", "POST"])
def new_question(request: HttpRequest, questionnaire: Questionnaire, kind: str) -> HttpResponse:
    """Add a question at the end of the draft."""
    draft = questionnaire.draft
    if kind not in Kind.values:
        raise Http404
    if draft is None:
        messages.error(request, "Es gibt gerade keinen Entwurf. Beginnen Sie zuerst eine neue Fassung.")
        return redirect("questionnaires:questionnaire", questionnaire.pk)
    form = QuestionForm(Kind(kind), request.POST if request.method == "POST" else None, version=draft)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_question(draft, form.as_question(), by=cast(User, request.user))
        except NotPossible as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Die Frage steht jetzt am Ende des Entwurfs.")
            return redirect("questionnaires:questionnaire", questionnaire.pk)
    context = {"form": form, "kind": Kind(kind), "questionnaire": questionnaire, "trail": trail(questionnaire)}
    return render(request, "questionnaires/office/question.html", context)


@requires("questionnaires.build", Question)
@require_http_methods(["GET", "HEAD", "POST"])
def change_question(request: HttpRequest, question: Question) -> HttpResponse:
    """Change a question of the draft; who was slower is shown what stands there now, and decides."""
    version = question.version
    posted = request.POST if request.method == "POST" else None
    if posted is None and (version.frozen_at or version.questionnaire.is_fixed):
        messages.info(request, actions.FIXED if version.questionnaire.is_fixed else actions.FROZEN)
        return redirect("questionnaires:questionnaire", version.questionnaire_id)
    form = QuestionForm(Kind(question.kind), posted, version=version, question=question)
    changed = False
    if posted is not None and form.is_valid():
        seen = posted.get("stand", "")
        edits = int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 10 else -1
        try:
            actions.change_question(question, form.as_question(), edits=edits, by=cast(User, request.user))
        except NotPossible as refusal:
            form.add_error(None, str(refusal))
            changed = edits != question.edits
        else:
            messages.success(request, "Die Frage ist gespeichert.")
            return redirect("questionnaires:questionnaire", version.questionnaire_id)
    context = {
        "form": form, "kind": Kind(question.kind), "question": question, "questionnaire": version.questionnaire,
        "trail": trail(version.questionnaire), "changed": changed,
    }  # fmt: skip
    return render(request, "questionnaires/office/question.html", context)


@require_POST
@requires("questionnaires.build", Question)
def move_question(request: HttpRequest, question: Question) -> HttpResponse:
    """Move a question one place up or down."""
    step = STEPS.get(request.POST.get("wohin", ""), 0)
    says = f"„{question.label}“ steht jetzt eine Stelle {'höher' if step < 0 else 'tiefer'}."
    pk = question.version.questionnaire_id
    return done(request, lambda by: actions.move_question(question, step, by=by), says, pk, f"#frage-{question.pk}")


@require_POST
@requires("questionnaires.build", Question)
def copy_question(request: HttpRequest, question: Question) -> HttpResponse:
    """Put a copy below a question."""
    pk = question.version.questionnaire_id
    return done(
        request,
        lambda by: actions.copy_question(question, by=by),
        "Die Kopie steht darunter.",
        pk,
        f"#frage-{question.pk}",
    )


@require_POST
@requires("questionnaires.build", Question)
def delete_question(request: HttpRequest, question: Question) -> HttpResponse:
    """Delete a question of the draft."""
    says, pk = f"„{question.label}“ ist gelöscht.", question.version.questionnaire_id
    return done(request, lambda by: actions.delete_question(question, by=by), says, pk)


@require_POST
@requires("questionnaires.build", Question)
def withdraw_question(request: HttpRequest, question: Question) -> HttpResponse:
    """Ask a question of a published version no more."""
    says = f"„{question.label}“ wird nicht mehr gefragt. Was davon abhängt, auch nicht."
    pk = question.version.questionnaire_id
    return done(request, lambda by: actions.withdraw_question(question, by=by), says, pk)
