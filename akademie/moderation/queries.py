"""Questions about reports: what a page shows, who made it, who decides, by when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model, QuerySet
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.log_actions import registry as log_registry

from akademie.accounts.models import Role, User
from akademie.core.contributions import WAITING_SHOWN, PublicKind, Waiting, public_kinds
from akademie.core.workdays import workdays_after
from akademie.moderation.models import REACTION_WORKDAYS, ContentReport

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
    """Return who had written, changed or published what a report is about, as far as the log knows and they are active.

    The log outlives what it is about, so that they are found when it is gone too. What came after the report is the
    office's answer to it, and makes nobody a maker.
    """
    kind = public_kinds.get(report.kind)
    if kind is None:
        return []
    there_or_gone = kind.model()
    there_or_gone.pk = there_or_gone.id = report.object_pk  # type: ignore[attr-defined]  # the log asks pages for `id`
    logs = log_registry.get_logs_for_instance(there_or_gone).filter(timestamp__lt=report.created_at)
    people = logs.exclude(user=None).values_list("user", flat=True)
    return list(User.objects.filter(pk__in=set(people), is_active=True).order_by("pk"))


def office_people() -> list[User]:
    """Return the two people that hear of each report: the Leitung first, then the Redaktion."""
    people = User.objects.filter(role__in=(Role.LEAD, Role.EDITOR), is_active=True).order_by("pk")
    return sorted(people, key=lambda person: person.role != Role.LEAD)[:TOLD]


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
