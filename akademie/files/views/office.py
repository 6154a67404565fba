"""The media as the office keeps them in order."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from akademie.accounts.models import User
from akademie.core.access import requires
from akademie.core.actions import NotPossible
from akademie.files import actions, queries
from akademie.files.forms import ChosenForm
from akademie.files.models import AcademyDocument, AcademyImage


@requires("files.keep_media")
@require_safe
def media(request: HttpRequest) -> HttpResponse:
    """List what lacks something, what is too large and what nothing shows; the first list that is not empty."""
    return _list(request, ChosenForm(None))


def _list(request: HttpRequest, form: ChosenForm) -> HttpResponse:
    asked: Any = request.POST if request.method == "POST" else request.GET
    counts = queries.counts()
    which = asked.get("liste", "")
    if which not in queries.LISTS:
        which = next((key for key, count in counts.items() if count), "rechte")
    page = queries.listed(which, asked.get("seite"))
    tabs = [(key, label, counts[key]) for key, label in queries.LISTS.items()]
    context = {"form": form, "which": which, "page": page, "tabs": tabs, "back": f"{request.path}?liste={which}"}
    return render(request, "files/office/media.html", context, status=400 if form.errors else 200)


@require_POST
@requires("files.keep_media")
def delete(request: HttpRequest) -> HttpResponse:
    """Delete the chosen ones that nothing shows."""
    form = ChosenForm(request.POST)
    if not form.is_valid():
        return _list(request, form)
    chosen = form.cleaned_data["auswahl"]
    return _done(request, "unbenutzt", lambda by: _deleted(actions.delete_unused(chosen, by=by), len(chosen)))


def _deleted(count: int, asked: int) -> str:
    says = "1 Datei ist gelöscht." if count == 1 else f"{count} Dateien sind gelöscht."
    return says if count == asked else f"{says} Die anderen stehen inzwischen auf einer Seite oder in einem Entwurf."


@require_POST
@requires("files.keep_media", AcademyImage)
def shrink(request: HttpRequest, image: AcademyImage) -> HttpResponse:
    """Make a picture smaller."""
    return _done(request, "gross", lambda by: _shrunk(image, by))


def _shrunk(image: AcademyImage, by: User) -> str:
    actions.shrink(image, by=by)
    return f"„{image.title}“ ist jetzt kleiner. Alle Seiten zeigen es weiter."


@require_POST
@requires("files.keep_media", AcademyDocument)
def mark_accessible(request: HttpRequest, document: AcademyDocument) -> HttpResponse:
    """Note that a document has been checked."""
    return _done(request, "barrieren", lambda by: _marked(document, by))


def _marked(document: AcademyDocument, by: User) -> str:
    actions.mark_accessible(document, by=by)
    return f"„{document.title}“ gilt als barrierefrei geprüft. Das steht jetzt auch hinter jedem Link darauf."


def _done(request: HttpRequest, which: str, do: Callable[[User], str]) -> HttpResponse:
    try:
        messages.success(request, do(cast(User, request.user)))
    except NotPossible as refusal:
        messages.error(request, str(refusal))
    return redirect(f"{queries.address()}?liste={which}")
