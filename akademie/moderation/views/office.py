"""What the office does with reports."""

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from akademie.accounts.models import User
from akademie.core.access import requires
from akademie.core.actions import NotPossible
from akademie.moderation import actions, queries
from akademie.moderation.forms import DecisionForm
from akademie.moderation.models import ContentReport
from akademie.privacy import holds

PER_PAGE = 50
TRAIL = [("Meldungen", "/geschaeftsstelle/meldungen/")]


@requires("moderation.see")
@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """List the reports: those that wait, the oldest first; or those that are decided, the newest first."""
    decided = request.GET.get("stand") == "entschieden"
    waiting = ContentReport.objects.open()
    done = ContentReport.objects.filter(decided_at__isnull=False)
    shown = done.order_by("-decided_at", "-pk") if decided else waiting.order_by("created_at", "pk")
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("seite"))
    context = {
        "decided": decided,
        "page": page,
        "rows": queries.with_due(page.object_list),
        "counts": {"open": waiting.count(), "decided": done.count()},
    }
    return render(request, "moderation/office/reports.html", context)


@requires("moderation.decide", ContentReport)
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, report: ContentReport) -> HttpResponse:
    """Show a report and take the decision about it."""
    person = cast(User, request.user)  # the rule lets nobody else in
    may_hide = bool(report.decided_at) or queries.target_at(report.address) is not None  # once hidden, nothing is there
    form = DecisionForm(request.POST if request.method == "POST" else None, may_hide=may_hide)
    if request.method == "POST" and form.is_valid():
        try:
            actions.decide(report, by=person, **form.as_decision())
        except NotPossible as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Über Meldung {report.number} ist entschieden.")
            return redirect("moderation:reports")
    context = {
        "report": report,
        "form": form,
        "trail": TRAIL,
        "due": queries.with_due([report])[0],
        "edit": queries.edit_address(report, person),
        "makers": queries.makers_of(report),
        "hold": holds.hold_of(report),
        "waits_hours": round((timezone.now() - report.created_at).total_seconds() / 3600),
        "may_hold": person.has_perm("privacy.decide"),
    }
    return render(request, "moderation/office/report.html", context)


@require_POST
@requires("moderation.decide", ContentReport)
def forget_reporter(request: HttpRequest, report: ContentReport) -> HttpResponse:
    """Delete name and address of whoever reported."""
    actions.forget_reporter(report, by=cast(User, request.user))
    messages.success(request, "Name und Adresse sind gelöscht.")
    return redirect("moderation:report", report.pk)
