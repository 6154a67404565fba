"""What the office does with links: check them now, call them right, replace them everywhere."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from akademie.accounts.models import User
from akademie.core import stamps
from akademie.core.actions import NotPossible
from akademie.weblinks import archiving, checking, collecting, replacing
from akademie.weblinks.models import CONFIRMED_DAYS, WebLink
from akademie.weblinks.replacing import Plan

CHANGED = "Inzwischen hat sich etwas geändert. Bitte sehen Sie die Vorschau noch einmal an und drücken Sie dann."


@transaction.atomic
def confirm(link: WebLink, *, by: User) -> WebLink:
    """Note that a link is right, whatever checks say, for a year."""
    locked = WebLink.objects.select_for_update().get(pk=link.pk)
    locked.confirmed_until = timezone.localdate() + timedelta(days=CONFIRMED_DAYS)
    locked.save(update_fields=["confirmed_until"])
    stamps.bump(archiving.STAMP)
    log(instance=locked, action="weblinks.confirmed", user=by)
    return locked


def check_now(link: WebLink) -> None:
    """Have a link checked next."""
    checking.check_these.enqueue([link.pk])


def check_all() -> int:
    """Have everything checked, from looking where links stand; return how many links it is, as far as is known."""
    count = WebLink.objects.update(due_on=timezone.localdate(), claimed_until=None)
    checking.collect_and_check.enqueue()
    return count


def replace_everywhere(link: WebLink, *, new: str, stamp: str, by: User) -> Plan:
    """Put an address in place of another wherever that is possible; `stamp` is that of the plan the person has seen.

    NotPossible when anything has changed since then, or nothing can be changed.
    """
    with transaction.atomic():
        if not WebLink.objects.select_for_update().filter(pk=link.pk).exists():
            raise NotPossible(CHANGED)
        found = replacing.plan(link, new, by, lock=True)
        if found.stamp != stamp:
            raise NotPossible(CHANGED)
        if not found.possible:
            raise NotPossible("An keiner Stelle lässt sich die Adresse von hier aus ersetzen.")
        replacing.carry_out(found, by)
        log(instance=link, action=replacing.REPLACED, user=by, data={"old": link.url, "new": new})
        things: dict[str, list[str]] = {}
        for change in found.possible:
            things.setdefault(change.source, []).append(str(change.thing.pk))
        collecting.collect(things)
    checking.check_due.enqueue()
    return found
