"""What moderation keeps about people, and how it answers for it."""

from collections.abc import Iterator

from akademie.accounts.models import User
from akademie.core.contributions import ErasureLine, ExportPart, Fate, Subject
from akademie.moderation.models import ContentReport, ContentReportQuerySet
from akademie.privacy import holds

MODELS = (ContentReport,)
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


def preview(subject: Subject) -> Iterator[ErasureLine]:
    """Yield what stays without a name, and what is held."""
    if count := holds.not_held(reports_of(subject)).count():
        what = "1 Meldung eines Inhalts" if count == 1 else f"{count} Meldungen von Inhalten"
        yield ErasureLine(Fate.ANONYMISED, what, f"{WHY} Ihr Name und Ihre Adresse gehen.")
    if count := decisions_of(subject).count():
        what = "1 Entscheidung über eine Meldung" if count == 1 else f"{count} Entscheidungen über Meldungen"
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
