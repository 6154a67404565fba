"""Was passt?: three formats at most, with the reasons."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from akademie.core.access import public
from akademie.formats import finder
from akademie.formats.finder_form import SentenceForm, WishesForm, address_of, fields_of
from akademie.formats.sentence import understood
from akademie.formats.views.public import SECTION, TRAIL


@public
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Answer a sentence or some wishes; the address holds them, so that it can be passed on."""
    told = SentenceForm(request.GET) if "satz" in request.GET else SentenceForm()
    said = understood(told.cleaned_data["satz"]) if told.is_bound and told.is_valid() else finder.Wishes()
    given = {name: request.GET[name] for name in WishesForm.base_fields if request.GET.get(name)}
    form = WishesForm(fields_of(said) | given) if said or given else WishesForm()
    wishes = form.wishes if form.is_bound else finder.Wishes()
    context: dict[str, Any] = {
        "section": SECTION, "trail": TRAIL, "told": told, "form": form, "wishes": wishes,
        "says_nothing": told.is_bound and told.is_valid() and not said,
        "is_answered": told.is_bound or form.is_bound,
    }  # fmt: skip
    if wishes:
        answer = finder.find(wishes)
        context |= {
            "answer": answer, "here": address_of(wishes), "without": address_of(answer.loosened),
            "loosen": finder.WISHES.get(answer.loosen, ""),
        }  # fmt: skip
    return render(request, "formats/public/finder.html", context)
