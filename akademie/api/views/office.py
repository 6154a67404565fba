"""Access keys: the people of the office make and withdraw their own."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from akademie.accounts.models import User
from akademie.accounts.views.second_step import proved_first
from akademie.api import actions
from akademie.api.forms import KeyForm
from akademie.api.models import AccessKey
from akademie.core import limits
from akademie.core.access import requires
from akademie.core.actions import NotPossible

TEMPLATE = "api/office/keys.html"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@requires("api.keep_keys")
@proved_first
def keys(request: HttpRequest) -> HttpResponse:
    """List one's keys, withdraw one, make one and show it this one time."""
    user = cast(User, request.user)
    if "withdraw" in request.POST:
        actions.withdraw_key(request.POST["withdraw"], by=user)
        messages.success(request, "Der Schlüssel gilt nicht mehr.")
        return redirect("api:keys")
    form = KeyForm(request.POST if request.method == "POST" else None)
    mine = AccessKey.objects.filter(user=user).order_by("-made_at", "-pk")
    context = {"section": "geschaeftsstelle", "form": form, "keys": mine, "today": timezone.localdate()}
    if request.method == "POST" and form.is_valid():
        try:
            word = actions.make_key(form.cleaned_data["name"], form.cleaned_data["ends_on"], by=user)
        except NotPossible as refusal:
            return limits.refused(request, TEMPLATE, context, refusal)
        return render(request, TEMPLATE, context | {"word": word, "form": KeyForm()})
    return render(request, TEMPLATE, context)
