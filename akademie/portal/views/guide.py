"""The Wegweiser: one concern in, one page out; and the page that explains how it decides."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from akademie.core.access import public
from akademie.portal.forms import ConcernForm
from akademie.portal.guide.answer import answer, first_step
from akademie.portal.guide.understanding import rules
from akademie.topics.models import Topic
from akademie.towns.queries import own_town


@public
@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """Answer a concern. The address holds concern and town, so that it can be shared and printed."""
    form = ConcernForm(request.GET, own=own_town(request))
    context = {"section": "wegweiser", "form": form}
    if form.is_asked and form.is_valid():
        given = answer(form.concern, form.town, request.user)
        context |= {"answer": given, "step": first_step(given)}
    return render(request, "portal/public/guide.html", context)


@public
@require_safe
def explained(request: HttpRequest) -> HttpResponse:
    """Show the rules themselves."""
    topics = Topic.objects.main().in_order().prefetch_related("children")
    context = {"section": "wegweiser", "rules": rules(), "topics": topics}
    return render(request, "portal/public/guide_explained.html", context)
