"""What is kept about people who entered runs, and how the academy answers for it."""

from collections.abc import Iterator

from django.db.models import QuerySet

from akademie.core.contributions import ErasureLine, ExportPart, Fate, Subject
from akademie.formats.models import FormatRun
from akademie.formats.models.runs import REPORT

MODELS = (FormatRun,)
WHY = "Die Zahlen und der Bericht helfen anderen Städten. Ihr Name geht."
TEXTS = (*REPORT, "title", "host", "returned_because")


def runs_of(subject: Subject) -> QuerySet[FormatRun]:
    """Return what somebody entered."""
    return FormatRun.objects.filter(made_by=subject.user) if subject.user else FormatRun.objects.none()


def export(subject: Subject) -> Iterator[ExportPart]:
    """Yield runs with their minutes and reports."""
    rows = runs_of(subject).select_related("profile", "town").order_by("held_on", "pk")
    yield ExportPart("Durchführungen, die Sie eingetragen haben", ({
        "Format": one.profile.name, "Titel": one.title, "Tag": one.held_on, "Ort": one.get_mode_display(),
        "Stadt": str(one.town or ""), "Durchgeführt von": one.host, "Teilnehmende": one.participants,
        "Vorbereiten (Minuten)": one.prepare_minutes, "Durchführen (Minuten)": one.run_minutes,
        "Nachbereiten (Minuten)": one.follow_up_minutes, "Kosten (Euro)": one.cost_eur,
        **{question: getattr(one, name) for name, question in REPORT.items()},
        "Bericht": one.state_in_words, "Zurückgegeben, weil": one.returned_because,
    } for one in rows.iterator(chunk_size=500)))  # fmt: skip


def preview(subject: Subject) -> Iterator[ErasureLine]:
    """Yield what stays without a name."""
    if count := runs_of(subject).count():
        what = "1 Durchführung eines Formats" if count == 1 else f"{count} Durchführungen von Formaten"
        yield ErasureLine(Fate.ANONYMISED, what, WHY)


def erase(subject: Subject) -> None:
    """Take the name off runs and out of what was written."""
    for run in runs_of(subject):
        for name in TEXTS:
            setattr(run, name, subject.blacked_out(getattr(run, name)))
        run.made_by = None
        run.save()
