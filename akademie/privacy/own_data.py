"""What privacy itself answers for: mails of the academy, the log, orders of data, and Wagtail's notes about people."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Model, QuerySet
from django.utils import timezone
from wagtail.admin.models import EditingSession, FormState
from wagtail.models import APIToken, ModelLogEntry, PageLogEntry, UploadedFile
from wagtail.users.models import UserProfile

from akademie.core.contributions import ErasureLine, ExportPart, Fate, Subject
from akademie.core.models import OutgoingMail
from akademie.core.outbox import KEPT_SENT
from akademie.privacy.actions import erasure, orders
from akademie.privacy.models import DataOrder, LegalHold
from akademie.privacy.queries import log

KEPT_LOG = timedelta(days=5 * 365)
KEPT_ENDED_HOLD = timedelta(days=365)
MODELS = (
    DataOrder, LegalHold, OutgoingMail, ModelLogEntry, PageLogEntry,
    UserProfile, EditingSession, FormState, APIToken, UploadedFile,
)  # fmt: skip


def export(subject: Subject) -> Iterator[ExportPart]:
    """Yield mails, orders and what the log says that the person did."""
    mails = erasure.mails_to(subject).order_by("created_at").defer("source")
    yield ExportPart("Mails der Akademie an Sie", ({
        "Angelegt": mail.created_at, "Betreff": mail.subject, "Stand": mail.get_state_display(),
    } for mail in mails.iterator(chunk_size=500)))  # fmt: skip
    orders_made = DataOrder.objects.filter(subject.rows(user="user")).order_by("created_at")
    yield ExportPart("Bestellungen Ihrer Daten", ({
        "Bestellt": one.created_at, "Fertig": one.ready_at,
    } for one in orders_made.iterator()))  # fmt: skip
    if subject.user is None:
        return
    done = log.Listing(log.Asked(user=subject.user.pk)).every(whose=False)  # nothing of others
    yield ExportPart("Was das Protokoll von Ihnen festhält", (
        {"Zeitpunkt": line.at, "Was geschah": line.what} for line in done
    ))  # fmt: skip
    profile = UserProfile.objects.filter(user=subject.user)
    yield ExportPart("Ihre Einstellungen in der Redaktion", ({
        "Sprache": one.preferred_language, "Farben": one.theme, "Dichte": one.density, "Kontrast": one.contrast,
    } for one in profile))  # fmt: skip


def counted(rows: QuerySet | int, one: str, many: str) -> str:
    """Return "1 Mail" or "3 Mails"; nothing for none."""
    count = rows if isinstance(rows, int) else rows.count()
    return "" if not count else f"1 {one}" if count == 1 else f"{count} {many}"


def preview(subject: Subject) -> Iterator[ErasureLine]:
    """Yield what goes and what stays without a name."""
    if what := counted(erasure.mails_to(subject), "Mail der Akademie an Sie", "Mails der Akademie an Sie"):
        yield ErasureLine(Fate.GOES, what)
    archives = DataOrder.objects.filter(subject.rows(user="user"))
    if what := counted(archives, "Bestellung Ihrer Daten, mit der Datei", "Bestellungen Ihrer Daten, mit den Dateien"):
        yield ErasureLine(Fate.GOES, what)
    entries = sum(rows.count() for rows in erasure.log_of(subject))
    if what := counted(entries, "Eintrag im Protokoll", "Einträge im Protokoll"):
        why = "Das Protokoll belegt, was entschieden wurde. Statt Ihres Namens steht dort „eine gelöschte Person“."
        yield ErasureLine(Fate.ANONYMISED, what, why)
    why = f"Sie bestätigt Ihnen die Löschung. Nach {KEPT_SENT.days} Tagen vergessen wir auch das."
    yield ErasureLine(Fate.STAYS, "Ihre Adresse an einer letzten Mail", why)


def erase(subject: Subject) -> None:
    """Delete mails, orders and uploads that were never used; take the person out of the log."""
    erasure.erase_mails(subject)
    erasure.erase_from_log(subject)
    orders.forget(DataOrder.objects.filter(subject.rows(user="user")))
    if subject.user is None:
        return
    for profile in UserProfile.objects.filter(user=subject.user):
        profile.avatar.delete(save=False)
        profile.delete()
    for upload in UploadedFile.objects.filter(uploaded_by_user=subject.user):
        upload.file.delete(save=False)
        upload.delete()


def older_than(model: type[Model], field: str, age: timedelta, **more: Any) -> Callable[[], QuerySet]:
    """Return a question for the rows of a model that are older than this."""
    return lambda: model._default_manager.filter(**{f"{field}__lt": timezone.now() - age}, **more)
