"""What the office does with reported barriers."""

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from akademie.accessibility import actions, queries
from akademie.accessibility.forms import AnswerForm, FixedForm, OwnerForm
from akademie.accessibility.models import BarrierReport
from akademie.accounts.models import User
from akademie.core.access import requires
from akademie.core.actions import NotPossible
from akademie.privacy import holds

PER_PAGE = 50
TRAIL = [("Gemeldete Barrieren", "/geschaeftsstelle/barrieren/")]


@requires("accessibility.answer")
@require_safe
def barriers(request: HttpRequest) -> HttpResponse:
    """List the reported barriers: those that wait for an answer, what is late first."""
    asked = request.GET.get("liste", "")
    which = asked if asked in queries.LISTS else "offen"
    page = Paginator(queries.reports(which), PER_PAGE).get_page(request.GET.get("seite"))
    counts = queries.counts()
    context = {
        "which": which,
        "page": page,
        "tabs": [(key, title, counts[key]) for key, title in queries.LISTS.items()],
    }
    return render(request, "accessibility/office/barriers.html", context)


@requires("accessibility.answer", BarrierReport)
@require_http_methods(["GET", "HEAD", "POST"])
def barrier(request: HttpRequest, report: BarrierReport) -> HttpResponse:
    """Show a reported barrier and take the answer."""
    form = AnswerForm(request.POST if request.method == "POST" else None, has_address=bool(report.reply_address))
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer(report, by=cast(User, request.user), **form.cleaned_data)
        except NotPossible as refusal:
            form.add_error(None, str(refusal))
            report.refresh_from_db()
        else:
            sent = "Ihre Antwort ist unterwegs." if report.reply_address else "Das ist vermerkt."
            messages.success(request, sent)
            return redirect("accessibility:barriers")
    return _one(request, report, form=form)


def _one(request: HttpRequest, report: BarrierReport, **forms: object) -> HttpResponse:
    context = {
        "report": report,
        "form": AnswerForm(has_address=bool(report.reply_address)),
        "fixed": FixedForm(),
        "owner": OwnerForm(initial={"owner": report.owner_id}),
        "trail": TRAIL,
        "hold": holds.hold_of(report),
        "may_hold": request.user.has_perm("privacy.decide"),
        **forms,
    }
    return render(request, "accessibility/office/barrier.html", context)


@require_POST
@requires("accessibility.answer", BarrierReport)
def see_to(request: HttpRequest, report: BarrierReport) -> HttpResponse:
    """Say who sees to it."""
    form = OwnerForm(request.POST)
    if not form.is_valid():
        return _one(request, report, owner=form)
    actions.see_to(report, by=cast(User, request.user), **form.cleaned_data)
    messages.success(request, "Gespeichert.")
    return redirect("accessibility:barrier", report.pk)


@require_POST
@requires("accessibility.answer", BarrierReport)
def note_fixed(request: HttpRequest, report: BarrierReport) -> HttpResponse:
    """Note that the barrier is gone."""
    form = FixedForm(request.POST)
    if form.is_valid():
        try:
            actions.note_fixed(report, by=cast(User, request.user), **form.cleaned_data)
        except NotPossible as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Vermerkt: Die Barriere ist behoben.")
            return redirect("accessibility:barrier", report.pk)
    return _one(request, report, fixed=form)


@require_POST
@requires("accessibility.answer", BarrierReport)
def forget_reporter(request: HttpRequest, report: BarrierReport) -> HttpResponse:
    """Delete the address of whoever reported."""
    actions.forget_reporter(report, by=cast(User, request.user))
    messages.success(request, "Die Adresse ist gelöscht.")
    return redirect("accessibility:barrier", report.pk)
