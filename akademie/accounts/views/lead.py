"""Codes on paper, for the day on which no mail arrives or the second factor is not there."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from akademie.accounts import actions, queries
from akademie.accounts.models import User
from akademie.accounts.views.second_step import proved_first
from akademie.core.access import requires


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@requires("accounts.keep_recovery_codes")
@proved_first
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Say how many codes are left; make ten new ones on POST and show them this one time, to be printed."""
    user = cast(User, request.user)
    if request.method == "POST":
        context = {"codes": actions.make_recovery_codes(user), "today": timezone.localdate()}
        return render(request, "accounts/lead/recovery_codes.html", context)
    return render(request, "accounts/lead/recovery_codes.html", {"left": queries.unused_codes(user)})
