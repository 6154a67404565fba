"""What the office does so that content stays true: see what is due, answer, share the work, stand in."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from akademie.accounts.models import User
from akademie.core.access import requires
from akademie.core.actions import NotPossible
from akademie.editing import actions, queries
from akademie.editing.forms import AbsenceForm, LookAfterForm, NoteForm, ShareForm
from akademie.editing.models import Absence, Upkeep

PER_PAGE = 50
TRAIL = [("Aktualität", "/geschaeftsstelle/aktualitaet/")]


@requires("editing.look_after")
@require_safe
def upkeep(request: HttpRequest) -> HttpResponse:
    """List what is to be checked or changed, what nobody looks after, and everything."""
    return _list(request, ShareForm(None))


@require_POST
@requires("editing.look_after")
def share(request: HttpRequest) -> HttpResponse:
    """Give the chosen things to somebody."""
    form = ShareForm(request.POST)
    if form.is_valid():
        owner, chosen = form.cleaned_data["owner"], form.cleaned_data["auswahl"]
        count = actions.look_after(chosen, owner=owner, by=cast(User, request.user))
        says = "1 Inhalt" if count == 1 else f"{count} Inhalte"
        messages.success(request, f"{owner} kümmert sich jetzt um {says}.")
        return redirect(f"{request.path.removesuffix('zuteilen/')}?liste={_which(request.POST)}")
    return _list(request, form)


def _which(asked: Any) -> str:
    return asked["liste"] if asked.get("liste") in queries.LISTS else "faellig"


def _list(request: HttpRequest, form: ShareForm) -> HttpResponse:
    asked = request.POST if request.method == "POST" else request.GET
    which, words = _which(asked), asked.get("q", "")[:100].replace("\0", "").strip()
    page = Paginator(queries.listed(which, words), PER_PAGE).get_page(asked.get("seite"))
    context = {
        "form": form, "which": which, "words": words, "page": page, "counts": queries.counts(),
        "tabs": queries.LISTS, "chosen": set(asked.getlist("auswahl")),
    }  # fmt: skip
    return render(request, "editing/office/upkeep.html", context, status=400 if form.errors else 200)


@requires("editing.look_after", Upkeep)
@require_safe
def one_upkeep(request: HttpRequest, upkeep: Upkeep) -> HttpResponse:
    """Show one thing: who looks after it, when it was checked, and what can be done."""
    return _one(request, upkeep)


def _one(request: HttpRequest, upkeep: Upkeep, form: LookAfterForm | None = None) -> HttpResponse:
    context = {
        "upkeep": upkeep, "trail": TRAIL, "note": NoteForm(None),
        "form": form or LookAfterForm(None, initial={"owner": upkeep.owner_id, "rhythm": upkeep.rhythm}),
        "edit": queries.edit_address(upkeep, cast(User, request.user)),
    }  # fmt: skip
    return render(request, "editing/office/one_upkeep.html", context, status=400 if form else 200)


@require_POST
@requires("editing.look_after", Upkeep)
def look_after(request: HttpRequest, upkeep: Upkeep) -> HttpResponse:
    """Say who looks after it and how often it is checked."""
    form = LookAfterForm(request.POST)
    if not form.is_valid():
        return _one(request, upkeep, form)
    actions.look_after([upkeep], **form.cleaned_data, by=cast(User, request.user))
    messages.success(request, "Gespeichert.")
    return redirect("editing:one_upkeep", upkeep.pk)


@require_POST
@requires("editing.look_after", Upkeep)
def still_right(request: HttpRequest, upkeep: Upkeep) -> HttpResponse:
    """Note that it still is right."""
    return _done(request, lambda by: actions.confirm(upkeep, by=by), f"„{upkeep.title}“ gilt als heute geprüft.")


@require_POST
@requires("editing.look_after", Upkeep)
def must_change(request: HttpRequest, upkeep: Upkeep) -> HttpResponse:
    """Note that something must be changed."""
    form = NoteForm(request.POST)
    if not form.is_valid():
        messages.error(request, str(form.errors["note"][0]))
        return redirect("editing:one_upkeep", upkeep.pk)
    note = form.cleaned_data["note"]
    return _done(
        request, lambda by: actions.flag(upkeep, note=note, by=by), f"„{upkeep.title}“ wartet auf eine Änderung."
    )


@require_POST
@requires("editing.look_after", Upkeep)
def archive(request: HttpRequest, upkeep: Upkeep) -> HttpResponse:
    """Take it off the site."""
    return _done(
        request, lambda by: actions.archive(upkeep, by=by), f"„{upkeep.title}“ steht nicht mehr auf der Website."
    )


def _done(request: HttpRequest, do: Callable[[User], Any], says: str) -> HttpResponse:
    try:
        do(cast(User, request.user))
    except NotPossible as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, says)
    return redirect("editing:upkeep")


@requires("editing.name_substitutes")
@require_http_methods(["GET", "HEAD", "POST"])
def absences(request: HttpRequest) -> HttpResponse:
    """Show who is away and who stands in; note another."""
    person = cast(User, request.user)
    form = AbsenceForm(request.POST if request.method == "POST" else None, by=person)
    if request.method == "POST" and form.is_valid():
        try:
            absence = actions.name_substitute(**form.cleaned_data, by=person)
        except NotPossible as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{absence.substitute} vertritt {absence.person}.")
            return redirect("editing:absences")
    context = {"form": form, "absences": queries.absences_ahead()}
    return render(request, "editing/office/absences.html", context)


@require_POST
@requires("editing.name_substitutes", Absence)
def end_absence(request: HttpRequest, absence: Absence) -> HttpResponse:
    """Note that somebody is there again."""
    actions.end_absence(absence, by=cast(User, request.user))
    messages.success(request, f"{absence.person} ist wieder da.")
    return redirect("editing:absences")
