"""Whom to tell about a security hole, for those who look for it where they are used to (RFC 9116)."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from akademie.core import frame
from akademie.core.access import public

VALID = timedelta(days=180)  # the standard wants less than a year; each answer begins anew


@public
@require_safe
@cache_control(max_age=24 * 3600, public=True)
def security_txt(request: HttpRequest) -> HttpResponse:
    """Name the operator's address; without one, the imprint, which every operator must have."""
    email = frame.current()["contact_email"]
    expires = (timezone.now() + VALID).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: {f'mailto:{email}' if email else f'{settings.SITE_URL}/impressum/'}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: de, en",
        f"Canonical: {settings.SITE_URL}{reverse('operation:security_txt')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
