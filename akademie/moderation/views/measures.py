"""What the office hides and whom it locks, and how it takes that back."""

from typing import cast

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from akademie.accounts.models import User
from akademie.core.access import requires
from akademie.core.actions import NotPossible
from akademie.moderation import measures, queries
from akademie.moderation.forms import EndForm, HideForm, LockForm
from akademie.moderation.models import HiddenContent, Measure, PostingLock

FORM = ["GET", "HEAD", "POST"]
TRAIL = [("Meldungen", "/geschaeftsstelle/meldungen/"), ("Ausgeblendet und gesperrt", "/geschaeftsstelle/massnahmen/")]


@requires("moderation.see")
@require_safe
def in_force(request: HttpRequest) -> HttpResponse:
    """List what is hidden and who is locked at present."""
    context = {"hidden": queries.hidden_now(), "locks": queries.locks_now(), "trail": TRAIL[:1]}
    return render(request, "moderation/office/measures.html", context)


@requires("moderation.decide")
@require_http_methods(FORM)
def hide(request: HttpRequest) -> HttpResponse:
    """Hide content that nobody has reported."""
    page = request.GET.get("adresse", "")
    initial = {"address": request.build_absolute_uri(page) if page.startswith("/") else ""}
    form = HideForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            measures.hide(**form.as_measure(), by=cast(User, request.user))
        except NotPossible as refusal:
            form.add_error(None, str(refusal))
        else:
            return _done(request, "Der Inhalt ist ausgeblendet.")
    return _form(request, form, "Inhalt ausblenden", "Ausblenden")


@requires("moderation.decide")
@require_http_methods(FORM)
def lock(request: HttpRequest) -> HttpResponse:
    """Let an account post no more."""
    form = LockForm(
        request.POST if request.method == "POST" else None, initial={"email": request.GET.get("person", "")}
    )
    if request.method == "POST" and form.is_valid():
        try:
            measures.lock(**form.as_measure(), by=cast(User, request.user))
        except NotPossible as refusal:
            form.add_error(None, str(refusal))
        else:
            return _done(request, "Das Konto ist für neue Beiträge gesperrt.")
    return _form(request, form, "Konto sperren", "Sperren")


@requires("moderation.decide", HiddenContent)
@require_http_methods(FORM)
def show_again(request: HttpRequest, hidden: HiddenContent) -> HttpResponse:
    """Show hidden content again."""
    form = EndForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            measures.show_again(hidden, by=cast(User, request.user), **form.cleaned_data)
        except NotPossible as refusal:
            form.add_error(None, str(refusal))
        else:
            return _done(request, "Der Inhalt steht wieder auf der Website.")
    return _form(request, form, f"„{hidden.title}“ wieder zeigen", "Wieder zeigen", hidden)


@requires("moderation.decide", PostingLock)
@require_http_methods(FORM)
def unlock(request: HttpRequest, locked: PostingLock) -> HttpResponse:
    """Let an account post again."""
    form = EndForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        measures.unlock(locked, by=cast(User, request.user), **form.cleaned_data)
        return _done(request, "Die Sperre ist aufgehoben.")
    return _form(request, form, f"Sperre von {locked.user} aufheben", "Sperre aufheben", locked)


def _done(request: HttpRequest, says: str) -> HttpResponse:
    messages.success(request, f"{says} Die Betroffenen bekommen eine Mail mit den Gründen.")
    return redirect("moderation:measures")


def _form(request: HttpRequest, form: Form, title: str, button: str, measure: Measure | None = None) -> HttpResponse:
    context = {"form": form, "title": title, "button": button, "measure": measure, "trail": TRAIL}
    return render(request, "moderation/office/measure.html", context)
