"""Runs for everyone and for who entered them: the reports of a format, entering a run, what has become of it."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from akademie.accounts.models import User
from akademie.core import limits
from akademie.core.access import public, requires, signed_in
from akademie.core.actions import NotPossible
from akademie.formats import queries, reports
from akademie.formats.actions import runs as actions
from akademie.formats.models import FormatProfile, FormatRun
from akademie.formats.models.runs import REPORT
from akademie.formats.run_forms import MINUTES, MinutesForm, ReportForm, RunForm
from akademie.formats.views.public import SECTION, TRAIL

PER_PAGE = 20


def _published(slug: str) -> FormatProfile:
    found = queries.published(slug)
    if found is None:
        raise Http404(f"Das Format „{slug[:60]}“ gibt es nicht.")
    return found


def _trail(profile: FormatProfile) -> list[tuple[str, str]]:
    return [*TRAIL, (profile.name, profile.get_absolute_url())]


@public
@require_safe
def run_reports(request: HttpRequest, slug: str) -> HttpResponse:
    """Show all public reports of a format."""
    profile = _published(slug)
    page = Paginator(reports.reports_of(profile.pk), PER_PAGE).get_page(request.GET.get("seite"))
    context = {
        "section": SECTION, "trail": _trail(profile), "profile": profile, "page": page,
        "reports": reports.with_links(list(page.object_list)),
        "enter": f"{profile.get_absolute_url()}durchfuehrung/",
    }  # fmt: skip
    return render(request, "formats/public/reports.html", context)


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def enter_run(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a run that is over: what, when, how long, how it went."""
    profile = _published(slug)
    form = RunForm(request.POST if request.method == "POST" else None, profile, reports.only_town_of(request.user))
    context: dict[str, Any] = {"section": SECTION, "trail": _trail(profile), "profile": profile, "form": form}
    if request.method == "POST" and form.is_valid():
        given = {"run": {"profile": profile, **form.run}, "minutes": form.minutes, "report": form.report}
        try:
            run = actions.enter_run(**given, by=cast(User, request.user))  # type: ignore[arg-type]
        except NotPossible as refusal:
            return limits.refused(request, "formats/participant/enter_run.html", context, refusal)
        messages.success(request, "Danke. Die Durchführung ist eingetragen.")
        return redirect(run)
    return render(request, "formats/participant/enter_run.html", context)


@never_cache
@requires("formats.keep_run", FormatRun)
@require_safe
def run(request: HttpRequest, run: FormatRun) -> HttpResponse:
    """Show a run to whoever entered it, with what is still to say."""
    return _one(request, run)


def _one(request: HttpRequest, run: FormatRun, **forms: Any) -> HttpResponse:
    answers = {name: getattr(run, name) for name in REPORT}
    context = {
        "section": "mein-bereich", "run": run, "minutes": None if run.measured_at else MinutesForm(),
        "report": None if run.released_at else ReportForm(initial=answers), **forms,
    }  # fmt: skip
    return render(request, "formats/participant/run.html", context)


@require_POST
@requires("formats.keep_run", FormatRun)
def enter_minutes(request: HttpRequest, run: FormatRun) -> HttpResponse:
    """Take the minutes, once."""
    form = MinutesForm(request.POST)
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in (*MINUTES, "cost_eur")}
        try:
            actions.enter_minutes(run, **given, by=cast(User, request.user))
        except NotPossible as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Danke. Die Zeiten stehen jetzt im Steckbrief.")
            return redirect(run)
    return _one(request, run, minutes=form)


@require_POST
@requires("formats.keep_run", FormatRun)
def write_report(request: HttpRequest, run: FormatRun) -> HttpResponse:
    """Take the report, for the office to release."""
    form = ReportForm(request.POST)
    if form.is_valid():
        try:
            actions.write_report(run, **cast(dict[str, str], form.report), by=cast(User, request.user))
        except NotPossible as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Danke. Die Geschäftsstelle liest Ihren Bericht und gibt ihn frei.")
            return redirect(run)
    return _one(request, run, report=form)
