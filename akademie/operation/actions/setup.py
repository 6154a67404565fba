"""Going live: take the demo away, confirm what no program can see."""

import logging

from django.conf import settings
from django.db import transaction
from wagtail.log_actions import log as note

from akademie.accounts.models import User
from akademie.accounts.queries import DEMO_ADDRESSES
from akademie.core.actions import NotPossible
from akademie.core.contributions import demo_data
from akademie.core.models import LoadedDataSet
from akademie.operation.models import ConfirmedDuty
from akademie.operation.queries import setup as queries

log = logging.getLogger(__name__)
STILL_A_DEMO = (
    "Diese Akademie läuft als Demo und würde die Daten beim nächsten Start wieder anlegen. Starten Sie sie zuerst ohne "
    "Demo: mit DEMO=False, oder mit ./run --no-demo."
)


@transaction.atomic
def remove_demo(*, by: User | None = None) -> list[str]:
    """Take everything of the demo away and return what that was. Pressing twice is safe. `by` is None at a terminal.

    NotPossible while the academy runs as a demo, and for a person who would delete herself.
    """
    if settings.DEMO:
        raise NotPossible(STILL_A_DEMO)
    if by and by.email in DEMO_ADDRESSES:
        raise NotPossible(
            "Sie sind als Person der Demo angemeldet. Bitte melden Sie sich mit Ihrer eigenen Adresse an."
        )
    gone = queries.demo_left()
    for data_set in reversed(list(demo_data)):  # what builds on something goes before it
        if data_set.remove:
            data_set.remove.run()
        LoadedDataSet.objects.filter(key=data_set.key).delete()
    log.info("The data of the demo are gone: %s entries", len(gone))
    if by:
        note(instance=by, action="operation.remove_demo", user=by)
    return gone


def confirm_secret_key(*, by: User) -> None:
    """Note that the present secret key is kept in a second place; a new key opens the duty again."""
    duty, _is_new = ConfirmedDuty.objects.update_or_create(
        key=queries.SECRET_KEY_KEPT, defaults={"mark": queries.secret_key_mark()}
    )
    note(instance=duty, action="operation.confirm_key", user=by)
