"""Data of one person in notifications, for the round trip of tests/test_privacy.py."""

from django.utils import timezone

from akademie.accounts.models import User
from akademie.notifications.models import Delivery, DeliveryChoice, Notice, SilentAddress


def leave_traces(person: User, token: str) -> list[str]:
    """Choose, get news, be unreachable for a while. Return what the archive must show."""
    DeliveryChoice.objects.create(user=person, kind="exchange.receipt", delivery=Delivery.NEVER)
    Notice.objects.create(user=person, kind="exchange.receipt", text=f"Neues zu {token}", url="/", order=1)
    SilentAddress.objects.create(email=person.email, failures=1, said=f"{token} ist voll", last_at=timezone.now())
    return [f"Neues zu {token}"]
