"""Reporting a barrier, without an account."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from akademie.accessibility import actions, queries
from akademie.accessibility.forms import BarrierForm, address_without_keys
from akademie.accessibility.models import ADDRESS_DAYS, ANSWER_DAYS
from akademie.core import limits
from akademie.core.access import public
from akademie.core.actions import NotPossible

TERMS = {"weeks": ANSWER_DAYS // 7, "address_months": ADDRESS_DAYS // 30, "section": "barriere-melden"}


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report_barrier(request: HttpRequest) -> HttpResponse:
    """Take the report of a barrier; `?adresse=` names the page."""
    form = BarrierForm(request.POST if request.method == "POST" else None, initial={"page": _page_in_question(request)})
    context = {"form": form, **TERMS}
    if request.method == "POST" and form.is_valid():
        try:
            actions.report_barrier(**form.as_report(), sender=limits.sender(request))
        except NotPossible as refusal:
            return limits.refused(request, "accessibility/public/report_barrier.html", context, refusal)
        return redirect("accessibility:barrier_reported")
    return render(request, "accessibility/public/report_barrier.html", context)


def _page_in_question(request: HttpRequest) -> str:
    """Return the page that the report is about: named by a link, else the one the person comes from."""
    if named := request.GET.get("adresse", ""):
        return address_without_keys(settings.SITE_URL + named) if named.startswith("/") else ""
    referer = urlsplit(request.headers.get("referer", ""))
    return address_without_keys(referer.geturl()) if referer.netloc == request.get_host() else ""


@public
@require_safe
def barrier_reported(request: HttpRequest) -> HttpResponse:
    """Thank for a report and say what happens now."""
    context = {"enforcement": queries.enforcement_body(), **TERMS}
    return render(request, "accessibility/public/barrier_reported.html", context)
