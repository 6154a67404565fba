"""Access keys, with which programs hand in drafts in somebody's name."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from akademie.accounts.models import Role

KEPT_DAYS = 30  # after the end


class AccessKeyQuerySet(models.QuerySet):
    """Questions about keys as the product says them."""

    def valid(self) -> AccessKeyQuerySet:
        """Those that open something today; the last day counts."""
        return self.filter(withdrawn_at=None, ends_on__gte=timezone.localdate())

    def ended_long_ago(self) -> AccessKeyQuerySet:
        """Those whose time is over for long, and those of people who have left the office: they never come back."""
        long_ago = timezone.now() - timedelta(days=KEPT_DAYS)
        over = Q(ends_on__lt=timezone.localdate(long_ago)) | Q(withdrawn_at__lt=long_ago)
        return self.filter(over | Q(user__is_active=False) | ~Q(user__role__in=(Role.EDITOR, Role.LEAD)))


class AccessKey(models.Model):
    """A key of a person of the office. Only its hash is kept: it has 256 random bits, so that a fast hash is enough."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="access_keys", verbose_name="Person"
    )
    name = models.CharField("Name", max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField("erstellt am", default=timezone.now)
    ends_on = models.DateField("gilt bis")
    last_used_at = models.DateTimeField("zuletzt benutzt am", null=True)
    withdrawn_at = models.DateTimeField("zurückgezogen am", null=True)
    left_out_of = ("export",)  # another operator's academy gives out keys of its own

    objects = AccessKeyQuerySet.as_manager()

    class Meta:
        verbose_name = "Zugangsschlüssel"
        verbose_name_plural = "Zugangsschlüssel"

    def __str__(self) -> str:
        return self.name


def digest_of(key: str) -> str:
    """Return what is kept of a key."""
    return hashlib.sha256(key.encode()).hexdigest()
