"""A new page from a template, for the office."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from akademie.accounts.models import User
from akademie.cms.actions.new_page import start_page
from akademie.cms.forms import NewPageForm
from akademie.core.access import requires


@requires("cms.write_pages")
@require_http_methods(["GET", "HEAD", "POST"])
def new_page(request: HttpRequest) -> HttpResponse:
    """Choose a template; the draft made from it opens in the editor."""
    form = NewPageForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        page = start_page(form.cleaned_data["template"], title=form.cleaned_data["title"], by=cast(User, request.user))
        return redirect("wagtailadmin_pages:edit", page.pk)
    return render(request, "cms/office/new_page.html", {"form": form}, status=400 if form.errors else 200)
