"""What people do with reports: report, decide."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import log

from akademie.accounts.models import User
from akademie.core import frame, limits
from akademie.core.actions import NotPossible
from akademie.moderation import measures, queries
from akademie.moderation.models import AGAINST, ContentReport, ReportDecision
from akademie.moderation.queries import Target, Thing
from akademie.notifications.actions import notify

PER_SENDER_AND_HOUR = 5
PER_ADDRESS_AND_HOUR = 5  # receipts to one address: nobody fills the mailbox of somebody else
ENOUGH = "Von Ihrem Anschluss kamen gerade schon mehrere Meldungen. Bitte versuchen Sie es in einer Stunde noch einmal."
ENOUGH_OF_ADDRESS = (
    "Mit dieser E-Mail-Adresse kamen gerade schon mehrere Meldungen. Bitte versuchen Sie es in einer Stunde noch "
    "einmal."
)


def report_content(
    *, address: str, category: str, text: str, name: str = "", email: str = "", sender: str
) -> ContentReport:
    """Keep a report, tell two people of the office and confirm the receipt. The same report twice is one.

    `address` is one of this site, from its path on; `sender` is who counts for the limit, see `limits.sender`.
    TooMany after too many.
    """
    limits.count("content report", sender, most=PER_SENDER_AND_HOUR, seconds=3600, says=ENOUGH)
    if email:
        limits.count("content report mail", email, most=PER_ADDRESS_AND_HOUR, seconds=3600, says=ENOUGH_OF_ADDRESS)
    thing, hideable = queries.thing_at(address), queries.target_at(address)
    with transaction.atomic():
        report, is_new = ContentReport.objects.get_or_create(
            digest=ContentReport.digest_of(address, category, text, email),
            decided_at=None,
            defaults={
                "address": address, "category": category, "text": text, "name": name, "email": email,
                **_named(thing, hideable),
            },
        )  # fmt: skip
        if is_new:
            context = _words(report)
            to = queries.office_people() or [context["contact"]]  # an office without accounts has a mailbox at least
            notify("moderation.report_in", to=to, context=context)
            if email:
                notify("moderation.receipt", to=[email], context=context, reply_to=context["contact"])
    return report


@transaction.atomic
def decide(
    report: ContentReport, *, by: User, decision: ReportDecision, reasons: str, ground: str, rule: str = ""
) -> ContentReport:
    """Close a report with reasons. Whoever reported is told, and whoever made what is restricted or removed.

    Content that is to be hidden is hidden here, at once. Everything else changes nothing of the content: that is done
    in its own area, before. NotPossible when somebody else was quicker with another decision; the same once more
    changes nothing.
    """
    locked = ContentReport.objects.select_for_update().get(pk=report.pk)
    if locked.decided_at:
        if (locked.decision, locked.reasons, locked.decided_by_id) == (decision, reasons, by.pk):
            return locked
        raise NotPossible(
            f"Über diese Meldung hat {locked.decided_by or 'jemand'} schon entschieden: "
            f"{locked.get_decision_display()}. Laden Sie die Seite neu."
        )
    locked.decision, locked.reasons, locked.ground, locked.rule = decision, reasons, ground, rule
    locked.decided_at, locked.decided_by = timezone.now(), by
    locked.save()
    said = {"decision": decision, "says": locked.get_decision_display()}
    log(instance=locked, action="moderation.decide", user=by, data=said)
    context = _words(locked)
    if locked.reply_address:
        notify("moderation.decided", to=[locked.reply_address], context=context, reply_to=context["contact"])
    if decision == ReportDecision.HIDDEN:
        target = queries.target_at(locked.address)
        if target is None:
            raise NotPossible("Was dort steht, lässt sich nicht ausblenden. Ändern Sie es in seinem Bereich.")
        measures.hide(
            target, address=locked.address, by=by, category=locked.category, ground=ground, rule=rule, reasons=reasons,
            report=locked,
        )  # fmt: skip
    elif decision in AGAINST:
        notify("moderation.restricted", to=queries.makers_of(locked), context=context, reply_to=context["contact"])
    return locked


@transaction.atomic
def forget_reporter(report: ContentReport, *, by: User) -> ContentReport:
    """Delete name and address of whoever reported: on their wish, or because it was not them."""
    locked = ContentReport.objects.select_for_update().get(pk=report.pk)
    if locked.name or locked.email:
        locked.name, locked.email, locked.user = "", "", None
        locked.digest = f"forgotten {locked.pk}"  # the old one tells who knows the address whether it was this one
        locked.save(update_fields=["name", "email", "user", "digest"])
        log(instance=locked, action="moderation.forget_reporter", user=by)
    return locked


def _named(thing: Thing | None, hideable: Target | None) -> dict[str, str]:
    """Return what stands there, as far as areas know it."""
    if thing:
        return {"kind": thing.kind.key, "object_pk": str(thing.pk), "title": thing.title[:300]}
    if hideable:
        return {"kind": hideable.kind, "object_pk": hideable.pk, "title": hideable.title[:300]}
    return {}


def _words(report: ContentReport) -> dict[str, Any]:
    """Return what the mails say."""
    values = frame.current()
    return {
        "report": report,
        "until": queries.due_on(report),
        "link": settings.SITE_URL + reverse("moderation:report", args=[report.pk]),
        "site_name": values["site_name"],
        "contact": values["contact_email"],
        "alone": queries.is_one_person_only(),
    }
