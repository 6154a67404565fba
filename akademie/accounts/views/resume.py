"""Going on with what was sent before the sign-in or the second factor."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from akademie.accounts.kept_form import kept_in
from akademie.core.access import signed_in


@signed_in
@never_cache
@require_safe
def resume(request: HttpRequest) -> HttpResponse:
    """Show what was kept, to be sent by one press; else lead to the page that the form stood on, or to Mein Bereich."""
    kept = kept_in(request)
    if kept is None or not kept.fields:
        return redirect((kept and kept.page) or settings.LOGIN_REDIRECT_URL)
    return render(request, "accounts/own/resume.html", {"kept": kept})
