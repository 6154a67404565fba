"""What people do with barriers: report, answer, mend, remind."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django_tasks import task
from wagtail.log_actions import log

from akademie.accessibility import queries
from akademie.accessibility.models import ANSWER_DAYS, REMINDED_DAYS, BarrierReport
from akademie.accounts.models import User
from akademie.core import frame, limits
from akademie.core.actions import NotPossible
from akademie.editing.queries import colleagues, substitutes
from akademie.notifications.actions import notify

REPORTS_PER_HOUR = 5
RECEIPTS_PER_HOUR = 5  # to one address: nobody fills the mailbox of somebody else
LAST_REMINDER = 2
ENOUGH_REPORTS = (
    "Von Ihrem Anschluss kamen gerade schon mehrere Meldungen. Bitte versuchen Sie es in einer Stunde noch einmal."
)
ENOUGH_OF_ADDRESS = (
    "Mit dieser E-Mail-Adresse kamen gerade schon mehrere Meldungen. Bitte versuchen Sie es in einer Stunde noch "
    "einmal."
)


def report_barrier(*, page: str, text: str, email: str, sender: str) -> BarrierReport:
    """Keep a report, tell the office and confirm the receipt. The same report twice while it waits is one.

    `sender` is who counts for the limit, see `limits.sender`. TooMany after too many.
    """
    limits.count("barrier", sender, most=REPORTS_PER_HOUR, seconds=3600, says=ENOUGH_REPORTS)
    if email:
        limits.count("barrier mail", email, most=RECEIPTS_PER_HOUR, seconds=3600, says=ENOUGH_OF_ADDRESS)
    with transaction.atomic():
        same = BarrierReport.objects.open().filter(page=page, text=text, email=email).order_by("pk").first()
        if same:
            return same
        report = BarrierReport.objects.create(page=page, text=text, email=email)
        context = _words(report)
        notify("accessibility.report_in", to=queries.barrier_addresses(), context=context, reply_to=email)
        if email:
            notify("accessibility.receipt", to=[email], context=context, reply_to=context["contact"])
    return report


@transaction.atomic
def answer(report: BarrierReport, *, by: User, answer: str, fixed_on: date | None = None) -> BarrierReport:
    """Answer a report, by mail where whoever reported has named an address; else it is a note of what was done.

    NotPossible when somebody else was quicker; the same answer once more changes nothing.
    """
    locked = _locked(report)
    if locked.answered_at:
        if (locked.answer, locked.answered_by_id) == (answer, by.pk):
            return locked
        raise NotPossible(f"{locked.answered_by or 'Jemand'} hat schon geantwortet. Laden Sie die Seite neu.")
    locked.answer, locked.fixed_on = answer, fixed_on
    locked.answered_at, locked.answered_by = timezone.now(), by
    locked.save()
    log(instance=locked, action="accessibility.answer", user=by)
    if locked.reply_address:
        context = _words(locked)
        notify("accessibility.answered", to=[locked.reply_address], context=context, reply_to=context["contact"])
    return locked


@transaction.atomic
def note_fixed(report: BarrierReport, *, by: User, fixed_on: date) -> BarrierReport:
    """Note from which day on the barrier is gone. NotPossible before the report is answered."""
    locked = _locked(report)
    if locked.answered_at is None:
        raise NotPossible("Bitte antworten Sie zuerst. Den Tag tragen Sie mit der Antwort ein.")
    if locked.fixed_on != fixed_on:
        locked.fixed_on = fixed_on
        locked.save(update_fields=["fixed_on"])
        log(instance=locked, action="accessibility.fixed", user=by)
    return locked


@transaction.atomic
def see_to(report: BarrierReport, *, by: User, owner: User | None) -> BarrierReport:
    """Say who sees to a report; nobody for everybody."""
    locked = _locked(report)
    if locked.owner != owner:
        locked.owner = owner
        locked.save(update_fields=["owner"])
        log(instance=locked, action="accessibility.see_to", user=by)
    return locked


@transaction.atomic
def forget_reporter(report: BarrierReport, *, by: User) -> BarrierReport:
    """Delete the address of whoever reported: on their wish, or because it was not them."""
    locked = _locked(report)
    if locked.email or locked.user:
        locked.email, locked.user = "", None
        locked.save(update_fields=["email", "user"])
        log(instance=locked, action="accessibility.forget_reporter", user=by)
    return locked


def forget_addresses(reports: QuerySet[BarrierReport]) -> None:
    """Delete the addresses of these reports, whose time is over."""
    reports.update(email="", user=None)


def _locked(report: BarrierReport) -> BarrierReport:
    return BarrierReport.objects.select_for_update().get(pk=report.pk)


# -- the clock --------------------------------------------------------------------------------------------------------
@task()
def remind_of_barriers() -> None:
    """Remind a week before the four weeks are over, and when they are. Each once, however often this runs.

    Whoever sees to it hears of it, or who stands in today; nobody sees to it: all that hear of new reports.
    """
    first = timezone.localdate() - timedelta(days=ANSWER_DAYS - REMINDED_DAYS)
    people, stands_in = {one.pk: one for one in colleagues()}, substitutes()
    waiting = BarrierReport.objects.open().filter(created_at__date__lte=first, reminded__lt=LAST_REMINDER)
    for report in waiting.order_by("pk"):
        step = LAST_REMINDER if report.days_left <= 0 else 1
        if report.reminded >= step:
            continue
        reader = people.get(stands_in.get(report.owner_id, report.owner_id)) if report.owner_id else None
        to: list[User | str] = [reader] if reader else [*queries.barrier_addresses()]
        with transaction.atomic():
            BarrierReport.objects.filter(pk=report.pk).update(reminded=step)
            notify("accessibility.reminder", to=to, context=_words(report), once=f"barrier {report.pk} {step}")


def _words(report: BarrierReport) -> dict[str, Any]:
    """Return what the mails say."""
    values = frame.current()
    return {
        "report": report,
        "enforcement": queries.enforcement_body(),
        "link": settings.SITE_URL + reverse("accessibility:barrier", args=[report.pk]),
        "site_name": values["site_name"],
        "contact": values["contact_email"],
    }
