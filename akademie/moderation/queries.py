"""Questions about reports: what a page shows, who made it, who decides, by when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, Model, Q, QuerySet
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.log_actions import registry as log_registry
from wagtail.models import DraftStateMixin

from akademie.accounts.models import Role, User
from akademie.core.contributions import WAITING_SHOWN, PublicKind, Waiting, hideables, public_kinds, stand_ins
from akademie.core.workdays import workdays_after
from akademie.moderation.models import REACTION_WORKDAYS, ContentReport, HiddenContent, PostingLock

ENOUGH_DECIDED = 5  # reports before an average says something
TOLD = 2  # people of the office that hear of each report


@dataclass(frozen=True)
class Thing:
    """What a public page shows."""

    kind: PublicKind
    pk: Any
    title: str


def thing_at(address: str) -> Thing | None:
    """Return the public thing that stands at this address of ours, or None."""
    path = urlsplit(address).path
    last = path.rstrip("/").rpartition("/")[2]
    for kind in public_kinds:
        if not last or not path.startswith(kind.list_url):
            continue
        rows = kind.visible_to(None).filter(**{_address_part(kind.model): last})
        for pk, entry in kind.entries(rows[:5]):
            if entry.url == path:
                return Thing(kind, pk, entry.title)
    return None


def _address_part(model: type[Model]) -> str:
    """Return the field that addresses end with."""
    try:
        return model._meta.get_field("slug").name
    except FieldDoesNotExist:
        return "pk"


def instance_of(report: ContentReport) -> Model | None:
    """Return what a report is about, public or not; None when it is no single thing, or gone."""
    kind = public_kinds.get(report.kind)
    return kind.model._default_manager.filter(pk=report.object_pk).first() if kind else None


def edit_address(report: ContentReport, person: User) -> str:
    """Return where a person of the office changes what a report is about; empty when there is no such place."""
    instance = instance_of(report)
    return (AdminURLFinder(person).get_edit_url(instance) or "") if instance else ""


def makers_of(report: ContentReport) -> list[User]:
    """Return who had made what a report is about. What came after it is the office's answer, and makes nobody one."""
    return makers(report.kind, report.object_pk, report.created_at)


def makers(key: str, pk: str, before: datetime) -> list[User]:
    """Return who had written, changed or published something, as far as the log knows and they are active.

    The log outlives what it is about, so that they are found when it is gone too.
    """
    if hideable := hideables.get(key):
        return list(hideable.makers(pk))
    kind = public_kinds.get(key)
    if kind is None:
        return []
    there_or_gone = kind.model()
    there_or_gone.pk = there_or_gone.id = pk  # type: ignore[attr-defined]  # the log asks pages for `id`
    logs = log_registry.get_logs_for_instance(there_or_gone).filter(timestamp__lt=before)
    people = logs.exclude(user=None).values_list("user", flat=True)
    return list(User.objects.filter(pk__in=set(people), is_active=True).order_by("pk"))


def office_people() -> list[User]:
    """Return the two people that hear of each report: the Leitung first, then the Redaktion.

    For who is away, whoever stands in hears of it. Is there one person only, that one.
    """
    people = {one.pk: one for one in User.objects.filter(role__in=(Role.LEAD, Role.EDITOR), is_active=True)}
    in_order = sorted(people, key=lambda pk: (people[pk].role != Role.LEAD, pk))
    instead = {away: other for source in stand_ins for away, other in source.today().items() if other in people}
    told = dict.fromkeys(instead.get(pk, pk) for pk in in_order)
    return [people[pk] for pk in told][:TOLD]


def is_one_person_only() -> bool:
    """Whether the office has one person, so that no other can look at an objection."""
    return User.objects.filter(role__in=(Role.LEAD, Role.EDITOR), is_active=True).count() < TOLD


# -- measures ---------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Target:
    """Something public that the office can hide."""

    kind: str
    pk: str
    title: str


def target_at(address: str) -> Target | None:
    """Return what stands at this address of ours and can be hidden: a thing with versions, or a profile."""
    path = urlsplit(address).path
    for hideable in hideables:
        if found := hideable.find(path):
            return Target(hideable.key, *found)
    thing = thing_at(address)
    if thing and issubclass(thing.kind.model, DraftStateMixin) and not _must_stay(thing):
        return Target(thing.kind.key, str(thing.pk), thing.title)
    return None


def _must_stay(thing: Thing) -> bool:
    return bool(getattr(thing.kind.model._default_manager.get(pk=thing.pk), "must_stay", False))


def hidden_now() -> QuerySet[HiddenContent]:
    """Return what is hidden at present, the newest first."""
    return HiddenContent.objects.filter(ended_at=None).select_related("made_by").order_by("-made_at", "-pk")


def locks_now() -> QuerySet[PostingLock]:
    """Return the locks that hold today, the newest first."""
    return PostingLock.objects.in_force().select_related("user", "made_by").order_by("-made_at", "-pk")


def refusal(user: Any, email: str) -> str:
    """Return why an account, or the account of a mail address, may not post today; empty when it may."""
    whose = Q(user=user.pk) if user is not None and user.is_authenticated else Q()
    if email:
        whose |= Q(user__email__iexact=email)
    lock = (
        PostingLock.objects.in_force().filter(whose).order_by(F("until").desc(nulls_first=True)).first()
        if whose
        else None
    )
    if lock is None:
        return ""
    until = f" bis {lock.until:%d.%m.%Y}" if lock.until else ""
    return (
        f"Die Geschäftsstelle hat dieses Konto{until} für neue Beiträge gesperrt. Warum, und was Sie dagegen tun "
        "können, steht in der Mail dazu."
    )


# -- how fast ---------------------------------------------------------------------------------------------------------
def mean_hours() -> int | None:
    """Return after how many hours reports of the last year were decided on average; None for fewer than five."""
    year = ContentReport.objects.filter(decided_at__gt=timezone.now() - timedelta(days=365))
    took = ExpressionWrapper(F("decided_at") - F("created_at"), output_field=DurationField())
    found = year.aggregate(count=Count("pk"), mean=Avg(took))
    if found["count"] < ENOUGH_DECIDED:
        return None
    return max(1, round(found["mean"].total_seconds() / 3600))


def due_on(report: ContentReport) -> date:
    """Return the last of the workdays within which the office decides."""
    return workdays_after(timezone.localdate(report.created_at), REACTION_WORKDAYS)


def with_due(reports: Iterable[ContentReport]) -> list[tuple[ContentReport, date, bool]]:
    """Return reports with the day they are due, and whether it has passed without a decision."""
    today = timezone.localdate()
    return [(report, day := due_on(report), day < today and report.decided_at is None) for report in reports]


def described(keys: list[str]) -> dict[str, str]:
    """Return what reports are about, for the log."""
    rows = ContentReport.objects.filter(pk__in=keys).values_list("pk", "title", "address")
    return {str(pk): title or address for pk, title, address in rows}


def locked_people(keys: list[str]) -> dict[str, str]:
    """Return whose locks these are, for the log."""
    return {str(one.pk): str(one.user) for one in PostingLock.objects.filter(pk__in=keys).select_related("user")}


def addresses_of_reporters() -> QuerySet:
    """Return the addresses without an account to which the office still owes a decision, in small letters."""
    return ContentReport.objects.open().filter(user=None).exclude(email="").values_list(Lower("email"))


def waiting_reports(user: Any) -> list[Waiting]:
    """Return the reports that nobody has decided about, the oldest first."""
    found = ContentReport.objects.open().order_by("created_at", "pk")[:WAITING_SHOWN]
    return [
        Waiting(
            text=f"Meldung {report.number} entscheiden: {report.title or report.address}",
            url=reverse("moderation:report", args=[report.pk]),
            since=report.created_at,
            until=due_on(report),
        )
        for report in found
    ]
