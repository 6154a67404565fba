"""Results: for the host and the office, and for everybody once the figures are published."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from akademie.accounts.models import User
from akademie.core.access import requires
from akademie.core.documents import page_code
from akademie.questionnaires import export
from akademie.surveys import actions, queries
from akademie.surveys.disclosure import rows
from akademie.surveys.models import K, Survey, SurveyStage

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@requires("surveys.see_results", Survey, "slug")
@require_safe
def results(request: HttpRequest, survey: Survey) -> HttpResponse:
    """Show the results, and to host and office what they can do."""
    context = {
        "survey": survey,
        "results": queries.results(survey, request.user),
        "manages": queries.manages(request.user, survey),
        "is_closed": survey.stage == SurveyStage.CLOSED,
        "facts": _facts(survey),
        "code": page_code(survey.results_url),
        "k": K,
    }
    return render(request, "surveys/public/results.html", context)


def _facts(survey: Survey) -> list[tuple[str, str]]:
    """Return what the host knows at any time: figures of the survey, none of its answers."""
    ends = timezone.localtime(survey.ends_at)
    return [
        ("Antworten", str(survey.bag.count)), ("Stand", str(survey.stage.label)), ("Nummer", survey.slug),
        ("Ende", f"{ends:%d.%m.%Y %H:%M} Uhr"),
    ]  # fmt: skip


@requires("surveys.see_results", Survey, "slug")
@require_safe
def download(request: HttpRequest, survey: Survey, ending: str) -> HttpResponse:
    """Hand out what is shown as CSV or XLSX, each line one answer to one question; or the codebook."""
    found = queries.tallies(survey, request.user)
    if not found:
        raise Http404
    name = f"befragung-{survey.slug}.{ending}"
    if ending == "xlsx":
        content, kind = export.as_xlsx(survey.version, rows(found)), XLSX
    elif ending == "csv":
        content, kind = export.as_csv(survey.version, rows(found)), "text/csv; charset=utf-8"
    else:
        content, kind = export.codebook(survey.version), "text/csv; charset=utf-8"
        name = "codebuch.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=kind, headers=headers)


@require_POST
@requires("surveys.manage", Survey, "slug")
def close(request: HttpRequest, survey: Survey) -> HttpResponse:
    """Close the survey before its time."""
    actions.close(survey, by=cast(User, request.user))
    messages.success(request, "Die Befragung ist geschlossen.")
    return redirect("surveys:results", survey.slug)


@require_POST
@requires("surveys.manage", Survey, "slug")
def publish(request: HttpRequest, survey: Survey) -> HttpResponse:
    """Show the figures to everybody, or take them back."""
    public = request.POST.get("zeigen") == "allen"
    actions.publish(survey, public=public, by=cast(User, request.user))
    says = "sieht nach dem Schließen, wer die Adresse hat" if public else "sehen nur Sie und die Geschäftsstelle"
    messages.success(request, f"Die Zahlen {says}.")
    return redirect("surveys:results", survey.slug)
