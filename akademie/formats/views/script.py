"""The Ablaufplan of a format: printed, or with a clock that runs."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from akademie.core import documents
from akademie.core.access import public
from akademie.formats import queries
from akademie.formats.script import BeginForm, script_of

SECTION = "formate"


@public
@require_safe
def script(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the steps with who speaks and what happens, from a time of day on if one is asked for."""
    found = queries.published(slug)
    if found is None:
        raise Http404(f"Das Format „{slug[:60]}“ gibt es nicht.")
    form = BeginForm(request.GET if "beginn" in request.GET else None)
    begins = form.cleaned_data["beginn"] if form.is_valid() else None
    context = {
        "section": SECTION,
        "trail": [("Formate", "/formate/"), (found.name, found.get_absolute_url())],
        "script": script_of(found.name, found.steps.all(), begins=begins, tools=found.tools),
        "form": form,
        "offline_url": f"{found.get_absolute_url()}ablaufplan/ohne-netz.js",
        "code": documents.page_code(request.path),
    }
    return render(request, "formats/public/script.html", context)


@public
@require_safe
@cache_control(no_cache=True)
def offline(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer the worker that keeps a script which somebody runs readable without a connection, and nothing else."""
    if queries.sheet(slug) is None:
        raise Http404(f"Das Format „{slug[:60]}“ gibt es nicht.")
    return render(request, "formats/public/offline.js", content_type="text/javascript; charset=utf-8")
