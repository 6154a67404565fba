"""What people do from a mail, without looking for the page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from akademie.core.access import SignInFirst, public
from akademie.core.actions import NotPossible
from akademie.notifications import mail_links
from akademie.notifications.actions.choices import choose
from akademie.notifications.forms import WhoPressesForm
from akademie.notifications.models import Delivery
from akademie.notifications.queries import choices_of
from akademie.notifications.unsubscribing import read_unsubscribe


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mail_link(request: HttpRequest, token: str) -> HttpResponse:
    """Show what the mail asks for; do it on POST only, since mail scanners open links."""
    try:
        link = mail_links.read_link(token)
        if not link.is_for(request.user):
            if not request.user.is_authenticated:
                raise SignInFirst
            return render(request, "notifications/public/other_account.html", {"person": link.person}, status=403)
        posted, form = request.method == "POST", None
        if link.is_shared:
            initial = {"name": mail_links.said_already()}
            form = WhoPressesForm(request.POST if posted else None, initial=initial)
        if posted and (form is None or form.is_valid()):
            says = mail_links.use_link(link, acting_as=form.cleaned_data["name"] if form else "")
            return render(request, "notifications/public/mail_link_done.html", {"says": says})
        return render(request, "notifications/public/mail_link.html", {"question": link.question, "form": form})
    except NotPossible as refusal:
        return render(request, "notifications/public/link_useless.html", {"reason": str(refusal)}, status=410)


@csrf_exempt  # mail programs post without having seen the page (RFC 8058); the signed address is the permission
@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Show which kind of mail will end; end it on POST, from here or from a mail program. Can be taken back here."""
    try:
        kind, one = read_unsubscribe(token)
    except NotPossible as refusal:
        return render(request, "notifications/public/link_useless.html", {"reason": str(refusal)}, status=410)
    if request.method == "POST":
        choose(one, {kind.key: Delivery.NOW if "wieder" in request.POST else Delivery.NEVER})
    context = {
        "kind": kind,
        "address": one if isinstance(one, str) else one.email,
        "has_account": not isinstance(one, str),
        "stopped": choices_of(one).get(kind.key) == Delivery.NEVER,
        "again": request.method == "POST" and "wieder" in request.POST,
    }
    return render(request, "notifications/public/unsubscribe.html", context)
