"""The Wegweiser: one concern in, one page out; and the page that explains how it decides."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from akademie.core.access import public
from akademie.portal.forms import ConcernForm
from akademie.portal.guide import sharing
from akademie.portal.guide.answer import answer
from akademie.portal.guide.page import page_context, rules_as_read
from akademie.topics.models import Topic
from akademie.towns.queries import own_town


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
    main_topics = Topic.objects.main().in_order().prefetch_related("children")
    trail = (("Wegweiser", "/wegweiser/"),)
    context = {"section": "wegweiser", "needs": rules_as_read(), "topics": main_topics, "trail": trail}
    return render(request, "portal/public/guide_explained.html", context)
