"""People for everyone: the directory, a profile, writing to somebody."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from akademie.core import limits
from akademie.core.access import SignInFirst, public
from akademie.core.actions import NotPossible
from akademie.people import acting, directory, queries
from akademie.people.actions import contact
from akademie.people.forms.contact import MessageForm
from akademie.people.models import CONFIRM_DAYS, MESSAGE_DAYS, Audience, Profile

SECTION = "austausch"
ABOVE = [("Austausch", "/austausch/")]
TRAIL = [*ABOVE, ("Menschen", "/menschen/")]


@public
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Show who takes part, of those who show themselves to this viewer, narrowed by topic, town and place of work."""
    found = directory.select(request.GET, request.user)
    context = {
        "section": SECTION,
        "trail": ABOVE,
        "found": found,
        "selection": found.selection,
        "keep": [("stadt", found.town)],
        "for_guests": queries.audience_of(request.user) == Audience.PUBLIC,
    }
    return render(request, "people/public/people.html", context)


def _profile(request: HttpRequest, pk: int) -> Profile:
    """Return a profile that this viewer may see. A hidden one and one that does not exist answer the same."""
    profile = Profile.objects.select_related("user").filter(pk=pk).first()
    if profile is None or not request.user.has_perm("people.see_profile", profile):
        raise Http404 if request.user.is_authenticated else SignInFirst
    return profile


@public
@never_cache
@require_safe
def profile(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a person, as far as they want to be seen by this viewer."""
    found = _profile(request, pk)
    context = {
        "section": SECTION,
        "trail": TRAIL,
        "profile": found,
        "shown": queries.shown(found, request.user),
        "is_own": found.user_id == request.user.pk,
        "takes_requests": queries.takes_requests(found),
    }
    return render(request, "people/public/profile.html", context)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a message to somebody whose address stays hidden; of guests once they have confirmed theirs."""
    found = _profile(request, pk)
    name = found.user.get_full_name()
    form = MessageForm(
        request.POST if request.method == "POST" else None,
        user=request.user,
        is_shared=acting.is_shared(),
        acting_as=acting.current(),
    )
    context = {
        "section": SECTION,
        "trail": [*TRAIL, (name, found.get_absolute_url())],
        "profile": found,
        "name": name,
        "form": form,
        "takes_requests": queries.takes_requests(found),
        "free_on": None if queries.requests_left(found) else queries.free_again_on(found),
        "confirm_days": CONFIRM_DAYS,
        "kept_days": MESSAGE_DAYS,
    }
    if request.method == "POST" and form.is_valid():
        user = request.user if request.user.is_authenticated else None
        try:
            contact.write_to(found, **form.as_message(), sender=limits.sender(request), user=user)
        except NotPossible as refusal:
            return limits.refused(request, "people/public/write.html", context, refusal)
        if acting.is_shared():
            acting.set_name(request.session, form.as_message()["name"])
        return redirect("people:written", found.pk)
    return render(request, "people/public/write.html", context)


@public
@never_cache
@require_safe
def written(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what happens with the message now. The same whatever the address."""
    found = _profile(request, pk)
    name = found.user.get_full_name()
    context = {
        "section": SECTION,
        "trail": [*TRAIL, (name, found.get_absolute_url())],
        "name": name,
        "confirm_days": CONFIRM_DAYS,
    }
    return render(request, "people/public/written.html", context)
