"""What moderation keeps about people, and how it answers for it."""

from collections.abc import Iterator

from django.db.models import Q, QuerySet

from akademie.accounts.models import User
from akademie.core.contributions import ErasureLine, ExportPart, Fate, Subject
from akademie.moderation.models import ContentReport, ContentReportQuerySet, HiddenContent, Measure, PostingLock
from akademie.privacy import holds

MODELS = (ContentReport, HiddenContent, PostingLock)
WHY = "Die Geschäftsstelle muss Meldungen prüfen und belegen (Artikel 16 und 17 der Verordnung (EU) 2022/2065)."


def reports_of(subject: Subject) -> ContentReportQuerySet:
    """Return what somebody reported."""
    return ContentReport.objects.filter(subject.rows(user="user"))


def claim(user: User) -> None:
    """Give somebody what they reported as a guest with the same address."""
    ContentReport.objects.filter(email__iexact=user.email, user=None).update(user=user)


def decisions_of(subject: Subject) -> ContentReportQuerySet:
    """Return the reports that somebody of the office decided about."""
    rows = ContentReport.objects.all()
    return rows.filter(decided_by=subject.user) if subject.user else rows.none()


def locks_of(subject: Subject) -> QuerySet[PostingLock]:
    """Return when somebody might not post."""
    return PostingLock.objects.filter(user=subject.user) if subject.user else PostingLock.objects.none()


def measures_by(subject: Subject) -> Iterator[Measure]:
    """Yield what somebody of the office hid, whom they locked, and what of it they took back."""
    if subject.user:
        mine = Q(made_by=subject.user) | Q(ended_by=subject.user)
        for model in (HiddenContent, PostingLock):
            yield from model._default_manager.filter(mine).order_by("made_at")


def export(subject: Subject) -> Iterator[ExportPart]:
    """Yield reports and decisions."""
    yield ExportPart("Ihre Meldungen von Inhalten", ({
        "Gemeldet": one.created_at, "Seite": one.url, "Grund": one.get_category_display(), "Erklärung": one.text,
        "Ihr Name": one.name, "Entscheidung": one.get_decision_display(), "Begründung": one.reasons,
        "Entschieden": one.decided_at,
    } for one in reports_of(subject).order_by("created_at").iterator(chunk_size=500)))  # fmt: skip
    if subject.user and subject.user.is_office:
        yield ExportPart("Ihre Entscheidungen über Meldungen", ({
            "Meldung": one.number, "Entschieden": one.decided_at, "Entscheidung": one.get_decision_display(),
            "Begründung": one.reasons,
        } for one in decisions_of(subject).order_by("decided_at").iterator(chunk_size=500)))  # fmt: skip

    yield ExportPart("Sperren Ihres Kontos für neue Beiträge", ({
        "Seit": one.made_at, "Bis": one.until, "Grund": one.get_category_display(), "Begründung": one.reasons,
        "Aufgehoben": one.ended_at, "Warum aufgehoben": one.ended_why,
    } for one in locks_of(subject).order_by("made_at").iterator(chunk_size=500)))  # fmt: skip
    if subject.user and subject.user.is_office:
        yield ExportPart("Was Sie ausgeblendet oder gesperrt haben", ({
            "Seit": one.made_at, "Grund": one.get_category_display(), "Begründung": one.reasons,
            "Aufgehoben": one.ended_at, "Warum aufgehoben": one.ended_why,
        } for one in measures_by(subject)))  # fmt: skip


def preview(subject: Subject) -> Iterator[ErasureLine]:
    """Yield what stays without a name, and what is held."""
    if count := holds.not_held(reports_of(subject)).count():
        what = "1 Meldung eines Inhalts" if count == 1 else f"{count} Meldungen von Inhalten"
        yield ErasureLine(Fate.ANONYMISED, what, f"{WHY} Ihr Name und Ihre Adresse gehen.")
    if count := decisions_of(subject).count():
        what = "1 Entscheidung über eine Meldung" if count == 1 else f"{count} Entscheidungen über Meldungen"
        yield ErasureLine(Fate.ANONYMISED, what, WHY)
    if count := locks_of(subject).count():
        yield ErasureLine(Fate.GOES, "1 Sperre Ihres Kontos" if count == 1 else f"{count} Sperren Ihres Kontos")
    if count := sum(1 for _ in measures_by(subject)):
        what = "1 Maßnahme gegen einen Inhalt oder ein Konto"
        if count > 1:
            what = f"{count} Maßnahmen gegen Inhalte oder Konten"
        yield ErasureLine(Fate.ANONYMISED, what, WHY)
    for one in holds.held(reports_of(subject)):
        hold = holds.hold_of(one)
        yield ErasureLine(Fate.STAYS, str(one), hold.reason if hold else "")


def erase(subject: Subject) -> None:
    """Take name and address out of reports and decisions, where somebody wrote them into the text too."""
    for report in holds.not_held(reports_of(subject)):
        if report.name:
            report.text = report.text.replace(report.name, "[gelöscht]")
        report.text, report.reasons = subject.blacked_out(report.text), subject.blacked_out(report.reasons)
        report.name, report.email, report.user = "", "", None
        report.digest = f"forgotten {report.pk}"  # the old one tells who knows the address whether it was this one
        report.save()
    for report in decisions_of(subject):
        report.reasons, report.decided_by = subject.blacked_out(report.reasons), None
        report.save(update_fields=["reasons", "decided_by"])
    locks_of(subject).delete()
    for measure in measures_by(subject):
        measure.reasons, measure.ended_why = (
            subject.blacked_out(measure.reasons), subject.blacked_out(measure.ended_why),
        )  # fmt: skip
        measure.made_by = None if measure.made_by == subject.user else measure.made_by
        measure.ended_by = None if measure.ended_by == subject.user else measure.ended_by
        measure.save(update_fields=["reasons", "ended_why", "made_by", "ended_by"])
