"""Asking the office: an account is not needed, but helps."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from akademie.core import limits
from akademie.core.access import public
from akademie.core.actions import NotPossible
from akademie.exchange import actions
from akademie.exchange.forms import Asker, AskForm, WhoAsksForm
from akademie.exchange.models import ANSWER_WORKDAYS, CONFIRM_DAYS, KEPT_DAYS, HelpRequestState
from akademie.exchange.queries import answer_by, towns_of
from akademie.people import acting
from akademie.towns.queries import own_town

TRAIL = [("Austausch", "/austausch/")]
TERMS = {"workdays": ANSWER_WORKDAYS, "confirm_days": CONFIRM_DAYS, "kept_days": KEPT_DAYS}


@public
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Say what there is today to talk to others and to the office."""
    return render(request, "exchange/public/overview.html", {"section": "austausch", **TERMS})


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Take a question and send the link that confirms the address; not to the one that the person signed in with."""
    posted, user = request.method == "POST", request.user if request.user.is_authenticated else None
    form = AskForm(
        request.POST if posted else None,
        origin=request.POST if posted else request.GET,
        own=own_town(request),
        asker=_asker(user),
    )
    context = {"section": "austausch", "trail": TRAIL, "form": form, **TERMS}
    if posted and form.is_valid():
        try:
            found = actions.ask(**form.as_question(), by=user, sender=limits.sender(request))
        except NotPossible as refusal:
            return limits.refused(request, "exchange/public/ask.html", context, refusal)
        if name := form.cleaned_data.get("name"):
            acting.set_name(request.session, name)
        if user and found.user_id == user.pk:
            until = date_format(answer_by(found), "l, j. F Y")
            messages.success(request, f"Ihre Frage ist angekommen. Die Geschäftsstelle antwortet bis {until}.")
            return redirect("exchange:my_requests")
        return redirect("exchange:asked")
    return render(request, "exchange/public/ask.html", context)


def _asker(user: Any) -> Asker | None:
    if user is None:
        return None
    return Asker(user.email, towns_of(user), is_shared=acting.is_shared(), acting_as=acting.current())


@public
@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """Say that a mail is on its way. The same whatever the address."""
    return render(request, "exchange/public/asked.html", {"section": "austausch", "trail": TRAIL, **TERMS})


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Show what will be sent; send it on POST only, since mail scanners open links."""
    context: dict[str, Any] = {"section": "austausch", "trail": TRAIL, **TERMS}
    posted, form = request.method == "POST", None
    try:
        found = actions.read_token(token)
        if acting.is_shared_mailbox(found.reply_address):
            initial = {"name": found.acting_as or acting.current()}
            form = WhoAsksForm(request.POST if posted else None, initial=initial)
        if posted and (form is None or form.is_valid()):
            found = actions.confirm(token, acting_as=form.cleaned_data["name"] if form else "")
    except NotPossible as refusal:
        return render(request, "exchange/public/link_useless.html", {**context, "reason": str(refusal)}, status=410)
    context["found"] = found
    if found.state == HelpRequestState.UNCONFIRMED:
        return render(request, "exchange/public/confirm.html", {**context, "form": form})
    return render(request, "exchange/public/confirmed.html", {**context, "until": answer_by(found)})
