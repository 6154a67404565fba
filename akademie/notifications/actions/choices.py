"""What people choose to get, and when."""

from collections.abc import Mapping

from django.db import transaction

from akademie.accounts.models import User
from akademie.notifications.models import Delivery, DeliveryChoice, Notice
from akademie.notifications.types import NotificationType, notification_types


@transaction.atomic
def choose(one: User | str, chosen: Mapping[str, str]) -> None:
    """Keep what somebody has chosen, by key of the kind; what is not named stays as it is.

    What is switched off is no longer in the next weekly mail either. ValueError for what a kind does not allow.
    """
    for key, delivery in chosen.items():
        kind = notification_types.get(key)
        if kind is None or delivery not in kind.choices:
            raise ValueError(f"{key} cannot come {delivery}")
        _keep(one, kind, Delivery(delivery))


def _keep(one: User | str, kind: NotificationType, delivery: Delivery) -> None:
    whose = {"user": one, "email": ""} if isinstance(one, User) else {"user": None, "email": one}
    if delivery == kind.usual:
        DeliveryChoice.objects.filter(kind=kind.key, **whose).delete()
    else:
        DeliveryChoice.objects.update_or_create(kind=kind.key, **whose, defaults={"delivery": delivery})
    if delivery == Delivery.NEVER and isinstance(one, User):
        Notice.objects.filter(user=one, kind=kind.key, mailed_for=None).delete()
