"""What notifications keeps about people, and how it answers for it."""

from collections.abc import Iterator

from django.db.models import Q, QuerySet

from akademie.accounts.models import User
from akademie.core.contributions import ErasureLine, ExportPart, Fate, Subject
from akademie.notifications.models import DeliveryChoice, Notice, SilentAddress
from akademie.notifications.types import notification_types

MODELS = (DeliveryChoice, Notice, SilentAddress)


def _choices(subject: Subject) -> QuerySet[DeliveryChoice]:
    mine = Q(user=None, email=subject.email.casefold())
    return DeliveryChoice.objects.filter(mine | Q(user=subject.user) if subject.user else mine).order_by("kind")


def _notices(subject: Subject) -> QuerySet[Notice]:
    return Notice.objects.filter(user=subject.user) if subject.user else Notice.objects.none()


def _address(subject: Subject) -> QuerySet[SilentAddress]:
    return SilentAddress.objects.filter(subject.rows(at="last_at"))


def _label(key: str) -> str:
    kind = notification_types.get(key)
    return kind.label if kind else key


def export(subject: Subject) -> Iterator[ExportPart]:
    """Yield what the person has chosen, what they were told, and what is known about their address."""
    yield ExportPart("Ihre Benachrichtigungen", (
        {"Art": _label(one.kind), "Wann": one.get_delivery_display()} for one in _choices(subject)
    ))  # fmt: skip
    yield ExportPart("Mitteilungen an Sie", ({
        "Seit": one.created_at, "Text": one.text, "Link": one.url, "Wochenmail vom": one.mailed_for,
    } for one in _notices(subject).order_by("created_at").iterator(chunk_size=500)))  # fmt: skip
    yield ExportPart("Wie Ihre Adresse Mails annimmt", ({
        "Adresse": one.email, "Der Server sagt": one.said, "Zuletzt": one.last_at, "Unzustellbar seit": one.marked_at,
        "Gesperrt seit": one.blocked_at,
    } for one in _address(subject)))  # fmt: skip


def preview(subject: Subject) -> Iterator[ErasureLine]:
    """Yield what goes; all of it does."""
    if _choices(subject).exists():
        yield ErasureLine(Fate.GOES, "Ihre Einstellungen, welche Benachrichtigung wann kommt")
    if count := _notices(subject).count():
        yield ErasureLine(Fate.GOES, "1 Mitteilung an Sie" if count == 1 else f"{count} Mitteilungen an Sie")
    if _address(subject).exists():
        yield ErasureLine(Fate.GOES, "der Vermerk, dass Mails an Ihre Adresse nicht ankamen")


def erase(subject: Subject) -> None:
    """Delete all of it."""
    for rows in (_choices(subject), _notices(subject), _address(subject)):
        rows.delete()


def claim(user: User) -> None:
    """Let the choices of an address hold for the account that has it now."""
    mine = DeliveryChoice.objects.filter(user=None, email=user.email.casefold())
    known = DeliveryChoice.objects.filter(user=user).values("kind")
    mine.exclude(kind__in=known).update(user=user, email="")
    mine.delete()
