"""How it was: the results of evaluations, added up over all events of a format."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from akademie.core.access import public
from akademie.formats import queries as formats
from akademie.surveys.queries import group_results


@public
@require_safe
def format_results(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what those answered who took part in events of a format."""
    profile = formats.published(slug)
    if profile is None:
        raise Http404(f"Das Format „{slug[:60]}“ gibt es nicht.")
    context = {
        "section": "formate",
        "trail": [("Formate", "/formate/"), (profile.name, profile.get_absolute_url())],
        "profile": profile,
        "results": group_results(f"format:{profile.slug}"),
    }
    return render(request, "events/public/format_results.html", context)
