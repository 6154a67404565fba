"""Mails on their way, for the office; in the demo, the mails themselves."""

from email.utils import parseaddr
from typing import cast

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from akademie.accounts.models import User
from akademie.core import outbox
from akademie.core.access import public, requires
from akademie.core.actions import NotPossible
from akademie.core.models import MailState, OutgoingMail
from akademie.operation.actions import mail as actions

PER_PAGE = 50
STATES = {
    "wartend": (MailState.WAITING, MailState.SENDING),
    "gescheitert": (MailState.FAILED,),
    "uebergeben": (MailState.SENT,),
}
IN_DEMO = 100  # the newest


@requires("operation.see")
@require_safe
def mails(request: HttpRequest) -> HttpResponse:
    """List the mails by state, newest first, with what the mail server said."""
    chosen = request.GET.get("stand", "")
    shown = OutgoingMail.objects.defer("source").order_by("-created_at", "-pk")
    if chosen in STATES:
        shown = shown.filter(state__in=STATES[chosen])
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("seite"))
    counts = {name: OutgoingMail.objects.filter(state__in=states).count() for name, states in STATES.items()}
    context = {
        "page": page,
        "chosen": chosen if chosen in STATES else "",
        "counts": counts,
        "mailbox": parseaddr(settings.DEFAULT_FROM_EMAIL)[1],
    }
    return render(request, "operation/office/mails.html", context)


@require_POST
@requires("operation.see", OutgoingMail)
def send_again(request: HttpRequest, mail: OutgoingMail) -> HttpResponse:
    """Have a mail tried at once."""
    if outbox.try_again(mail):
        messages.success(request, "Die Mail wird gleich noch einmal übergeben.")
    else:
        messages.info(request, "Diese Mail ist schon unterwegs oder übergeben.")
    return redirect("operation:mails")


@require_POST
@requires("operation.see")
def send_test_mail(request: HttpRequest) -> HttpResponse:
    """Mail the person who asks."""
    person = cast(User, request.user)
    try:
        actions.send_test_mail(by=person)
    except NotPossible as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Die Probe-Mail an {person.email} geht hinaus. Öffnen Sie den Link darin.")
    return redirect("operation:mails")


@requires("operation.see")
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_test_mail(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether the test mail has arrived; note it on POST."""
    try:
        if request.method == "POST":
            actions.confirm_test_mail(token)
            messages.success(request, "Vermerkt: Mails kommen an.")
            return redirect("operation:overview")
        actions.check_test_mail(token)
    except NotPossible as refusal:
        context = {"problem": str(refusal)}
        return render(request, "operation/office/confirm_test_mail.html", context, status=410)
    return render(request, "operation/office/confirm_test_mail.html", {"problem": ""})


@public
@require_safe
def demo_mails(request: HttpRequest) -> HttpResponse:
    """Show the newest mails, so that the demo works without a mailbox; `settings` lets DEMO stand on loopback alone."""
    if not settings.DEMO:
        raise Http404
    newest = OutgoingMail.objects.order_by("-created_at", "-pk")[:IN_DEMO]
    shown = [{"mail": mail, "text": outbox.text_of(mail)} for mail in newest]
    return render(request, "operation/public/demo_mails.html", {"shown": shown})
