"""What the office enters for the statement on accessibility."""

from typing import Any, cast

from django.contrib import messages
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from akademie.accessibility import statement as statements
from akademie.accessibility.forms import CheckForm, KnownBarrierForm, ReviewForm
from akademie.accessibility.models import StatementReview
from akademie.accounts.models import User
from akademie.core.access import requires
from akademie.core.actions import NotPossible

HERE = ("Erklärung zur Barrierefreiheit", "/geschaeftsstelle/barrierefreiheit/")
ENTRIES: dict[str, tuple[type[ModelForm], str]] = {  # by the word in the address
    "pruefung": (CheckForm, "Prüfung durch Menschen"),
    "barriere": (KnownBarrierForm, "Bekannte Barriere"),
}


@requires("accessibility.review")
@require_safe
def statement(request: HttpRequest) -> HttpResponse:
    """Show what the statement rests on, and what is missing."""
    found = statements.current()
    context = {
        "statement": found,
        "not_checked": found.not_checked(timezone.localdate()),
        "new_pages": len(found.run.new_pages()) if found.run else 0,
        "reviews": StatementReview.objects.select_related("created_by").order_by("-reviewed_on", "-pk")[:10],
        "has_body": statements.names_enforcement_body(),
        "settings": reverse("wagtailsettings:edit", args=["cms", "academysettings"]),
    }
    return render(request, "accessibility/office/statement.html", context)


@requires("accessibility.review")
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest) -> HttpResponse:
    """Take a review; what the last one said of law, scope and method stands there already, never how it ended."""
    found = statements.current()
    last = found.review
    initial = {"law": last.law, "scope": last.scope, "method": last.method} if last else {}
    form = ReviewForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            statements.review(by=cast(User, request.user), **form.cleaned_data)
        except NotPossible as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Ihre Bewertung steht jetzt in der Erklärung.")
            return redirect("accessibility:statement")
    context = {"form": form, "statement": found, "trail": [HERE]}
    return render(request, "accessibility/office/review.html", context)


@requires("accessibility.review")
@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: HttpRequest, what: str, pk: int | None = None) -> HttpResponse:
    """Enter a check by people or a known barrier, or change one."""
    form_class, title = ENTRIES[what]
    instance: Any = get_object_or_404(form_class._meta.model, pk=pk) if pk else None
    form = form_class(request.POST if request.method == "POST" else None, instance=instance)
    if request.method == "POST" and form.is_valid():
        statements.save_entry(form.instance, by=cast(User, request.user))
        messages.success(request, "Das steht jetzt in der Erklärung.")
        return redirect("accessibility:statement")
    context = {"form": form, "title": title, "what": what, "pk": pk, "trail": [HERE]}
    return render(request, "accessibility/office/entry.html", context)


@require_POST
@requires("accessibility.review")
def take_out(request: HttpRequest, what: str, pk: int) -> HttpResponse:
    """Take a check or a known barrier out of the statement."""
    found: Any = get_object_or_404(ENTRIES[what][0]._meta.model, pk=pk)
    statements.delete_entry(found, by=cast(User, request.user))
    messages.success(request, "Das steht nicht mehr in der Erklärung.")
    return redirect("accessibility:statement")
