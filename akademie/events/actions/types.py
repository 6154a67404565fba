"""The sorts of events: shipped ones, and what editors make of them."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.db.models import Max, ProtectedError
from django.utils.text import slugify
from wagtail.log_actions import log

from akademie.accounts.models import User
from akademie.core import stamps
from akademie.core.actions import NotPossible
from akademie.core.records import UMLAUTS
from akademie.events.kinds import TYPES
from akademie.events.models import EventType
from akademie.events.queries import KIND

STEP = 10  # between the positions of two sorts
TAKEN = "Eine Art mit diesem Namen gibt es schon."


@transaction.atomic
def load_types(say: Callable[[str], None]) -> None:
    """Make the shipped sorts that are not there; what editors have renamed, moved or switched off stays so."""
    for place, (slug, name) in enumerate(TYPES, 1):
        if not EventType.objects.filter(name=name).exclude(slug=slug).exists():
            EventType.objects.get_or_create(slug=slug, defaults={"name": name, "position": place * STEP})
    stamps.bump(KIND)
    say(f"{EventType.objects.count()} Arten von Veranstaltungen.")


@transaction.atomic
def add_type(*, name: str, by: User) -> EventType:
    """Add a sort at the end of the list; the same name once more is the one that is there."""
    _in_order()
    if there := EventType.objects.filter(name__iexact=name).first():
        return there
    last = EventType.objects.aggregate(last=Max("position"))["last"] or 0
    made = EventType.objects.create(slug=_free_slug(name), name=name, position=last + STEP)
    return _changed(made, "events.type_added", by)


@transaction.atomic
def rename_type(kind: EventType, *, name: str, by: User) -> EventType:
    """Call a sort otherwise; its address in filters stays. NotPossible for a name that is taken."""
    _in_order()
    if EventType.objects.filter(name__iexact=name).exclude(pk=kind.pk).exists():
        raise NotPossible(TAKEN)
    locked = EventType.objects.get(pk=kind.pk)
    if locked.name == name:
        return locked
    locked.name = name
    locked.save(update_fields=["name"])
    return _changed(locked, "events.type_renamed", by)


@transaction.atomic
def move_type(kind: EventType, *, up: bool, by: User) -> None:
    """Put a sort one place up or down; at the end of the list it stays where it is."""
    order = _in_order()
    place = [one.pk for one in order].index(kind.pk)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(order):
        return
    order[place], order[other] = order[other], order[place]
    for number, one in enumerate(order, 1):
        one.position = number * STEP
    EventType.objects.bulk_update(order, ["position"])
    _changed(kind, "events.type_moved", by)


@transaction.atomic
def offer_type(kind: EventType, *, offered: bool, by: User) -> EventType:
    """Offer a sort for new events or offer it no more; what is of this sort stays so. NotPossible for the last one."""
    order = _in_order()
    locked = next(one for one in order if one.pk == kind.pk)
    if locked.is_offered == offered:
        return locked
    if not offered and sum(one.is_offered for one in order) == 1:
        raise NotPossible("Das ist die letzte Art, die angeboten wird. Fügen Sie erst eine andere hinzu.")
    locked.is_offered = offered
    locked.save(update_fields=["is_offered"])
    return _changed(locked, "events.type_offered" if offered else "events.type_switched_off", by)


@transaction.atomic
def delete_type(kind: EventType, *, by: User) -> None:
    """Delete a sort that no event has. NotPossible for a used one, and for the last that is offered."""
    order = _in_order()
    if [one.pk for one in order if one.is_offered] == [kind.pk]:
        raise NotPossible("Das ist die letzte Art, die angeboten wird. Fügen Sie erst eine andere hinzu.")
    _changed(kind, "events.type_deleted", by)
    try:
        with transaction.atomic():
            EventType.objects.get(pk=kind.pk).delete()
    except ProtectedError:
        raise NotPossible(
            f"„{kind.name}“ hat Veranstaltungen und bleibt deshalb. Bieten Sie die Art stattdessen nicht mehr an."
        ) from None


def _in_order() -> list[EventType]:
    """Return all sorts, locked: one editor after the other changes the list."""
    return list(EventType.objects.select_for_update().order_by("position", "name", "pk"))


def _free_slug(name: str) -> str:
    stem = slugify(name.translate(UMLAUTS))[:36].strip("-") or "art"
    taken = set(EventType.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    return stem if stem not in taken else next(s for n in range(2, 999) if (s := f"{stem}-{n}") not in taken)


def _changed(kind: EventType, deed: str, by: User) -> EventType:
    stamps.bump(KIND)
    log(instance=kind, action=deed, user=by)
    return kind
