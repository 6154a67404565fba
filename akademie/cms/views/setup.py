"""The guided first run."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from akademie.accounts.views.entrance import enter
from akademie.cms import actions
from akademie.cms.forms import SetUpForm
from akademie.core.access import public, requires
from akademie.core.actions import NotPossible


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request: HttpRequest, token: str) -> HttpResponse:
    """Ask who runs and who leads the academy; whoever has the address may answer, until one has."""
    try:
        actions.check_setup_token(token)
        form = SetUpForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            user = actions.set_up(token, **form.as_setup())
            return enter(request, user, "set_up", reverse("cms:after_set_up"))
    except NotPossible as refusal:
        return render(request, "cms/setup/set_up_over.html", {"reason": str(refusal)}, status=410)
    context = {"form": form, "sender": settings.DEFAULT_FROM_EMAIL}
    return render(request, "cms/setup/set_up.html", context)


@requires("cms.set_up")
@require_safe
def after_set_up(request: HttpRequest) -> HttpResponse:
    """Say what comes next: does mail arrive, codes on paper, the duties."""
    return render(request, "cms/setup/after_set_up.html", {"sender": settings.DEFAULT_FROM_EMAIL})
