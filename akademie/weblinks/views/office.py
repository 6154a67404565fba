"""What the office does with links."""

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from akademie.accounts.models import User
from akademie.core.access import requires
from akademie.core.actions import NotPossible
from akademie.weblinks import actions, queries, replacing, sources
from akademie.weblinks.forms import NewAddressForm
from akademie.weblinks.models import WebLink, WebLinkUse

PER_PAGE = 50
TRAIL = [("Links", "/geschaeftsstelle/links/")]


@requires("weblinks.keep")
@require_safe
def links(request: HttpRequest) -> HttpResponse:
    """List what leads nowhere, what has moved, what cannot be checked, and everything."""
    asked = request.GET
    which = asked.get("liste") if asked.get("liste") in queries.LISTS else "kaputt"
    where = asked.get("ziel") if asked.get("ziel") in queries.WHERE else ""
    words = asked.get("q", "")[:100].replace("\0", "").strip()
    page = Paginator(queries.listed(which or "kaputt", words, where or ""), PER_PAGE).get_page(asked.get("seite"))
    context = {
        "page": page, "which": which, "where": where, "words": words, "tabs": queries.LISTS, "targets": queries.WHERE,
        "counts": queries.counts(), "progress": queries.progress(), "unreadable": sources.unreadable_documents(),
    }  # fmt: skip
    return render(request, "weblinks/office/links.html", context)


@require_POST
@requires("weblinks.keep")
def check_all(request: HttpRequest) -> HttpResponse:
    """Have everything checked."""
    actions.check_all()
    messages.success(request, "Die Prüfung läuft im Hintergrund. Laden Sie diese Seite neu, um den Stand zu sehen.")
    return redirect("weblinks:links")


@requires("weblinks.keep", WebLink)
@require_safe
def link(request: HttpRequest, weblink: WebLink) -> HttpResponse:
    """Show one link: what is known of it, where it stands, what can be done."""
    return _link(request, weblink, NewAddressForm(None, link=weblink))


def _link(request: HttpRequest, weblink: WebLink, form: NewAddressForm, status: int = 200) -> HttpResponse:
    page = Paginator(queries.places_of(weblink), PER_PAGE).get_page(request.GET.get("seite"))
    uses = list(page)
    context = {
        "link": weblink, "trail": TRAIL, "form": form, "page": page, "uses": uses,
        "kinds": queries.source_titles(uses), "copy": getattr(weblink, "copy", None),
    }  # fmt: skip
    return render(request, "weblinks/office/link.html", context, status=status)


@require_POST
@requires("weblinks.keep", WebLink)
def check_now(request: HttpRequest, weblink: WebLink) -> HttpResponse:
    """Have it checked next."""
    actions.check_now(weblink)
    messages.success(request, "Der Link wird geprüft. Laden Sie die Seite in einer Minute neu.")
    return redirect("weblinks:link", weblink.pk)


@require_POST
@requires("weblinks.keep", WebLink)
def confirm(request: HttpRequest, weblink: WebLink) -> HttpResponse:
    """Call it right for a year."""
    confirmed = actions.confirm(weblink, by=cast(User, request.user))
    messages.success(request, f"Der Link gilt bis {confirmed.confirmed_until:%d.%m.%Y} als richtig.")
    return redirect("weblinks:links")


@requires("weblinks.keep", WebLink)
@require_http_methods(["GET", "HEAD", "POST"])
def replace_everywhere(request: HttpRequest, weblink: WebLink) -> HttpResponse:
    """Show each place before and after; change them all with one press."""
    person = cast(User, request.user)
    form = NewAddressForm(request.POST if request.method == "POST" else request.GET, link=weblink)
    if not form.is_valid() or weblink.is_chosen:
        return _link(request, weblink, form, status=400)
    new = form.cleaned_data["neu"]
    if request.method == "POST":
        try:
            done = actions.replace_everywhere(weblink, new=new, stamp=request.POST.get("stand", ""), by=person)
        except NotPossible as refusal:
            messages.error(request, str(refusal))
        else:
            count = len(done.possible)
            messages.success(request, f"Ersetzt: {'1 Stelle' if count == 1 else f'{count} Stellen'}.")
            return redirect("weblinks:links")
    plan = replacing.plan(weblink, new, person)
    return render(request, "weblinks/office/replace.html", {"link": weblink, "plan": plan, "new": new, "trail": TRAIL})


@requires("weblinks.keep", WebLinkUse)
@require_safe
def edit_place(request: HttpRequest, use: WebLinkUse) -> HttpResponse:
    """Lead to the form in which this place is changed, or to the place itself where there is none."""
    if edit := queries.edit_address(use, cast(User, request.user)):
        return redirect(edit)
    messages.info(request, f"„{use.title}“ lässt sich nicht in der Redaktion bearbeiten.")
    return redirect("weblinks:link", use.link_id)
