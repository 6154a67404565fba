"""What the office does with reports of runs: read, correct a little, release, give back; and correct minutes."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from akademie.accounts.models import User
from akademie.core.access import requires
from akademie.core.actions import NotPossible
from akademie.formats import reports
from akademie.formats.actions import runs as actions
from akademie.formats.models import FormatRun
from akademie.formats.models.runs import REPORT
from akademie.formats.run_forms import MINUTES, MinutesForm, ReleaseForm, ReturnForm

PER_PAGE = 50
OFFICE_URL = "/geschaeftsstelle/formate/berichte/"
TRAIL = [("Erfahrungsberichte", OFFICE_URL)]


@requires("formats.release_reports")
@require_safe
def report_list(request: HttpRequest) -> HttpResponse:
    """List the runs: those whose report waits first."""
    asked = request.GET.get("liste", "")
    which = asked if asked in reports.LISTS else "offen"
    page = Paginator(reports.listed(which), PER_PAGE).get_page(request.GET.get("seite"))
    counts = reports.counts()
    tabs = [(key, title, counts[key]) for key, title in reports.LISTS.items()]
    return render(request, "formats/office/reports.html", {"which": which, "page": page, "tabs": tabs})


@requires("formats.release_reports", FormatRun)
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, run: FormatRun) -> HttpResponse:
    """Show a run with its report, and release it."""
    form = ReleaseForm(request.POST if request.method == "POST" else None, run)
    if request.method == "POST" and form.is_valid():
        answers = {name: form.cleaned_data[name] for name in REPORT}
        try:
            actions.release_report(
                run, answers=answers, by=cast(User, request.user), read_at=_moment(form.cleaned_data["read_at"])
            )
        except NotPossible as refusal:
            form.add_error(None, str(refusal))
            run.refresh_from_db()
        else:
            messages.success(request, "Der Bericht steht jetzt beim Format.")
            return redirect("formats:reports_to_release")
    return _one(request, run, form=form)


def _moment(typed: str) -> datetime | None:
    try:
        return parse_datetime(typed)
    except ValueError:
        return None


def _one(request: HttpRequest, run: FormatRun, **forms: Any) -> HttpResponse:
    minutes = {name: getattr(run, name) for name in (*MINUTES, "cost_eur")}
    context = {
        "run": run, "trail": TRAIL, "personal": reports.looks_personal(run), "form": ReleaseForm(None, run),
        "back": ReturnForm(), "minutes": MinutesForm(initial=minutes), **forms,
    }  # fmt: skip
    return render(request, "formats/office/report.html", context)


@require_POST
@requires("formats.release_reports", FormatRun)
def return_report(request: HttpRequest, run: FormatRun) -> HttpResponse:
    """Give a report back with a reason."""
    form = ReturnForm(request.POST)
    if form.is_valid():
        try:
            actions.return_report(run, **form.cleaned_data, by=cast(User, request.user))
        except NotPossible as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Der Bericht ist zurückgegeben.")
            return redirect("formats:reports_to_release")
    return _one(request, run, back=form)


@require_POST
@requires("formats.release_reports", FormatRun)
def correct_minutes(request: HttpRequest, run: FormatRun) -> HttpResponse:
    """Correct what a run took."""
    form = MinutesForm(request.POST)
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in (*MINUTES, "cost_eur")}
        actions.enter_minutes(run, **given, by=cast(User, request.user))
        messages.success(request, "Die Zeiten sind gespeichert.")
        return redirect("formats:report", run.pk)
    return _one(request, run, minutes=form)
