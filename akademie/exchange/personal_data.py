"""What exchange keeps about people, and how it answers for it: a question belongs to the address that asked it."""

from collections.abc import Iterator

from akademie.core.contributions import ErasureLine, ExportPart, Fate, Subject
from akademie.exchange.models import HelpRequest, HelpRequestQuerySet
from akademie.privacy import holds

MODELS = (HelpRequest,)


def requests_of(subject: Subject) -> HelpRequestQuerySet:
    """Return what somebody asked, with an account or without."""
    return HelpRequest.objects.filter(subject.rows(user="user"))


def export(subject: Subject) -> Iterator[ExportPart]:
    """Yield the questions."""
    asked = requests_of(subject).select_related("town", "practice", "about_town").order_by("created_at")
    yield ExportPart("Ihre Fragen an die Geschäftsstelle", ({
        "Gefragt": one.created_at, "Gefragt von": one.acting_as, "Frage": one.question,
        "Ihre Stadt": str(one.town or ""), "Anliegen im Wegweiser": one.concern,
        "Zum Praxisbeispiel": str(one.practice or ""),
        "Zur Stadt": str(one.about_town or ""), "Stand": one.get_state_display(), "Bestätigt": one.confirmed_at,
        "Erledigt": one.done_at,
    } for one in asked.iterator(chunk_size=500)))  # fmt: skip


def preview(subject: Subject) -> Iterator[ErasureLine]:
    """Yield the questions that go, and those that are held."""
    asked = requests_of(subject)
    if count := holds.not_held(asked).count():
        many = f"{count} Fragen an die Geschäftsstelle, auch unbeantwortete"
        yield ErasureLine(Fate.GOES, "1 Frage an die Geschäftsstelle" if count == 1 else many)
    for one in holds.held(asked):
        hold = holds.hold_of(one)
        yield ErasureLine(Fate.STAYS, str(one), hold.reason if hold else "")


def erase(subject: Subject) -> None:
    """Delete the questions, but for those that are held."""
    holds.not_held(requests_of(subject)).delete()
