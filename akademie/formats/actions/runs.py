"""What people do with runs: enter one, its minutes once, its report; the office corrects, releases, gives back."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import log

from akademie.accounts.models import User
from akademie.cms.queries import office_addresses
from akademie.core import limits
from akademie.core.actions import NotPossible, check_may_post
from akademie.formats.models import FormatProfile, FormatRun
from akademie.formats.models.runs import FIRST_DAY, REPORT
from akademie.notifications.actions import notify
from akademie.towns.models import Town

RUNS_PER_DAY = 30
REPORT_IN, RELEASED, RETURNED = "formats.report_in", "formats.report_released", "formats.report_returned"
NOT_YET = "Dieser Tag kommt erst noch. Tragen Sie die Durchführung ein, wenn sie vorbei ist."
TOO_OLD = f"Bitte nennen Sie einen Tag ab dem Jahr {FIRST_DAY.year}."
ENOUGH = "Sie haben heute schon viele Durchführungen eingetragen. Bitte machen Sie morgen weiter."
ONCE = "Die Zeiten sind schon eingetragen. Stimmt etwas nicht? Bitten Sie die Geschäftsstelle, sie zu ändern."
PUBLIC = "Der Bericht ist schon veröffentlicht. Stimmt etwas nicht? Bitten Sie die Geschäftsstelle, ihn zu ändern."
CHANGED = "Der Bericht hat sich inzwischen geändert. Bitte lesen Sie ihn noch einmal."


def report_run(
    *,
    profile: FormatProfile,
    title: str,
    held_on: date,
    by: User | None,
    mode: str = "",
    town: Town | None = None,
    host: str = "",
    participants: int | None = None,
) -> FormatRun:
    """Keep that a format was run. The same title and day by the same person is the same run, with what was said last.

    `host` is a town or an organisation, no person. NotPossible for a day that has not come or is too long ago; TooMany.
    """
    if held_on > timezone.localdate():
        raise NotPossible(NOT_YET)
    if held_on < FIRST_DAY:
        raise NotPossible(TOO_OLD)
    if by and not by.is_office:
        limits.count("format run", str(by.pk), most=RUNS_PER_DAY, seconds=24 * 3600, says=ENOUGH)
    with transaction.atomic():
        FormatProfile.objects.select_for_update().get(pk=profile.pk)  # two presses come one after the other
        same = FormatRun.objects.filter(profile=profile, title=title, held_on=held_on, made_by=by).order_by("pk")
        known = same.first()
        run = known or FormatRun(profile=profile, title=title, held_on=held_on, made_by=by)
        run.mode, run.town, run.host, run.participants = mode, town, host, participants
        run.save()
        if known is None:
            _note(run, "formats.run_entered", by)
    return run


@transaction.atomic
def enter_minutes(
    run: FormatRun,
    *,
    prepare_minutes: int,
    run_minutes: int,
    follow_up_minutes: int,
    by: User | None,
    cost_eur: int | None = None,
) -> FormatRun:
    """Enter once what a run took; the same figures again change nothing, the office may correct them.

    Minutes are those of everybody who hosted, together. NotPossible when others have been entered.
    """
    locked = _locked(run)
    figures = {"prepare_minutes": prepare_minutes, "run_minutes": run_minutes, "follow_up_minutes": follow_up_minutes,
               "cost_eur": cost_eur}  # fmt: skip
    if locked.measured_at:
        if all(getattr(locked, name) == value for name, value in figures.items()):
            return locked
        if by is None or not by.is_office:
            raise NotPossible(ONCE)
    corrected = locked.measured_at is not None
    for name, value in figures.items():
        setattr(locked, name, value)
    locked.measured_at = locked.measured_at or timezone.now()
    locked.save()
    _note(locked, "formats.minutes_corrected" if corrected else "formats.minutes_entered", by)
    return locked


@transaction.atomic
def write_report(
    run: FormatRun, *, went_well: str, was_hard: str, would_change: str, advice: str, by: User | None
) -> FormatRun:
    """Keep the host's report and ask the office to release it; until then it may be written anew.

    NotPossible without a single answer, once it is public, and for who may not post.
    """
    check_may_post(by)
    answers = dict(zip(REPORT, (went_well, was_hard, would_change, advice), strict=True))
    if not any(answers.values()):
        raise NotPossible("Bitte beantworten Sie mindestens eine Frage.")
    locked = _locked(run)
    if all(getattr(locked, name) == value for name, value in answers.items()) and not locked.returned_because:
        return locked
    if locked.released_at:
        raise NotPossible(PUBLIC)
    waits_already = locked.reported_at is not None and not locked.returned_because
    for name, value in answers.items():
        setattr(locked, name, value)
    locked.reported_at, locked.returned_because = timezone.now(), ""
    locked.save()
    _note(locked, "formats.report_written", by)
    if not waits_already:
        link = settings.SITE_URL + reverse("formats:report", args=[locked.pk])
        notify(REPORT_IN, to=office_addresses(), context={"run": locked, "link": link})
    return locked


@transaction.atomic
def enter_run(
    *, run: dict[str, Any], minutes: dict[str, Any] | None, report: dict[str, str] | None, by: User
) -> FormatRun:
    """Enter a run with what is said of it in one form: what `report_run`, `enter_minutes`, `write_report` take."""
    entered = report_run(**run, by=by)
    if minutes:
        entered = enter_minutes(entered, **minutes, by=by)
    if report:
        entered = write_report(entered, **report, by=by)
    return entered


# -- the office -------------------------------------------------------------------------------------------------------
@transaction.atomic
def release_report(run: FormatRun, *, answers: dict[str, str], by: User, read_at: datetime | None = None) -> FormatRun:
    """Make a report public, with small corrections, and tell its host. A public one is corrected.

    `read_at` is the `reported_at` of what was read: NotPossible when its host has written it anew since, or when it was
    given back meanwhile.
    """
    locked = _locked(run)
    if locked.reported_at is None or locked.returned_because or (read_at and read_at != locked.reported_at):
        raise NotPossible(CHANGED)
    corrected = any(getattr(locked, name) != answers.get(name, "") for name in REPORT)
    if locked.released_at and not corrected:
        return locked
    if not any(answers.get(name) for name in REPORT):
        raise NotPossible("Mindestens eine Antwort muss stehen bleiben. Oder geben Sie den Bericht zurück.")
    was_public = locked.released_at is not None
    for name in REPORT:
        setattr(locked, name, answers.get(name, ""))
    locked.released_at = locked.released_at or timezone.now()
    locked.save()
    _note(locked, "formats.report_corrected" if was_public else "formats.report_released", by)
    _tell(RELEASED, locked, corrected=corrected)
    return locked


@transaction.atomic
def return_report(run: FormatRun, *, reason: str, by: User) -> FormatRun:
    """Give a report back to its host with a reason; a public one is no longer shown. NotPossible without a report."""
    locked = _locked(run)
    if locked.reported_at is None:
        raise NotPossible("Zu dieser Durchführung gibt es keinen Bericht.")
    if locked.returned_because == reason:
        return locked
    if locked.returned_because:
        raise NotPossible("Jemand hat den Bericht schon zurückgegeben. Laden Sie die Seite neu.")
    locked.released_at, locked.returned_because = None, reason
    locked.save()
    _note(locked, "formats.report_returned", by)
    _tell(RETURNED, locked)
    return locked


def _tell(kind: str, run: FormatRun, **context: Any) -> None:
    """Tell whoever entered the run, if they are still with us."""
    if run.made_by and run.made_by.is_active:
        link = settings.SITE_URL + run.get_absolute_url()
        contact = next(iter(office_addresses()), "")
        notify(kind, to=[run.made_by], context={"run": run, "link": link, **context}, reply_to=contact)


def _note(run: FormatRun, action: str, by: User | None) -> None:
    """Write to the log, which keeps no word that somebody has typed."""
    log(instance=run, action=action, user=by, title=f"{run.held_on:%d.%m.%Y}")


def _locked(run: FormatRun) -> FormatRun:
    return FormatRun.objects.select_for_update(of=("self",)).select_related("profile", "made_by", "town").get(pk=run.pk)
