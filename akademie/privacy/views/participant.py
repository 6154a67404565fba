"""One's own data, for people with an account."""

from typing import cast

from django.contrib import messages
from django.contrib.auth import logout
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from akademie.accounts.models import User
from akademie.core.access import signed_in
from akademie.core.actions import NotPossible
from akademie.privacy.actions import erasure, orders
from akademie.privacy.forms import EraseForm
from akademie.privacy.models import KEPT_DAYS, DataOrder, OrderState
from akademie.privacy.queries import subjects


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_data(request: HttpRequest) -> HttpResponse:
    """Say what there is to get, and have it put together on POST."""
    user = cast(User, request.user)
    if request.method == "POST":
        made = orders.order_anew(user.email, user) if "anew" in request.POST else orders.order(user.email, user)
        if made.state == OrderState.OPEN:
            messages.success(
                request, "Wir stellen Ihre Daten zusammen. Sie bekommen eine Mail, sobald sie bereitliegen."
            )
        return redirect("privacy:my_data")
    found = subjects.order_of(user.email, user)
    context = {
        "order": found,
        "days": KEPT_DAYS,
        "download": reverse("privacy:download", args=[found.word]) if found else "",
    }
    return render(request, "privacy/participant/my_data.html", context)


@signed_in
@require_safe
def download(request: HttpRequest, word: str) -> HttpResponseBase:
    """Hand out the archive to the person whose data it holds, and to nobody else."""
    found = subjects.ready_order(word)
    if found is None or found.user_id != request.user.pk:
        raise Http404
    return archive_file(found)


def archive_file(found: DataOrder) -> HttpResponseBase:
    """Return an archive as a download that no cache keeps; 404 when its file is gone."""
    try:
        name = f"meine-daten-{timezone.localdate(found.ready_at):%Y-%m-%d}.zip"
        response = FileResponse(found.path.open("rb"), as_attachment=True, filename=name)
    except OSError:
        raise Http404 from None
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def erase_account(request: HttpRequest) -> HttpResponse:
    """Show what deletion does, and do it on POST."""
    user = cast(User, request.user)
    form = EraseForm(request.POST if request.method == "POST" else None)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            erasure.erase_account(user, by=user)
        except NotPossible as found:
            refusal = str(found)
        else:
            logout(request)
            return redirect("privacy:erased")
    context = {"form": form, "outlook": subjects.outlook(subjects.subject_of(user)), "refusal": refusal}
    return render(request, "privacy/participant/erase_account.html", context, status=409 if refusal else 200)
