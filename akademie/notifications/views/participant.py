"""What people want to get, and when."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from akademie.accounts.models import User
from akademie.core.access import signed_in
from akademie.notifications import queries
from akademie.notifications.actions.choices import choose
from akademie.notifications.forms import ChoicesForm


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def choices(request: HttpRequest) -> HttpResponse:
    """Show what comes when, and keep what the person chooses."""
    user = cast(User, request.user)
    kinds = queries.kinds_for(user)
    open_kinds = [kind for kind in kinds if len(kind.choices) > 1]
    form = ChoicesForm(
        request.POST if request.method == "POST" else None, kinds=open_kinds, chosen=queries.choices_of(user)
    )
    if request.method == "POST" and form.is_valid():
        choose(user, form.cleaned_data)
        messages.success(request, "Gespeichert. Ab jetzt gilt Ihre Auswahl.")
        return redirect("notifications:choices")
    context = {
        "form": form,
        "fixed": [kind for kind in kinds if len(kind.choices) == 1],
        "trail": [("Ihr Konto", "/konto/")],
    }
    return render(request, "notifications/participant/choices.html", context)
