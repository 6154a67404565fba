"""Questions about upkeep: what is due, what nobody looks after, who stands in for whom."""

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Model, Q, QuerySet
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import DraftStateMixin, Page, TaskState, WorkflowState

from akademie.accounts.models import Role, User
from akademie.core import charts
from akademie.core.charts import Chart
from akademie.core.contributions import WAITING_SHOWN, PublicEntry, PublicKind, Waiting, public_kinds
from akademie.core.readability import HARDEST, STEPS, measure, step_of
from akademie.core.workdays import workdays_after
from akademie.editing.models import RELEASE_WORKDAYS, Absence, Approval, ApprovalState, ReleaseByLead, Releasers, Upkeep

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
    """Return who stands in today, by whom they stand in for."""
    return Absence.objects.substitutes()


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
    """Return what is to be changed or checked, the oldest first; what nobody looks after is one task.

    The person's own comes besides what others look after: theirs is not hidden by a thousand older things of others.
    """
    mine = [user.pk, *(away for away, substitute in substitutes().items() if substitute == user.pk)]
    found = [
        Waiting(
            text=f"„{one.title}“ ändern", url=_place(one), since=one.flagged_at, owner=one.owner_id
        )
        for one in _own_and_others(Upkeep.objects.to_change().order_by("flagged_at", "pk"), mine)
    ]  # fmt: skip
    found += [
        Waiting(text=f"Prüfen, ob „{one.title}“ noch stimmt", url=_place(one), until=one.due_on, owner=one.owner_id)
        for one in _own_and_others(Upkeep.objects.due().exclude(owner=None).order_by("due_on", "pk"), mine)
    ]
    if count := Upkeep.objects.of_nobody().count():
        says = "1 Inhalt gehört niemandem" if count == 1 else f"{count} Inhalte gehören niemandem"
        found.append(Waiting(text=f"{says}: Zuständige bestimmen", url=f"{reverse('editing:upkeep')}?liste=niemand"))
    return found


def _own_and_others(rows: QuerySet[Upkeep], mine: list[int]) -> list[Upkeep]:
    return [*rows.filter(owner__in=mine)[:WAITING_SHOWN], *rows.exclude(owner__in=mine)[:WAITING_SHOWN]]


def open_checks() -> int:
    """Return how many things are to be changed or checked."""
    return Upkeep.objects.to_change().count() + Upkeep.objects.due().count()


def _place(upkeep: Upkeep) -> str:
    return reverse("editing:one_upkeep", args=[upkeep.pk])


# -- approvals --------------------------------------------------------------------------------------------------------
APPROVALS = {"offen": "Warten auf Antwort", "tun": "Für Sie zu tun", "alle": "Alle"}


def approvable_kinds() -> list[PublicKind]:
    """Return the kinds of text that somebody can be asked about: what is drafted, and news too."""
    return [kind for kind in public_kinds if issubclass(kind.model, DraftStateMixin)]


def text_at(key: str, pk: Any) -> tuple[PublicKind | None, Any]:
    """Return the kind of this key and the text of it, drafts too; None for what there is not."""
    kind = next((one for one in approvable_kinds() if one.key == key), None)
    if kind is None or not str(pk).isdecimal() or len(str(pk)) > 18:
        return kind, None
    return kind, kind.model._default_manager.filter(pk=pk).first()


def text_of(approval: Approval) -> tuple[PublicKind | None, Any]:
    """Return what an approval is about."""
    return text_at(approval.kind, approval.object_pk)


def approvals_address(approval: Approval) -> str:
    """Return the office's page about the text and everything that was asked about it."""
    return reverse("editing:approvals_of", args=[approval.kind, approval.object_pk])


def present(person: User | None) -> list[User]:
    """Return who reads what comes for somebody of the office: they, or who stands in today; nobody for who has left."""
    if person is None or not person.is_active or not person.is_office:
        return []
    return [User.objects.get(pk=substitutes().get(person.pk, person.pk))]


def approvals(which: str) -> QuerySet[Approval]:
    """Return one of the lists of `APPROVALS`."""
    rows = Approval.objects.select_related("asked_by", "town").defer("content")
    found = {
        "offen": rows.standing().filter(state=ApprovalState.OPEN, outdated_at=None).order_by("due_on", "pk"),
        "tun": _to_do(rows).order_by("asked_at", "pk"),
    }  # fmt: skip
    return found.get(which, rows.order_by("-asked_at", "-pk"))


def _to_do(rows: Any) -> Any:
    """Standing approvals after which the office has something to do."""
    today = timezone.localdate()
    return rows.standing().filter(
        Q(outdated_at__isnull=False)
        | Q(state=ApprovalState.CHANGES)
        | Q(state=ApprovalState.APPROVED, published_at=None)
        | Q(state=ApprovalState.OPEN, due_on__lt=today)
    )


def to_do(one: Approval) -> str:
    """Return what the office does about a standing approval, in a few words."""
    who = one.who
    if one.state == ApprovalState.CHANGES and one.outdated_at is None:
        return f"„{one.title}“ ändern: Das wünscht {who}"
    if one.outdated_at:
        return f"„{one.title}“ hat sich geändert: {who} noch einmal fragen"
    if one.state == ApprovalState.APPROVED:
        return f"„{one.title}“ veröffentlichen: {who} hat freigegeben"
    return f"{who} an die Freigabe von „{one.title}“ erinnern"


def waiting_approvals(user: Any) -> list[Waiting]:
    """Return what the office does about approvals, what has waited longest first."""
    rows = _to_do(Approval.objects.select_related("asked_by").defer("content")).order_by("asked_at", "pk")
    return [
        Waiting(
            text=to_do(one), url=approvals_address(one), since=one.outdated_at or one.answered_at or one.asked_at,
            until=one.due_on if one.state == ApprovalState.OPEN and not one.outdated_at else None,
            owner=one.asked_by_id if one.asked_by and one.asked_by.is_active and one.asked_by.is_office else None,
        )
        for one in rows[:WAITING_SHOWN]
    ]  # fmt: skip


def addresses_asked() -> QuerySet:
    """Return the addresses about which the office has to know when no mail arrives there."""
    return Approval.objects.standing().filter(state=ApprovalState.OPEN).values_list("email", flat=True)


def approvals_to_forget() -> QuerySet[Approval]:
    """Return what approves nothing that is public, once its time is over."""
    rows = Approval.objects.long_past()
    for kind in approvable_kinds():
        public = kind.visible_to(None).order_by().annotate(key=Cast("pk", CharField())).values("key")
        rows = rows.exclude(kind=kind.key, state=ApprovalState.APPROVED, object_pk__in=public)
    return rows


def addresses_to_forget() -> QuerySet[Approval]:
    """Return the approvals whose address is not needed any more."""
    return Approval.objects.long_past().exclude(email="").exclude(state=ApprovalState.OPEN)


# -- the second step of the workflow ----------------------------------------------------------------------------------
def waiting_releases(user: Any) -> list[Waiting]:
    """Return the texts that wait for somebody else's eyes, the oldest first, each with whose it is."""
    states = TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS, task__content_type=ContentType.objects.get_for_model(ReleaseByLead)
    )
    rows = states.select_related("workflow_state", "revision").order_by("started_at", "pk")[:WAITING_SHOWN]
    releasers = Releasers()
    return [
        Waiting(
            text=f"„{one.revision.object_str}“ lesen und freigeben", url=edit_place(one.workflow_state),
            since=one.started_at, until=release_by(one), owner=releasers.owner(one.workflow_state.requested_by_id),
        )
        for one in rows
    ]  # fmt: skip


def release_by(state: TaskState) -> date:
    """Return by which day a text that waits for its release is to be released."""
    return workdays_after(timezone.localdate(state.started_at), RELEASE_WORKDAYS)


def edit_place(state: WorkflowState) -> str:
    """Return where the text of a workflow is edited; without asking for the text."""
    return _edit(ContentType.objects.get_for_id(state.content_type_id).model_class(), state.object_id)


def edit_page(thing: Any) -> str:
    """Return where a text is edited."""
    return _edit(type(thing), thing.pk)


def _edit(model: Any, pk: Any) -> str:
    if issubclass(model, Page):
        return reverse("wagtailadmin_pages:edit", args=[pk])
    return reverse(model.snippet_viewset.get_url_name("edit"), args=[pk])
