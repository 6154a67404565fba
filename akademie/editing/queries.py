"""Questions about upkeep: what is due, what nobody looks after, who stands in for whom."""

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import DraftStateMixin

from akademie.accounts.models import Role, User
from akademie.core import charts
from akademie.core.charts import Chart
from akademie.core.contributions import WAITING_SHOWN, PublicEntry, PublicKind, Waiting, public_kinds
from akademie.core.readability import HARDEST, STEPS, measure, step_of
from akademie.editing.models import Absence, Upkeep

MOST_HARD = 10  # in the list of the hardest texts: who mends these is busy for a while
LISTS = {
    "faellig": "Zu prüfen",
    "aendern": "Zu ändern",
    "niemand": "Ohne Zuständige",
    "schwer": "Schwer zu lesen",
    "alle": "Alle",
}


def is_edited(kind: PublicKind) -> bool:
    """Whether the office drafts and publishes things of this kind. News age by themselves: nobody checks them again."""
    return issubclass(kind.model, DraftStateMixin) and not kind.ages


def edited_kinds() -> list[PublicKind]:
    """Return the kinds that are looked after."""
    return [kind for kind in public_kinds if is_edited(kind)]


def shown(kind: PublicKind, pks: Iterable[Any]) -> dict[str, PublicEntry]:
    """Return how those of these things that everyone may see are shown elsewhere, by primary key as text."""
    visible = kind.visible_to(None).filter(pk__in=list(pks))
    return {str(pk): entry for pk, entry in (kind.cards or kind.entries)(visible)}


def measured(kind: PublicKind, pks: Iterable[Any]) -> dict[str, int]:
    """Return how hard these things are to read, by primary key as text; what has too few sentences is left out."""
    if not hasattr(kind.model, "prose"):  # no sentences of the office's own, as in the library
        return {}
    things = kind.model._default_manager.filter(pk__in=list(pks))
    found = {str(thing.pk): measure(thing.prose()) for thing in things}
    return {pk: figures.lix for pk, figures in found.items() if figures.is_enough}


@dataclass(frozen=True)
class Readable:
    """How well the texts of the academy can be read."""

    count: int  # texts that are long enough to be measured
    steps: list[tuple[str, int]]  # each step of the scale, and how many texts stand on it

    @property
    def hard_share(self) -> int:
        """Per cent of the texts that are above the limit."""
        return round(100 * dict(self.steps)[HARDEST] / self.count) if self.count else 0

    @property
    def chart(self) -> Chart:
        """The steps as a drawing and as a table."""
        return charts.columns(
            "Texte nach Lesbarkeit", self.steps, first="Stufe", second="Texte", source="eigene Messung"
        )


def readable() -> Readable:
    """Return how well what is published can be read, with one query."""
    figures = Upkeep.objects.published().exclude(lix=None).values_list("lix", flat=True)
    counts = Counter(step_of(lix or 0) for lix in figures)
    return Readable(counts.total(), [(word, counts[word]) for word in (*(word for _, word in STEPS), HARDEST)])


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
    found = {
        "faellig": rows.due(), "aendern": rows.to_change(), "niemand": rows.of_nobody(), "schwer": rows.hardest(),
    }.get(which, rows.published())  # fmt: skip
    if words:
        found = found.filter(title__icontains=words)
    found = found.select_related("owner")
    return found[:MOST_HARD] if which == "schwer" else found.order_by("due_on", "title", "pk")


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
