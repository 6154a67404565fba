"""What accessibility keeps about people, and how it answers for it."""

from collections.abc import Iterator

from django.db.models import Q, QuerySet

from akademie.accessibility.models import BarrierReport, BarrierReportQuerySet, StatementReview
from akademie.accounts.models import User
from akademie.core.contributions import ErasureLine, ExportPart, Fate, Subject
from akademie.privacy import holds

MODELS = (BarrierReport, StatementReview)
WHY = "Die Barriere bleibt, bis sie behoben ist. Ihre Adresse geht."


def reports_of(subject: Subject) -> BarrierReportQuerySet:
    """Return what somebody reported."""
    return BarrierReport.objects.filter(subject.rows(user="user"))


def claim(user: User) -> None:
    """Give somebody what they reported as a guest with the same address."""
    BarrierReport.objects.filter(email__iexact=user.email, user=None).update(user=user)


def work_of(subject: Subject) -> QuerySet[BarrierReport]:
    """Return the reports that somebody of the office sees to or has answered."""
    mine = Q(owner=subject.user) | Q(answered_by=subject.user)
    return BarrierReport.objects.filter(mine) if subject.user else BarrierReport.objects.none()


def reviews_of(subject: Subject) -> QuerySet[StatementReview]:
    """Return the reviews of the site that somebody has entered."""
    rows = StatementReview.objects.all()
    return rows.filter(created_by=subject.user) if subject.user else rows.none()


def export(subject: Subject) -> Iterator[ExportPart]:
    """Yield reports and answers."""
    yield ExportPart("Barrieren, die Sie gemeldet haben", ({
        "Gemeldet": one.created_at, "Seite": one.page, "Was nicht geht": one.text, "Antwort": one.answer,
        "Beantwortet": one.answered_at, "Behoben": one.fixed_on,
    } for one in reports_of(subject).order_by("created_at").iterator(chunk_size=500)))  # fmt: skip
    if subject.user and subject.user.is_office:
        yield ExportPart("Gemeldete Barrieren, um die Sie sich gekümmert haben", ({
            "Meldung": one.number, "Sie sind zuständig": one.owner_id == subject.user.pk,
            "Ihre Antwort": one.answer if one.answered_by_id == subject.user.pk else "",
        } for one in work_of(subject).order_by("created_at").iterator(chunk_size=500)))  # fmt: skip

        yield ExportPart("Ihre Bewertungen der Barrierefreiheit", ({
            "Bewertet am": one.reviewed_on, "Stand": one.get_conformity_display(), "Wer bewertet hat": one.responsible,
        } for one in reviews_of(subject).order_by("reviewed_on").iterator(chunk_size=500)))  # fmt: skip


def preview(subject: Subject) -> Iterator[ErasureLine]:
    """Yield what stays without an address or a name, and what is held."""
    if count := holds.not_held(reports_of(subject)).count():
        yield ErasureLine(
            Fate.ANONYMISED, "1 gemeldete Barriere" if count == 1 else f"{count} gemeldete Barrieren", WHY
        )
    if count := work_of(subject).count():
        what = "1 Barriere, um die Sie sich gekümmert haben"
        if count > 1:
            what = f"{count} Barrieren, um die Sie sich gekümmert haben"
        yield ErasureLine(Fate.ANONYMISED, what, "Die Antwort bleibt, Ihr Name geht.")
    if count := reviews_of(subject).count():
        what = "1 Bewertung der Barrierefreiheit" if count == 1 else f"{count} Bewertungen der Barrierefreiheit"
        yield ErasureLine(Fate.ANONYMISED, what, "Die Erklärung bleibt, Ihr Name geht.")
    for one in holds.held(reports_of(subject)):
        hold = holds.hold_of(one)
        yield ErasureLine(Fate.STAYS, str(one), hold.reason if hold else "")


def erase(subject: Subject) -> None:
    """Take the address out of reports, names out of texts and answers."""
    for report in holds.not_held(reports_of(subject)):
        report.text, report.answer = subject.blacked_out(report.text), subject.blacked_out(report.answer)
        report.page, report.email, report.user = subject.blacked_out(report.page), "", None
        report.save(update_fields=["page", "text", "answer", "email", "user"])
    for report in work_of(subject):
        report.answer = subject.blacked_out(report.answer)
        report.owner = None if report.owner == subject.user else report.owner
        report.answered_by = None if report.answered_by == subject.user else report.answered_by
        report.save(update_fields=["answer", "owner", "answered_by"])
    for review in reviews_of(subject):
        review.responsible, review.created_by = subject.blacked_out(review.responsible), None
        review.save(update_fields=["responsible", "created_by"])
