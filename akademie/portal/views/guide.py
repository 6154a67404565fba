"""The Wegweiser: one concern in, one page out; and the page that explains how it decides."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from akademie.core.access import public
from akademie.portal.forms import ConcernForm
from akademie.portal.guide import sharing
from akademie.portal.guide.answer import answer
from akademie.portal.guide.page import page_context, rules_as_read
from akademie.topics.models import Topic
from akademie.topics.queries import main_topics
from akademie.towns.queries import own_town

TRAIL = (("Wegweiser", "/wegweiser/"),)


@public
@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """Answer a concern. The address holds concern and town, so that it can be shared and printed."""
    own = own_town(request)
    form = ConcernForm(request.GET, own=own)
    if form.is_asked and own and "stadt" not in request.GET:  # a remembered town belongs to the address too
        return redirect(sharing.address(form.typed, own.pk))
    context = {"section": "wegweiser", "form": form}
    if form.is_asked and form.is_valid():
        context |= page_context(answer(form.concern, form.town, request.user), form.concern)
    return render(request, "portal/public/guide.html", context)


@public
@require_safe
@cache_control(public=True, max_age=86400)
def code(request: HttpRequest) -> HttpResponse:
    """Draw the QR code of an answer's address, for its print."""
    form = ConcernForm(request.GET)
    if not (form.is_asked and form.is_valid()):
        raise Http404("There is no answer to point to.")
    town = form.town.pk if form.town else ""
    if not sharing.code_address(form.concern, town):
        raise Http404("No phone could read the code.")
    return HttpResponse(sharing.code(form.concern, town), content_type="image/svg+xml")


@public
@require_safe
def explained(request: HttpRequest) -> HttpResponse:
    """Show the rules themselves."""
    context = {"section": "wegweiser", "needs": rules_as_read(), "topics": main_topics(), "trail": TRAIL}
    return render(request, "portal/public/guide_explained.html", context)


@public
@require_safe
def words(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the words that lead to a topic and to its subtopics."""
    topic = get_object_or_404(Topic.objects.main().prefetch_related("children"), slug=slug)
    trail = (*TRAIL, ("So geht es", "/wegweiser/so-geht-es/"))
    context = {"section": "wegweiser", "topic": topic, "trail": trail}
    return render(request, "portal/public/guide_words.html", context)
