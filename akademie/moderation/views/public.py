"""Reporting content, without an account."""

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from akademie.core import limits
from akademie.core.access import public
from akademie.core.actions import NotPossible
from akademie.moderation import actions, queries
from akademie.moderation.forms import ReportForm
from akademie.moderation.models import KEPT_DAYS, MAX_ADDRESS, REACTION_WORKDAYS, TARGET_HOURS, URGENT_HOURS
from akademie.notifications.mail_links import is_shared, said_already

NUMBER = re.compile(r"\d{4}-\d{1,10}")
TERMS = {
    "workdays": REACTION_WORKDAYS,
    "target_hours": TARGET_HOURS,
    "urgent_hours": URGENT_HOURS,
    "kept_days": KEPT_DAYS,
    "section": "inhalt-melden",
}


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report_content(request: HttpRequest) -> HttpResponse:
    """Take a report; `?adresse=` names the page."""
    page = request.GET.get("adresse", "")[:MAX_ADDRESS]
    initial = {"address": request.build_absolute_uri(page) if page.startswith("/") else "", "name": said_already()}
    shared = request.user.is_authenticated and is_shared(request.user.email)
    form = ReportForm(request.POST if request.method == "POST" else None, initial=initial, is_shared=shared)
    context = {"form": form, "mean_hours": queries.mean_hours(), **TERMS}
    if request.method == "POST" and form.is_valid():
        try:
            report = actions.report_content(**form.as_report(), sender=limits.sender(request))
        except NotPossible as refusal:
            return limits.refused(request, "moderation/public/report_content.html", context, refusal)
        return redirect(f"{reverse('moderation:reported')}?nummer={report.number}")
    return render(request, "moderation/public/report_content.html", context)


@public
@require_safe
def reported(request: HttpRequest) -> HttpResponse:
    """Thank for a report and say what happens now."""
    number = request.GET.get("nummer", "")
    context = {"number": number if NUMBER.fullmatch(number) else "", **TERMS}
    return render(request, "moderation/public/reported.html", context)
