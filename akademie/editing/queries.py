"""Questions about upkeep: what is due, what nobody looks after, who stands in for whom."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import DraftStateMixin

from akademie.accounts.models import Role, User
from akademie.core.contributions import WAITING_SHOWN, PublicEntry, PublicKind, Waiting, public_kinds
from akademie.editing.models import Absence, Upkeep

LISTS = {
    "faellig": "Zu prüfen",
    "aendern": "Zu ändern",
    "niemand": "Ohne Zuständige",
    "alle": "Alle",
}


def edited_kinds() -> list[PublicKind]:
    """Return the kinds of public things that the office drafts and publishes. News age by themselves: nobody checks."""
    return [kind for kind in public_kinds if issubclass(kind.model, DraftStateMixin) and not kind.ages]


def is_edited(kind: PublicKind) -> bool:
    """Whether things of this kind are looked after."""
    return issubclass(kind.model, DraftStateMixin) and not kind.ages


def shown(kind: PublicKind, pks: Iterable[Any]) -> dict[str, PublicEntry]:
    """Return how those of these things that everyone may see are shown elsewhere, by primary key as text."""
    visible = kind.visible_to(None).filter(pk__in=list(pks))
    return {str(pk): entry for pk, entry in (kind.cards or kind.entries)(visible)}


def thing_of(upkeep: Upkeep) -> Model | None:
    """Return what is looked after; None when it is gone."""
    kind = public_kinds.get(upkeep.kind)
    return kind.model._default_manager.filter(pk=upkeep.object_pk).first() if kind else None


def edit_address(upkeep: Upkeep, person: User) -> str:
    """Return where this person changes the thing; empty when there is no such place."""
    thing = thing_of(upkeep)
    return (AdminURLFinder(person).get_edit_url(thing) or "") if thing else ""


def due_after(day: date, months: int) -> date:
    """Return the same day so many months later, or the last day of that month."""
    years, month = divmod(day.month - 1 + months, 12)
    last = monthrange(day.year + years, month + 1)[1]
    return date(day.year + years, month + 1, min(day.day, last))


def colleagues() -> QuerySet[User]:
    """Return who can look after something: the active people of the office."""
    return User.objects.filter(role__in=(Role.EDITOR, Role.LEAD), is_active=True).order_by("first_name", "email")


def listed(which: str, words: str = "") -> QuerySet[Upkeep]:
    """Return one of the `LISTS`, what is due first; `words` stand in the title."""
    rows = Upkeep.objects.all()
    found = {"faellig": rows.due(), "aendern": rows.to_change(), "niemand": rows.of_nobody()}.get(
        which, rows.published()
    )
    if words:
        found = found.filter(title__icontains=words)
    return found.select_related("owner").order_by("due_on", "title", "pk")


def counts() -> dict[str, int]:
    """Return how many each of the `LISTS` has."""
    return {which: listed(which).count() for which in LISTS}


def substitutes() -> dict[int, int]:
    """Return who stands in today, by whom they stand in for. Is that person away too, their substitute does."""
    direct = dict(Absence.objects.on().order_by("pk").values_list("person", "substitute"))
    found = {}
    for person, substitute in direct.items():
        seen = {person}
        while substitute in direct and substitute not in seen:
            seen.add(substitute)
            substitute = direct[substitute]
        if substitute not in seen:
            found[person] = substitute
    return found


def absences_ahead() -> QuerySet[Absence]:
    """Return who is away today or will be."""
    rows = Absence.objects.filter(until_day__gte=timezone.localdate())
    return rows.select_related("person", "substitute").order_by("from_day", "pk")


def described(keys: list[str]) -> dict[str, str]:
    """Return who stands in for whom, for the log."""
    rows = Absence.objects.filter(pk__in=keys).select_related("person", "substitute")
    return {str(one.pk): f"{one.substitute} für {one.person}" for one in rows}


# -- the desk ---------------------------------------------------------------------------------------------------------
def waiting_checks(user: Any) -> list[Waiting]:
    """Return what is to be changed or checked, the oldest first; what nobody looks after is one task."""
    found = [
        Waiting(
            text=f"„{one.title}“ ändern", url=_place(one), since=one.flagged_at, owner=one.owner_id
        )
        for one in Upkeep.objects.to_change().order_by("flagged_at", "pk")[:WAITING_SHOWN]
    ]  # fmt: skip
    found += [
        Waiting(text=f"Prüfen, ob „{one.title}“ noch stimmt", url=_place(one), until=one.due_on, owner=one.owner_id)
        for one in Upkeep.objects.due().exclude(owner=None).order_by("due_on", "pk")[:WAITING_SHOWN]
    ]
    if count := Upkeep.objects.of_nobody().count():
        says = "1 Inhalt gehört niemandem" if count == 1 else f"{count} Inhalte gehören niemandem"
        found.append(Waiting(text=f"{says}: Zuständige bestimmen", url=f"{reverse('editing:upkeep')}?liste=niemand"))
    return found


def _place(upkeep: Upkeep) -> str:
    return reverse("editing:one_upkeep", args=[upkeep.pk])
