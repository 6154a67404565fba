"""What a person has asked the office."""

from typing import cast

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from akademie.accounts.models import User
from akademie.core.access import signed_in, viewable
from akademie.exchange import queries

PER_PAGE = 20


@viewable
@never_cache
@signed_in
@require_safe
def my_requests(request: HttpRequest) -> HttpResponse:
    """List the person's questions: what was asked, when, and whether it is answered."""
    page = Paginator(queries.requests_of(cast(User, request.user)), PER_PAGE).get_page(request.GET.get("seite"))
    context = {"section": "mein-bereich", "page": page, "requests": queries.with_day(page.object_list)}
    return render(request, "exchange/participant/my_requests.html", context)
