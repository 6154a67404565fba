"""The office's desk, and *Ansehen als* for the Leitung."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from akademie.accounts.models import User
from akademie.core.access import requires, signed_in
from akademie.core.actions import NotPossible
from akademie.portal import actions, personal, viewing
from akademie.portal.forms import LookAsForm

SECTION = {"section": "geschaeftsstelle"}


@never_cache
@requires("portal.see_desk")
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Show what waits for the office, how the academy runs, and where everything is."""
    found = personal.desk(request.user)
    everybody = request.GET.get("wer") == "alle"
    context = {**SECTION, "desk": found, "everybody": everybody, "lines": found.lines if everybody else found.mine}
    context["shown"] = personal.DESK_SHOWN
    return render(request, "portal/office/desk.html", context)


@requires("portal.look_as")
@require_http_methods(["GET", "HEAD", "POST"])
def look_as(request: HttpRequest) -> HttpResponse:
    """Choose a person, and see the site as they do."""
    form = LookAsForm(
        request.POST if request.method == "POST" else None, initial={"email": request.GET.get("person", "")}
    )
    if request.method == "POST" and form.is_valid():
        person = form.cleaned_data["email"]
        try:
            actions.look_as(person, by=cast(User, request.user))
        except NotPossible as refusal:
            form.add_error("email", str(refusal))
        else:
            viewing.begin(request, person)
            return redirect("portal:my_area")
    return render(request, "portal/office/look_as.html", {**SECTION, "form": form})


@require_POST
@signed_in
def stop_viewing(request: HttpRequest) -> HttpResponse:
    """Be oneself again."""
    viewing.end(request)
    messages.success(request, "Sie sind wieder Sie selbst.")
    return redirect("portal:desk")


stop_viewing.ends_viewing = True  # type: ignore[attr-defined]
