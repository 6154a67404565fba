"""What people do from a mail, without looking for the page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from akademie.core.access import SignInFirst, public
from akademie.core.actions import NotPossible
from akademie.notifications import mail_links


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
        if request.method == "POST":
            return render(request, "notifications/public/mail_link_done.html", {"says": mail_links.use_link(link)})
        return render(request, "notifications/public/mail_link.html", {"question": link.question})
    except NotPossible as refusal:
        return render(request, "notifications/public/link_useless.html", {"reason": str(refusal)}, status=410)
