"""What editing keeps about people, and how it answers for it."""

from collections.abc import Iterator

from django.db.models import Q, QuerySet

from akademie.core.contributions import ErasureLine, ExportPart, Fate, Subject
from akademie.editing.models import Absence, Upkeep


def looked_after(subject: Subject) -> QuerySet[Upkeep]:
    """Return what somebody looks after or has checked."""
    mine = Q(owner=subject.user) | Q(checked_by=subject.user)
    return Upkeep.objects.filter(mine) if subject.user else Upkeep.objects.none()


def absences_of(subject: Subject) -> QuerySet[Absence]:
    """Return when somebody was away or stood in."""
    mine = Q(person=subject.user) | Q(substitute=subject.user)
    return Absence.objects.filter(mine) if subject.user else Absence.objects.none()


def export(subject: Subject) -> Iterator[ExportPart]:
    """Yield both."""
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


def preview(subject: Subject) -> Iterator[ErasureLine]:
    """Yield what goes and what stays without a name."""
    if count := looked_after(subject).count():
        what = "1 Inhalt, um den Sie sich kümmern" if count == 1 else f"{count} Inhalte, um die Sie sich kümmern"
        yield ErasureLine(Fate.ANONYMISED, what, "Die Inhalte bleiben. Die Geschäftsstelle bestimmt, wer weitermacht.")
    if count := absences_of(subject).count():
        yield ErasureLine(Fate.GOES, "1 Vertretung" if count == 1 else f"{count} Vertretungen")


def erase(subject: Subject) -> None:
    """Let go of the things, forget the absences."""
    if subject.user:
        Upkeep.objects.filter(owner=subject.user).update(owner=None)
        Upkeep.objects.filter(checked_by=subject.user).update(checked_by=None)
        absences_of(subject).delete()
