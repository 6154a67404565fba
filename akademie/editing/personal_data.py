"""What editing keeps about people, and how it answers for it."""

from collections.abc import Iterator

from django.db.models import Q, QuerySet

from akademie.core.contributions import ErasureLine, ExportPart, Fate, Subject
from akademie.editing.models import Absence, Approval, ApprovalQuerySet, Upkeep

ERASED = "Name gelöscht"


def looked_after(subject: Subject) -> QuerySet[Upkeep]:
    """Return what somebody looks after or has checked."""
    mine = Q(owner=subject.user) | Q(checked_by=subject.user)
    return Upkeep.objects.filter(mine) if subject.user else Upkeep.objects.none()


def absences_of(subject: Subject) -> QuerySet[Absence]:
    """Return when somebody was away or stood in."""
    mine = Q(person=subject.user) | Q(substitute=subject.user)
    return Absence.objects.filter(mine) if subject.user else Absence.objects.none()


def approvals_by(subject: Subject) -> ApprovalQuerySet:
    """Return what somebody was asked to approve, with an account or without."""
    return Approval.objects.filter(subject.rows(at="asked_at")).exclude(email="")


def export(subject: Subject) -> Iterator[ExportPart]:
    """Yield what somebody was asked, and what somebody of the office looks after."""
    yield ExportPart("Texte, um deren Freigabe wir Sie gebeten haben", ({
        "Text": one.title, "Gefragt": one.asked_at, "Unsere Nachricht": one.message, "Name": one.name,
        "Funktion": one.function, "Stadt": str(one.town or ""), "Adresse": one.email,
        "Stand": one.get_state_display(), "Geantwortet": one.answered_at, "Geantwortet als": one.answered_name,
        "Funktion bei der Antwort": one.answered_function, "Ihre Anmerkung": one.comment,
    } for one in approvals_by(subject).select_related("town").order_by("pk").iterator(chunk_size=500)))  # fmt: skip
    if not subject.user:
        return
    yield ExportPart("Inhalte, um die Sie sich kümmern oder die Sie geprüft haben", ({
        "Titel": one.title, "Adresse": one.url, "Sie sind zuständig": one.owner_id == subject.user.pk,
        "Sie haben geprüft am": one.checked_on if one.checked_by_id == subject.user.pk else None,
    } for one in looked_after(subject).order_by("title").iterator(chunk_size=500)))  # fmt: skip
    yield ExportPart("Ihre Vertretungen", ({
        "Sie": "waren nicht da" if one.person_id == subject.user.pk else "haben vertreten",
        "Erster Tag": one.from_day, "Letzter Tag": one.until_day,
    } for one in absences_of(subject).order_by("from_day").iterator(chunk_size=500)))  # fmt: skip
    asked = Approval.objects.filter(asked_by=subject.user).order_by("pk")
    yield ExportPart("Freigaben, um die Sie gebeten haben", ({
        "Text": one.title, "Gefragt": one.asked_at, "Stand": one.get_state_display(),
    } for one in asked.iterator(chunk_size=500)))  # fmt: skip


def preview(subject: Subject) -> Iterator[ErasureLine]:
    """Yield what goes and what stays without a name."""
    if count := looked_after(subject).count():
        what = "1 Inhalt, um den Sie sich kümmern" if count == 1 else f"{count} Inhalte, um die Sie sich kümmern"
        yield ErasureLine(Fate.ANONYMISED, what, "Die Inhalte bleiben. Die Geschäftsstelle bestimmt, wer weitermacht.")
    if count := absences_of(subject).count():
        yield ErasureLine(Fate.GOES, "1 Vertretung" if count == 1 else f"{count} Vertretungen")

    approvals = approvals_by(subject)
    if count := approvals.filter(answered_at=None).count():
        what = "1 Bitte um Freigabe, auf die Sie nicht geantwortet haben"
        yield ErasureLine(Fate.GOES, what if count == 1 else f"{count} Bitten um Freigabe ohne Antwort")
    if count := approvals.exclude(answered_at=None).count():
        what = "1 Antwort auf eine Bitte um Freigabe" if count == 1 else f"{count} Antworten auf Bitten um Freigabe"
        why = "Dass jemand den Text freigegeben hat, bleibt vermerkt. Name, Funktion, Adresse und Anmerkung gehen."
        yield ErasureLine(Fate.ANONYMISED, what, why)
    if subject.user and (count := Approval.objects.filter(asked_by=subject.user).count()):
        what = "1 Bitte um Freigabe, die Sie gestellt haben"
        many = f"{count} Bitten um Freigabe, die Sie gestellt haben"
        yield ErasureLine(Fate.ANONYMISED, what if count == 1 else many, "Der Text gehört der Akademie.")


def erase(subject: Subject) -> None:
    """Let go of the things, forget the absences, take the person out of answers."""
    approvals_by(subject).filter(answered_at=None).delete()
    approvals_by(subject).update(
        name=ERASED, function="", email="", message="", answered_name=ERASED, answered_function="", comment=""
    )
    if subject.user:
        Approval.objects.filter(asked_by=subject.user).update(asked_by=None)
        Upkeep.objects.filter(owner=subject.user).update(owner=None)
        Upkeep.objects.filter(checked_by=subject.user).update(checked_by=None)
        absences_of(subject).delete()
