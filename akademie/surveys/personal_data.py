"""What surveys keep about people: who hosts one. Answers belong to nobody that anyone could name."""

from collections.abc import Iterator

from akademie.core.contributions import ErasureLine, ExportPart, Fate, Subject
from akademie.surveys.models import Survey, SurveyQuerySet


def surveys_of(subject: Subject) -> SurveyQuerySet:
    """Return the surveys that somebody hosts."""
    return Survey.objects.filter(owner=subject.user) if subject.user else Survey.objects.none()


def export(subject: Subject) -> Iterator[ExportPart]:
    """Yield the surveys, without a word of their answers."""
    yield ExportPart("Ihre Befragungen", ({
        "Titel": one.title, "Worum es geht": one.about, "Nummer": one.slug, "Offen ab": one.opens_at,
        "Offen bis": one.closes_at, "Angelegt": one.created_at,
    } for one in surveys_of(subject).order_by("pk").iterator(chunk_size=500)))  # fmt: skip


def preview(subject: Subject) -> Iterator[ErasureLine]:
    """Yield what stays without a name."""
    if count := surveys_of(subject).count():
        what = "1 Befragung, die Sie veranstaltet haben"
        yield ErasureLine(
            Fate.ANONYMISED, what if count == 1 else f"{count} Befragungen, die Sie veranstaltet haben",
            "Die Befragung und ihre Zahlen bleiben, Ihr Name geht.",
        )  # fmt: skip


def erase(subject: Subject) -> None:
    """Take the host out of their surveys."""
    for survey in surveys_of(subject):
        survey.title, survey.about = subject.blacked_out(survey.title), subject.blacked_out(survey.about)
        survey.owner = None
        survey.save(update_fields=["title", "about", "owner"])
