"""Starting an event from a format: `/formate/<slug>/starten/` for all formats that are events (formats.starters)."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from akademie.accounts.models import User
from akademie.core import frame, limits
from akademie.core.access import SignInFirst
from akademie.core.actions import NotPossible
from akademie.events.actions.starting import lasts, start_event
from akademie.events.forms.starting import StartForm
from akademie.formats import queries as formats
from akademie.formats.models import FormatProfile
from akademie.formats.starters import Lineage
from akademie.formats.words import Mode, minutes_in_words
from akademie.people import queries as people

TEMPLATE = "events/host/start.html"
# Formats that become something else than an event; areas to come start them.
NO_EVENTS = {"video-tutorial", "entscheidungsbaum", "selbstlernmodul", "tandem", "popup-labor"}


def starts(lineage: Lineage) -> bool:
    """Whether a format becomes an event: all but those that become something else, and their variants."""
    return not NO_EVENTS.intersection(lineage)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, profile: FormatProfile) -> HttpResponse:
    """Take eight things at most, and make the event. Whoever is not signed in reads what comes of it."""
    if not request.user.is_authenticated:
        if request.method == "POST":
            raise SignInFirst
        return render(request, TEMPLATE, _context(profile))
    person = cast(User, request.user)
    form = StartForm(request.POST or None, profile=profile, initial=_proposed(profile, person))
    if request.method != "POST" or not form.is_valid():
        return render(request, TEMPLATE, {**_context(profile), "form": form})
    try:
        event = start_event(profile=profile, by=person, **form.cleaned_data)
    except NotPossible as refusal:
        return limits.refused(request, TEMPLATE, {**_context(profile), "form": form}, refusal)
    messages.success(request, "Ihre Veranstaltung ist angelegt. Prüfen Sie, was das Format mitbringt.")
    return redirect("events:prepare", event.slug)


def _context(profile: FormatProfile) -> dict[str, Any]:
    return {
        "section": "formate",
        "trail": [("Formate", "/formate/"), (profile.name, profile.get_absolute_url())],
        "profile": profile,
        "steps": list(profile.steps.all()),
        "tasks": formats.checklist_of(profile),
        "lasts": minutes_in_words(lasts(profile)),
    }


def _proposed(profile: FormatProfile, person: User) -> dict[str, Any]:
    """Return what the form says before anybody types."""
    posts = people.posts_of(people.memberships_of(person).current())
    return {
        "place": "online" if profile.mode == [Mode.DIGITAL] else "",
        "host": posts[0].place if len(posts) == 1 else frame.current()["site_name"] if person.is_office else "",
        "capacity": profile.group_max,
        "contact": person.email,
        "topic": next(iter(profile.topics.values_list("slug", flat=True)[:1]), "") if profile.pk else "",
    }
