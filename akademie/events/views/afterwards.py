"""What hosts enter once their event is over: the minutes it took, and how it went."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from akademie.accounts.models import User
from akademie.core.access import requires
from akademie.core.actions import NotPossible
from akademie.events.actions.afterwards import enter_afterwards
from akademie.events.forms.afterwards import AfterwardsForm
from akademie.events.models import Event


@never_cache
@requires("events.host_event", Event, "slug")
@require_http_methods(["GET", "HEAD", "POST"])
def afterwards(request: HttpRequest, event: Event) -> HttpResponse:
    """Take minutes and report; the Steckbrief of the format then shows what was measured."""
    if event.format is None:
        raise Http404("Diese Veranstaltung gehört zu keinem Format.")
    form = AfterwardsForm(request.POST if request.method == "POST" else None, run=event.run)
    if request.method == "POST" and form.is_valid():
        given = {"participants": form.cleaned_data["participants"], "minutes": form.minutes, "report": form.report}
        try:
            enter_afterwards(event, by=cast(User, request.user), **given)
        except NotPossible as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Danke. Das hilft allen, die das Format nach Ihnen durchführen.")
            return redirect("events:prepare", event.slug)
    context = {
        "section": "mein-bereich",
        "event": event,
        "form": form,
        "trail": [(event.title, reverse("events:prepare", args=[event.slug]))],
    }
    return render(request, "events/host/afterwards.html", context)
