"""Saving for later: the button "Zwischenspeichern", and the same by itself every few seconds (autosave.js)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone

from akademie.core.actions import NotPossible
from akademie.questionnaires.forms import AnswerForm

DRAFT = "entwurf"  # the button's name; autosave sends it too
JSON = "application/json"


def is_draft(request: HttpRequest) -> bool:
    """Whether somebody wants to go on later, or autosave sends what is there."""
    return request.method == "POST" and DRAFT in request.POST


def saved(request: HttpRequest, form: AnswerForm, address: str) -> HttpResponse:
    """Say that a draft is saved: to autosave as JSON with what could not be read, else back on the page."""
    says = f"Zwischengespeichert um {timezone.localtime():%H:%M} Uhr"
    wrong = {
        form.add_prefix(key): " ".join(map(str, errors)) for key, errors in form.errors.items() if key in form.fields
    }
    if JSON in request.headers.get("accept", ""):
        return JsonResponse({"says": says, "errors": wrong})
    messages.success(request, f"{says}.")
    for key in form.errors.keys() & form.fields.keys():
        messages.warning(
            request, f"Nicht gespeichert: „{form.fields[key].label}“. {' '.join(map(str, form.errors[key]))}"
        )
    return redirect(address)


def not_saved(request: HttpRequest, refusal: NotPossible) -> HttpResponse | None:
    """Tell autosave why a draft is not saved; None where the page is to be shown again with the reason."""
    if JSON in request.headers.get("accept", ""):
        return JsonResponse({"says": str(refusal), "errors": {}}, status=409)
    return None
