"""What needs no account: how well the academy's texts can be read, and somebody's approval of a text by link."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from akademie.core.access import public
from akademie.core.actions import NotPossible
from akademie.core.readability import LIMIT
from akademie.editing import approving, queries, versions
from akademie.editing.forms import ApprovalForm
from akademie.editing.models import Approval


@public
@require_safe
def readable(request: HttpRequest) -> HttpResponse:
    """Show how many texts stand on which step, and how that is measured."""
    return render(request, "editing/public/readable.html", {"readable": queries.readable(), "limit": LIMIT})


@csrf_exempt  # needs no cookie: nobody else knows this address, and knowing it is the permission
@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def approve(request: HttpRequest, token: str) -> HttpResponse:
    """Show the version that somebody is asked about, as it will look, and take the answer on POST only."""
    try:
        approval = approving.read_token(token)
        if approval.is_answered:
            return _quiet(render(request, "editing/public/answered.html", {"approval": approval}))
        form = _form(request, approval)
        if form.is_bound and form.is_valid():
            try:
                approving.answer(approval, **form.cleaned_data)
                return _quiet(redirect("editing:approve", token))
            except NotPossible as refusal:
                form.add_error(None, str(refusal))
                approval = approving.read_token(token)  # as it is by now
        around = {
            "approval": approval, "form": form, "above": "editing/public/_above_text.html",
            "below": "editing/public/_below_text.html",
        }  # fmt: skip
        return versions.drawn(request, approving.shown(approval), around, status=400 if form.errors else 200)
    except NotPossible as reason:
        return _quiet(render(request, "notifications/public/link_useless.html", {"reason": str(reason)}, status=410))


def _form(request: HttpRequest, approval: Approval) -> ApprovalForm:
    begin = {"name": approval.name, "function": approval.function}
    return ApprovalForm(request.POST if request.method == "POST" else None, initial=begin)


def _quiet(answer: HttpResponse) -> HttpResponse:
    """Keep the address out of search engines and from the pages that somebody goes on to."""
    answer["X-Robots-Tag"], answer["Referrer-Policy"] = "noindex, nofollow", "no-referrer"
    return answer
