"""What the office does about approvals by people without an account: ask, remind, ask again, see who said what."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from akademie.accounts.models import User
from akademie.core.access import requires
from akademie.core.actions import NotPossible
from akademie.core.contributions import PublicKind
from akademie.editing import approving, queries, versions
from akademie.editing.forms import AskForApprovalForm, PublishAnywayForm
from akademie.editing.models import Approval

PER_PAGE = 50
TRAIL = [("Freigaben", "/geschaeftsstelle/freigaben/")]


@requires("editing.ask_for_approval")
@require_safe
def approvals(request: HttpRequest) -> HttpResponse:
    """List whose answer is awaited, after which answers something is to be done, and everything."""
    which = request.GET["liste"] if request.GET.get("liste") in queries.APPROVALS else "offen"
    tabs = [(key, label, queries.approvals(key).count()) for key, label in queries.APPROVALS.items()]
    page = Paginator(queries.approvals(which), PER_PAGE).get_page(request.GET.get("seite"))
    return render(request, "editing/office/approvals.html", {"which": which, "tabs": tabs, "page": page})


@requires("editing.ask_for_approval")
@require_http_methods(["GET", "HEAD", "POST"])
def approvals_of(request: HttpRequest, kind: str, object_pk: str) -> HttpResponse:
    """Show who approved which version of a text, and ask somebody."""
    about, thing = _text(kind, object_pk)
    form = AskForApprovalForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            approval = approving.ask(about, thing, **form.cleaned_data, by=cast(User, request.user))
        except NotPossible as refusal:
            form.add_error("email", str(refusal))
        else:
            messages.success(request, f"Die Mail an {approval.name} ist unterwegs.")
            return redirect(request.path)
    return _show(request, about, thing, form=form)


def _text(kind: str, object_pk: str) -> tuple[PublicKind, Any]:
    about, thing = queries.text_at(kind, object_pk)
    if about is None or thing is None:
        raise Http404
    return about, thing


def _show(request: HttpRequest, about: PublicKind, thing: Any, *, form: Any = None, anyway: Any = None) -> HttpResponse:
    rows = Approval.objects.of(about.key, thing.pk).select_related("asked_by", "town").defer("content")
    latest = thing.get_latest_revision()
    history = list(rows.order_by("-asked_at", "-pk"))
    missing = [one for one in history if one.is_missing]
    may = missing and request.user.has_perm("editing.publish_without_approval")
    failed = bool((form and form.errors) or (anyway and anyway.errors))
    context = {
        "title": latest.object_str if latest else str(thing), "kind": about, "thing": thing, "trail": TRAIL,
        "form": form or AskForApprovalForm(), "history": history, "missing": missing,
        "anyway": (anyway or PublishAnywayForm()) if may else None, "edit": queries.edit_page(thing),
    }  # fmt: skip
    return render(request, "editing/office/approvals_of.html", context, status=400 if failed else 200)


@require_POST
@requires("editing.publish_without_approval")
def publish_anyway(request: HttpRequest, kind: str, object_pk: str) -> HttpResponse:
    """Publish although somebody's approval is missing, with the reason."""
    about, thing = _text(kind, object_pk)
    form = PublishAnywayForm(request.POST)
    if not form.is_valid():
        return _show(request, about, thing, anyway=form)
    approving.publish_anyway(about, thing, why=form.cleaned_data["why"], by=cast(User, request.user))
    messages.success(request, "Veröffentlicht. Der Grund steht im Verlauf.")
    return redirect("editing:approvals_of", kind, object_pk)


@requires("editing.ask_for_approval", Approval)
@require_safe
def version(request: HttpRequest, approval: Approval) -> HttpResponse:
    """Show the version that was asked about, as it looks in public."""
    around = {
        "approval": approval, "above": "editing/office/_version_above.html",
        "below": "editing/office/_version_below.html",
    }  # fmt: skip
    try:
        return versions.drawn(request, approving.shown(approval), around)
    except NotPossible:
        raise Http404 from None


@require_POST
@requires("editing.ask_for_approval", Approval)
def remind(request: HttpRequest, approval: Approval) -> HttpResponse:
    """Mail the link once more."""
    return _done(request, approval, approving.remind, "ist an die Freigabe erinnert.")


@require_POST
@requires("editing.ask_for_approval", Approval)
def ask_again(request: HttpRequest, approval: Approval) -> HttpResponse:
    """Ask about the newest version."""
    return _done(request, approval, approving.ask_again, "ist zur neuen Fassung gefragt.")


@require_POST
@requires("editing.ask_for_approval", Approval)
def withdraw(request: HttpRequest, approval: Approval) -> HttpResponse:
    """Take the question back."""
    return _done(request, approval, approving.withdraw, "muss nicht mehr antworten.")


def _done(request: HttpRequest, approval: Approval, do: Callable[..., Approval], says: str) -> HttpResponse:
    try:
        done = do(approval, by=cast(User, request.user))
    except NotPossible as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{done.name} {says}")
    return redirect("editing:approvals_of", approval.kind, approval.object_pk)
